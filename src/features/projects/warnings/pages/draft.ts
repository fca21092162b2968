// Warning rules while they are being written: a new one, its thresholds, and what is still wrong, each fault at the place where it is
// mended. Pure; the server checks the same again.
import { ruleFaults, type WarningRule } from '../rules.ts';

export type Level = WarningRule['levels'][number];
type Kind = WarningRule['kind'];
export type Part = 'months' | 'days' | 'percent' | 'workdays';

export interface DraftFault {
  readonly path: string;
  readonly code: 'empty' | 'whole' | 'number' | 'order' | 'threshold_missing' | 'mixed_kind' | 'doubled';
}

const MOST_MONTHS = 120;
const MOST_DAYS = 3650;
const MOST_PERCENT = 1000;
const MOST_WORKDAYS = 2600;

/** How an object can be measured: money against time progress, everything else by the time past its day. */
export function kindsOf(object: WarningRule['object']): readonly Kind[] {
  return object === 'investment' ? ['points', 'ratio'] : ['delay'];
}

/** Thresholds to begin with, those of the provinces that publish theirs; of approvals those of the preset. */
export function levelsFor(kind: Kind, object: WarningRule['object']): Level[] {
  if (object === 'approval') return [{ level: 1, clock: 'promised', workdays: 0 }, { level: 3, clock: 'statutory', workdays: 0 }];
  switch (kind) {
    case 'delay': return [{ level: 1, months: 1 }, { level: 2, months: 3 }, { level: 3, months: 6 }];
    case 'points': return [{ level: 1, percent: 10 }, { level: 3, percent: 30 }];
    case 'ratio': return [{ level: 1, percent: 80 }, { level: 3, percent: 60 }];
    default: return never(kind);
  }
}

export function freshRule(rules: readonly WarningRule[]): WarningRule {
  const taken = new Set(rules.map((rule) => rule.id));
  let n = 1;
  while (taken.has(`rule-${String(n)}`)) n += 1;
  return { id: `rule-${String(n)}`, name: { zh: '', en: '' }, source: '', on: true, object: 'start', kind: 'delay', levels: levelsFor('delay', 'start'), kinds: [], natures: [], projectLevels: [] };
}

/** Another object: what cannot be measured as before begins with the usual thresholds. */
export function withObject(rule: WarningRule, object: WarningRule['object']): WarningRule {
  const kinds = kindsOf(object);
  if (!kinds.includes(rule.kind)) return withKind({ ...rule, object }, kinds[0] ?? 'delay');
  return (object === 'approval') === (rule.object === 'approval') ? { ...rule, object } : { ...rule, object, levels: levelsFor(rule.kind, object) };
}

export function withKind(rule: WarningRule, kind: Kind): WarningRule {
  return kind === rule.kind ? rule : { ...rule, kind, levels: levelsFor(kind, rule.object) };
}

/** A level that is used from now on, with the usual threshold. */
export function usedLevel(rule: WarningRule, level: 1 | 2 | 3): Level {
  const usual = levelsFor(rule.kind, rule.object).find((one) => one.level === level);
  return usual ?? (rule.object === 'approval' ? { level, clock: 'promised', workdays: 10 } : rule.kind === 'delay' ? { level, months: level } : { level, percent: 0 });
}

/** A threshold set, or taken away when nothing is left of it. */
export function withPart(rule: WarningRule, level: number, part: Part, value: number | undefined): WarningRule {
  const { [part]: _before, ...rest } = rule.levels.find((one) => one.level === level) ?? { level };
  return withLevel(rule, value === undefined ? rest : { ...rest, [part]: value });
}

export function withLevel(rule: WarningRule, level: Level): WarningRule {
  return { ...rule, levels: [...rule.levels.filter((one) => one.level !== level.level), level].sort((a, b) => a.level - b.level) };
}

export function withoutLevel(rule: WarningRule, level: number): WarningRule {
  return { ...rule, levels: rule.levels.filter((one) => one.level !== level) };
}

export function draftFaults(rules: readonly WarningRule[]): DraftFault[] {
  const sound = ruleFaults(rules);
  return rules.flatMap((rule) => {
    const numbers = rule.levels.flatMap((level) => levelFaults(`${rule.id}.levels.${String(level.level)}`, level));
    return [
      ...(['zh', 'en'] as const).flatMap((lang): DraftFault[] => (rule.name[lang].trim() === '' ? [{ path: `${rule.id}.name.${lang}`, code: 'empty' }] : [])),
      ...(rule.levels.length === 0 ? [{ path: `${rule.id}.levels`, code: 'threshold_missing' as const }] : []),
      ...numbers,
      // An order of what is no number says nothing.
      ...(numbers.length > 0 ? [] : sound.filter((one) => one.rule === rule.id).map((one) => ({ path: `${rule.id}.levels`, code: one.fault }))),
    ];
  });
}

function levelFaults(path: string, { months, days, percent, workdays }: Level): DraftFault[] {
  const whole = (value: number | undefined, most: number): boolean => value === undefined || (Number.isInteger(value) && value >= 0 && value <= most);
  return [
    ...(whole(months, MOST_MONTHS) ? [] : [{ path: `${path}.months`, code: 'whole' as const }]),
    ...(whole(days, MOST_DAYS) ? [] : [{ path: `${path}.days`, code: 'whole' as const }]),
    ...(whole(workdays, MOST_WORKDAYS) ? [] : [{ path: `${path}.workdays`, code: 'whole' as const }]),
    ...(percent === undefined || (percent >= 0 && percent <= MOST_PERCENT) ? [] : [{ path: `${path}.percent`, code: 'number' as const }]),
  ];
}

function never(value: never): never {
  throw new Error(`unknown: ${String(value)}`);
}
