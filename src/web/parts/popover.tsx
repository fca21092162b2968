// A panel beside what opened it, in the top layer (above dialogs, never cut off); on a phone a sheet at the bottom.
// Closes on Escape, on a press outside and when its page scrolls away; gives the focus back.
import { useCallback, useEffect, useId, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import './popover.css';

export interface PopoverTrigger {
  readonly ref: (element: HTMLElement | null) => void;
  readonly onClick: () => void;
  readonly 'aria-expanded': boolean;
  readonly 'aria-controls': string;
  readonly 'aria-haspopup': 'dialog';
}

export interface PopoverProps {
  readonly trigger: (props: PopoverTrigger, open: boolean) => ReactNode;
  readonly children: (close: () => void) => ReactNode;
  /** Says what the panel is for. */
  readonly label: string;
  readonly width?: number;
  readonly align?: 'start' | 'end';
  readonly onClose?: () => void;
}

const GAP = 4;
const FOCUSABLE = 'input:not([type=hidden]), button:not(:disabled), [href], select, textarea, [tabindex="0"]';

export function Popover({ trigger, children, label, width, align = 'start', onClose }: PopoverProps) {
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLElement | null>(null);
  const panel = useRef<HTMLDivElement | null>(null);
  const id = useId();

  const close = useCallback(() => {
    setOpen(false);
    onClose?.();
    anchor.current?.focus({ preventScroll: true });
  }, [onClose]);

  useLayoutEffect(() => {
    if (!open || panel.current === null || anchor.current === null) return;
    showOnTop(panel.current);
    place(panel.current, anchor.current, align);
    const first = panel.current.querySelector<HTMLElement>('[data-first]') ?? panel.current.querySelector<HTMLElement>(FOCUSABLE);
    first?.focus({ preventScroll: true });
  }, [open, align]);

  useEffect(() => {
    if (!open) return;
    const outside = (event: Event): void => {
      const target = event.target;
      if (!(target instanceof Node) || panel.current?.contains(target) === true || anchor.current?.contains(target) === true) return;
      // A panel opened from within this one is a child in the tree of parts, but not of the document's box.
      if (target instanceof Element && target.closest('.popover') !== null && panel.current?.contains(target) === true) return;
      setOpen(false);
      onClose?.();
    };
    const move = (event: Event): void => {
      if (panel.current === null || anchor.current === null || (event.target instanceof Node && panel.current.contains(event.target))) return;
      place(panel.current, anchor.current, align);
    };
    document.addEventListener('pointerdown', outside, true);
    window.addEventListener('resize', move);
    window.addEventListener('scroll', move, true);
    return () => {
      document.removeEventListener('pointerdown', outside, true);
      window.removeEventListener('resize', move);
      window.removeEventListener('scroll', move, true);
    };
  }, [open, align, onClose]);

  const ref = useCallback((element: HTMLElement | null) => {
    anchor.current = element;
  }, []);

  return (
    <>
      {trigger({ ref, onClick: () => (open ? close() : setOpen(true)), 'aria-expanded': open, 'aria-controls': id, 'aria-haspopup': 'dialog' }, open)}
      {open && (
        <div
          ref={panel}
          id={id}
          popover="manual"
          // A press on an option must not give the focus to the page behind: that would close the panel before the click.
          tabIndex={-1}
          className="popover"
          role="dialog"
          aria-label={label}
          style={width === undefined ? undefined : { width }}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.stopPropagation();
            event.preventDefault();
            close();
          }}
          onBlur={(event) => {
            if (event.relatedTarget instanceof Node && !event.currentTarget.contains(event.relatedTarget) && event.relatedTarget !== anchor.current) setOpen(false);
          }}
        >
          {children(close)}
        </div>
      )}
    </>
  );
}

export function showOnTop(element: HTMLElement): void {
  if (typeof element.showPopover === 'function' && !element.matches(':popover-open')) element.showPopover();
}

/** Below the anchor, or above it where there is no room; never over the edge. */
export function place(panel: HTMLElement, anchor: HTMLElement, align: 'start' | 'end'): void {
  if (window.innerWidth <= 720) {
    panel.removeAttribute('data-placed');
    panel.style.left = '';
    panel.style.top = '';
    panel.style.maxHeight = '';
    return;
  }
  const box = anchor.getBoundingClientRect();
  const below = window.innerHeight - box.bottom - 16;
  const above = box.top - 16;
  panel.style.maxHeight = '';
  const wanted = panel.scrollHeight;
  const up = wanted > below && above > below;
  panel.style.maxHeight = `${String(Math.max(120, up ? above : below))}px`;
  const left = align === 'start' ? box.left : box.right - panel.offsetWidth;
  panel.style.left = `${String(Math.max(8, Math.min(left, window.innerWidth - panel.offsetWidth - 8)))}px`;
  panel.style.top = `${String(up ? Math.max(8, box.top - panel.offsetHeight - GAP) : box.bottom + GAP)}px`;
}
