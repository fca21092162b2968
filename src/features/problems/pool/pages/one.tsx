// One problem: where it stands and how long it still has, who had the ball when, what is asked and what was answered, and the next step as the one
// primary button of whoever reads.
import { lazy, Suspense, useState } from 'react';
import type { CommandContract } from '../../../../kernel/contract.ts';
import { useRead, useRun } from '../../../../web/client.ts';
import { useFormat, type Format } from '../../../../web/format.ts';
import { loadWords, useLang, useT, type T } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Figure, FigureStrip } from '../../../../web/parts/figure.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { Popover } from '../../../../web/parts/popover.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Record } from '../../../../web/parts/record.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { usePath } from '../../../../web/router.tsx';
import { useSession } from '../../../../web/session.tsx';
import { getProblem } from '../contract.ts';
import { ACTS, actsOf, nextOf } from './acts.ts';
import { TOUCHES } from './touches.ts';
import { Asked, FactsOf, FilesOf, PausesOf } from './content.tsx';
import { ClockPicture } from './picture.tsx';
import { leftSay, leftTone, marksOf, timeSay, toneOf, useKinds, type One } from './say.ts';
import { Told } from './told.tsx';
import './record.css';

// Who is asked whether it is solved, with words of its own.
const Confirmation = lazy(async () => ({ default: (await Promise.all([import('../../closing/pages/confirm.tsx'), loadWords(['closing'])]))[0].Confirmation }));
const Updates = lazy(async () => ({ default: (await import('./updates.tsx')).Updates }));
const ActDialog = lazy(async () => ({ default: (await import('./act.tsx')).ActDialog }));

export function ProblemPage() {
  const { id = '' } = usePath();
  const read = useRead(getProblem, { id });
  if (read.data === undefined) return read.error === undefined ? <Loading kind="record" /> : <Problem error={read.error} onRetry={read.again} />;
  return <Shown one={read.data} onChanged={read.again} />;
}

function Shown({ one, onChanged }: { readonly one: One; readonly onChanged: () => void }) {
  const t = useT('problem');
  const kinds = useKinds(useLang());
  const format = useFormat();
  const { today } = useSession();
  return (
    <Record
      crumbs={[{ label: t('problems:list.title'), href: '/problems' }, ...(one.projectId === null ? [] : [{ label: one.projectName ?? '', href: `/projects/${one.projectId}/problems` }]), { label: one.number }]}
      title={one.title}
      state={<><State tone={toneOf(one)} word={t(`problems:state.${one.state}`)} />{marksOf(one, t).map((mark) => <span key={mark} className="tag">{mark}</span>)}{one.round > 1 && <span className="tag">{t('round', { round: one.round })}</span>}</>}
      say={saysNow(one, t, format, today)}
      actions={<Actions one={one} />}
      strip={<Strip one={one} />}
      side={<><Section title={t('facts.title')}><FactsOf one={one} kindName={kinds.nameOf(one.kind)} /></Section><Section title={t('told.title')}><Told one={one} nameOf={kinds.nameOf} /></Section></>}
    >
      {one.mergedInto !== null && <p className="card pad">{t('merged')} <Go href={`/problems/${one.mergedInto.id}`}>{one.mergedInto.number}</Go></p>}
      <Section title={t('asked.title')}><Asked one={one} /></Section>
      <Section title={t('picture.title')} hint={t('picture.hint')}><ClockPicture one={one} /></Section>
      <Suspense fallback={null}><Confirmation key={one.version} problemId={one.id} onChanged={onChanged} /></Suspense>
      {one.pauses.length > 0 && <Section title={t('pauses.title')} hint={t('pauses.sum', { time: pausedSay(pausedSoFar(one), t) })}><PausesOf one={one} /></Section>}
      <Suspense fallback={null}><Updates problemId={one.id} /></Suspense>
      {one.files.length > 0 && <Section title={t('files.title')}><FilesOf one={one} /></Section>}
      {one.absorbed.length > 0 && <Section title={t('absorbed')}><ul className="card pad limits">{one.absorbed.map((each) => <li key={each.id}><Go href={`/problems/${each.id}`}>{each.number} {each.title}</Go></li>)}</ul></Section>}
    </Record>
  );
}

/** With the one that lasts, up to now. */
function pausedSoFar(one: One): number {
  return one.pauses.reduce((sum, pause) => sum + Math.max(0, Date.parse(pause.toAt ?? one.at) - Date.parse(pause.fromAt)), 0) / 60_000;
}

function pausedSay(minutes: number, t: T): string {
  return minutes < 1440 ? t('picture.hours', { count: Math.round(minutes / 60) }) : t('picture.days', { count: Math.round((minutes / 1440) * 10) / 10 });
}

/** Whose turn it is, to do what, by when. */
function saysNow(one: One, t: T, format: Format, today: string): string {
  if (one.step === null) return t(`now.${one.state}`, { day: format.instant(one.endedAt, today), who: one.ownerName, satisfaction: one.satisfaction === null ? '' : t(`problems:satisfaction.${one.satisfaction}`) });
  if (one.pauseKind !== null) return t(`now.paused_${one.pauseKind}`, { who: one.ownerName, until: format.instant(one.pauseUntil, today) });
  const left = leftSay(one.left, t);
  return t(`now.${one.state}`, { who: one.ownerUserName === null ? one.ownerName : t('now.person', { org: one.ownerName, person: one.ownerUserName }), left, due: t(one.left?.over === true ? 'strip.was' : 'strip.until', { at: format.instant(one.dueAt, today) }) });
}

// Without anything to fill in they are done at once.
const AT_ONCE = new Set(['signed', 'claimed']);

function Actions({ one }: { readonly one: One }) {
  const t = useT('problem');
  const [open, setOpen] = useState<string | undefined>(undefined);
  const can = actsOf(one);
  const main = nextOf(one);
  const rest = can.filter((step) => step !== main);
  const label = (step: string): string => t(`act.title.${step}`);
  return (
    <>
      {rest.length === 1 && rest[0] !== undefined && <Step one={one} step={rest[0]} label={label(rest[0])} onOpen={setOpen} />}
      {rest.length > 1 && (
        <Popover label={t('act.menu')} align="end" trigger={(trigger) => <button type="button" className="btn plain" {...trigger}>{t('act.menu')}</button>}>
          {(done) => <div className="menu">{rest.map((step) => <Step key={step} one={one} step={step} label={label(step)} menu onOpen={(which) => { done(); setOpen(which); }} />)}</div>}
        </Popover>
      )}
      {main !== undefined && <Step one={one} step={main} label={label(main)} main onOpen={setOpen} />}
      <Suspense fallback={null}>{open !== undefined && <ActDialog one={one} step={open} onClose={() => setOpen(undefined)} />}</Suspense>
    </>
  );
}

interface StepProps { readonly one: One; readonly step: string; readonly label: string; readonly main?: boolean; readonly menu?: boolean; readonly onOpen: (step: string) => void }

function Step(props: StepProps) {
  const act = ACTS[props.step];
  if (act === undefined) return null;
  return AT_ONCE.has(props.step) ? <Once {...props} contract={act.contract} /> : <Press {...props} busy={false} onPress={() => props.onOpen(props.step)} />;
}

function Once({ contract, ...props }: StepProps & { readonly contract: CommandContract }) {
  const t = useT('problem');
  const run = useRun(contract, { touches: TOUCHES, onDone: () => toast({ text: t(`act.done.${props.step}`) }) });
  // Where somebody was quicker, the dialog says what he did.
  return <Press {...props} busy={run.running} onPress={() => void run.run({ id: props.one.id }, { version: props.one.version }).catch(() => props.onOpen(props.step))} />;
}

function Press({ label, main = false, menu = false, busy, onPress }: Pick<StepProps, 'label' | 'main' | 'menu'> & { readonly busy: boolean; readonly onPress: () => void }) {
  if (menu) return <button type="button" disabled={busy} onClick={onPress}>{label}</button>;
  return <Button {...(main ? { kind: 'main' as const } : {})} busy={busy} onClick={onPress}>{label}</Button>;
}

function Strip({ one }: { readonly one: One }) {
  const t = useT('problem');
  const format = useFormat();
  const { today } = useSession();
  const time = (left: One['left']): { value: string } => ({ value: left === null ? '—' : timeSay(left, t) });
  const note = (left: One['left'], due: string | null) => (left === null || due === null ? { note: one.pauseKind !== null ? t(`problems:pause.${one.pauseKind}`) : '' } : { note: t(left.over ? 'strip.was' : 'strip.until', { at: format.instant(due, today) }), noteTone: leftTone(left) });
  const unit = one.limitUnit === 'workday' || one.limitUnit === 'day' ? 1440 : 60;
  const spent = (minutes: number): string => format.count(Math.round((minutes / unit) * 10) / 10, (minutes / unit) % 1 === 0 ? 0 : 1);
  const over = one.usedMinutes > one.limitMinutes;
  return (
    <FigureStrip>
      {one.step !== null && <Figure label={t(one.left?.over === true ? 'strip.stepOver' : 'strip.stepLeft', { step: t(`problems:step.${one.step}`) })} {...time(one.left)} {...note(one.left, one.dueAt)} definition={t('strip.stepSay')} />}
      {one.step !== null && one.step !== 'confirm' && one.step !== 'solve' && <Figure label={t(one.solveLeft?.over === true ? 'strip.solveOver' : 'strip.solveLeft')} {...time(one.solveLeft)} {...note(one.solveLeft, one.solveDueAt)} definition={t('strip.solveSay')} />}
      <Figure label={t('strip.used')} value={`${spent(one.usedMinutes)} / ${spent(one.limitMinutes)}`} unit={t(`strip.unit.${one.limitUnit}`)} definition={t('strip.usedSay', { policy: one.policyName })} note={one.pauses.length > 0 ? t('strip.paused', { time: pausedSay(pausedSoFar(one), t) }) : over ? t('strip.over') : ''} noteTone={over ? 'bad' : 'off'} />
      <Figure label={t('strip.tier')} value={format.count(one.tier)} unit={t('strip.tierUnit')} definition={t('strip.tierSay')} note={t(`problems:tier.${String(one.tier)}`)} />
      <Figure label={t('strip.counts')} value={`${format.count(one.handbacks)} / ${format.count(one.redone)} / ${format.count(one.reopened)}`} definition={t('strip.countsSay')} {...(one.overdues > 0 ? { note: t('strip.overdues', { count: one.overdues }), noteTone: 'bad' as const } : {})} />
    </FigureStrip>
  );
}
