// The fields of a project that a ledger can fill, each with its kind. The order is the order in which they are offered.
// Nothing here knows how a heading is recognised: that is columns.ts.

export type FieldKind = 'text' | 'code' | 'money' | 'area' | 'when' | 'choice' | 'yesno' | 'year' | 'integer' | 'organisation' | 'list';

export interface Field {
  readonly name: string;
  readonly kind: FieldKind;
  /** Group under which a person finds it. */
  readonly group: 'identity' | 'class' | 'place' | 'money' | 'time' | 'people' | 'state';
  /** Several columns may fill it (plans of several years, several external codes). */
  readonly many?: true;
}

export const FIELDS = [
  { name: 'seq', kind: 'text', group: 'identity' },
  { name: 'code', kind: 'code', group: 'identity' },
  { name: 'externalCodes', kind: 'list', group: 'identity', many: true },
  { name: 'name', kind: 'text', group: 'identity' },
  { name: 'level', kind: 'choice', group: 'class' },
  { name: 'listYear', kind: 'year', group: 'class' },
  { name: 'batch', kind: 'text', group: 'class' },
  { name: 'category', kind: 'text', group: 'class' },
  { name: 'nature', kind: 'choice', group: 'class' },
  { name: 'industryCode', kind: 'code', group: 'class' },
  { name: 'chainLink', kind: 'text', group: 'class' },
  { name: 'builder', kind: 'organisation', group: 'people' },
  { name: 'town', kind: 'organisation', group: 'place' },
  { name: 'park', kind: 'text', group: 'place' },
  { name: 'place', kind: 'text', group: 'place' },
  { name: 'content', kind: 'text', group: 'class' },
  { name: 'landMu', kind: 'area', group: 'place' },
  { name: 'totalFen', kind: 'money', group: 'money' },
  { name: 'accumulatedFen', kind: 'money', group: 'money' },
  { name: 'planFen', kind: 'money', group: 'money', many: true },
  { name: 'monthFen', kind: 'money', group: 'money' },
  { name: 'yearDoneFen', kind: 'money', group: 'money' },
  { name: 'statYearFen', kind: 'money', group: 'money' },
  { name: 'inStatistics', kind: 'yesno', group: 'money' },
  { name: 'target', kind: 'text', group: 'state' },
  { name: 'progress', kind: 'text', group: 'state' },
  { name: 'plannedStart', kind: 'when', group: 'time' },
  { name: 'actualStart', kind: 'when', group: 'time' },
  { name: 'plannedCompletion', kind: 'when', group: 'time' },
  { name: 'actualCompletion', kind: 'when', group: 'time' },
  { name: 'plannedProduction', kind: 'when', group: 'time' },
  { name: 'actualProduction', kind: 'when', group: 'time' },
  { name: 'plannedEffect', kind: 'when', group: 'time' },
  { name: 'actualEffect', kind: 'when', group: 'time' },
  { name: 'leader', kind: 'text', group: 'people' },
  { name: 'responsibleOrg', kind: 'organisation', group: 'people' },
  { name: 'responsiblePerson', kind: 'text', group: 'people' },
  { name: 'commissioner', kind: 'text', group: 'people' },
  { name: 'phone', kind: 'text', group: 'people' },
  { name: 'factorNeeds', kind: 'text', group: 'state' },
  { name: 'problems', kind: 'text', group: 'state' },
  { name: 'remarks', kind: 'text', group: 'state' },
  { name: 'light', kind: 'choice', group: 'state' },
] as const satisfies readonly Field[];

type Named<K extends FieldKind> = Extract<(typeof FIELDS)[number], { kind: K }>['name'];

export type FieldName = (typeof FIELDS)[number]['name'];
export type TextField = Named<'text' | 'code' | 'organisation'>;
export type MoneyField = Exclude<Named<'money'>, 'planFen'>;
export type WhenField = Named<'when'>;

/** What a column can become: a field, an extra attribute kept under its heading, or nothing (figures that we compute). */
export type Target = FieldName | 'custom' | 'skip';

const BY_NAME: ReadonlyMap<string, Field> = new Map(FIELDS.map((field) => [field.name, field]));

export function fieldNamed(name: string): Field | undefined {
  return BY_NAME.get(name);
}

export function isFieldName(name: string): name is FieldName {
  return BY_NAME.has(name);
}

export const LEVELS = ['provincial', 'municipal', 'county', 'zone'] as const;
export const NATURES = ['new', 'continuing', 'completing', 'preliminary'] as const;
export const LIGHTS = ['green', 'yellow', 'orange', 'red'] as const;
export type Level = (typeof LEVELS)[number];
export type Nature = (typeof NATURES)[number];
export type Light = (typeof LIGHTS)[number];
