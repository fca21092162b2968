// A button, or a link that looks like one. One `main` on a page: the next step. While `busy` it cannot be pressed again.
import type { ReactNode } from 'react';
import { Go } from './go.tsx';
import './button.css';

export interface ButtonProps {
  readonly children: ReactNode;
  readonly kind?: 'main' | 'plain' | 'quiet' | 'danger';
  readonly small?: boolean;
  readonly busy?: boolean;
  readonly disabled?: boolean;
  /** Why it is disabled, or what it does: shown on hover. */
  readonly title?: string;
  readonly onClick?: () => void;
  readonly href?: string;
  readonly type?: 'button' | 'submit';
  readonly label?: string;
}

export function Button({ children, kind = 'plain', small = false, busy = false, disabled = false, title, onClick, href, type = 'button', label }: ButtonProps) {
  const className = `btn ${kind}${small ? ' small' : ''}${busy ? ' busy' : ''}`;
  if (href !== undefined && !disabled) {
    return <Go className={className} href={href} title={title} aria-label={label}>{children}</Go>;
  }
  return (
    <button type={type} className={className} disabled={disabled} aria-busy={busy || undefined} aria-label={label} title={title} onClick={busy ? undefined : onClick}>
      {children}
    </button>
  );
}
