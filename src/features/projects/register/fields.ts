// The fields of a project that people keep in the register, with what each holds. One table from which the contract, the
// statements, history, the form and the export are made. Stage, lights and sums are not here: other commands make those.
import Type, { type TSchema } from 'typebox';

export const ID_PATTERN = '^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$';
export const DAY_PATTERN = '^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$';
export const MONTH_PATTERN = '^(19|20)[0-9]{2}-(0[1-9]|1[0-2])$';

export const KINDS = ['enterprise', 'government', 'purchase'] as const;
export const LEVELS = ['provincial', 'municipal', 'county', 'zone'] as const;
export const NATURES = ['new', 'continuing', 'completing', 'preliminary'] as const;
export const GRAINS = ['day', 'month', 'year', 'range'] as const;
export const STAGES = ['planned', 'reserved', 'signed', 'performed', 'preliminary', 'started', 'building', 'completed', 'producing', 'effective'] as const;
export const SIDE_STATES = ['paused', 'removed', 'terminated'] as const;

/** The largest amount that can be entered: ten thousand 亿元. A typing error in the unit is likelier than more than that. */
export const MAX_FEN = 100_000_000_000_000;

// A nullable field is written as a list of types and not as a union, so that a refusal names the rule that failed.
const text = (maxLength: number) => Type.Unsafe<string | null>({ type: ['string', 'null'], minLength: 1, maxLength });
const fen = () => Type.Unsafe<number | null>({ type: ['integer', 'null'], minimum: 0, maximum: MAX_FEN });
const whole = (minimum: number, maximum: number) => Type.Unsafe<number | null>({ type: ['integer', 'null'], minimum, maximum });
const real = (minimum: number, maximum: number) => Type.Unsafe<number | null>({ type: ['number', 'null'], minimum, maximum });
const id = () => Type.Unsafe<string | null>({ type: ['string', 'null'], pattern: ID_PATTERN });
const day = () => Type.Unsafe<string | null>({ type: ['string', 'null'], pattern: DAY_PATTERN });
const choice = <const Words extends readonly string[]>(words: Words) => Type.Unsafe<Words[number] | null>({ type: ['string', 'null'], enum: [...words, null] });

/** Schema of each field; null empties it. */
export const FIELD_SCHEMAS = {
  code: text(60),
  name: Type.String({ minLength: 1, maxLength: 500 }),
  kind: Type.Unsafe<(typeof KINDS)[number]>({ type: 'string', enum: [...KINDS] }),
  level: choice(LEVELS),
  listYear: whole(1990, 2100),
  batch: text(60),
  category: text(60),
  nature: choice(NATURES),
  industryCode: text(20),
  chain: text(60),
  chainLink: text(120),
  builderId: id(),
  builderName: text(200),
  townId: id(),
  parkId: id(),
  place: text(300),
  lon: real(-180, 180),
  lat: real(-90, 90),
  content: text(8000),
  landMu: real(0, 10_000_000),
  totalFen: fen(),
  accumulatedFen: fen(),
  plannedStart: day(),
  plannedStartGrain: choice(GRAINS),
  actualStart: day(),
  actualStartGrain: choice(GRAINS),
  plannedCompletion: day(),
  plannedCompletionGrain: choice(GRAINS),
  actualCompletion: day(),
  actualCompletionGrain: choice(GRAINS),
  plannedProduction: day(),
  plannedProductionGrain: choice(GRAINS),
  actualProduction: day(),
  actualProductionGrain: choice(GRAINS),
  plannedEffect: day(),
  plannedEffectGrain: choice(GRAINS),
  actualEffect: day(),
  actualEffectGrain: choice(GRAINS),
  leader: text(60),
  responsibleOrgId: id(),
  responsiblePerson: text(60),
  phone: text(60),
  inStatistics: Type.Boolean(),
  statisticsDay: day(),
  statisticsCode: text(60),
  factorNeeds: text(2000),
  progress: text(8000),
  problems: text(8000),
  remarks: text(8000),
  promisedOutputFen: fen(),
  promisedRevenueFen: fen(),
  promisedTaxFen: fen(),
  promisedJobs: whole(0, 10_000_000),
  tags: Type.Array(Type.String({ minLength: 1, maxLength: 40 }), { maxItems: 30 }),
  custom: Type.Record(Type.String({ minLength: 1, maxLength: 120 }), Type.Union([Type.String({ maxLength: 8000 }), Type.Number(), Type.Boolean()])),
} as const satisfies Readonly<Record<string, TSchema>>;

export type FieldName = keyof typeof FIELD_SCHEMAS;
export const FIELD_NAMES: readonly FieldName[] = Object.keys(FIELD_SCHEMAS).filter(isField);

export function isField(name: string): name is FieldName {
  return Object.hasOwn(FIELD_SCHEMAS, name);
}

/** plannedStartGrain → planned_start_grain */
export function columnOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

export type FieldKind = 'text' | 'long' | 'choice' | 'money' | 'number' | 'day' | 'year' | 'flag' | 'organisation' | 'list';

/** What a form shows, in its order; a day's grain belongs to its day. */
export const GROUPS = [
  { group: 'identity', fields: ['name', 'code', 'kind', 'level', 'listYear', 'batch', 'category', 'nature', 'industryCode', 'chain', 'chainLink', 'tags'] },
  { group: 'place', fields: ['townId', 'parkId', 'place', 'lon', 'lat', 'landMu'] },
  { group: 'content', fields: ['builderName', 'content'] },
  { group: 'money', fields: ['totalFen', 'accumulatedFen', 'inStatistics', 'statisticsDay', 'statisticsCode', 'promisedOutputFen', 'promisedRevenueFen', 'promisedTaxFen', 'promisedJobs'] },
  { group: 'time', fields: ['plannedStart', 'actualStart', 'plannedCompletion', 'actualCompletion', 'plannedProduction', 'actualProduction', 'plannedEffect', 'actualEffect'] },
  { group: 'people', fields: ['leader', 'responsibleOrgId', 'responsiblePerson', 'phone'] },
  { group: 'state', fields: ['progress', 'problems', 'factorNeeds', 'remarks'] },
] as const satisfies readonly { group: string; fields: readonly FieldName[] }[];

export const WHENS = ['plannedStart', 'actualStart', 'plannedCompletion', 'actualCompletion', 'plannedProduction', 'actualProduction', 'plannedEffect', 'actualEffect'] as const;
const LONG = new Set<FieldName>(['content', 'progress', 'problems', 'factorNeeds', 'remarks']);
const CHOICES: Readonly<Partial<Record<FieldName, readonly string[]>>> = { kind: KINDS, level: LEVELS, nature: NATURES };

export function kindOf(name: FieldName): FieldKind {
  if (name.endsWith('Fen')) return 'money';
  if (name.endsWith('Id')) return 'organisation';
  if (name === 'tags' || name === 'custom') return 'list';
  if (name === 'inStatistics') return 'flag';
  if (name === 'listYear') return 'year';
  if (name === 'lon' || name === 'lat' || name === 'landMu' || name === 'promisedJobs') return 'number';
  if (name === 'statisticsDay' || WHENS.some((when) => when === name)) return 'day';
  if (CHOICES[name] !== undefined || name.endsWith('Grain')) return 'choice';
  return LONG.has(name) ? 'long' : 'text';
}

export function choicesOf(name: FieldName): readonly string[] {
  return CHOICES[name] ?? GRAINS;
}
