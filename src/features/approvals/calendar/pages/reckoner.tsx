// The reckoner: a start and a number of working days give the deadline, as the command line counts it.
import { useUrlState } from '../../../../web/address.ts';
import { useRead } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { parseDay } from '../../../../web/inputs/days.ts';
import { parseNumber } from '../../../../web/inputs/number.tsx';
import { TextInput } from '../../../../web/inputs/text.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { useSession } from '../../../../web/session.tsx';
import { Line } from '../../../projects/lifecycle/pages/line.tsx';
import { countWorkdays } from '../contract.ts';

const MOST = 100_000;

export function Reckoner() {
  const t = useT('calendar');
  const format = useFormat();
  const { today } = useSession();
  // As text: an address that says `abc` is told so and not taken for the number at the start.
  const [state, set] = useUrlState({ from: today, count: '20' });
  const typed = parseNumber(state.count) ?? Number.NaN;
  const day = parseDay(state.from, today);
  const counts = Number.isInteger(typed) && typed >= 0 && typed <= MOST;
  const read = useRead(countWorkdays, { day: day ?? today, days: counts ? typed : 0 }, { when: day !== undefined && counts, keep: true });
  const found = read.data;
  return (
    <Section title={t('reckon.title')} hint={t('reckon.hint')}>
      <div className="card pad stack calreckon">
        <Line label={t('reckon.from')} fault={day === undefined ? t('reckon.badDay') : undefined}>{(id, wrong) => <DayInput id={id} {...wrong} today={today} value={state.from} onChange={(from) => set({ from: from ?? '' })} />}</Line>
        <Line label={t('reckon.days')} fault={counts ? undefined : t('reckon.badCount')}>{(id, wrong) => <span className="input withunit" aria-invalid={!counts || undefined}><TextInput id={id} {...wrong} maxLength={20} value={state.count} onChange={(count) => set({ count: count ?? '' })} /><span className="unit">{t('reckon.unit')}</span></span>}</Line>
        {read.error !== undefined && <Problem small error={read.error} />}
        {found !== undefined && day !== undefined && counts && (
          <div role="status">
            <p className="caldue"><b>{format.day(found.law.day)}</b> <span>{format.weekday(found.law.day)}</span>{found.law.provisional && <span className="tag">{t('provisional')}</span>}</p>
            <p className="dim small">{t('reckon.calendar', { count: found.calendarDays })}</p>
            {found.law.provisional && <p className="dim small">{t('reckon.provisional')}</p>}
            {found.plans.day !== found.law.day && <p className="two small">{t('reckon.plans', { day: format.day(found.plans.day) })}</p>}
          </div>
        )}
      </div>
    </Section>
  );
}
