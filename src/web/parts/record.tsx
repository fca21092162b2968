// The frame of a record: where it stands, its title with state, one sentence, the life cycle, five figures, tabs, history at the side
// and the next step as the one primary button. Says nothing of its own: everything is handed in.
import type { ReactNode } from 'react';
import { useT } from '../i18n.ts';
import { Go } from './go.tsx';
import { Tabs, type Tab } from './tabs.tsx';
import './page.css';
import './record.css';

export interface Crumb {
  readonly label: string;
  readonly href?: string;
}

export interface RecordProps {
  readonly crumbs?: readonly Crumb[];
  readonly title: string;
  /** <Light …/> and tags beside the title. */
  readonly state?: ReactNode;
  /** One sentence: 审批晚 6 天，开工预计 8月14日. */
  readonly say?: ReactNode;
  /** Secondary buttons, then the primary one. */
  readonly actions?: ReactNode;
  readonly stepper?: ReactNode;
  readonly strip?: ReactNode;
  readonly tabs?: readonly Tab[];
  readonly tab?: string;
  readonly onTab?: (id: string) => void;
  /** The rail at the right: history, clocks. */
  readonly side?: ReactNode;
  readonly children: ReactNode;
}

export function Record({ crumbs, title, state, say, actions, stepper, strip, tabs, tab, onTab, side, children }: RecordProps) {
  const t = useT('web');
  return (
    <article className="record">
      {crumbs !== undefined && <Crumbs crumbs={crumbs} />}
      <header className="recordhead">
        <div className="recordtitle">
          <h1>{title}</h1>
          {state}
        </div>
        {say !== undefined && <p className="two">{say}</p>}
        {actions !== undefined && <div className="row noprint recordacts">{actions}</div>}
      </header>
      {stepper}
      {strip}
      {tabs !== undefined && onTab !== undefined && <Tabs tabs={tabs} here={tab ?? tabs[0]?.id ?? ''} onGo={onTab} label={t('record.tabs')} />}
      <div className={side === undefined ? 'recordbody' : 'recordbody cols'}>
        <div className="stack">{children}</div>
        {side !== undefined && <aside className="stack">{side}</aside>}
      </div>
    </article>
  );
}

export function Crumbs({ crumbs }: { readonly crumbs: readonly Crumb[] }) {
  const t = useT('web');
  return (
    <nav className="crumbs noprint" aria-label={t('record.crumbs')}>
      {crumbs.map((crumb, index) => (
        <span key={crumb.label}>
          {index > 0 && ' › '}
          {crumb.href === undefined ? crumb.label : <Go href={crumb.href}>{crumb.label}</Go>}
        </span>
      ))}
    </nav>
  );
}
