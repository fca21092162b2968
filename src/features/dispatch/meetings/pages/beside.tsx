// What stands beside an item in session: the project's figures and lights, its node, the last weekly line, what is open, what earlier meetings decided.
import { useRead } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { useNetwork } from '../../../../web/network.ts';
import { Facts } from '../../../../web/parts/facts.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Light, State } from '../../../../web/parts/state.tsx';
import { readBeside } from '../contract.ts';
import type { Item, One } from './say.ts';

export function Beside({ one, item }: { readonly one: One; readonly item: Item }) {
  const t = useT('meetings');
  const format = useFormat();
  const { reachable } = useNetwork();
  const read = useRead(readBeside, { id: one.meeting.id, itemId: item.id });
  // Without a network the read waits for it and neither comes nor fails.
  if (read.data === undefined) return <aside className="wallside">{read.error === undefined && reachable ? <Loading lines={6} /> : <p className="dim">{t('run.besideLost')}</p>}</aside>;
  const { project, week, problems, earlier } = read.data;
  return (
    <aside className="wallside">
      {project !== null && (
        <section>
          <h2>{t('beside.project')} <Light light={project.light} /></h2>
          <Facts columns={1} facts={[
            { label: t('beside.total'), value: format.money(project.totalFen, 'yi').text }, { label: t('beside.plan'), value: format.money(project.planFen, 'yi').text }, { label: t('beside.done'), value: `${format.money(project.doneFen, 'yi').text}${project.rateBp === null ? '' : ` ${format.percentBp(project.rateBp)}`}` }, { label: t('beside.town'), value: project.townName ?? '—' },
            { label: t('beside.commissioner'), value: project.commissionerName ?? '—' }, { label: t('beside.leader'), value: project.leader ?? '—' },
            ...(project.node === null ? [] : [{ label: t('beside.node'), value: <span className={project.node.late ? 'tone-late' : undefined}>{project.node.name} {format.day(project.node.day)}</span>, wide: true }]),
            ...(project.beginDay === null ? [] : [{ label: t('beside.begin'), value: <span className={(project.slipDays ?? 0) > 0 ? 'tone-late' : undefined}>{format.day(project.beginDay)}{(project.slipDays ?? 0) > 0 && ` ${t('beside.slip', { count: project.slipDays ?? 0 })}`}</span>, wide: true }]),
          ]} />
          {project.lights.length > 0 && <p className="wallfacts">{project.lights.slice(0, 4).map((light) => <span key={light.object + light.since}><Light light={light.level} word={t(`object.${light.object}`)} /> {t('beside.since', { day: format.shortDay(light.since, one.day) })}</span>)}</p>}
        </section>
      )}
      {week !== null && <section><h2>{t('beside.week')}</h2><p>{week.done}</p>{week.next !== null && <p className="two">{t('beside.next')}{t('colon')}{week.next}</p>}{week.problem !== null && <p className="tone-late">{t('beside.problem')}{t('colon')}{week.problem}</p>}<p className="dim small">{week.by} {format.day(week.day)}</p></section>}
      {week === null && project?.lastReport?.progress !== undefined && project.lastReport.progress !== null && <section><h2>{t('beside.report', { month: format.month(project.lastReport.month) })}</h2><p className="clamp">{project.lastReport.progress}</p></section>}
      {problems.length > 0 && <section><h2>{t('beside.problems')}</h2><ul>{problems.map((each) => <li key={each.id}><Go href={`/problems/${each.id}`}>{each.title}</Go> <span className="dim small">{each.ownerName ?? ''}{each.dueDay === null ? '' : ` ${format.shortDay(each.dueDay, one.day)}`}</span></li>)}</ul></section>}
      {earlier.length > 0 && <section><h2>{t('beside.earlier')}</h2><ul>{earlier.map((each) => <li key={each.decisionId}><Go href={`/decisions/${each.decisionId}`}>{t('beside.ofMeeting', { number: each.number })}{each.measure}</Go> <span className="dim small">{each.ownerName} {format.shortDay(each.dueDay, one.day)}</span> <State tone={each.doneDay !== null ? 'ok' : each.dueDay < one.day ? 'bad' : 'off'} word={t(each.doneDay !== null ? 'beside.isDone' : each.dueDay < one.day ? 'beside.isOverdue' : 'beside.isOpen')} /></li>)}</ul></section>}
    </aside>
  );
}
