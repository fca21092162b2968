// 一个项目、一名专员、一支队伍: how many key projects are covered, and what lies on whom. Every number opens the projects behind it.
import { lazy, Suspense, useState } from 'react';
import type { OutputOf } from '../../../../kernel/contract.ts';
import { useRead, useReadPages } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Figure, FigureStrip } from '../../../../web/parts/figure.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead, Section } from '../../../../web/parts/page.tsx';
import { Pager } from '../../../../web/parts/pager.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Scroll } from '../../../../web/parts/scroll.tsx';
import { useSession } from '../../../../web/session.tsx';
import { listHandovers, readDuties, readWorkload } from '../contract.ts';
import { HandoverRow } from './handoverrow.tsx';
import './taskforce.css';

const RulesDialog = lazy(async () => ({ default: (await import('./rules.tsx')).RulesDialog }));

export function DutiesPage() {
  const t = useT('taskforce');
  const format = useFormat();
  const { can } = useSession();
  const [rules, setRules] = useState(false);
  const read = useRead(readDuties, {});
  if (read.data === undefined) return read.error === undefined ? <Loading kind="table" lines={8} /> : <Problem error={read.error} onRetry={read.again} />;
  const duties = read.data;
  return (
    <>
      <PageHead title={t('duties.title')} small={t('duties.small', { day: format.day(duties.day), levels: duties.keyLevels.map((level) => t(`level.${level}`)).join(t('comma')) })}
        actions={<><Button href="/dispatch/taskforces">{t('forces.title')}</Button>{can('dispatch.assign') && <Button onClick={() => setRules(true)}>{t('rules.open')}</Button>}</>} />
      <Coverage duties={duties} />
      {duties.openHandovers > 0 && <Handovers />}
      <Workload most={duties.mostProjects} />
      {rules && <Suspense fallback={null}><RulesDialog onClose={() => setRules(false)} /></Suspense>}
    </>
  );
}

function Coverage({ duties }: { readonly duties: OutputOf<typeof readDuties> }) {
  const t = useT('taskforce');
  const format = useFormat();
  const figure = (name: 'commissioner' | 'team' | 'visit' | 'line', count: number) => (
    <Figure key={name} label={t(`figure.${name}`)} value={format.count(count)} unit={t('figure.of', { all: duties.all })} definition={t(`definition.${name}`, { days: duties.visitEveryDays })} href={count < duties.all ? `/ledgers/assignment?lack=${name}` : '/ledgers/assignment'}
      note={count < duties.all ? t(`figure.lack_${name}`, { count: duties.all - count }) : t('figure.all')} noteTone={count < duties.all ? (name === 'commissioner' || name === 'team' ? 'late' : 'warn') : 'ok'} />
  );
  return (
    <FigureStrip>
      <Figure label={t('figure.key')} value={format.count(duties.all)} unit={t('figure.unit', { count: duties.all })} definition={t('definition.key')} href="/ledgers/assignment" note={t('figure.both', { count: duties.both })} noteTone={duties.both < duties.all ? 'late' : 'ok'} />
      {figure('commissioner', duties.commissioner)}
      {figure('team', duties.team)}
      {figure('visit', duties.visited)}
      {figure('line', duties.lines)}
    </FigureStrip>
  );
}

function Handovers() {
  const t = useT('taskforce');
  const list = useReadPages(listHandovers, { open: true, limit: 20 });
  if (list.first === undefined) return null;
  return (
    <Section title={t('handovers.open')}>
      <ul className="card tflist">{list.items.map((one) => <HandoverRow key={one.id} one={one} />)}</ul>
      {list.hasMore && <Pager shown={list.items.length} hasMore={list.hasMore} loading={list.loadingMore} onMore={list.more} />}
    </Section>
  );
}

function Workload({ most }: { readonly most: number }) {
  const t = useT('taskforce');
  const format = useFormat();
  const list = useReadPages(readWorkload, { limit: 60 });
  if (list.first === undefined) return list.error === undefined ? <Loading kind="table" lines={6} /> : <Problem error={list.error} onRetry={list.again} />;
  const count = (value: number, tone = ''): React.ReactNode => (value === 0 ? <span className="dim">0</span> : <span className={tone}>{format.count(value)}</span>);
  return (
    <Section title={t('load.title')} hint={t('load.hint', { count: most })}>
      {list.items.length === 0 ? <div className="card"><Empty title={t('load.none')} hint={t('load.noneHint')} /></div> : (
        <Scroll label={t('load.title')}>
          <table className="plain">
            <thead><tr><th scope="col">{t('load.person')}</th><th scope="col" className="num">{t('load.projects')}</th><th scope="col" className="num">{t('load.total', { unit: format.unitName('yi') })}</th><th scope="col" className="num">{t('load.nodes')}</th><th scope="col" className="num">{t('load.over')}</th><th scope="col" className="num">{t('load.visits')}</th><th scope="col" className="num">{t('load.lines')}</th><th scope="col" className="num">{t('load.red')}</th></tr></thead>
            <tbody>{list.items.map((row) => (
              <tr key={row.userId}>
                <td><Go href={`/ledgers/assignment?userId=${row.userId}`}>{row.name}</Go> <span className="two small">{row.orgName}</span>{!row.active && <span className="tag tone-bad">{t('load.closed')}</span>}</td>
                <td className="num">{row.tooMany ? <span className="tone-late" title={t('load.tooMany', { count: most })}>{format.count(row.projects)} {t('load.tooManyShort')}</span> : format.count(row.projects)}</td>
                <td className="num">{format.money(row.totalFen, 'yi').number}</td><td className="num">{count(row.nodesDue)}</td><td className="num">{count(row.nodesOver, 'tone-late')}</td>
                <td className="num">{count(row.visitsDue, 'tone-late')}</td><td className="num">{count(row.linesOwed, 'tone-warn')}</td><td className="num">{count(row.red, 'tone-bad')}</td>
              </tr>
            ))}</tbody>
          </table>
        </Scroll>
      )}
      {list.hasMore && <Pager shown={list.items.length} hasMore={list.hasMore} loading={list.loadingMore} onMore={list.more} />}
    </Section>
  );
}
