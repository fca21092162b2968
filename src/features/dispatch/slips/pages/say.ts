// How a decision of a meeting stands, in a colour and a word.
import type { OutputOf } from '../../../../kernel/contract.ts';
import type { Tone } from '../../../../web/format.ts';
import type { T } from '../../../../web/i18n.ts';
import type { listDecisions, readDecision } from '../contract.ts';

export type DecisionLine = OutputOf<typeof listDecisions>['items'][number];
export type One = OutputOf<typeof readDecision>;

const TONES: Readonly<Record<NonNullable<DecisionLine['fate']>, Tone>> = { on_time: 'ok', late: 'late', open: 'off', overdue: 'bad' };

export function stateOf(one: DecisionLine, t: T): { readonly tone: Tone; readonly word: string } {
  if (one.kind === 'escalate') return { tone: 'warn', word: t(`escalated.${one.escalateTo ?? 'leader'}`) };
  if (one.kind === 'none') return { tone: 'off', word: t('kind.none') };
  if (one.fate === null) return { tone: 'off', word: t('fate.unissued') };
  if (one.fate === 'overdue') return { tone: 'bad', word: t('fate.overdueBy', { count: one.daysOver }) };
  return { tone: one.fate === 'open' && one.unsigned > 0 ? 'warn' : TONES[one.fate], word: one.fate === 'open' && one.unsigned > 0 ? t('fate.unsigned') : t(`fate.${one.fate}`) };
}
