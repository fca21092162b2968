// The reads of duties: coverage, the ledger of assignments, load, task forces and hand-overs.
import { addDays } from '../../../kernel/days.ts';
import type { Now } from '../../../kernel/clock.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { may } from '../../../platform/actor.ts';
import type { Db } from '../../../platform/db.ts';
import { readHandler, type QueryHandler } from '../../../platform/feature.ts';
import { readGround } from '../../projects/data.ts';
import { knows, seesAll } from '../../projects/scope.ts';
import { readRules } from '../duty.ts';
import { mondayOf, visitDueOf } from '../week/rules.ts';
import * as contract from './contract.ts';
import { openOf } from './open.ts';
import * as reads from './reads.ts';

const PAGE = 60;
const MOST = 100;

export const dutyQueries: readonly QueryHandler[] = [
  readHandler(contract.readDuties, {
    permission: 'dispatch.read',
    read: async ({ actor, db, now }) => {
      const ground = await groundOf(db, now);
      const [counts, openHandovers] = await Promise.all([reads.coverage(db, actor, ground), reads.countOpenHandovers(db, actor, MOST)]);
      return { day: now.day, week: ground.week, mostProjects: ground.rules.mostProjects, visitEveryDays: ground.rules.visitEveryDays, keyLevels: ground.rules.keyLevels, ...counts, openHandovers };
    },
  }),
  readHandler(contract.listAssignments, {
    permission: 'dispatch.read',
    read: async ({ actor, input, db, now }) => {
      const limit = input.limit ?? PAGE;
      const ground = await groundOf(db, now);
      const rows = await reads.assignments(db, actor, input, ground, limit + 1);
      const last = rows[limit - 1];
      return { items: rows.slice(0, limit).map((row) => ({ ...row, visitDue: visitDueOf(row.lastVisitDay, row.sinceDay, ground.rules) })), next: rows.length > limit && last !== undefined ? String(last.seq) : null };
    },
  }),
  readHandler(contract.readWorkload, {
    permission: 'dispatch.read',
    read: async ({ actor, input, db, now }) => {
      const limit = input.limit ?? PAGE;
      const ground = await groundOf(db, now);
      const rows = await reads.workload(db, actor, ground, addDays(now.day, 7), input.after, limit + 1);
      const shown = rows.slice(0, limit);
      const items = shown.map((row) => ({ ...row, tooMany: row.projects > ground.rules.mostProjects })).sort((a, b) => b.projects - a.projects || b.nodesOver - a.nodesOver || a.name.localeCompare(b.name));
      return { items, next: rows.length > limit ? (shown.at(-1)?.userId ?? null) : null };
    },
  }),
  readHandler(contract.listTaskforces, {
    permission: 'dispatch.read',
    read: async ({ actor, input, db, now }) => {
      const limit = input.limit ?? PAGE;
      const rows = await reads.forces(db, actor, input, now.day, limit + 1);
      const last = rows[limit - 1];
      return { items: rows.slice(0, limit), next: rows.length > limit && last !== undefined ? `${last.fromDay}~${last.id}` : null };
    },
  }),
  readHandler(contract.readTaskforce, {
    permission: 'dispatch.read',
    read: async ({ actor, input, db }) => {
      const found = await reads.oneForce(db, actor, input.id) ?? refuse('platform.not_found', {});
      const { version, leaderId, leadOrgId, note, ...force } = found;
      const [projects, members] = await Promise.all([reads.forceProjects(db, actor, force.id), reads.forceMembers(db, force.id)]);
      return { force, version, leaderId, leadOrgId, note, projects, members, mayChange: may(actor, 'dispatch.assign') && seesAll(actor) && force.toDay === null };
    },
  }),
  readHandler(contract.listHandovers, {
    permission: 'dispatch.read',
    read: async ({ actor, input, db }) => {
      const limit = input.limit ?? PAGE;
      const rows = await reads.handovers(db, actor, input, limit + 1);
      return { items: rows.slice(0, limit), next: rows.length > limit ? (rows[limit - 1]?.id ?? null) : null };
    },
  }),
  readHandler(contract.readHandover, {
    permission: 'dispatch.read',
    read: async ({ actor, input, db }) => {
      const { list, remarks, ...handover } = await reads.oneHandover(db, actor, input.id) ?? refuse('platform.not_found', {});
      const proposed = handover.state === 'proposed' && may(actor, 'dispatch.report_week');
      return {
        handover, open: list, remarks,
        can: { hand: proposed && handover.fromId === actor.userId && !handover.handed, accept: proposed && handover.toId === actor.userId && !handover.accepted, decide: may(actor, 'dispatch.assign') && (handover.state === 'proposed' || handover.state === 'agreed') },
      };
    },
  }),
  readHandler(contract.previewHandover, {
    permission: 'dispatch.report_week',
    read: async ({ actor, input, db, now }) => {
      if (!(await knows(db, actor, input.id))) refuse('platform.not_found', {});
      const [head, open] = await Promise.all([reads.headOf(db, input.id), openOf(db, input.id, now.day)]);
      return { name: head?.name ?? '', fromName: head?.commissioner ?? null, open };
    },
  }),
];

/** What coverage is measured by on a day. */
export async function groundOf(db: Db, now: Now): Promise<reads.Ground> {
  const [{ rules }, { rootId }] = await Promise.all([readRules(db), readGround(db, now)]);
  return { rules, rootId, day: now.day, week: mondayOf(now.day), dueBefore: addDays(now.day, -rules.visitEveryDays) };
}
