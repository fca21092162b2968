// A dialog in the middle or a drawer at the right, as native <dialog>: focus stays inside, Escape closes, the page behind is inert.
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useT } from '../i18n.ts';
import './dialog.css';

export interface DialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly children: ReactNode;
  /** Buttons at the foot; the main one last. */
  readonly foot?: ReactNode;
  readonly size?: 'small' | 'middle' | 'large';
  readonly drawer?: boolean;
}

export function Dialog({ open, onClose, title, children, foot, size = 'middle', drawer = false }: DialogProps) {
  const t = useT('web');
  const element = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const dialog = element.current;
    if (dialog === null) return;
    if (open && !dialog.open) dialog.showModal();
    if (!open && dialog.open) dialog.close();
  }, [open]);
  if (!open) return null;
  return (
    <dialog
      ref={element}
      className={`dialog size-${size}${drawer ? ' drawer' : ''}`}
      aria-labelledby={heading}
      onCancel={(event) => {
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        onClose();
      }}
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <div className="dialogbox">
        <header>
          <h2 id={heading}>{title}</h2>
          <button type="button" className="dialogclose" aria-label={t('close')} onClick={onClose}>×</button>
        </header>
        <div className="dialogbody">{children}</div>
        {foot !== undefined && <footer>{foot}</footer>}
      </div>
    </dialog>
  );
}

/** The same from the right side: for a form or a record beside its list. */
export function Drawer(props: Omit<DialogProps, 'drawer'>) {
  return <Dialog {...props} drawer />;
}
