// 月报: one month over all projects. Who has not reported, what was invested in each of the two series, which towns are behind, and when
// the month locks. The series stand apart everywhere.
import { useEffect, useMemo, useRef } from 'react';
import { useUrlState } from '../../../../web/address.ts';
import { useRead, useReadPages, useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Figure, FigureStrip } from '../../../../web/parts/figure.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead, Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { Tabs } from '../../../../web/parts/tabs.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { useSession } from '../../../../web/session.tsx';
import { projectFacets } from '../../register/contract.ts';
import { listPeriods, readPeriod, REMIND_LIMIT, REPORTED_STATES, remindReports } from '../contract.ts';
import { BoardList } from './boardlist.tsx';
import { Towns } from './towns.tsx';
import './reports.css';

export function BoardPage() {
  const t = useT('reports');
  const { today } = useSession();
  const [state, set] = useUrlState({ month: '', state: 'missing', town: '', q: '' });
  const year = Number((state.month === '' ? today : state.month).slice(0, 4));
  const periods = useRead(listPeriods, { year });
  // Shown first: the month that people report now. After the lock of one month that is the next.
  const month = state.month !== '' ? state.month : (periods.data?.items.findLast((one) => one.period === 'late' || one.period === 'open')?.month ?? today.slice(0, 7));
  if (periods.error !== undefined) return <Problem error={periods.error} onRetry={periods.again} />;
  if (periods.data === undefined) return <Loading kind="table" lines={10} />;
  return (
    <>
      <Months periods={periods.data.items} here={month} onGo={(next) => set({ month: next })} label={t('board.months')} />
      <Board month={month} filter={state} onChange={set} />
    </>
  );
}

type Period = { readonly month: string; readonly period: string; readonly reported: number; readonly dispatchFen: number };

function Months({ periods, here, onGo, label }: { readonly periods: readonly Period[]; readonly here: string; readonly onGo: (month: string) => void; readonly label: string }) {
  const t = useT('reports');
  const format = useFormat();
  const list = useRef<HTMLUListElement>(null);
  // On a phone the month that is open would otherwise stand outside of the strip.
  useEffect(() => {
    const [strip, button] = [list.current, list.current?.querySelector<HTMLElement>('[aria-current="true"]')];
    if (strip !== null && button !== null && button !== undefined) strip.scrollLeft = button.offsetLeft - strip.offsetLeft - 40;
  }, [here]);
  return (
    <ul ref={list} className="months noprint" aria-label={label}>
      {periods.map((one) => (
        <li key={one.month}>
          <button type="button" aria-current={one.month === here} disabled={one.period === 'future'} onClick={() => onGo(one.month)}>
            {format.monthShort(one.month)}
            <small>{t(`period.${one.period}`)}{one.reported > 0 && ` · ${String(one.reported)}`}</small>
          </button>
        </li>
      ))}
    </ul>
  );
}

interface Filter { readonly state: string; readonly town: string; readonly q: string }

function Board({ month, filter, onChange }: { readonly month: string; readonly filter: Filter; readonly onChange: (change: Partial<Filter>) => void }) {
  const t = useT('reports');
  const format = useFormat();
  const { today, can } = useSession();
  const state = REPORTED_STATES.find((one) => one === filter.state);
  const narrowed = { ...(filter.town === '' ? {} : { townId: [filter.town] }), ...(filter.q === '' ? {} : { q: filter.q }) };
  const list = useReadPages(readPeriod, { month, limit: 200, ...(state === undefined ? {} : { state }), ...narrowed });
  const facets = useRead(projectFacets, {});
  const board = list.first;
  if (list.error !== undefined) return <Problem error={list.error} onRetry={list.again} />;
  if (board === undefined) return <Loading kind="table" lines={10} />;
  const { counts, sums } = board;
  const yi = (fen: number | null): { value: string; unit: string } => {
    const { number, unit } = format.money(fen, 'yi');
    return { value: number, unit };
  };
  const tabs = [
    { id: 'missing', label: t('board.missing'), count: counts.missing }, { id: 'reported', label: t('board.reported'), count: counts.reported }, { id: 'late', label: t('board.late'), count: counts.late },
    { id: 'corrected', label: t('board.corrected'), count: counts.corrected }, { id: 'covered', label: t('board.covered'), count: counts.covered }, { id: 'free', label: t('board.free'), count: counts.free }, { id: 'all', label: t('board.all'), count: counts.all },
  ].filter((tab) => tab.id !== 'covered' || counts.covered > 0);
  return (
    <>
      <PageHead
        title={t('board.title', { month: format.month(month) })}
        small={<><State tone={board.period === 'locked' ? 'off' : board.period === 'late' ? 'late' : 'ok'} word={t(`period.${board.period}`)} /> {t('board.due', { day: format.shortDay(board.dueDay, today) })} · {t('board.lock', { day: format.shortDay(board.lockDay, today) })}</>}
        actions={<>{can('projects.report') && counts.missing > 0 && (board.period === 'open' || board.period === 'late') && <Button kind={board.can.remind ? 'plain' : 'main'} href={`/reports/new?month=${month}`}>{t('web:page.reports.quick')}</Button>}<RemindAll month={month} town={narrowed} missing={counts.missing} may={board.can.remind && board.period !== 'future'} /></>}
      />
      <FigureStrip>
        <Figure label={t('board.figReported')} value={format.count(counts.reported)} note={<>{t('board.of', { owed: counts.owed, done: counts.owed - counts.missing })}{counts.late > 0 && ` · ${t('board.lateOf', { late: counts.late })}`}</>} definition={t('board.defReported')} />
        <Figure label={t('board.figMissing')} value={format.count(counts.missing)} noteTone={counts.missing === 0 ? 'ok' : board.period === 'open' ? 'warn' : 'late'} note={counts.reminded > 0 ? t('board.reminded', { count: counts.reminded }) : board.period === 'open' ? t('state.waiting') : counts.missing === 0 ? t('board.noneMissing') : t('period.late')} definition={t('board.defMissing')} />
        <Figure label={t('board.figMonth')} {...yi(sums.monthDispatchFen)} definition={t('board.defMonth')} />
        <Figure label={t('board.figStat')} {...yi(sums.monthStatFen)} definition={t('board.defStat')} />
        <Figure label={t('board.figYear')} {...yi(sums.yearDispatchFen)} noteTone={sums.pointsBp === null ? 'off' : sums.pointsBp < -1000 ? 'late' : sums.pointsBp < 0 ? 'warn' : 'ok'}
          note={<>{sums.rateBp !== null && `${format.percent(sums.rateBp / 10_000)} · ${format.points(sums.pointsBp === null ? null : sums.pointsBp / 100)} · `}{sums.yearGapFen !== null && t('board.gap', { gap: format.money(sums.yearGapFen, 'yi').text })}</>} definition={t('board.defYear')} />
      </FigureStrip>
      {sums.unknown > 0 && <p className="dim small">{t('board.unknown', { count: sums.unknown })}</p>}
      <Section title={t('board.projects')} hint={t('series.note')}>
        <Tabs label={t('col.state')} tabs={tabs} here={state ?? 'all'} onGo={(next) => onChange({ state: next })} />
        <div className="row boardfilter noprint">
          <TextInput label={t('board.search')} placeholder={t('board.search')} value={filter.q} onChange={(q) => onChange({ q: q ?? '' })} />
          <SelectInput label={t('board.noTownFilter')} value={filter.town} onChange={(town) => onChange({ town: town ?? '' })} options={[{ value: '', label: t('board.noTownFilter') }, ...(facets.data?.towns ?? []).map((one) => ({ value: one.value, label: one.name ?? one.value, hint: String(one.projects) }))]} />
        </div>
        <BoardList list={list} month={month} board={board} />
      </Section>
      <Towns month={month} onTown={(town) => onChange({ town })} />
    </>
  );
}

function RemindAll({ month, town, missing, may }: { readonly month: string; readonly town: object; readonly missing: number; readonly may: boolean }) {
  const t = useT('reports');
  const all = useReadPages(readPeriod, { month, state: 'missing', limit: REMIND_LIMIT, ...town }, { when: may && missing > 0 });
  const ids = useMemo(() => all.items.filter((one) => one.remindedDay !== all.first?.day).map((one) => one.id), [all.items, all.first]);
  const remind = useRun(remindReports, { onDone: (done) => toast({ text: [t('board.sent', { count: done.sent }), ...(done.skipped.length > 0 ? [t('board.skipped', { count: done.skipped.length })] : [])].join(' · ') }) });
  if (!may || missing === 0 || ids.length === 0) return null;
  return (
    <>
      <Button kind="main" busy={remind.running} onClick={() => remind.go({ month, projectIds: ids })}>{t('board.remindAll', { count: ids.length })}</Button>
      {remind.error !== undefined && <Problem small error={remind.error} />}
    </>
  );
}
