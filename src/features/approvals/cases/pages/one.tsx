// One case: how its clock stands, whose days they were, how the deadlines follow, what happened, who was asked, and what may be recorded next.
import { lazy, Suspense, useState } from 'react';
import { useRead } from '../../../../web/client.ts';
import { useFormat, type Format } from '../../../../web/format.ts';
import { loadWords, useLang, useT, type T } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Facts } from '../../../../web/parts/facts.tsx';
import { Figure, FigureStrip } from '../../../../web/parts/figure.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { Popover } from '../../../../web/parts/popover.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Record } from '../../../../web/parts/record.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { usePath } from '../../../../web/router.tsx';
import { useSession } from '../../../../web/session.tsx';
import { readCase } from '../contract.ts';
import { ClockBar } from './bar.tsx';
import { CompletionPart } from './completion.tsx';
import { Materials } from './attached.tsx';
import { Reviews } from './reviews.tsx';
import { leftSay, leftTone, pick, stateOf, type One } from './say.ts';
import './cases.css';

const WithholdDialog = lazy(async () => ({ default: (await import('./withhold.tsx')).WithholdDialog }));
// What it owes and how long it holds, with words of its own.
const CaseFaster = lazy(async () => ({ default: (await Promise.all([import('../../faster/pages/case.tsx'), loadWords(['approvals'])]))[0].CaseFaster }));
const ActDialog = lazy(async () => ({ default: (await import('./act.tsx')).ActDialog }));

export function CasePage() {
  const { id = '' } = usePath();
  const read = useRead(readCase, { id });
  if (read.data === undefined) return read.error === undefined ? <Loading kind="record" /> : <Problem error={read.error} onRetry={read.again} />;
  return <Shown one={read.data} />;
}

function Shown({ one }: { readonly one: One }) {
  const t = useT('cases');
  const lang = useLang();
  const format = useFormat();
  const { can } = useSession();
  const line = one.case;
  const state = stateOf(line, t);
  const name = pick(line.itemName, lang);
  return (
    <Record
      crumbs={[{ label: t(can('approvals.handle') ? 'list.title' : 'list.mine'), href: '/approvals/cases' }, one.knowsProject ? { label: line.projectName, href: `/projects/${line.projectId}/approvals/cases` } : { label: line.projectName }, { label: name }]}
      title={name}
      state={<><State tone={state.tone} word={state.word} />{line.deemed && <span className="tag">{t('deemed')}</span>}{line.round > 1 && <span className="tag">{t('round', { round: line.round })}</span>}{line.joint && <span className="tag">{t('joint')}</span>}{line.critical && <span className="tag">{t('critical')}</span>}</>}
      say={sentence(one, t, format)}
      actions={<Actions one={one} />}
      strip={one.ledger === null ? undefined : <Strip one={one} ledger={one.ledger} />}
      side={<Aside one={one} />}
    >
      {one.ledger === null ? <p className="card pad two">{t('outside', { system: line.system ?? '', day: format.day(line.verifiedDay) })}</p> : <Section title={t('bar.title')} hint={t('bar.hint')}><ClockBar ledger={one.ledger} /></Section>}
      {one.partOf !== null && <p className="card pad">{t('completion.isPart')}<Go href={`/approvals/cases/${one.partOf.id}`}>{pick(one.partOf.itemName, lang)}</Go>{t('completion.isPartEnd')}</p>}
      {one.completion !== null && <CompletionPart one={one} completion={one.completion} />}
      {one.reviews.length > 0 && <Reviews one={one} />}
      {(one.materials.length > 0 || one.listed.main.length + one.listed.secondary.length > 0) && <Materials one={one} />}
      <Suspense fallback={null}><CaseFaster caseId={line.id} /></Suspense>
      <Section title={t('limits.title')}><Limits one={one} /></Section>
      {one.events.length > 0 && <Section title={t('tale.title')}><Tale one={one} /></Section>}
    </Record>
  );
}

function sentence(one: One, t: T, format: Format): string {
  const line = one.case;
  if (line.closedDay !== null) return t('say.closed', { status: t(`status.${line.status}`), day: format.day(line.closedDay) });
  const whose = line.side === null ? '' : t(`say.side.${line.side}`, { since: format.day(line.sideDay), org: line.orgName });
  const owed = line.owes === null || line.owedDay === null ? '' : t(`say.owes.${line.owes}`, { day: format.day(line.owedDay), left: leftSay(line, t) });
  return [whose, owed].filter((part) => part !== '').join(t('say.and'));
}

/** What comes next in the ordinary way; everything else stands in the menu. */
const NEXT = ['correction_supplied', 'special_ended', 'resumed', 'rectification_ended', 'accepted', 'decided', 'delivered'];

function Actions({ one }: { readonly one: One }) {
  const t = useT('cases');
  const [open, setOpen] = useState<One['can'][number] | undefined>(undefined);
  const main = NEXT.map((kind) => one.can.find((each) => each.kind === kind)).find((each) => each !== undefined);
  const rest = one.can.filter((each) => each !== main);
  return (
    <>
      {rest.length > 0 && (
        <Popover label={t('act.menu')} align="end" trigger={(trigger) => <button type="button" className="btn plain" {...trigger}>{t('act.menu')}</button>}>
          {(done) => <div className="menu">{rest.map((each) => <button key={each.kind} type="button" onClick={() => { done(); setOpen(each); }}>{t(`deed.${each.kind}`)}</button>)}</div>}
        </Popover>
      )}
      {main !== undefined && <Button kind="main" onClick={() => setOpen(main)}>{t(`deed.${main.kind}`)}</Button>}
      <Suspense fallback={null}>{open !== undefined && <ActDialog one={one} what={open} onClose={() => setOpen(undefined)} />}</Suspense>
    </>
  );
}

function Strip({ one, ledger }: { readonly one: One; readonly ledger: NonNullable<One['ledger']> }) {
  const t = useT('cases');
  const format = useFormat();
  const { statutory, promised, parts } = ledger;
  const note = (clock: typeof statutory): { note: string; noteTone: 'bad' | 'warn' | 'off' } => {
    if (clock === null) return { note: '', noteTone: 'off' };
    if (one.case.acceptedDay === null) return { note: t('strip.notYet'), noteTone: 'off' };
    if (one.case.decidedDay !== null && !clock.overdue) return { note: t('strip.decided', { day: format.day(one.case.decidedDay) }), noteTone: 'off' };
    const due = t(clock.moving ? 'strip.moving' : 'strip.due', { day: format.day(clock.deadline.day) });
    return { note: clock.deadline.provisional ? `${due} ${t('provisional')}` : due, noteTone: clock.overdue ? 'bad' : 'off' };
  };
  return (
    <FigureStrip>
      <Figure label={t('strip.statutory')} value={statutory === null ? '—' : `${format.count(statutory.used + statutory.over)} / ${format.count(statutory.limit)}`} {...(statutory === null ? {} : { unit: t(`unit.${statutory.unit}`) })} {...note(statutory)} definition={t('strip.statutorySay')} />
      <Figure label={t('strip.promised')} value={promised === null || one.limit.promisedDays === null ? '—' : `${format.count(promised.used + promised.over)} / ${format.count(promised.limit)}`} {...(promised === null || one.limit.promisedDays === null ? { note: t('strip.noPromise') } : { unit: t(`unit.${promised.unit}`), ...note(promised) })} definition={t('strip.promisedSay')} />
      <Figure label={t('side.department')} value={format.count(parts.department.calendar)} unit={t('strip.days')} note={t('bar.working', { count: parts.department.working })} />
      <Figure label={t('side.applicant')} value={format.count(parts.applicant.calendar)} unit={t('strip.days')} note={t('bar.working', { count: parts.applicant.working })} />
      <Figure label={t('strip.still')} value={format.count(parts.special.calendar + parts.suspension.calendar)} unit={t('strip.days')} note={t('bar.working', { count: parts.special.working + parts.suspension.working })} />
    </FigureStrip>
  );
}

function Limits({ one }: { readonly one: One }) {
  const t = useT('cases');
  const format = useFormat();
  const { limit, ledger } = one;
  const days = (count: number, unit: 'working' | 'calendar'): string => t(`limits.days.${unit}`, { count });
  const clock = ledger?.statutory ?? null;
  const stopped = ledger === null ? 0 : ledger.parts.special.working + ledger.parts.suspension.working;
  const lines = [
    t(limit.general ? 'limits.general' : 'limits.statutory', { days: days(limit.statutoryDays, limit.statutoryUnit) }),
    limit.promisedDays === null || limit.promisedUnit === null ? t('limits.noPromise') : t('limits.promised', { days: days(limit.promisedDays, limit.promisedUnit) }),
    ...(one.case.acceptedDay === null ? [] : [t(one.case.deemed ? 'limits.deemed' : 'limits.from', { day: format.day(one.case.acceptedDay) })]),
    ...(clock !== null && clock.extension > 0 ? [t('limits.extended', { days: days(clock.extension, clock.unit) })] : []),
    ...(stopped > 0 ? [t('limits.stopped', { count: stopped })] : []),
    ...(clock === null || one.case.acceptedDay === null || one.case.decidedDay !== null ? [] : [t(clock.moving ? 'limits.moving' : 'limits.due', { day: format.day(clock.deadline.day) })]),
    ...(limit.extensionDays === 0 ? [] : [t('limits.extension', { days: days(limit.extensionDays, limit.statutoryUnit) })]),
    ...(limit.rectification === null ? [] : [t('limits.rectification', { windows: limit.rectification.windows, days: days(limit.rectification.days, 'working') })]),
    t(limit.frozen ? 'limits.frozen' : 'limits.open', { from: format.day(limit.from) }),
    ...(one.case.closedDay === null || one.calendar.edition === one.calendar.newest ? [] : [t(one.calendar.edition === 0 ? 'limits.closedByShipped' : 'limits.closedBy', { edition: one.calendar.edition })]),
  ];
  return <ul className="card pad limits">{lines.map((line) => <li key={line}>{line}</li>)}</ul>;
}

function Tale({ one }: { readonly one: One }) {
  const t = useT('cases');
  const format = useFormat();
  return (
    <ol className="card tale">
      {one.events.map((each) => (
        <li key={each.seq} className={each.side}>
          <p><b>{t(`event.${each.kind}`)}</b> {format.day(each.day)} <span className="two">{t(`by.${each.side}`)} {each.by}</span></p>
          <p className="two">{[
            each.outcome === null ? null : t(`outcome.${each.outcome}`), each.procedure === null ? null : t(`procedure.${each.procedure}`), each.days === null ? null : t('tale.days', { count: each.days }), each.document, each.reason,
          ].filter((part) => part !== null).join(t('tale.comma'))}</p>
          {format.day(each.at.slice(0, 10)) !== format.day(each.day) && each.at.slice(0, 10) > each.day && <p className="dim small">{t('tale.later', { at: format.instant(each.at) })}</p>}
        </li>
      ))}
    </ol>
  );
}

function Aside({ one }: { readonly one: One }) {
  const t = useT('cases');
  const format = useFormat();
  const line = one.case;
  return (
    <div className="stack">
      <Section title={t('aside.title')}>
        <div className="card pad">
          <Facts columns={1} facts={[
            { label: t('aside.project'), value: one.knowsProject ? <Go href={`/projects/${line.projectId}/approvals/cases`}>{line.projectName}</Go> : line.projectName },
            { label: t('aside.org'), value: line.orgName },
            ...(line.leadOrgName === null ? [] : [{ label: t('aside.lead'), value: line.leadOrgName }]),
            { label: t('aside.code'), value: line.item },
            { label: t('aside.status'), value: t(`status.${line.status}`) },
            { label: t('aside.via'), value: one.agentName === null ? t(`via.${one.via}`) : t('via.agentOf', { name: one.agentName }) },
            ...(one.attorneySha === null ? [] : [{ label: t('aside.attorney'), value: <a href={`/api/files/${one.attorneySha}`} download>{t('aside.open')}</a> }]),
            ...(line.document === null ? [] : [{ label: t('aside.document'), value: line.document }]),
            ...(line.source === 'own' ? [] : [{ label: t('aside.source'), value: `${line.system ?? ''} ${t(`source.${line.source}`)}` }, { label: t('aside.verified'), value: format.day(line.verifiedDay) }]),
            ...(one.note === null ? [] : [{ label: t('aside.note'), value: one.note }]),
          ]} />
        </div>
      </Section>
      {(one.mayWithhold || one.withheld !== null) && <Public one={one} />}
      {line.daysLeft !== null && <p className={`card pad tone-${leftTone(line)}`}>{t(`owes.${line.owes ?? 'decision'}`)}{t('bar.colon')}{leftSay(line, t)}</p>}
    </div>
  );
}

/** Whether the line may be read by everybody, and why not. */
function Public({ one }: { readonly one: One }) {
  const t = useT('cases');
  const [open, setOpen] = useState(false);
  return (
    <Section title={t('withhold.section')}>
      <div className="card pad stack">
        <p>{one.withheld === null ? t('withhold.none') : t(`withhold.is.${one.withheld}`)}{one.withheldBasis !== null && <span className="two">{t('bar.colon')}{one.withheldBasis}</span>}</p>
        {one.mayWithhold && <div><Button small onClick={() => setOpen(true)}>{t(one.withheld === null ? 'withhold.button' : 'withhold.change')}</Button></div>}
      </div>
      <Suspense fallback={null}>{open && <WithholdDialog one={one} onClose={() => setOpen(false)} />}</Suspense>
    </Section>
  );
}
