// The steps of a problem as sentences: who did what, in his words. Shows what the step says, never a guess.
import { hasWords, useLang, useT, type Lang, type T } from '../../../../web/i18n.ts';
import { History, type HistoryEvent } from '../../../../web/parts/history.tsx';
import { useSession } from '../../../../web/session.tsx';
import type { One } from './say.ts';
import './record.css';

type Step = One['steps'][number];

export function Told({ one, nameOf }: { readonly one: One; readonly nameOf: (kind: string) => string }) {
  const t = useT('problem');
  const lang = useLang();
  const { today } = useSession();
  return <div className="card"><History today={today} events={[...one.steps].reverse().map((step) => eventOf(step, t, nameOf, lang))} /></div>;
}

function eventOf(step: Step, t: T, nameOf: (kind: string) => string, lang: Lang): HistoryEvent {
  return {
    id: String(step.seq), at: step.at, who: step.bySystem ? t('told.system') : step.byName === '' ? t('facts.anonymous') : step.byOrgName === null || step.byOrgName === step.byName ? step.byName : t('told.by', { name: step.byName, org: step.byOrgName }),
    what: <>{sentence(step, t, nameOf, lang)}{step.text !== null && step.text !== '' && <span className="steptext">{step.text}</span>}</>,
  };
}

/** One line about a step. */
export function sentence(step: Step, t: T, nameOf: (kind: string) => string, lang: Lang): string {
  const text = (name: string): string => (typeof step.details[name] === 'string' ? step.details[name] : '');
  const key = `told.${step.kind}`;
  if (typeof step.details['calendar'] === 'number') return t('told.calendar');
  const values = { owner: step.ownerName, tier: t(`problems:tier.${String(step.tier)}`), round: step.round };
  const heard = `told.meeting_${text('said')}`;
  if (typeof step.details['meeting'] === 'number' && hasWords(`problem:${heard}`)) return t(heard, { ...values, meeting: step.details['meeting'] });
  switch (step.kind) {
    case 'paused': return t(`told.paused_${text('kind') === 'upper_level' ? 'upper_level' : 'enterprise'}`);
    case 'returned': return t(step.state === 'ruling' ? 'told.returned_ruling' : key, values);
    case 'overdue': return t(hasWords(`problems:step.${text('step')}`) ? 'told.overdue' : 'told.overdue_plain', { ...values, step: t(`problems:step.${text('step')}`) });
    case 'reclassified': return reclassified({ kind: text('kind'), severity: text('severity'), policy: text(lang === 'en' ? 'policyEn' : 'policyZh') }, t, nameOf);
    case 'noted': return noted(step, text('projectName'), t);
    default: return t(key, values);
  }
}

function reclassified({ kind, severity, policy }: { readonly kind: string; readonly severity: string; readonly policy: string }, t: T, nameOf: (kind: string) => string): string {
  const parts = [...(kind === '' ? [] : [t('told.toKind', { kind: nameOf(kind) })]), ...(severity === '' ? [] : [t('told.toSeverity', { severity: t(`problems:severity.${severity}`) })]), ...(policy === '' ? [] : [t('told.toPolicy', { policy })])];
  return parts.length === 0 ? t('told.reclassified') : `${t('told.reclassified')}${t('told.colon')}${parts.join(t('told.comma'))}`;
}

/** What was corrected by name, and which project came or went. */
function noted({ details }: Step, project: string, t: T): string {
  if ('addedProject' in details) return t('told.noted_added', { project });
  if ('removedProject' in details) return t('told.noted_removed', { project });
  const fields = Array.isArray(details['fields']) ? details['fields'].filter((one) => typeof one === 'string' && hasWords(`problem:act.field.${one}`)).map((one) => t(`act.field.${String(one)}`)) : [];
  return fields.length === 0 ? t('told.noted') : t('told.noted_fields', { fields: fields.join(t('told.comma')) });
}
