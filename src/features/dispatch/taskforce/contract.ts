// 一个项目、一名专员、一支队伍: task forces, hand-overs, coverage and load as others call them. Shared by server, browser and API description.
import Type from 'typebox';
import { commandContract, queryContract } from '../../../kernel/contract.ts';

const closed = { additionalProperties: false } as const;
const maybe = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const Id = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' });
const Day = Type.String({ pattern: '^[12]\\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' });
const text = (most: number) => Type.String({ minLength: 1, maxLength: most });
const Limit = Type.Optional(Type.Integer({ minimum: 1, maximum: 200 }));
const After = Type.Optional(Type.String({ maxLength: 120 }));
const Level = Type.Enum(['provincial', 'municipal', 'county', 'zone']);
const Ids = Type.Array(Id, { minItems: 1, maxItems: 50, uniqueItems: true });

// --- task forces ---

const Heads = {
  name: text(200), leaderId: Type.Optional(maybe(Id)), leaderName: Type.Optional(maybe(text(100))), leadOrgId: Type.Optional(maybe(Id)), headName: Type.Optional(maybe(text(100))), note: Type.Optional(maybe(text(2000))),
};
const Member = Type.Object({ id: Id, userId: Type.Optional(maybe(Id)), orgId: Type.Optional(maybe(Id)), name: Type.Optional(maybe(text(100))), duty: text(200) }, closed);

export const formTaskforce = commandContract('dispatch.form_taskforce', {
  input: Type.Object({ id: Id, ...Heads, projectIds: Ids, fromDay: Type.Optional(Day), members: Type.Optional(Type.Array(Member, { maxItems: 50 })) }, closed),
  output: Type.Object({ id: Id, version: Type.Integer() }, closed),
});

/** Who leads it and which projects it serves: what is left out of the list ends today, what is new begins. */
export const editTaskforce = commandContract('dispatch.edit_taskforce', {
  input: Type.Object({ id: Id, ...Heads, projectIds: Ids }, closed),
  output: Type.Object({ id: Id, version: Type.Integer() }, closed),
  versioned: true,
});

export const addForceMember = commandContract('dispatch.add_force_member', {
  input: Type.Object({ id: Id, member: Member, fromDay: Type.Optional(Day) }, closed),
  output: Type.Object({ id: Id, version: Type.Integer() }, closed),
  versioned: true,
});

export const endForceMember = commandContract('dispatch.end_force_member', {
  input: Type.Object({ id: Id, memberId: Id, toDay: Type.Optional(Day) }, closed),
  output: Type.Object({ id: Id, version: Type.Integer() }, closed),
  versioned: true,
});

export const disbandTaskforce = commandContract('dispatch.disband_taskforce', {
  input: Type.Object({ id: Id, reason: text(500) }, closed),
  output: Type.Object({ id: Id, version: Type.Integer() }, closed),
  versioned: true,
});

const ForceLine = Type.Object({
  id: Id, name: Type.String(), leaderName: maybe(Type.String()), leadOrgName: maybe(Type.String()), headName: maybe(Type.String()), fromDay: Day, toDay: maybe(Day), projects: Type.Integer(), members: Type.Integer(),
}, closed);

export const listTaskforces = queryContract('dispatch.taskforces', {
  input: Type.Object({ state: Type.Optional(Type.Enum(['standing', 'ended', 'all'])), q: Type.Optional(Type.String({ maxLength: 100 })), after: After, limit: Limit }, closed),
  output: Type.Object({ items: Type.Array(ForceLine), next: maybe(Type.String()) }, closed),
});

export const readTaskforce = queryContract('dispatch.taskforce', {
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({
    force: ForceLine, version: Type.Integer(), leaderId: maybe(Id), leadOrgId: maybe(Id), note: maybe(Type.String()),
    projects: Type.Array(Type.Object({ id: Id, name: Type.String(), commissionerName: maybe(Type.String()), light: Type.Integer(), fromDay: Day, toDay: maybe(Day) }, closed)),
    members: Type.Array(Type.Object({ id: Id, userId: maybe(Id), name: Type.String(), orgName: maybe(Type.String()), duty: Type.String(), fromDay: Day, toDay: maybe(Day) }, closed)),
    mayChange: Type.Boolean(),
  }, closed),
});

// --- hand-overs ---

export const OPEN_KINDS = ['node', 'report', 'visit', 'problem'] as const;
/** What the predecessor leaves open. */
const Open = Type.Object({ kind: Type.Enum(OPEN_KINDS), id: Type.String(), name: Type.String(), day: maybe(Day) }, closed);
export type Open = Type.Static<typeof Open>;

export const proposeHandover = commandContract('dispatch.propose_handover', {
  input: Type.Object({ id: Id, projectId: Id, userId: Id, day: Day, remarks: Type.Optional(text(2000)) }, closed),
  output: Type.Object({ id: Id, state: Type.String(), open: Type.Integer() }, closed),
});

/** The predecessor hands over, the successor accepts; who does not agree refuses, with the reason. */
export const confirmHandover = commandContract('dispatch.confirm_handover', {
  input: Type.Object({ id: Id, assent: Type.Boolean(), reason: Type.Optional(text(500)) }, closed),
  output: Type.Object({ id: Id, state: Type.String() }, closed),
});

/** The office decides instead of them, or takes the proposal back. */
export const decideHandover = commandContract('dispatch.decide_handover', {
  input: Type.Object({ id: Id, outcome: Type.Enum(['carry_out', 'withdraw']), reason: text(500) }, closed),
  output: Type.Object({ id: Id, state: Type.String() }, closed),
});

/** Carries out a hand-over that both confirmed when its day has come: by the turn of the day. */
export const completeHandover = commandContract('dispatch.complete_handover', {
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({ id: Id, state: Type.String() }, closed),
});

export const HANDOVER_STATES = ['proposed', 'agreed', 'done', 'refused', 'withdrawn'] as const;
const HandoverLine = Type.Object({
  id: Id, projectId: Id, projectName: Type.String(), fromId: maybe(Id), fromName: maybe(Type.String()), toId: Id, toName: Type.String(), day: Day, state: Type.Enum(HANDOVER_STATES), open: Type.Integer(),
  handed: Type.Boolean(), accepted: Type.Boolean(), proposedDay: Day, proposedName: Type.String(), doneDay: maybe(Day), reason: maybe(Type.String()), decidedName: maybe(Type.String()),
}, closed);

export const listHandovers = queryContract('dispatch.handovers', {
  input: Type.Object({ state: Type.Optional(Type.Enum(HANDOVER_STATES)), open: Type.Optional(Type.Boolean()), projectId: Type.Optional(Id), after: After, limit: Limit }, closed),
  output: Type.Object({ items: Type.Array(HandoverLine), next: maybe(Type.String()) }, closed),
});

export const readHandover = queryContract('dispatch.handover', {
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({
    handover: HandoverLine, open: Type.Array(Open), remarks: maybe(Type.String()),
    can: Type.Object({ hand: Type.Boolean(), accept: Type.Boolean(), decide: Type.Boolean() }, closed),
  }, closed),
});

/** What is open on a project now, before a hand-over is proposed. */
export const previewHandover = queryContract('dispatch.handover_preview', {
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({ name: Type.String(), fromName: maybe(Type.String()), open: Type.Array(Open) }, closed),
});

// --- duties: coverage and load ---

export const LACKS = ['commissioner', 'team', 'visit', 'line'] as const;

/** Of all key projects past the pipeline: how many have a commissioner and a team, how many were visited and reported. */
export const readDuties = queryContract('dispatch.duties', {
  input: Type.Object({}, closed),
  output: Type.Object({
    day: Day, week: Day, mostProjects: Type.Integer(), visitEveryDays: Type.Integer(), keyLevels: Type.Array(Level),
    all: Type.Integer(), commissioner: Type.Integer(), team: Type.Integer(), both: Type.Integer(), visited: Type.Integer(), lines: Type.Integer(), openHandovers: Type.Integer(),
  }, closed),
});

const filter = { lack: Type.Optional(Type.Enum(LACKS)), level: Type.Optional(Type.Array(Level, { maxItems: 4 })), userId: Type.Optional(Id), q: Type.Optional(Type.String({ maxLength: 100 })) };

/** 分包台账: each key project with who answers for it and what its week says. */
export const listAssignments = queryContract('dispatch.assignments', {
  input: Type.Object({ ...filter, after: After, limit: Limit }, closed),
  output: Type.Object({
    items: Type.Array(Type.Object({
      id: Id, seq: Type.Integer(), name: Type.String(), level: maybe(Level), stage: Type.String(), light: Type.Integer(), townName: maybe(Type.String()), totalFen: maybe(Type.Integer()),
      commissionerId: maybe(Id), commissionerName: maybe(Type.String()), commissionerActive: Type.Boolean(), sinceDay: maybe(Day), leaderName: maybe(Type.String()), leadOrgName: maybe(Type.String()), headName: maybe(Type.String()),
      forceId: maybe(Id), forceName: maybe(Type.String()), team: Type.Integer(), lastVisitDay: maybe(Day), visitDue: maybe(Day), lastLineWeek: maybe(Day),
    }, closed)),
    next: maybe(Type.String()),
  }, closed),
});

export const exportAssignments = queryContract('dispatch.assignments_export', {
  input: Type.Object({ ...filter, format: Type.Optional(Type.Enum(['xlsx', 'csv'])) }, closed),
  output: Type.Object({}, closed),
});

/** What lies on each commissioner. */
export const readWorkload = queryContract('dispatch.workload', {
  input: Type.Object({ after: After, limit: Limit }, closed),
  output: Type.Object({
    items: Type.Array(Type.Object({
      userId: Id, name: Type.String(), orgName: maybe(Type.String()), active: Type.Boolean(), projects: Type.Integer(), totalFen: Type.Integer(), nodesDue: Type.Integer(), nodesOver: Type.Integer(), visitsDue: Type.Integer(), linesOwed: Type.Integer(), red: Type.Integer(),
      tooMany: Type.Boolean(),
    }, closed)),
    next: maybe(Type.String()),
  }, closed),
});
