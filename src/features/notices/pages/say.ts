// How pages say a notice, an error that was kept, and a minute of the day.
import { currentLang, type T } from '../../../web/i18n.ts';
import { sentenceOf } from '../fields.ts';
import { valuesIn, type Facts } from '../delivery/told.ts';

/** `t` of any area: the sentences stand in `notices`. */
export function sayNotice(t: T, notice: { readonly kind: string; readonly facts: Facts }): string {
  return t(sentenceOf(notice.kind), valuesIn(notice.facts, currentLang()));
}

/** `gone: 410` is what it is and, behind it, what the other side said. */
export function sayError(t: T, kept: string): string {
  const at = kept.indexOf(': ');
  const [code, detail] = at === -1 ? [kept, ''] : [kept.slice(0, at), kept.slice(at + 2)];
  return detail === '' ? t(`mailing:error.${code}`) : t('mailing:withDetail', { what: t(`mailing:error.${code}`), detail });
}

const HALF_HOURS = 48;

export function timeOf(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/** Half hours, and the one that is chosen already. */
export function timeOptions(chosen: number | undefined): { readonly value: string; readonly label: string }[] {
  const minutes = Array.from({ length: HALF_HOURS }, (_, i) => i * 30);
  return [...new Set([...minutes, ...(chosen === undefined ? [] : [chosen])])].sort((a, b) => a - b).map((minute) => ({ value: String(minute), label: timeOf(minute) }));
}
