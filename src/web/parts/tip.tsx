// A word that explains itself on hover and on focus. Only for text; for anything to press use Popover.
import { useId, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { place, showOnTop } from './popover.tsx';
import './tip.css';

export function Tip({ text, children, plain = false }: { readonly text: ReactNode; readonly children: ReactNode; readonly plain?: boolean }) {
  const [open, setOpen] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const anchor = useRef<HTMLSpanElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    if (!open || panel.current === null || anchor.current === null) return;
    showOnTop(panel.current);
    place(panel.current, anchor.current, 'start');
  }, [open]);
  const later = (to: boolean, wait: number): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOpen(to), wait);
  };
  return (
    <>
      <span
        ref={anchor}
        className={plain ? 'tipped bare' : 'tipped'}
        tabIndex={0}
        role="note"
        aria-describedby={open ? id : undefined}
        onPointerEnter={() => later(true, 220)}
        onPointerLeave={() => later(false, 80)}
        onFocus={() => later(true, 0)}
        onBlur={() => later(false, 0)}
        onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}
      >
        {children}
      </span>
      {open && <div ref={panel} id={id} role="tooltip" popover="manual" className="popover tip">{text}</div>}
    </>
  );
}
