// A link within the site: a real href (it can be opened in a tab or copied), moved without loading; the page is fetched on hover.
import type { AnchorHTMLAttributes, MouseEvent } from 'react';
import { preload } from '../pages.ts';
import { goTo } from '../place.ts';

export interface GoProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  readonly href: string;
}

export function Go({ href, onClick, ...rest }: GoProps) {
  const go = (event: MouseEvent<HTMLAnchorElement>): void => {
    onClick?.(event);
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (event.defaultPrevented || !plain || rest.target !== undefined || rest.download !== undefined || !href.startsWith('/') || href.startsWith('/api/')) return;
    event.preventDefault();
    goTo(href);
  };
  return <a href={href} onClick={go} onPointerEnter={() => preload(href)} {...rest} />;
}
