// One day: worked or not, and which notice or entry says so.
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { State } from '../../../../web/parts/state.tsx';
import { stateOf, whySay, type Year } from './say.ts';

export function DayCard({ year, day }: { readonly year: Year; readonly day: string }) {
  const t = useT('calendar');
  const format = useFormat();
  const state = stateOf(new Map(year.days.map((one) => [one.day, one])), day);
  return (
    <p className="card pad calwhy" role="status">
      <b>{format.day(day)} {format.weekday(day)}</b>
      <State tone={state.work ? 'ok' : 'off'} word={t(state.work ? 'worked' : 'notWorked')} />
      <span>{whySay(year, day, t)}</span>
      {state.plansDiffer && <span className="tag">{t(state.work ? 'plansOff' : 'plansWork')}</span>}
    </p>
  );
}
