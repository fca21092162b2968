// A project as a file gives it to the planner: facts, what the register knows, how far it is, what is known of durations. Checks the shape
// and the answers; plans nothing.
import Type, { type Static } from 'typebox';
import { refuse } from '../../../kernel/refuse.ts';
import { Facts } from '../catalogue/shape.ts';
import { factFaults, prefilled, type FactFault } from './facts.ts';
import type { Facts as Answers } from '../catalogue/shape.ts';

const closed = { additionalProperties: false } as const;
const Code = '^[A-Z][0-9]{2}$';
const Day = Type.String({ pattern: '^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' });
const Days = Type.Integer({ minimum: 0, maximum: 3660 });
const nullable = <Kind extends string | number>(type: 'string' | 'number') => Type.Optional(Type.Unsafe<Kind | null>({ type: [type, 'null'] }));

export const Given = Type.Object({
  name: Type.Optional(Type.String({ maxLength: 500 })),
  facts: Facts,
  /** Fields of the register, for the questions that they answer. */
  register: Type.Optional(Type.Object({
    kind: nullable<string>('string'), landMu: nullable<number>('number'), totalFen: nullable<number>('number'), parkId: nullable<string>('string'),
    plannedStart: nullable<string>('string'), plannedCompletion: nullable<string>('string'),
  }, closed)),
  progress: Type.Optional(Type.Record(Type.String({ pattern: Code }), Type.Union([
    Type.Object({ finished: Day }, closed), Type.Object({ accepted: Day, stoppedDays: Type.Optional(Days) }, closed),
  ]))),
  /** Own durations in working days. */
  durations: Type.Optional(Type.Record(Type.String({ pattern: Code }), Days)),
  /** Working days for which a clock stands still. */
  stops: Type.Optional(Type.Record(Type.String({ pattern: Code }), Days)),
  /** Really finished durations in working days, for a range. */
  history: Type.Optional(Type.Record(Type.String({ pattern: Code }), Type.Array(Days, { maxItems: 10_000 }))),
}, closed);

export type Given = Static<typeof Given>;

/** The facts of a file with what its register fields answer. Refuses `approvals.facts`, with every fault. */
export function factsGiven(given: Given, sayFault: (fault: FactFault) => string): Answers {
  const facts = prefilled(given.register ?? {}, given.facts);
  const faults = factFaults(facts);
  if (faults.length > 0) refuse('approvals.facts', { faults: faults.map(sayFault).join('; '), list: faults });
  return facts;
}
