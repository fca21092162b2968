// What of a case everybody may read: the office says of which projects, the body that handles a case withholds its line where the law protects
// a secret (政府信息公开条例 14, 15). Nothing is public before somebody has said so.
import { refuse } from '../../../kernel/refuse.ts';
import { may } from '../../../platform/actor.ts';
import { sql } from '../../../platform/db.ts';
import { handler, type CommandHandler } from '../../../platform/feature.ts';
import { lockProject, seesAll } from '../../projects/scope.ts';
import { publishLines, withholdLine } from './contract.ts';
import { deskOf, handles } from './scope.ts';
import * as store from './store.ts';

const publish = handler(publishLines, {
  permission: 'approvals.handle',
  load: async ({ tx, actor, input }) => {
    const project = await lockProject(tx, actor, input.projectId);
    if (project === undefined) return undefined;
    return { shown: (await tx.row(sql`select 1 as one from approvals_public_projects where project_id = ${input.projectId}`)) !== undefined };
  },
  // What the zone shows to everybody is said by who sees all of it.
  allow: (actor) => seesAll(actor),
  decide: ({ subject, input }) => {
    if (subject.shown === input.shown) refuse(input.shown ? 'approvals.shown_already' : 'approvals.not_shown');
    return input;
  },
  save: async ({ tx, input, actor, now }) => {
    await tx.run(input.shown
      ? sql`insert into approvals_public_projects (project_id, shown_by, shown_at) values (${input.projectId}, ${actor.userId}, ${now.instant})`
      : sql`delete from approvals_public_projects where project_id = ${input.projectId}`);
    return { id: input.projectId, shown: input.shown };
  },
  event: ({ input }) => ({ kind: input.shown ? 'approvals.lines_shown' : 'approvals.lines_hidden', subjectType: 'project', subjectId: input.projectId, projectId: input.projectId }),
});

const withhold = handler(withholdLine, {
  permission: 'approvals.handle',
  load: async ({ tx, actor, input }) => {
    const desk = await deskOf(tx, actor);
    const found = await store.lockCase(tx, actor, desk, input.id);
    return found === undefined ? undefined : { found, desk };
  },
  version: (subject) => subject.found.version,
  allow: (actor, { found, desk }) => may(actor, 'approvals.handle') && handles(actor, desk, found),
  decide: ({ subject, input }) => {
    const basis = input.basis?.trim() ?? '';
    if (input.withheld !== null && basis === '') refuse('approvals.basis_needed');
    if (input.withheld === null && subject.found.withheld === null) refuse('approvals.not_withheld');
    return { withheld: input.withheld, basis: input.withheld === null ? null : basis };
  },
  save: async ({ tx, changes, input, now }) => {
    const row = await tx.row<{ version: number }>(sql`
      update approvals_cases set version = version + 1, public = ${changes.withheld === null}, withheld = ${changes.withheld}, withheld_basis = ${changes.basis}, updated_at = ${now.instant} where id = ${input.id} returning version`);
    return { id: input.id, version: row?.version ?? 1 };
  },
  event: ({ subject, changes, input }) => ({
    kind: changes.withheld === null ? 'approvals.line_shown' : 'approvals.line_withheld', subjectType: 'case', subjectId: input.id, projectId: subject.found.project_id,
    after: { item: subject.found.item, ...(changes.withheld === null ? {} : { withheld: changes.withheld }) }, ...(changes.basis === null ? {} : { reason: changes.basis }),
  }),
  newVersion: (output) => output.version,
});

export const publicCommands: readonly CommandHandler[] = [publish, withhold];
