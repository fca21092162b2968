// Who did what and when, newest first, with before and after of each field. Shows what the event says, never a guess.
import type { ReactNode } from 'react';
import { useFormat } from '../format.ts';
import { useT } from '../i18n.ts';
import { Go } from './go.tsx';
import './history.css';

export interface HistoryChange {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

export interface HistoryEvent {
  readonly id: string;
  /** Instant, ISO. */
  readonly at: string;
  readonly who: string;
  readonly what: ReactNode;
  readonly href?: string;
  readonly reason?: string;
  readonly changes?: readonly HistoryChange[];
}

export interface HistoryProps {
  readonly events: readonly HistoryEvent[];
  readonly today: string;
  readonly hasMore?: boolean;
  readonly onMore?: () => void;
}

const SHOWN_CHANGES = 3;

export function History({ events, today, hasMore = false, onMore }: HistoryProps) {
  const t = useT('web');
  const format = useFormat();
  if (events.length === 0) return <p className="dim small pad">{t('history.empty')}</p>;
  return (
    <ol className="history">
      {events.map((event) => {
        const changes = event.changes ?? [];
        return (
          <li key={event.id}>
            <p>{event.href === undefined ? event.what : <Go href={event.href}>{event.what}</Go>}</p>
            {changes.slice(0, SHOWN_CHANGES).map((change) => <Change key={change.field} change={change} />)}
            {changes.length > SHOWN_CHANGES && (
              <details>
                <summary>{t('history.more', { count: changes.length - SHOWN_CHANGES })}</summary>
                {changes.slice(SHOWN_CHANGES).map((change) => <Change key={change.field} change={change} />)}
              </details>
            )}
            {event.reason !== undefined && event.reason !== '' && <p className="two small">{t('history.reason', { reason: event.reason })}</p>}
            <small>{event.who} · <time dateTime={event.at}>{format.instant(event.at, today)}</time></small>
          </li>
        );
      })}
      {hasMore && <li className="last"><button type="button" className="btn quiet small" onClick={onMore}>{t('history.older')}</button></li>}
    </ol>
  );
}

function Change({ change }: { readonly change: HistoryChange }) {
  const t = useT('web');
  return (
    <p className="change">
      <span className="two">{change.field}</span> <del>{change.before === '' ? t('none') : change.before}</del> → <ins>{change.after === '' ? t('none') : change.after}</ins>
    </p>
  );
}
