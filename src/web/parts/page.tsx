// The head of an ordinary page and its sections. The title answers the page's one question.
import type { ReactNode } from 'react';
import './page.css';

export interface PageHeadProps {
  readonly title: ReactNode;
  /** Beside the title: 23 个，总投资 412.6 亿元. */
  readonly small?: ReactNode;
  /** Buttons at the right; the one main button last. */
  readonly actions?: ReactNode;
  readonly crumbs?: ReactNode;
}

export function PageHead({ title, small, actions, crumbs }: PageHeadProps) {
  return (
    <header className="pagehead">
      {crumbs}
      <div className="pageline">
        <h1>
          {title}
          {small !== undefined && <small>{small}</small>}
        </h1>
        {actions !== undefined && <div className="row push noprint">{actions}</div>}
      </div>
    </header>
  );
}

export function Section({ title, hint, actions, children, id }: { readonly title: ReactNode; readonly hint?: ReactNode; readonly actions?: ReactNode; readonly children: ReactNode; readonly id?: string }) {
  return (
    <section className="section" id={id}>
      <div className="sectionhead">
        <h2>{title}</h2>
        {hint !== undefined && <span>{hint}</span>}
        {actions !== undefined && <div className="row push noprint">{actions}</div>}
      </div>
      {children}
    </section>
  );
}
