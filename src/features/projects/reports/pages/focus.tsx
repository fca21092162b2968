// 关注年度: which year the whole zone is shown, said by the office when the calendar alone would be wrong.
import { useState } from 'react';
import { useRead, useRun } from '../../../../web/client.ts';
import { useT } from '../../../../web/i18n.ts';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { Line } from '../../lifecycle/pages/line.tsx';
import { useFreshWhenStale } from '../../lifecycle/pages/stale.ts';
import { changeFocusYear, getFocusYear } from '../contract.ts';

const SHOWN_YEARS = 4; // the coming year, this one and the two before: what an office still works on

export function FocusYear({ mayChange }: { readonly mayChange: boolean }) {
  const t = useT('reports');
  const read = useRead(getFocusYear, {});
  if (read.data === undefined) return read.error === undefined ? null : <Problem small error={read.error} onRetry={read.again} />;
  return (
    <Section title={t('focus.title')} hint={t('focus.hint')}>
      <Edit key={read.data.version} set={read.data.set} calendarYear={read.data.calendarYear} version={read.data.version} mayChange={mayChange} />
    </Section>
  );
}

interface EditProps { readonly set: number | null; readonly calendarYear: number; readonly version: number; readonly mayChange: boolean }

function Edit({ set, calendarYear, version, mayChange }: EditProps) {
  const t = useT('reports');
  const [year, setYear] = useState(set);
  const [reason, setReason] = useState<string | undefined>(undefined);
  const run = useRun(changeFocusYear, { onDone: (output) => toast({ text: t('focus.saved', { year: output.year }) }) });
  useFreshWhenStale(run.error);
  const years = [...new Set([...Array.from({ length: SHOWN_YEARS }, (_one, at) => calendarYear + 1 - at), ...(set === null ? [] : [set])])].sort((a, b) => b - a);
  const options = [{ value: '', label: t('focus.calendar', { year: calendarYear }) }, ...years.map((one) => ({ value: String(one), label: t('focus.year', { year: one }) }))];
  return (
    <div className="card pad stack">
      <div className="fields of2">
        <Line label={t('focus.label')}>{(id) => <SelectInput id={id} disabled={!mayChange} value={year === null ? '' : String(year)} options={options} onChange={(value) => setYear(value === undefined || value === '' ? null : Number(value))} />}</Line>
        {year !== set && <Line label={t('calendar.reason')}>{(id) => <TextInput id={id} value={reason} maxLength={1000} onChange={setReason} />}</Line>}
      </div>
      {run.error !== undefined && <Problem small error={run.error} />}
      {year !== set && <div className="row end"><Button kind="main" disabled={(reason?.trim().length ?? 0) < 2} busy={run.running} onClick={() => run.go({ year, reason: reason?.trim() ?? '' }, { version })}>{t('focus.save')}</Button></div>}
    </div>
  );
}
