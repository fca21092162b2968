// What the rates take and give, shared by server, browser and API description. Every number travels with its denominator.
import Type, { type Static } from 'typebox';
import { commandContract, queryContract } from '../../../kernel/contract.ts';
import { closed, textOrNull, Version, words } from '../../people/fields.ts';
import { Day, Reason } from '../pool/contract.ts';
import { BY, CODES, CONDITIONS, Definition, GROUPS } from './definitions.ts';

const wholeOrNull = () => Type.Unsafe<number | null>({ type: ['integer', 'null'] });

/** A share with what it is a share of; `bp` null: of nothing. */
const Share = { hit: Type.Integer(), base: Type.Integer(), bp: wholeOrNull() };
export const Figure = Type.Object({
  code: words(CODES), ...Share, beside: Type.Array(Type.Object({ code: Type.String(), ...Share }, closed)), apart: Type.Array(Type.Object({ code: words(CONDITIONS), hit: Type.Integer() }, closed)),
  /** Minutes of office hours, and of day and night. */
  p50: wholeOrNull(), p90: wholeOrNull(), p50Plain: wholeOrNull(), p90Plain: wholeOrNull(),
}, closed);
export type Figure = Static<typeof Figure>;

export const Line = Type.Object({ value: Type.String(), name: textOrNull(), all: Type.Integer(), figures: Type.Array(Figure) }, closed);
export type Line = Static<typeof Line>;

const Defined = Type.Object({ ...Definition.properties, code: words(CODES), version: Version, fromDay: textOrNull() }, closed);
export type Defined = Static<typeof Defined>;

const SLICE = {
  /** The day at whose end it is looked at; left out: now. */
  at: Type.Optional(Day), by: Type.Optional(words(BY)), since: Type.Optional(Day), until: Type.Optional(Day),
};
export const RatesInput = Type.Object({ ...SLICE, group: Type.Optional(words(GROUPS)) }, closed);

export const getRates = queryContract('problems.rates', {
  input: RatesInput,
  output: Type.Object({
    at: Type.String(), past: Type.Boolean(), definitions: Type.Array(Defined), total: Line, groups: Type.Array(Line),
    /** There are more groups than are shown: those with the most problems are. */
    more: Type.Boolean(), months: Type.Array(Line),
  }, closed),
});

/** Of all that the reader may know, as it is now, the shares alone: for pages that show a rate beside something else. */
export const getRatesTotal = queryContract('problems.rates_total', {
  input: Type.Object({}, closed),
  output: Type.Object({ at: Type.String(), definitions: Type.Array(Defined), total: Line }, closed),
});

export const exportRates = queryContract('problems.rates_export', { input: Type.Object({ ...RatesInput.properties, format: Type.Optional(words(['xlsx', 'csv'])) }, closed), output: Type.Object({}, closed) });

/** Counts and rates without names, for everybody where the zone shows them. */
export const publicFigures = queryContract('problems.public_figures', {
  input: Type.Object({}, closed),
  output: Type.Object({
    shown: Type.Boolean(), at: Type.String(), month: Type.String(), definitions: Type.Array(Defined), total: Type.Union([Line, Type.Null()]), thisMonth: Type.Union([Line, Type.Null()]),
    /** What came in this month. */
    kinds: Type.Array(Type.Object({ code: Type.String(), zh: Type.String(), en: Type.String(), count: Type.Integer(), ended: Type.Integer() }, closed)),
  }, closed),
});

export const listDefinitions = queryContract('problems.definitions', {
  input: Type.Object({}, closed),
  output: Type.Object({ items: Type.Array(Type.Object({ ...Defined.properties, current: Type.Boolean(), byName: textOrNull(), reason: textOrNull(), at: textOrNull() }, closed)) }, closed),
});

/** A new version of a definition, from a day on. The former ones stay as they were. */
export const keepDefinition = commandContract('problems.keep_definition', {
  input: Type.Object({ code: words(CODES), body: Definition, fromDay: Day, reason: Reason }, closed), output: Type.Object({ code: Type.String(), version: Version }, closed), versioned: true,
});
