// What merging, updates and corrections of a problem take and give. The steps from hand to hand stand in pool/contract.ts.
import Type from 'typebox';
import { commandContract, queryContract } from '../../../kernel/contract.ts';
import { closed, Id, textOrNull, words } from '../../people/fields.ts';
import { STATES } from '../life/steps.ts';
import { Files, moved, Reason, Text, Title } from '../pool/contract.ts';

export const edit = moved('problems.edit', {
  title: Type.Optional(Title), ask: Type.Optional(Type.String({ maxLength: 4000 })), contactName: Type.Optional(textOrNull({ maxLength: 60 })), contactPhone: Type.Optional(textOrNull({ maxLength: 40 })),
  measure: Type.Optional(Type.String({ minLength: 1, maxLength: 2000 })), criterion: Type.Optional(Type.String({ minLength: 1, maxLength: 1000 })),
});
export const addProject = moved('problems.add_project', { projectId: Id });
export const removeProject = moved('problems.remove_project', { projectId: Id });

/** The first becomes part of the second: one owner, one clock, both histories. */
export const merge = moved('problems.merge', { into: Id, reason: Reason });

export const update = moved('problems.update', { updateId: Id, text: Text, files: Files });
export const judgeUpdate = commandContract('problems.judge_update', {
  input: Type.Object({ id: Id, updateId: Id, verdict: words(['approved', 'refused']), reason: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })) }, closed),
  output: Type.Object({ id: Type.String(), verdict: Type.String() }, closed),
});

export const listUpdates = queryContract('problems.updates', {
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({
    /** Whether an update must be approved before it enters a report. */
    approve: Type.Boolean(), mayJudge: Type.Boolean(),
    items: Type.Array(Type.Object({
      id: Type.String(), text: Type.String(), at: Type.String(), byName: Type.String(), byOrgName: textOrNull(), verdict: textOrNull(), verdictName: textOrNull(), verdictAt: textOrNull(), verdictReason: textOrNull(),
      files: Type.Array(Type.Object({ sha256: Type.String(), name: Type.String() }, closed)),
    }, closed)),
  }, closed),
});

/** Of the same project or enterprise, with like words, open or ended within some months. */
export const similarProblems = queryContract('problems.similar', {
  input: Type.Object({ id: Type.Optional(Id), title: Type.Optional(Type.String({ maxLength: 200 })), ask: Type.Optional(Type.String({ maxLength: 4000 })), projectIds: Type.Optional(Type.Array(Id, { maxItems: 20 })), enterpriseId: Type.Optional(Id) }, closed),
  output: Type.Object({
    items: Type.Array(Type.Object({
      id: Type.String(), number: Type.String(), title: Type.String(), state: words(STATES), ownerName: Type.String(), projectName: textOrNull(), raisedAt: Type.String(),
      /** Per cent of the pairs of characters that both have. */
      alike: Type.Integer(), sameProject: Type.Boolean(), sameEnterprise: Type.Boolean(), open: Type.Boolean(),
    }, closed)),
  }, closed),
});
