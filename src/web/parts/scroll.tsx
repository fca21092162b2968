// A card whose table may be wider than its place: it scrolls in there, never the page. Where something is hidden the edge shows it
// and the keyboard can reach it.
import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import './scroll.css';

export function Scroll({ label, className = 'card', children }: { readonly label: string; readonly className?: string; readonly children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const [hides, setHides] = useState(false);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const watch = new ResizeObserver(() => setHides(element.scrollWidth > element.clientWidth + 1));
    watch.observe(element);
    for (const child of element.children) watch.observe(child);
    return () => watch.disconnect();
  }, []);
  return <div ref={box} className={`${className} scroll${hides ? ' hides' : ''}`} {...(hides ? { role: 'region', 'aria-label': label, tabIndex: 0 } : {})}>{children}</div>;
}
