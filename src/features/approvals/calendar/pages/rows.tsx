// The days of a notice as a table that can be typed into: from, to, off or worked.
import { isDay } from '../../../../kernel/days.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Section } from '../../../../web/parts/page.tsx';

export interface RowDraft {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly work: boolean;
}

/** The rows where each is whole and in order; an end that is left out is the day itself. */
export function wholeRows(rows: readonly RowDraft[]): { from: string; to: string; work: boolean }[] | undefined {
  const whole = rows.flatMap(({ from, to = from, work }) => (from === undefined || to === undefined || !isDay(from) || !isDay(to) || to < from ? [] : [{ from, to, work }]));
  return whole.length === rows.length ? whole : undefined;
}

export function RowsTable({ rows, year, onChange }: { readonly rows: readonly RowDraft[]; readonly year: number; readonly onChange: (rows: readonly RowDraft[]) => void }) {
  const t = useT('calendar');
  const format = useFormat();
  const set = (at: number, part: Partial<RowDraft>): void => onChange(rows.map((row, index) => (index === at ? { ...row, ...part } : row)));
  // Days without a year are of the notice's own.
  const near = `${String(year)}-06-30`;
  return (
    <Section title={t('rows.title')} actions={<Button small onClick={() => onChange([...rows, { from: undefined, to: undefined, work: false }])}>{t('rows.add')}</Button>}>
      {rows.length === 0 ? <p className="two">{t('rows.none')}</p> : (
        <div className="calrows">
          {rows.map((row, at) => (
            <div key={at} className="calrow" role="group" aria-label={t('rows.row', { number: at + 1 })}>
              <DayInput label={t('rows.from')} today={near} value={row.from} onChange={(from) => set(at, { from })} />
              <span className="dim">–</span>
              <DayInput label={t('rows.to')} today={near} placeholder={t('rows.same')} value={row.to === row.from ? undefined : row.to} onChange={(to) => set(at, { to: to ?? row.from })} />
              <SelectInput label={t('rows.kind')} value={row.work ? 'work' : 'off'} options={[{ value: 'off', label: t('rows.off') }, { value: 'work', label: t('rows.work') }]} onChange={(kind) => set(at, { work: kind === 'work' })} />
              <span className="dim small">{row.from !== undefined && isDay(row.from) ? format.weekday(row.from) : ''}</span>
              <Button small kind="quiet" onClick={() => onChange(rows.filter((_one, index) => index !== at))}>{t('web:remove')}</Button>
            </div>
          ))}
        </div>
      )}
    </Section>
  );
}
