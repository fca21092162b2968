// Queries on cases: where a project is, one case with its clock ledger, queues, pace, the public lines. Nothing here writes.
import { addDays } from '../../../kernel/days.ts';
import type { Now } from '../../../kernel/clock.ts';
import type { OutputOf } from '../../../kernel/contract.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { may, type Actor } from '../../../platform/actor.ts';
import { sql, type Db } from '../../../platform/db.ts';
import { readHandler, type QueryHandler } from '../../../platform/feature.ts';
import { knows, seesAll } from '../../projects/scope.ts';
import { calendarFor, readCalendar } from '../calendar/store.ts';
import { KINDS } from '../clocks/events.ts';
import { ledgerOf, type Ledger } from '../clocks/ledger.ts';
import { versionIn, type ClockRules } from '../clocks/terms.ts';
import { documentsOf } from '../planning/progress.ts';
import { factsOf, readDuties, readHandbook, readNames } from './catalogue.ts';
import * as contract from './contract.ts';
import { lineOf, linesOf } from './lines.ts';
import { listedIn, materialsOf } from './materials.ts';
import { standingOf } from './moves.ts';
import { itemsOf } from './progress.ts';
import * as reads from './reads.ts';
import { facetsOf } from './facets.ts';
import { completionAhead, completionOf, nameIn } from './told.ts';
import { ALONE } from './parts.ts';
import { leadsOf } from './completion.ts';
import { isLead } from './opening.ts';
import { bodyFor, departmentOf, positionOf, possible, STAGE_LEAD } from './rules.ts';
import { deskOf, handles } from './scope.ts';
import * as store from './store.ts';

const PAGE = 60;

async function readProject(db: Db, actor: Actor, id: string, now: Now): Promise<OutputOf<typeof contract.projectCases>> {
  const [known, project, rows, handbook, facts, duties, desk, documents] = await Promise.all([
    knows(db, actor, id), db.row<{ name: string; builder_id: string | null; kind: string }>(sql`select name, builder_id, kind from projects_projects where id = ${id}`), reads.casesOfProject(db, id), readHandbook(db, now.day), factsOf(db, id), readDuties(db), deskOf(db, actor), documentsOf(db, [id]),
  ]);
  const handling = may(actor, 'approvals.handle');
  // Whoever leads a stage accepts in it for every project: of one outside his scope he sees that stage.
  const stages = contract.STAGES.filter((stage) => handling && (desk.window || isLead(desk, [STAGE_LEAD[stage]], duties)));
  const acceptCompletion = handling && (desk.window || isLead(desk, leadsOf(handbook), duties));
  if (project === undefined || (!known && stages.length === 0 && !acceptCompletion)) return refuse('platform.not_found', {});
  const bodies = [...new Set(handbook.catalogue.items.map((item) => bodyFor(departmentOf(item), duties)).filter((one) => one !== undefined))];
  const names = new Map((await db.rows<{ id: string; name: string }>(sql`select id, coalesce(short_name, name) as name from people_organisations where id = any(${bodies}::uuid[])`)).map((row) => [row.id, row.name]));
  const own = project.builder_id !== null && project.builder_id === actor.orgId;
  const shown = await db.row(sql`select 1 as one from approvals_public_projects where project_id = ${id}`);
  const items = itemsOf(handbook, facts, rows, new Map(documents.map((one) => [one.item, one.day])), (department) => names.get(bodyFor(department, duties) ?? '') ?? null, now.day);
  return {
    id, name: project.name, day: now.day, knowsProject: known, items: items.filter((one) => known || stages.includes(one.stage) || (acceptCompletion && one.stage === 'S4')), completion: known || acceptCompletion ? completionAhead(handbook, facts, project.kind, items, now.day) : null, shown: shown !== undefined,
    can: {
      apply: may(actor, 'approvals.apply') && (known || desk.window), asAgent: may(actor, 'approvals.apply') && !own && !handling, enterLate: may(actor, 'approvals.apply') && !own && handling,
      acceptJointly: stages, acceptCompletion, publish: handling && seesAll(actor),
    },
  };
}

async function readOne(db: Db, actor: Actor, id: string, now: Now): Promise<OutputOf<typeof contract.readCase>> {
  const desk = await deskOf(db, actor);
  const row = (await reads.oneCase(db, actor, desk, id)) ?? refuse('platform.not_found', {});
  const [tale, reviews, handbook, facts, standing, known, duties, parts, calendar, newest] = await Promise.all([
    store.eventsOf(db, [id]), store.reviewsOf(db, id), readHandbook(db, now.day), factsOf(db, row.project_id), standingOf(db, actor, desk, row), knows(db, actor, row.project_id), readDuties(db), reads.partsOfCase(db, id), calendarFor(db, row), readCalendar(db),
  ]);
  const told = tale.get(id) ?? [];
  const events = told.map(store.eventIn);
  const limits = handbook.limits(row.item, facts);
  const rules = row.accepted_day === null ? limits.rules : rulesIn(row.limits);
  const item = handbook.item(row.item);
  const day = row.accepted_day ?? now.day;
  const materials = await materialsOf(db, id, item);
  const version = versionIn(rules, day) ?? limits.rules.versions[0];
  return {
    case: lineOf(row, handbook), day: now.day, stage: item?.stage ?? 'S1', via: row.via, agentName: row.agent_name, attorneySha: row.attorney_sha, note: row.note,
    ledger: row.source === 'own' ? ledgerLine(ledgerOf(events, now.day, rules, calendar.law), told) : null,
    limit: {
      from: version?.from ?? day, statutoryDays: version?.statutory.days ?? 0, statutoryUnit: version?.statutory.unit ?? 'working', promisedDays: version?.promised?.days ?? null, promisedUnit: version?.promised?.unit ?? null,
      extensionDays: version?.extension ?? 0, general: limits.general, frozen: row.accepted_day !== null, rectification: version?.rectification ?? null,
    },
    events: told.map((one) => ({ seq: one.seq, kind: one.kind, day: one.day, side: one.by, by: one.actor_name, at: one.at, reason: one.reason, document: one.document, procedure: one.procedure ?? null, days: one.days, outcome: one.outcome })),
    reviews: reviews.map((one) => {
      const position = positionOf(one, now.day);
      return {
        orgId: one.org_id, orgName: one.org_name, askedDay: one.asked_day, dueDay: one.due_day, position, liable: position === 'silent_consent', view: one.view, opinion: one.opinion, answeredDay: one.answered_day, answeredBy: one.answered_name, earlier: [...one.earlier],
        mayAnswer: one.view === null && row.decided_day === null && row.closed_day === null && may(actor, 'approvals.handle') && (desk.all || desk.orgs.includes(one.org_id)),
      };
    }),
    materials, listed: listedIn(item),
    can: row.source === 'own' ? possible(contract.EVENTS, events, standing, now.day, rules, calendar.law).filter((kind) => row.part_of === null || ALONE.has(kind)).map((kind) => ({ kind, needs: [...KINDS[kind].needs] })) : [],
    calendar: { edition: calendar.edition, newest: newest.edition }, knowsProject: known || (may(actor, 'approvals.handle') && (desk.window || isLead(desk, [STAGE_LEAD[item?.stage ?? 'S1']], duties))), completion: parts.length === 0 ? null : completionOf({ events, rules, version, parts, handbook, row, day: now.day, calendar: calendar.law }),
    partOf: row.part_of === null || row.part_item === null ? null : { id: row.part_of, itemName: nameIn(handbook, row.part_item) },
    withheld: row.withheld, withheldBasis: row.withheld_basis, mayWithhold: may(actor, 'approvals.handle') && handles(actor, desk, row),
  };
}

// An edge: the column holds what `limitsOfItem` gave.
function rulesIn(limits: unknown): ClockRules {
  return limits as ClockRules;
}

function ledgerLine(ledger: Ledger, told: readonly store.TaleRow[]): NonNullable<OutputOf<typeof contract.readCase>['ledger']> {
  const byId = new Map(told.map((one) => [one.id, one]));
  return {
    segments: ledger.segments.map(({ from, to, side, reason, counts, calendar, working, events: [began] }) => {
      const event = byId.get(began ?? '');
      return { from, to: addDays(to, -1), side, reason, counts, calendar, working, document: event?.document ?? null, why: event?.reason ?? null };
    }),
    elapsed: ledger.elapsed, parts: { ...ledger.parts }, statutory: ledger.statutory, promised: ledger.promised, answer: ledger.answer?.day ?? null,
    delivery: ledger.delivery === null ? null : { day: ledger.delivery.day, overdue: ledger.delivery.overdue },
    special: ledger.special === null ? null : { day: ledger.special.day, procedure: ledger.special.procedure, overdue: ledger.special.overdue },
  };
}

export const caseQueries: readonly QueryHandler[] = [
  readHandler(contract.projectCases, { permission: 'approvals.read', read: ({ db, actor, input, now }) => readProject(db, actor, input.id, now) }),
  readHandler(contract.readCase, { permission: 'approvals.read', read: ({ db, actor, input, now }) => readOne(db, actor, input.id, now) }),
  readHandler(contract.myCases, {
    permission: 'approvals.read',
    read: async ({ db, actor, input, now }) => {
      const limit = input.limit ?? PAGE;
      const [desk, handbook] = await Promise.all([deskOf(db, actor), readNames(db, now.day)]);
      const { rows, cursorOf } = await reads.queue(db, actor, desk, input, limit + 1);
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      return { items: linesOf(items, handbook), next: rows.length > limit && last !== undefined ? cursorOf(last) : null };
    },
  }),
  readHandler(contract.countCases, {
    permission: 'approvals.read',
    read: async ({ db, actor, input }) => {
      const desk = await deskOf(db, actor);
      const [{ department, applicant, special, suspension, ...rest }, reviews] = await Promise.all([reads.counts(db, actor, desk, input), reads.owedReviews(db, actor, desk)]);
      return { ...rest, sides: { department, applicant, special, suspension }, reviews };
    },
  }),
  readHandler(contract.caseFacets, {
    permission: 'approvals.read',
    read: async ({ db, actor, input, now }) => {
      const [desk, handbook] = await Promise.all([deskOf(db, actor), readNames(db, now.day)]);
      const rows = await reads.facetRows(db, actor, desk, input);
      const ids = [...new Set([...rows.map((row) => row.org), ...(input.orgId ?? [])])];
      const names = await db.rows<{ id: string; name: string }>(sql`select id, coalesce(short_name, name) as name from people_organisations where id = any(${ids}::uuid[])`);
      return facetsOf(rows, input, (code) => nameIn(handbook, code), new Map(names.map((one) => [one.id, one.name])));
    },
  }),
  readHandler(contract.departmentPace, {
    permission: 'approvals.read',
    read: async ({ db, actor, input, now }) => {
      const to = input.to ?? now.day;
      const from = input.from ?? addDays(to, -365);
      const [desk, handbook] = await Promise.all([deskOf(db, actor), readNames(db, now.day)]);
      const rows = await reads.pace(db, actor, desk, { from, to, orgId: input.orgId });
      return { from, to, items: rows.map((row) => ({ ...row, itemName: handbook.item(row.item)?.name ?? { zh: row.item, en: row.item } })) };
    },
  }),
  readHandler(contract.publicLines, {
    permission: 'public',
    read: async ({ db, input, now }) => {
      const handbook = await readNames(db, now.day);
      const rows = await reads.publicRows(db, input.id);
      return { items: rows.map((row) => ({ ...row, itemName: handbook.item(row.item)?.name ?? { zh: row.item, en: row.item } })) };
    },
  }),
];
