// How the portfolio says and colours a number. The colour is always beside the word that says the same.
import type { Format, Tone } from '../../../../web/format.ts';
import type { T } from '../../../../web/i18n.ts';

/** Lights as tones: 0 正常, 1 预警, 2 滞后, 3 严重. */
export function lightTone(level: number): Tone {
  return level >= 3 ? 'bad' : level === 2 ? 'late' : level === 1 ? 'warn' : 'ok';
}

/** The tone of being ahead or behind, in basis points; the thresholds of the points rule's preset. */
export function gapTone(pointsBp: number | null): Tone {
  if (pointsBp === null) return 'off';
  if (pointsBp < -3000) return 'bad';
  return pointsBp < -1000 ? 'late' : pointsBp < 0 ? 'warn' : 'ok';
}

/** 快于时序 3.2 个百分点 / 落后时序 1.4 个百分点. */
export function saysPoints(pointsBp: number | null, t: T, format: Format): string {
  if (pointsBp === null) return t('figure.no_plan');
  const points = format.count(Math.abs(pointsBp) / 100, 1);
  return pointsBp >= 0 ? t('figure.ahead', { points }) : t('figure.behind', { points });
}
