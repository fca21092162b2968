// The reads of the week: what a commissioner owes, visits, the diary.
import type { Now } from '../../../kernel/clock.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { may, type Actor } from '../../../platform/actor.ts';
import type { Db } from '../../../platform/db.ts';
import { readHandler, type QueryHandler } from '../../../platform/feature.ts';
import { knows } from '../../projects/scope.ts';
import { readRules } from '../duty.ts';
import { forcesOf, openHandover, projectDuty } from '../taskforce/reads.ts';
import * as contract from './contract.ts';
import { diary } from './diary.ts';
import { lastLines } from './lines.ts';
import { lineDueOf, metresBetween, mondayOf, visitDueOf } from './rules.ts';
import * as reads from './reads.ts';

const PAGE = 60;

export const weekQueries: readonly QueryHandler[] = [
  readHandler(contract.readWeek, {
    permission: 'dispatch.report_week',
    read: async ({ actor, input, db, now }) => {
      const limit = input.limit ?? 200;
      const { rules } = await readRules(db);
      const week = mondayOf(now.day);
      const rows = await reads.ownProjects(db, actor, rules, week, Number(input.after ?? 0) || 0, limit + 1);
      const shown = rows.slice(0, limit);
      const lines = new Map((await lastLines(db, shown.map((row) => row.id))).map((line) => [line.projectId, line]));
      const items = shown.map((row) => ({
        id: row.id, name: row.name, townName: row.town_name, stage: row.stage, light: row.light, key: row.key, lastVisitDay: row.last_visit, reported: row.reported, last: lines.get(row.id) ?? null,
        visitDue: row.key ? visitDueOf(row.last_visit, row.since, rules) : null, node: row.node_name === null || row.node_day === null ? null : { name: row.node_name, day: row.node_day },
      })).sort((a, b) => Number(a.reported) - Number(b.reported) || Number(b.key) - Number(a.key) || (a.visitDue ?? '9999') .localeCompare(b.visitDue ?? '9999'));
      const last = shown.at(-1);
      return {
        day: now.day, week, lineDue: lineDueOf(week, rules), userId: actor.userId, owed: items.filter((one) => one.key && !one.reported).length,
        visits: items.filter((one) => one.visitDue !== null && one.visitDue <= now.day).length, items, next: rows.length > limit && last !== undefined ? String(last.seq) : null,
      };
    },
  }),
  readHandler(contract.readWeekRules, { permission: 'dispatch.read', read: ({ db }) => readRules(db) }),
  readHandler(contract.listVisits, {
    permission: 'signed-in',
    read: async ({ actor, input, db, now }) => {
      const limit = input.limit ?? PAGE;
      const rows = await reads.visits(db, actor, input, limit + 1);
      return { items: rows.slice(0, limit).map((row) => visitLine(row, now)), next: cursor(rows, limit) };
    },
  }),
  readHandler(contract.readVisit, {
    permission: 'signed-in',
    read: async ({ actor, input, db, now }) => {
      const row = await reads.oneVisit(db, actor, input.id) ?? refuse('platform.not_found', {});
      const inside = may(actor, 'dispatch.read');
      const [pictures, raised, earlier] = await Promise.all([reads.pictures(db, row.id), reads.raisedOn(db, row.id), inside ? reads.earlierOf(db, row.id) : []]);
      return {
        visit: visitLine(row, now), doneAt: row.done_at, happenedAt: row.happened_at, recordedAt: row.recorded_at, lon: row.lon, lat: row.lat, accuracyM: row.accuracy_m, awayM: away(row),
        participants: row.participants, policies: row.policies, said: row.said, reason: row.reason, pictures, raised, earlier,
        mayChange: may(actor, 'dispatch.report_week') && (row.user_id === actor.userId || may(actor, 'dispatch.assign')),
      };
    },
  }),
  readHandler(contract.projectWeek, {
    permission: 'dispatch.read',
    read: async ({ actor, input, db, now }) => {
      if (!(await knows(db, actor, input.id))) refuse('platform.not_found', {});
      const { rules } = await readRules(db);
      const [[last], duty, visits, forces, handover] = await Promise.all([
        lastLines(db, [input.id]), projectDuty(db, input.id, rules), reads.visits(db, actor, { projectId: input.id }, 6), forcesOf(db, input.id, now.day), openHandover(db, input.id),
      ]);
      return {
        last: last ?? null, lines: duty?.lines ?? 0, lastVisitDay: duty?.last_visit ?? null, visitDue: duty?.key === true ? visitDueOf(duty.last_visit, duty.since, rules) : null,
        visits: visits.map((row) => visitLine(row, now)), forces, handover: handover ?? null,
      };
    },
  }),
  readHandler(contract.readDiary, {
    permission: 'dispatch.read',
    read: async ({ actor, input, db }) => {
      const limit = input.limit ?? PAGE;
      const { mine, ...filter } = input;
      const rows = await diary(db, actor, mine === true ? { ...filter, userId: actor.userId } : filter, limit + 1);
      return {
        items: rows.slice(0, limit).map((row) => ({
          id: row.id, kind: row.kind, day: row.day, at: row.at, userId: row.user_id, userName: row.user_name, projectId: row.project_id, projectName: row.project_name, orgName: row.org_name, what: row.what, words: row.words,
          version: row.version, corrected: row.corrected, own: row.user_id === actor.userId,
        })), next: cursor(rows, limit),
      };
    },
  }),
  readHandler(contract.readEarlier, {
    permission: 'dispatch.read',
    read: async ({ actor, input, db }) => {
      if (!(await mayKnow(db, actor, input.id))) refuse('platform.not_found', {});
      return { items: await reads.earlierOf(db, input.id) };
    },
  }),
];

/** The day after which a key project was last seen to, for what stands on a list. */
export function visitLine(row: reads.VisitRow, now: Now) {
  return {
    id: row.id, version: row.version, kind: row.kind, state: row.state, projectId: row.project_id, projectName: row.project_name, orgId: row.org_id, orgName: row.org_name, userId: row.user_id, userName: row.user_name,
    day: row.day, place: row.place, photos: row.photos, problems: row.problems, late: row.state === 'planned' && row.day < now.day,
  };
}

function cursor(rows: readonly { readonly id: string; readonly day: string }[], limit: number): string | null {
  const last = rows[limit - 1];
  return rows.length > limit && last !== undefined ? `${last.day}~${last.id}` : null;
}

function away(row: reads.OneVisit): number | null {
  if (row.lon === null || row.lat === null || row.project_lon === null || row.project_lat === null) return null;
  return metresBetween({ lon: row.lon, lat: row.lat }, { lon: row.project_lon, lat: row.project_lat });
}

/** An entry is read by who may read the diary that it stands in. */
async function mayKnow(db: Db, actor: Actor, id: string): Promise<boolean> {
  return (await reads.entryWithin(db, actor, id)) !== undefined;
}
