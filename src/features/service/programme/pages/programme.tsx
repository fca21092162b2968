// 八项行动 of a year: how far each action is by its approved reports, which reports are owed or came late; measures and tagged projects behind the numbers.
import { lazy, Suspense, useState } from 'react';
import type { OutputOf } from '../../../../kernel/contract.ts';
import { useUrlState } from '../../../../web/address.ts';
import { useRead } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { Bar } from '../../../../web/parts/bars.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Figure, FigureStrip } from '../../../../web/parts/figure.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead, Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Scroll } from '../../../../web/parts/scroll.tsx';
import { Tabs } from '../../../../web/parts/tabs.tsx';
import { useSession } from '../../../../web/session.tsx';
import { pick } from '../../pages/names.ts';
import { readProgramme } from '../contract.ts';
import { Measures } from './measures.tsx';
import { Tagged } from './tagged.tsx';
import '../../pages/service.css';
import './programme.css';

export type Programme = OutputOf<typeof readProgramme>;
const TABS = ['actions', 'measures', 'projects'] as const;
const ProgrammeForm = lazy(async () => ({ default: (await import('./programmeform.tsx')).ProgrammeForm }));
const MeasureForm = lazy(async () => ({ default: (await import('./measureform.tsx')).MeasureForm }));

export function ProgrammePage() {
  const t = useT('programme');
  const lang = useLang();
  const { today } = useSession();
  const [state, set] = useUrlState({ year: undefined as number | undefined, tab: 'actions' });
  const [open, setOpen] = useState<'create' | 'edit' | 'measure' | undefined>(undefined);
  const read = useRead(readProgramme, state.year === undefined ? {} : { year: state.year });
  if (read.data === undefined) return read.error === undefined ? <Loading kind="table" lines={8} /> : <Problem error={read.error} onRetry={read.again} />;
  const { programme, years, actions, mayKeep } = read.data;
  const tab = TABS.find((one) => one === state.tab) ?? 'actions';
  const measures = actions.reduce((sum, one) => sum + one.measures, 0);
  const next = (years[0] ?? Number(today.slice(0, 4)) - 1) + 1;
  return (
    <>
      <PageHead
        title={programme === null ? t('title') : pick({ zh: programme.nameZh, en: programme.nameEn }, lang)} {...(programme === null ? {} : { small: t('small', { count: measures }) })}
        actions={
          <>
            {years.length > 1 && programme !== null && <SelectInput label={t('choose_year')} value={String(programme.year)} options={years.map((year) => ({ value: String(year), label: t('year', { year }) }))} onChange={(year) => set({ year: year === undefined ? undefined : Number(year) })} />}
            {mayKeep && (programme === null || programme.year === years[0]) && <Button kind={programme === null ? 'main' : 'quiet'} onClick={() => setOpen('create')}>{t('create', { year: next })}</Button>}
            {mayKeep && programme !== null && <><Button onClick={() => setOpen('edit')}>{t('edit')}</Button><Button kind="main" onClick={() => setOpen('measure')}>{t('add_measure')}</Button></>}
          </>
        }
      />
      {programme === null ? <Empty title={t('none')} hint={t('none_hint')} /> : (
        <>
          <Strip programme={read.data} measures={measures} />
          <Tabs label={t('title')} here={tab} onGo={(one) => set({ tab: one })} tabs={[{ id: 'actions', label: t('tab.actions') }, { id: 'measures', label: t('tab.measures'), count: measures }, { id: 'projects', label: t('tab.projects') }]} />
          {tab === 'actions' && <><Actions programme={read.data} year={programme.year} /><Quarters programme={read.data} dueDays={programme.dueDays} /></>}
          {tab === 'measures' && <Measures year={programme.year} actions={actions} />}
          {tab === 'projects' && <Tagged actions={actions} />}
        </>
      )}
      <Suspense fallback={null}>
        {(open === 'create' || (open === 'edit' && programme !== null)) && <ProgrammeForm year={next} programme={open === 'edit' ? read.data : undefined} onClose={() => setOpen(undefined)} />}
        {open === 'measure' && programme !== null && <MeasureForm programmeId={programme.id} year={programme.year} actions={actions} onClose={() => setOpen(undefined)} />}
      </Suspense>
    </>
  );
}

function Strip({ programme: { actions }, measures }: { readonly programme: Programme; readonly measures: number }) {
  const t = useT('programme');
  const format = useFormat();
  const sum = (of: (one: Programme['actions'][number]) => number): number => actions.reduce((total, one) => total + of(one), 0);
  const [done, overdue, waiting, late] = [sum((one) => one.done), sum((one) => one.overdue), sum((one) => one.waiting), sum((one) => one.late)];
  const mean = measures === 0 ? null : sum((one) => (one.progressBp ?? 0) * one.measures) / measures;
  return (
    <FigureStrip>
      <Figure label={t('figure.progress')} value={mean === null ? '—' : format.percentBp(Math.round(mean))} definition={t('figure.progress_definition')} href="?tab=measures" />
      <Figure label={t('figure.done')} value={format.count(done)} unit={t('figure.measures', { count: done })} note={t('figure.of', { count: measures })} href="?tab=measures&state=done" />
      <Figure label={t('figure.overdue')} value={format.count(overdue)} unit={t('figure.unit', { count: overdue })} definition={t('figure.overdue_definition')} href="?tab=measures&state=late" {...(overdue > 0 ? { note: t('state.late'), noteTone: 'late' as const } : {})} />
      <Figure label={t('figure.waiting')} value={format.count(waiting)} unit={t('figure.unit', { count: waiting })} href="?tab=measures&state=waiting" />
      <Figure label={t('figure.late')} value={format.count(late)} unit={t('figure.unit', { count: late })} definition={t('figure.late_definition')} href="?tab=measures&state=reported_late" />
    </FigureStrip>
  );
}

function Actions({ programme: { actions }, year }: { readonly programme: Programme; readonly year: number }) {
  const t = useT('programme');
  const lang = useLang();
  const format = useFormat();
  const link = (code: string, more: string, count: number) => (count === 0 ? <span className="dim">—</span> : <Go href={`/service/programme?year=${String(year)}&tab=${more}&action=${code}`}>{format.count(count)}</Go>);
  return (
    <Scroll label={t('title')}>
      <table className="plain actiontable">
        <thead><tr><th scope="col">{t('col.action')}</th><th scope="col" className="num">{t('col.measures')}</th><th scope="col" className="num">{t('col.done')}</th><th scope="col">{t('col.progress')}</th><th scope="col" className="num">{t('col.reports')}</th><th scope="col" className="num">{t('col.waiting')}</th><th scope="col" className="num">{t('col.overdue')}</th><th scope="col" className="num">{t('col.late')}</th><th scope="col" className="num">{t('col.projects')}</th><th scope="col" className="num">{t('col.problems')}</th></tr></thead>
        <tbody>
          {actions.map((one) => (
            <tr key={one.code}>
              <td className="actionname"><Go href={`/service/programme?year=${String(year)}&tab=measures&action=${one.code}`}>{pick(one, lang)}</Go></td>
              <td className="num" data-label={t('col.measures')}>{link(one.code, 'measures', one.measures)}</td>
              <td className="num" data-label={t('col.done')}>{link(one.code, 'measures&state=done', one.done)}</td>
              <td className="actionbar" data-label={t('col.progress')}>{one.progressBp === null ? <span className="dim">—</span> : <span className="row"><Bar share={one.progressBp / 10_000} /><span>{format.percentBp(one.progressBp)}</span></span>}</td>
              <td className="num" data-label={t('col.reports')}>{format.count(one.approved)}</td>
              <td className="num" data-label={t('col.waiting')}>{link(one.code, 'measures&state=waiting', one.waiting)}</td>
              <td className={one.overdue > 0 ? 'num tone-late' : 'num'} data-label={t('col.overdue')}>{link(one.code, 'measures&state=late', one.overdue)}</td>
              <td className="num" data-label={t('col.late')}>{link(one.code, 'measures&state=reported_late', one.late)}</td>
              <td className="num" data-label={t('col.projects')}>{link(one.code, 'projects', one.projects)}</td>
              <td className="num" data-label={t('col.problems')}>{one.problems === 0 ? <span className="dim">—</span> : <Go href={`/problems?action=${one.code}`}>{format.count(one.problems)}</Go>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Quarters({ programme: { quarters, day }, dueDays }: { readonly programme: Programme; readonly dueDays: number }) {
  const t = useT('programme');
  const format = useFormat();
  return (
    <Section title={t('quarters.title')} hint={t('quarters.hint', { count: dueDays })}>
      <div className="quarters">
        {quarters.map((one) => (
          <div key={one.quarter} className="card pad">
            <p><b>{t('quarters.name', { quarter: one.quarter })}</b> <span className="dim small">{one.over ? t('quarters.due', { day: format.day(one.due) }) : t('quarters.not_over')}</span></p>
            {one.over && (
              <dl className="quarterfacts">
                {(['expected', 'onTime', 'late', 'missing', 'approved'] as const).map((name) => <div key={name}><dt>{t(`quarters.${name === 'onTime' ? 'on_time' : name}`)}</dt><dd className={one[name] > 0 && (name === 'late' || (name === 'missing' && one.due < day)) ? 'tone-late' : undefined}>{format.count(one[name])}</dd></div>)}
              </dl>
            )}
          </div>
        ))}
      </div>
    </Section>
  );
}
