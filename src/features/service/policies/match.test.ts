// The conditions of a policy judged in TypeScript and in SQL: of random conditions and random enterprises, known in part, both say the same.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../../../kernel/ids.ts';
import { sql } from '../../../platform/db.ts';
import { makeWorld, type World } from '../../../test/world/world.ts';
import { judge, opsOf, type Conditions, type Test, type Traits } from './conditions.ts';
import { truthIn } from './match.ts';
import { TRAITS, type Trait, type TraitValue } from './traits.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

const PLACES = [newId(), newId()];
const words = (trait: Trait): string[] => (trait.kind === 'choice' ? trait.options.map((one) => one.code) : trait.kind === 'place' ? PLACES : ['C', 'C32', 'C26', 'B', 'B09', 'D44']);
const anyValue = (trait: Trait): fc.Arbitrary<TraitValue> => {
  switch (trait.kind) {
    case 'flag': return fc.boolean();
    case 'choice': case 'industry': case 'place': return fc.constantFrom(...words(trait));
    case 'year': return fc.integer({ min: 2018, max: 2022 });
    default: return fc.integer({ min: 0, max: 4 });
  }
};
const anyTest: fc.Arbitrary<Test> = fc.constantFrom(...TRAITS).chain((trait) => fc.constantFrom(...opsOf(trait)).chain((op): fc.Arbitrary<Test> => {
  if (op === 'yes' || op === 'no') return fc.constant({ trait: trait.code, op });
  if (op === 'in' || op === 'not_in') return fc.uniqueArray(fc.constantFrom(...words(trait)), { minLength: 1, maxLength: 3 }).map((values) => ({ trait: trait.code, op, values }));
  return anyValue(trait).map((value) => ({ trait: trait.code, op, value: Number(value) }));
}));
const anyConditions: fc.Arbitrary<Conditions> = fc.array(fc.record({ any: fc.array(anyTest, { minLength: 1, maxLength: 3 }) }), { maxLength: 4 });
const anyTraits: fc.Arbitrary<Traits> = fc.tuple(...TRAITS.map((trait) => fc.option(anyValue(trait), { nil: undefined }))).map((values) => Object.fromEntries(TRAITS.flatMap((trait, i) => (values[i] === undefined ? [] : [[trait.code, values[i]]]))));

it('says the same in SQL as in TypeScript', async () => {
  await fc.assert(fc.asyncProperty(anyConditions, fc.array(anyTraits, { minLength: 5, maxLength: 5 }), async (conditions, enterprises) => {
    const rows = await world.app.database.rows<{ n: number; truth: boolean | null }>(sql`
      select n::int, ${truthIn(conditions)} as truth from (select value as traits, ordinality as n from jsonb_array_elements(${JSON.stringify(enterprises)}::jsonb) with ordinality) as e order by n`);
    expect(rows.map((row) => row.truth)).toEqual(enterprises.map((traits) => judge(conditions, traits).truth));
  }), { numRuns: 150 });
});

it('names just the traits whose knowledge could turn what is not known', () => {
  fc.assert(fc.property(anyConditions, anyTraits, (conditions, traits) => {
    const { truth, unknown } = judge(conditions, traits);
    expect(unknown.length > 0).toBe(truth === null);
    expect(unknown.filter((code) => traits[code] !== undefined)).toEqual([]);
  }));
});

it('never turns an answer that is known when more becomes known', () => {
  fc.assert(fc.property(anyConditions, anyTraits, anyTraits, (conditions, some, more) => {
    const { truth } = judge(conditions, some);
    if (truth !== null) expect(judge(conditions, { ...more, ...some }).truth).toBe(truth);
  }));
});
