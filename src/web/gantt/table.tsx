// The Gantt as a table: for those who read with a screen reader, and for copying days.
import { useEffect, useState } from 'react';
import { useFormat } from '../format.ts';
import { useT } from '../i18n.ts';
import { Go } from '../parts/go.tsx';
import { Pager } from '../parts/pager.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { State } from '../parts/state.tsx';
import { slipWords } from './lines.ts';
import type { RowShapes } from './shapes.ts';
import type { GanttRow } from './types.ts';

const STEP = 200;

export function GanttTable({ rows, slips, onOpen, onView }: { readonly rows: readonly GanttRow[]; readonly slips: readonly RowShapes[]; readonly onOpen?: (row: GanttRow) => void; readonly onView?: (from: number, to: number) => void }) {
  const t = useT('gantt');
  const format = useFormat();
  const [shown, setShown] = useState(STEP);
  useEffect(() => onView?.(0, Math.min(shown, rows.length) - 1), [onView, shown, rows.length]);
  const say = (span: { readonly from: string; readonly to?: string } | undefined): string => {
    if (span === undefined) return '—';
    if (span.from === span.to) return format.day(span.from);
    return `${format.day(span.from)} – ${span.to === undefined ? '' : format.day(span.to)}`;
  };
  return (
    <Scroll label={t('title')}>
      <table className="plain">
        <caption className="hidden">{t('title')}</caption>
        <thead>
          <tr><th>{t('status')}</th><th>{t('group')}</th><th>{t('item')}</th><th>{t('planned')}</th><th>{t('forecast')}</th><th>{t('actual')}</th><th>{t('baseline')}</th><th className="num">{t('slip')}</th></tr>
        </thead>
        <tbody>
          {rows.slice(0, shown).map((row, index) => (
            <tr key={row.id}>
              <td><State tone={row.state} /></td>
              <td className="two">{row.group}</td>
              <td>{row.href !== undefined ? <Go href={row.href}>{row.label}</Go> : onOpen !== undefined ? <button type="button" className="btn quiet small" onClick={() => onOpen(row)}>{row.label}</button> : row.label}</td>
              <td>{say(row.planned)}</td>
              <td>{say(row.forecast)}</td>
              <td>{say(row.actual)}</td>
              <td>{say(row.baseline)}</td>
              <td className={`num${row.blank !== true && (slips[index]?.slip ?? 0) > 0 ? ' tone-late' : ''}`}>{row.blank === true ? '' : slipWords(slips[index]?.slip ?? 0, t)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > STEP && <Pager shown={Math.min(shown, rows.length)} total={rows.length} hasMore={shown < rows.length} loading={false} onMore={() => setShown(shown + STEP)} />}
    </Scroll>
  );
}
