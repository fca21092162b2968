// The steps of a problem as sentences: who did what, in his words. Shows what the step says, never a guess.
import { hasWords, useT, type T } from '../../../../web/i18n.ts';
import { History, type HistoryEvent } from '../../../../web/parts/history.tsx';
import { useSession } from '../../../../web/session.tsx';
import type { One } from './say.ts';
import './record.css';

type Step = One['steps'][number];

export function Told({ one, nameOf }: { readonly one: One; readonly nameOf: (kind: string) => string }) {
  const t = useT('problem');
  const { today } = useSession();
  return <div className="card"><History today={today} events={[...one.steps].reverse().map((step) => eventOf(step, t, nameOf))} /></div>;
}

function eventOf(step: Step, t: T, nameOf: (kind: string) => string): HistoryEvent {
  return {
    id: String(step.seq), at: step.at, who: step.byOrgName === null || step.byOrgName === step.byName ? step.byName : t('told.by', { name: step.byName, org: step.byOrgName }),
    what: <>{sentence(step, t, nameOf)}{step.text !== null && step.text !== '' && <span className="steptext">{step.text}</span>}</>,
  };
}

/** One line about a step. */
export function sentence(step: Step, t: T, nameOf: (kind: string) => string): string {
  const text = (name: string): string => (typeof step.details[name] === 'string' ? step.details[name] : '');
  const key = `told.${step.kind}`;
  const values = { owner: step.ownerName, tier: t(`problems:tier.${String(step.tier)}`), round: step.round };
  const heard = `told.meeting_${text('said')}`;
  if (typeof step.details['meeting'] === 'number' && hasWords(`problem:${heard}`)) return t(heard, { ...values, meeting: step.details['meeting'] });
  switch (step.kind) {
    case 'paused': return t(`told.paused_${text('kind') === 'upper_level' ? 'upper_level' : 'enterprise'}`);
    case 'returned': return t(step.state === 'ruling' ? 'told.returned_ruling' : key, values);
    case 'overdue': return t(hasWords(`problems:step.${text('step')}`) ? 'told.overdue' : 'told.overdue_plain', { ...values, step: t(`problems:step.${text('step')}`) });
    case 'reclassified': return reclassified(text('kind'), text('severity'), t, nameOf);
    default: return t(key, values);
  }
}

function reclassified(kind: string, severity: string, t: T, nameOf: (kind: string) => string): string {
  const parts = [...(kind === '' ? [] : [t('told.toKind', { kind: nameOf(kind) })]), ...(severity === '' ? [] : [t('told.toSeverity', { severity: t(`problems:severity.${severity}`) })])];
  return parts.length === 0 ? t('told.reclassified') : `${t('told.reclassified')}${t('told.colon')}${parts.join(t('told.comma'))}`;
}
