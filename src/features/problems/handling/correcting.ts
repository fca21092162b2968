// Corrections of a problem by the desk: its words, whom to call, what it serves. Each is a step of its history; none moves a clock.
import { refuse } from '../../../kernel/refuse.ts';
import { settled, sql } from '../../../platform/db.ts';
import type { CommandHandler } from '../../../platform/feature.ts';
import { initials } from '../../../platform/pinyin.ts';
import { gramsOf } from '../../../kernel/grams.ts';
import { reachable as projectReachable } from '../../projects/scope.ts';
import * as contract from './contract.ts';
import { moving } from './moving.ts';

const FIELDS = ['title', 'ask', 'contactName', 'contactPhone', 'measure', 'criterion'] as const;
/** Of these the history says that they were changed, not what they are: whom to call is nobody else's. */
const UNSAID = ['contactName', 'contactPhone'];

export const correctingCommands: readonly CommandHandler[] = [
  moving(contract.edit, {
    permission: 'problems.desk', kind: 'noted',
    make: ({ input }) => {
      const given = FIELDS.filter((field) => input[field] !== undefined);
      if (given.length === 0) refuse('problems.nothing_changed', {});
      return { step: { kind: 'noted' }, details: { fields: [...given], ...Object.fromEntries(given.filter((field) => !UNSAID.includes(field)).map((field) => [field, input[field]])) } };
    },
    also: async ({ tx, subject: { problem }, input }) => {
      const title = input.title?.trim() ?? problem.title;
      await tx.run(sql`
        update problems_problems set title = ${title}, pinyin = ${initials(title)}, grams = ${gramsOf(title, initials(title), problem.number)}::bigint[], ask = coalesce(${input.ask}, ask),
          contact_name = case when ${input.contactName !== undefined} then ${input.contactName ?? null} else contact_name end, contact_phone = case when ${input.contactPhone !== undefined} then ${input.contactPhone ?? null} else contact_phone end,
          measure = coalesce(${input.measure}, measure), criterion = coalesce(${input.criterion}, criterion) where id = ${problem.id}`);
    },
  }),
  moving(contract.addProject, {
    permission: 'problems.desk', kind: 'noted',
    find: async ({ tx, actor, input, subject }) => {
      const [known, served] = await settled([
        tx.row<{ name: string }>(sql`select p.name from projects_projects p where p.id = ${input.projectId} and ${projectReachable(actor, sql`p.id`)}`),
        tx.row(sql`select 1 as one from problems_projects where problem_id = ${subject.problem.id} and project_id = ${input.projectId}`),
      ]);
      if (known === undefined) refuse('platform.not_found', {});
      return { name: known.name, served: served !== undefined };
    },
    make: ({ found, input }) => {
      if (found.served) refuse('problems.serves_already', { errors: [{ path: 'projectId', rule: 'enum', params: {} }] });
      return { step: { kind: 'noted' }, details: { addedProject: input.projectId, projectName: found.name }, change: { reach: true } };
    },
    also: async ({ tx, subject: { problem }, input }) => {
      await tx.run(sql`insert into problems_projects (problem_id, project_id) values (${problem.id}, ${input.projectId})`);
      await tx.run(sql`update problems_problems set project_id = ${input.projectId} where id = ${problem.id} and project_id is null`);
    },
  }),
  moving(contract.removeProject, {
    permission: 'problems.desk', kind: 'noted',
    find: async ({ tx, subject }) => tx.rows<{ id: string; name: string }>(sql`select s.project_id as id, p.name from problems_projects s join projects_projects p on p.id = s.project_id where s.problem_id = ${subject.problem.id} order by p.seq`),
    make: ({ found, input, subject: { problem } }) => {
      const one = found.find((each) => each.id === input.projectId) ?? refuse('problems.serves_not', { errors: [{ path: 'projectId', rule: 'enum', params: {} }] });
      if (found.length === 1 && problem.enterpriseId === null) refuse('problems.of_nothing', { errors: [{ path: 'projectId', rule: 'required', params: {} }] });
      return { step: { kind: 'noted' }, details: { removedProject: one.id, projectName: one.name }, change: { reach: true } };
    },
    also: async ({ tx, subject: { problem }, input, found }) => {
      await tx.run(sql`delete from problems_projects where problem_id = ${problem.id} and project_id = ${input.projectId}`);
      const next = found.find((one) => one.id !== input.projectId)?.id ?? null;
      await tx.run(sql`update problems_problems set project_id = ${next} where id = ${problem.id} and project_id = ${input.projectId}`);
    },
  }),
];
