// What a page says when there is nothing: why, and what can be done. Never just "no data".
import type { ReactNode } from 'react';
import './quiet.css';

export function Empty({ title, hint, children }: { readonly title: string; readonly hint?: string; readonly children?: ReactNode }) {
  return (
    <div className="blank" role="status">
      <p className="blanktitle">{title}</p>
      {hint !== undefined && <p className="two">{hint}</p>}
      {children !== undefined && <div className="row">{children}</div>}
    </div>
  );
}
