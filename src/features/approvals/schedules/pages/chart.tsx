// The tasks as a Gantt: the critical path ringed, float as a line, the baseline below; all of them, or those that were asked for.
import { useEffect, useMemo } from 'react';
import { useFormat } from '../../../../web/format.ts';
import { Gantt } from '../../../../web/gantt/gantt.tsx';
import { useT } from '../../../../web/i18n.ts';
import { ChoiceInput } from '../../../../web/inputs/choice.tsx';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { TextInput } from '../../../../web/inputs/text.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { ONLY } from '../contract.ts';
import { rowsOf, type Shown } from './say.ts';
import type { Change, Filter, List } from './schedule.tsx';

/** Rows that are read one window after the other while one looks at the first: all of most programmes. Beyond, what is looked at. */
const BY_ITSELF = 10_000;

export function Chart({ shown, list, filter, onChange }: { readonly shown: Shown; readonly list: List; readonly filter: Filter; readonly onChange: Change }) {
  const t = useT('schedules');
  const format = useFormat();
  const { rows: tasks, see, loaded } = list;
  useEffect(() => {
    if (loaded > 0 && loaded < tasks.length && loaded < BY_ITSELF) see(loaded, loaded);
  }, [loaded, tasks.length, see]);
  const rows = useMemo(() => rowsOf(tasks, t, format), [tasks, t, format]);
  const { first, last } = shown;
  return (
    <>
      <Filters shown={shown} filter={filter} onChange={onChange} />
      {list.error !== undefined ? <Problem error={list.error} onRetry={list.again} /> : list.loading ? <Loading kind="table" lines={12} /> : rows.length === 0 ? <Empty title={t('page.nothing')} hint={t('page.nothingHint')} /> : (
        <>
          {/* Few rows far apart are seen together. */}
          <Gantt key={filter.only} rows={rows} today={shown.day} onView={see} {...(first === null || last === null ? {} : { span: { from: first, to: last } })} {...(filter.only === 'all' ? {} : { zoom: 'quarter' as const })} title={`${shown.name} · ${t('page.title')}`} />
          <p className="dim small schedcount">{t(loaded < rows.length ? 'page.partly' : 'page.allRows', { count: rows.length, rows: format.count(rows.length), loaded: format.count(loaded) })}</p>
        </>
      )}
    </>
  );
}

function Filters({ shown, filter, onChange }: { readonly shown: Shown; readonly filter: Filter; readonly onChange: Change }) {
  const t = useT('schedules');
  const kinds = ONLY.filter((one) => one !== 'late' || shown.baseline !== null);
  const levels = Array.from({ length: Math.max(0, shown.depth - 1) }, (_, at) => at + 1);
  return (
    <div className="row schedfilter noprint">
      <ChoiceInput label={t('page.only.label')} value={filter.only} onChange={(only) => onChange({ only: only ?? 'all' })} options={kinds.map((value) => ({ value, label: t(`page.only.${value}`) }))} />
      {levels.length > 0 && <SelectInput label={t('page.level')} value={filter.level} onChange={(level) => onChange({ level: level ?? '' })} options={[{ value: '', label: t('page.levelAll') }, ...levels.map((level) => ({ value: String(level), label: t('page.levelN', { level }) }))]} />}
      <TextInput label={t('page.find')} placeholder={t('page.find')} value={filter.q} onChange={(q) => onChange({ q: q ?? '' })} />
    </div>
  );
}
