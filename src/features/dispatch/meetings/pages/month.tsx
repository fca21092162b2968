// A month of meetings as a calendar; on a phone as a list of its days.
import { useMemo } from 'react';
import { useReadPages } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { addMonths, weeksOf } from '../../../../web/inputs/days.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { useSession } from '../../../../web/session.tsx';
import { lastDay } from '../../../../kernel/days.ts';
import { listMeetings } from '../contract.ts';
import { numberSay, pick, STATE_TONES, type MeetingLine } from './say.ts';
import './meetings.css';

export function Month({ month, onMonth }: { readonly month: string; readonly onMonth: (month: string) => void }) {
  const t = useT('meetings');
  const format = useFormat();
  const lang = useLang();
  const { today } = useSession();
  const read = useReadPages(listMeetings, { from: `${month}-01`, to: lastDay(month), limit: 200 });
  const byDay = useMemo(() => {
    const days = new Map<string, MeetingLine[]>();
    for (const one of read.items) days.set(one.day, [...(days.get(one.day) ?? []), one]);
    return days;
  }, [read.items]);
  if (read.error !== undefined) return <Problem error={read.error} onRetry={read.again} />;
  return (
    <section className="monthly">
      <div className="row"><Button small onClick={() => onMonth(addMonths(month, -1))}>{t('month.before')}</Button><b>{format.month(month)}</b><Button small onClick={() => onMonth(addMonths(month, 1))}>{t('month.after')}</Button></div>
      {read.loading ? <Loading /> : (
        <div className="monthgrid card">
          {weeksOf(month).flat().map((day) => (
            <div key={day} className={`monthday${day.startsWith(month) ? '' : ' other'}${day === today ? ' now' : ''}${byDay.has(day) ? ' has' : ''}`}>
              <span className="monthnumber">{Number(day.slice(8))}<i> {format.weekday(day)}</i></span>
              {(byDay.get(day) ?? []).map((one) => <Go key={one.id} className={`monthone tone-${STATE_TONES[one.state]}`} href={`/meetings/${one.id}`}><b>{one.time}</b> {one.topic ?? pick(one.kind, lang)} {numberSay(one, t)}{one.state === 'cancelled' && ` ${t('state.cancelled')}`}</Go>)}
            </div>
          ))}
        </div>
      )}
    </section>
  );
}
