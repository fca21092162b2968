// Reads of the life cycle: where a project stands, what is missing before it can go on, how it came here, and its evidence.
import type { OutputOf } from '../../../kernel/contract.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { may, type Actor } from '../../../platform/actor.ts';
import { readHandler, type QueryHandler } from '../../../platform/feature.ts';
import { getGates, listEvidence } from './contract.ts';
import { gateOf, nextStages, placeOf, type ConditionState, type Facts } from './gates.ts';
import { papersOf, type PaperRow } from './papers.ts';
import { kindsIn, metresBetween, stageDays } from './reading.ts';
import type { Lifecycle, StageCode } from './shape.ts';
import { factsOf, movesOf, readLifecycle, recordOf, type MoveRow, type RecordRow } from './store.ts';
import { sayIn } from './subject.ts';

type Gates = OutputOf<typeof getGates>;
type EvidenceLine = Gates['next'][number]['conditions'][number]['evidence'][number];

const gates = readHandler(getGates, {
  permission: 'projects.read',
  read: async ({ actor, input, db, now }): Promise<Gates> => {
    const record = (await recordOf(db, actor, input.id)) ?? refuse('platform.not_found', {});
    const { rules } = await readLifecycle(db);
    const [all, moves, papers] = await Promise.all([factsOf(db, [input.id], rules, now), movesOf(db, input.id), papersOf(db, input.id, { removed: true })]);
    const facts = all.get(input.id) ?? refuse('platform.not_found', {});
    const lines = new Map(papers.map((row) => [row.id, lineOf(row, rules, actor)]));
    const side = rules.sideStates.find((one) => one.code === facts.side);
    return {
      id: record.id, version: record.version, name: record.name, kind: facts.kind, stage: facts.stage, stageDay: facts.stageDay, lastDay: facts.lastDay,
      sideState: facts.side, sideName: side?.name ?? null, sideReason: record.side_reason, sideDay: sideDayOf(moves, facts),
      stages: stageLines(rules, facts, record, moves),
      next: nextStages(rules, facts.kind, facts.stage).map((stage) => {
        const conditions = gateOf(rules, stage, facts, { day: now.day });
        return {
          stage: stage.code, name: stage.name, optional: stage.use[facts.kind] === 'may', missing: conditions.filter((one) => one.state === 'missing').length,
          conditions: conditions.map((one) => conditionLine(one, lines, actor)),
        };
      }),
      passages: moves.map((row) => passage(row, rules, lines, actor)).reverse(),
      back: rules.stages.slice(0, Math.max(0, placeOf(rules, facts.stage))).filter((one) => one.use[facts.kind] !== 'none').map((one) => one.code).reverse(),
      can: abilities(rules, facts, actor),
      works: rules.works, sideStates: rules.sideStates.map(({ code, name, evidence }) => ({ code, name, evidence })), evidenceKinds: rules.evidenceKinds,
    };
  },
});

const evidence = readHandler(listEvidence, {
  permission: 'projects.read',
  read: async ({ actor, input, db }) => {
    const record = (await recordOf(db, actor, input.id)) ?? refuse('platform.not_found', {});
    const [{ rules }, rows] = await Promise.all([readLifecycle(db), papersOf(db, input.id, input)]);
    return { version: record.version, items: rows.map((row) => itemOf(row, rules, actor)) };
  },
});

function stageLines(rules: Lifecycle, facts: Facts, record: RecordRow, moves: readonly MoveRow[]): Gates['stages'] {
  const entered = stageDays(moves, (stage) => placeOf(rules, stage));
  const here = placeOf(rules, facts.stage);
  const actual: Partial<Record<StageCode, string | null>> = { started: record.actual_start, completed: record.actual_completion, producing: record.actual_production, effective: record.actual_effect };
  const planned: Partial<Record<StageCode, string | null>> = { started: record.planned_start, completed: record.planned_completion, producing: record.planned_production, effective: record.planned_effect };
  const recorded = moves.some((one) => one.from_stage !== one.to_stage);
  return rules.stages.map((stage, index) => {
    const use = stage.use[facts.kind];
    const day = actual[stage.code] ?? entered.get(stage.code) ?? (stage.code === facts.stage ? facts.stageDay : null);
    // A ledger brings projects that stand far along without any passage: only what the record shows as left out is shown so.
    const left = index < here && use === 'may' && recorded && day === null && entered.size > 0 && laterEntered(rules, entered, index);
    const state = index === here ? ('here' as const) : use === 'none' || left ? ('skipped' as const) : index < here ? ('passed' as const) : ('ahead' as const);
    return { code: stage.code, name: stage.name, state, optional: use === 'may', day, plannedDay: planned[stage.code] ?? null };
  });
}

/** A stage before this one was entered by a recorded move: then a missing entry here means that it was left out. */
function laterEntered(rules: Lifecycle, entered: ReadonlyMap<StageCode, string>, index: number): boolean {
  return rules.stages.slice(index + 1).some((one) => entered.has(one.code));
}

function conditionLine({ condition, finding, state }: ConditionState, lines: ReadonlyMap<string, EvidenceLine>, actor: Actor): Gates['next'][number]['conditions'][number] {
  const say = sayIn(actor);
  return {
    code: condition.code, name: condition.name, text: say(condition.name), hint: condition.hint === undefined ? null : say(condition.hint), state, kinds: kindsIn(condition.test),
    evidence: finding.by.flatMap((id) => lines.get(id) ?? []),
    near: finding.near.flatMap((one) => {
      const line = lines.get(one.id);
      return line === undefined ? [] : [{ evidence: line, lacks: [...one.lacks] }];
    }),
    lacking: [...(finding.lacking ?? [])],
    waivedBy: condition.waivedBy, mayWaive: condition.waivedBy !== null && may(actor, condition.waivedBy),
  };
}

function passage(row: MoveRow, rules: Lifecycle, lines: ReadonlyMap<string, EvidenceLine>, actor: Actor): Gates['passages'][number] {
  const say = sayIn(actor);
  const conditions = rules.stages.find((one) => one.code === row.to_stage)?.conditions ?? [];
  const works = rules.works.find((one) => one.code === row.works);
  return {
    id: row.id, from: row.from_stage, to: row.to_stage, sideState: row.side_state, day: row.day, backward: row.backward, reason: row.reason, works: works === undefined ? row.works : say(works.name), note: row.note,
    waived: row.waivers.map((one) => {
      const known = conditions.find((each) => each.code === one.condition);
      return { condition: one.condition, text: known === undefined ? one.condition : say(known.name), reason: one.reason };
    }),
    evidence: row.evidence.flatMap((id) => lines.get(id) ?? []), movedBy: row.moved_by_name ?? '', movedAt: row.moved_at,
  };
}

function sideDayOf(moves: readonly MoveRow[], facts: Facts): string | null {
  return facts.side === null ? null : (moves.findLast((one) => one.side_state === facts.side)?.day ?? null);
}

function abilities(rules: Lifecycle, facts: Facts, actor: Actor): Gates['can'] {
  const side = rules.sideStates.find((one) => one.code === facts.side);
  const canMove = may(actor, 'projects.move');
  return {
    move: canMove && facts.side === null && nextStages(rules, facts.kind, facts.stage).length > 0,
    back: may(actor, 'projects.move_back') && facts.side === null && placeOf(rules, facts.stage) > 0,
    resume: canMove && side?.resumedBy !== undefined && side.resumedBy !== null && may(actor, side.resumedBy),
    sides: canMove ? rules.sideStates.filter((one) => may(actor, one.enteredBy) && one.from.includes(facts.stage) && one.code !== facts.side && (facts.side === null || facts.side === 'paused')).map((one) => one.code) : [],
    addEvidence: may(actor, 'projects.evidence'),
    verify: may(actor, 'projects.verify_evidence'),
    results: may(actor, 'projects.results') && placeOf(rules, facts.stage) >= placeOf(rules, 'producing'),
  };
}

function lineOf(row: PaperRow, rules: Lifecycle, actor: Actor): EvidenceLine {
  const kindName = kindNameOf(row.kind, rules, actor);
  return {
    id: row.id, kind: row.kind, kindName, label: row.number ?? row.file_name ?? row.note ?? kindName, day: row.day ?? (row.taken_at === null ? null : row.taken_at), verified: row.verified_at !== null, removed: row.removed_at !== null,
  };
}

function itemOf(row: PaperRow, rules: Lifecycle, actor: Actor): OutputOf<typeof listEvidence>['items'][number] {
  const { lon, lat, project_lon: projectLon, project_lat: projectLat } = row;
  const away = lon !== null && lat !== null && projectLon !== null && projectLat !== null ? metresBetween(lon, lat, projectLon, projectLat) : null;
  return {
    id: row.id, kind: row.kind, kindName: kindNameOf(row.kind, rules, actor), photo: rules.evidenceKinds.find((one) => one.code === row.kind)?.photo ?? row.media_type?.startsWith('image/') ?? false,
    file: row.sha256 === null ? null : { sha: row.sha256, name: row.file_name ?? '', mediaType: row.media_type ?? 'application/octet-stream', bytes: row.bytes ?? 0, width: row.width, height: row.height },
    number: row.number, day: row.day, amountFen: row.amount_fen, parties: row.parties, note: row.note, takenAt: row.taken_at, lon, lat, place: row.place,
    camera: { takenAt: row.camera_at, lon: row.camera_lon, lat: row.camera_lat }, awayM: away,
    reportId: row.report_id, milestoneId: row.milestone_id, verifiedBy: row.verified_by_name, verifiedAt: row.verified_at,
    removedBy: row.removed_by_name, removedAt: row.removed_at, removedReason: row.removed_reason, addedById: row.added_by, addedBy: row.added_by_name ?? '', addedAt: row.added_at, usedBy: row.used_by ?? [],
  };
}

function kindNameOf(kind: string, rules: Lifecycle, actor: Actor): string {
  const known = rules.evidenceKinds.find((one) => one.code === kind);
  return known === undefined ? kind : sayIn(actor)(known.name);
}

export const standingQueries: readonly QueryHandler[] = [gates, evidence];
