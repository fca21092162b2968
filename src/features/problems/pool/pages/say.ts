// How a problem is said and coloured: its state, the time that is left, its marks. The colour is always beside the word that says the same.
import type { OutputOf } from '../../../../kernel/contract.ts';
import { useRead } from '../../../../web/client.ts';
import type { Tone } from '../../../../web/format.ts';
import type { Lang, T } from '../../../../web/i18n.ts';
import { listKinds, type getProblem, type ProblemRow } from '../contract.ts';
import type { Left } from '../left.ts';

export type One = OutputOf<typeof getProblem>;
export type KindOut = OutputOf<typeof listKinds>['kinds'][number];

type Standing = Pick<ProblemRow, 'state' | 'overdue' | 'pausedAt'>;

export function toneOf({ state, overdue, pausedAt }: Standing): Tone {
  if (overdue) return 'bad';
  switch (state) {
    case 'solved': return 'ok';
    case 'submitted': case 'ruling': return 'warn';
    case 'handling': case 'assigned': return pausedAt === null ? 'ok' : 'off';
    default: return 'off';
  }
}

/** 还剩2小时, 超期3个工作日. */
export function leftSay(left: Left | null, t: T): string {
  if (left === null) return '';
  if (!left.over && left.count === 0) return t('problems:left.now');
  return t(left.over ? 'problems:left.over' : 'problems:left.in', { time: timeSay(left, t) });
}

export function timeSay({ count, unit }: Pick<Left, 'count' | 'unit'>, t: T): string {
  return t(`problems:left.${unit}`, { count });
}

/** Red is over, orange runs out today, yellow on the next working day. */
export function leftTone(left: Left | null): Tone {
  if (left === null) return 'off';
  if (left.over) return 'bad';
  return left.unit === 'minute' || left.unit === 'hour' ? 'late' : left.count <= 1 ? 'warn' : 'ok';
}

/** What stands still says for whom; everything else how long it has. */
export function clockSay(row: Pick<ProblemRow, 'left' | 'pauseKind' | 'step'>, t: T): string {
  if (row.pauseKind !== null) return t(`problems:pause.${row.pauseKind}`);
  const left = leftSay(row.left, t);
  return left === '' || row.step === null ? left : t('problems:left.of', { step: t(`problems:step.${row.step}`), left });
}

/** The names of the kinds in the reader's language, from the zone's own taxonomy. */
export function useKinds(lang: Lang): { readonly all: readonly KindOut[]; readonly nameOf: (code: string) => string } {
  const { data } = useRead(listKinds, {});
  const all = data?.kinds ?? [];
  return { all, nameOf: (code) => kindName(all.find((kind) => kind.code === code), lang) ?? code };
}

export function kindName(kind: Pick<KindOut, 'zh' | 'en'> | undefined, lang: Lang): string | undefined {
  return lang === 'en' ? kind?.en : kind?.zh;
}

type Marked = Pick<ProblemRow, 'complaint' | 'forMeeting' | 'reopened' | 'redone' | 'handbacks' | 'severity'>;

export function marksOf(row: Marked, t: T): readonly string[] {
  return [
    ...(row.severity === 'ordinary' ? [] : [t(`problems:mark.${row.severity}`)]), ...(row.complaint ? [t('problems:mark.complaint')] : []), ...(row.forMeeting ? [t('problems:mark.meeting')] : []),
    ...(row.handbacks > 0 ? [t('problems:mark.handbacks', { count: row.handbacks })] : []), ...(row.redone > 0 ? [t('problems:mark.redone', { count: row.redone })] : []),
    ...(row.reopened > 0 ? [t('problems:mark.reopened', { count: row.reopened })] : []),
  ];
}
