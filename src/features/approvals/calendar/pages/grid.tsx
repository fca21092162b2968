// Twelve months on one sheet: weekends, days off, make-up days, local days, each with a sign and not by colour alone. One stop for the keyboard;
// arrows go from day to day.
import { useMemo, type KeyboardEvent } from 'react';
import { addDays } from '../../../../kernel/days.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { stateOf, weeksOf, type DayState, type Year } from './say.ts';

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
const WEEKDAYS = [0, 1, 2, 3, 4, 5, 6];

interface GridProps { readonly year: Year; readonly day: string; readonly onDay: (day: string) => void }

export function YearGrid({ year, day, onDay }: GridProps) {
  const t = useT('calendar');
  const named = useMemo(() => new Map(year.days.map((one) => [one.day, one])), [year]);
  const move = (event: KeyboardEvent<HTMLElement>): void => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = addDays(day, step);
    if (!next.startsWith(String(year.year))) return;
    onDay(next);
    event.currentTarget.querySelector<HTMLElement>(`[data-day="${next}"]`)?.focus();
  };
  return (
    <div className="card pad">
      <Legend />
      <div className="calmonths" role="group" aria-label={t('year', { year: year.year })} onKeyDown={move}>
        {year.months.map((working, index) => (
          <table key={index} className="calmonth">
            <caption>{t(`month.${String(index + 1)}`)}<span className="dim small">{t('monthDays', { count: working })}</span></caption>
            <thead><tr>{WEEKDAYS.map((one) => <th key={one} scope="col" className={one > 4 ? 'dim' : undefined}>{t(`weekday.${String(one)}`)}</th>)}</tr></thead>
            <tbody>{weeksOf(year.year, index + 1).map((week, at) => <tr key={at}>{week.map((one, place) => <td key={place}>{one !== undefined && <Cell day={one} here={one === day} today={one === year.today} state={stateOf(named, one)} onDay={onDay} />}</td>)}</tr>)}</tbody>
          </table>
        ))}
      </div>
    </div>
  );
}

function Cell({ day, here, today, state, onDay }: { readonly day: string; readonly here: boolean; readonly today: boolean; readonly state: DayState; readonly onDay: (day: string) => void }) {
  const t = useT('calendar');
  const format = useFormat();
  const { mark, plansDiffer, local } = state;
  const sign = mark === 'off' ? t('sign.off') : mark === 'makeup' ? t('sign.makeup') : '';
  return (
    <button type="button" data-day={day} tabIndex={here ? 0 : -1} aria-pressed={here} className={`calday ${mark}${local ? ' local' : ''}${plansDiffer ? ' plans' : ''}${today ? ' today' : ''}`} aria-label={`${format.day(day)} ${t(`mark.${mark}`)}`} title={t(`mark.${mark}`)} onClick={() => onDay(day)}>
      {Number(day.slice(8))}{sign !== '' && <i aria-hidden="true">{sign}</i>}
    </button>
  );
}

function Legend() {
  const t = useT('calendar');
  return (
    <ul className="callegend small" aria-hidden="true">
      <li><span className="calday weekend">6</span>{t('mark.weekend')}</li>
      <li><span className="calday off">1<i>{t('sign.off')}</i></span>{t('mark.off')}</li>
      <li><span className="calday makeup">4<i>{t('sign.makeup')}</i></span>{t('mark.makeup')}</li>
      <li><span className="calday off local">9<i>{t('sign.off')}</i></span>{t('mark.local')}</li>
    </ul>
  );
}
