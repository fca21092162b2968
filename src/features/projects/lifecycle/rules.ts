// The decisions of the life cycle: move forward through a gate, back with a reason, aside and in again, results and their verdict.
// Pure: facts, rules, the asked change and the day come in; what is to be written, or a refusal, comes out.
import { isDay } from '../../../kernel/days.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { gateOf, nextStages, placeOf, type ConditionState, type Facts, type ResultFact } from './gates.ts';
import type { Authority, Lifecycle, SideCode, Stage, StageCode, Words } from './shape.ts';

export interface Deciding {
  readonly rules: Lifecycle;
  readonly facts: Facts;
  readonly today: string;
  readonly may: (authority: Authority) => boolean;
  readonly say: (words: Words) => string;
}

export interface MoveAsked {
  readonly to: StageCode;
  readonly day: string;
  readonly works?: string | undefined;
  readonly waive: readonly { readonly condition: string; readonly reason: string }[];
}

export interface MoveDecided {
  readonly to: StageCode;
  readonly day: string;
  readonly waived: readonly { readonly condition: string; readonly reason: string }[];
  readonly evidence: readonly string[];
  /** Stages between that this project skips. */
  readonly skipped: readonly StageCode[];
}

/** The actual day that entering a stage sets, and leaving it backwards clears. */
export const ACTUAL_DAY = { started: 'actual_start', completed: 'actual_completion', producing: 'actual_production', effective: 'actual_effect' } as const;
export type ActualColumn = (typeof ACTUAL_DAY)[keyof typeof ACTUAL_DAY];

export function actualDayOf(stage: StageCode): ActualColumn | undefined {
  return stage in ACTUAL_DAY ? ACTUAL_DAY[stage as keyof typeof ACTUAL_DAY] : undefined;
}

/** Decides a move forward. Refuses in this order: side state, order, day, works, waivers, missing conditions. */
export function decideMove(asked: MoveAsked, deciding: Deciding): MoveDecided {
  const { rules, facts, say } = deciding;
  assertActive(deciding);
  const stage = forward(asked.to, deciding);
  assertDay(asked.day, deciding);
  if (asked.works !== undefined && !rules.works.some((one) => one.code === asked.works)) refuse('lifecycle.works_unknown', { works: asked.works });
  const gate = gateOf(rules, stage, facts, asked);
  const open = gate.filter((one) => !one.finding.met);
  const waived = acceptWaivers(asked, gate, deciding);
  const missing = open.filter((one) => !waived.some((each) => each.condition === one.condition.code));
  if (missing.length > 0) refuseMissing(stage, missing, say);
  return {
    to: stage.code,
    day: asked.day,
    waived,
    evidence: [...new Set(gate.flatMap((one) => one.finding.by))],
    skipped: rules.stages.slice(placeOf(rules, facts.stage) + 1, placeOf(rules, stage.code)).filter((one) => one.use[facts.kind] === 'may').map((one) => one.code),
  };
}

function refuseMissing(stage: Stage, missing: readonly ConditionState[], say: (words: Words) => string): never {
  return refuse('lifecycle.gate_missing', {
    stage: stage.code,
    stageName: say(stage.name),
    count: missing.length,
    conditions: missing.map((one) => named(one, say)).join('；'),
    missing: missing.map((one) => ({
      condition: one.condition.code,
      text: say(one.condition.name),
      hint: one.condition.hint === undefined ? null : say(one.condition.hint),
      waivedBy: one.condition.waivedBy,
      near: one.finding.near,
      lacking: (one.finding.lacking ?? []).map(({ name, why, law }) => ({ text: say(name), why, law })),
    })),
  });
}

/** The condition, and what another feature says is lacking for it. */
function named({ condition, finding }: ConditionState, say: (words: Words) => string): string {
  const lacking = [...new Set((finding.lacking ?? []).map((one) => say(one.name)))];
  return lacking.length === 0 ? say(condition.name) : `${say(condition.name)} (${lacking.join(', ')})`;
}

function acceptWaivers(asked: MoveAsked, gate: readonly ConditionState[], { may, say }: Deciding): { condition: string; reason: string }[] {
  const accepted: { condition: string; reason: string }[] = [];
  for (const { condition: code, reason } of asked.waive) {
    const state = gate.find((one) => one.condition.code === code);
    if (state === undefined) refuse('lifecycle.waiver_unknown', { condition: code });
    const { condition, finding } = state;
    if (condition.waivedBy === null) refuse('lifecycle.not_waivable', { condition: code, text: say(condition.name) });
    if (!may(condition.waivedBy)) refuse('lifecycle.waiver_not_allowed', { condition: code, text: say(condition.name), permission: condition.waivedBy });
    if (reason.trim().length < 2) refuse('lifecycle.reason_needed', {});
    // A waiver of what is met anyway would only blur the record.
    if (!finding.met && !accepted.some((one) => one.condition === code)) accepted.push({ condition: code, reason: reason.trim() });
  }
  return accepted;
}

function forward(to: StageCode, { rules, facts, say }: Deciding): Stage {
  const next = nextStages(rules, facts.kind, facts.stage);
  const found = next.find((one) => one.code === to);
  if (found !== undefined) return found;
  const stage = rules.stages.find((one) => one.code === to);
  if (stage === undefined || placeOf(rules, to) <= placeOf(rules, facts.stage)) return refuse('lifecycle.not_forward', { stage: to });
  if (stage.use[facts.kind] === 'none') return refuse('lifecycle.stage_not_of_kind', { stage: to, stageName: say(stage.name) });
  const first = next.at(-1);
  return refuse('lifecycle.stage_skipped', { stage: to, needed: first?.code ?? null, stageName: say(stage.name), neededName: first === undefined ? '' : say(first.name) });
}

function assertActive({ facts, rules, say }: Deciding): void {
  if (facts.side === null) return;
  const side = rules.sideStates.find((one) => one.code === facts.side);
  refuse('lifecycle.side_state', { sideState: facts.side, sideName: side === undefined ? facts.side : say(side.name) });
}

function assertDay(day: string, { facts, today }: Deciding): void {
  if (!isDay(day)) refuse('platform.invalid', { errors: [{ path: 'day', rule: 'format', params: {} }] });
  if (day > today) refuse('lifecycle.day_in_future', { day, today });
  if (facts.lastDay !== null && day < facts.lastDay) refuse('lifecycle.day_before_last', { day, last: facts.lastDay });
}

export interface BackDecided {
  readonly to: StageCode;
  /** Actual days that no longer hold. */
  readonly cleared: readonly ActualColumn[];
}

/** Decides a move back: to an earlier stage of this kind of project, clearing the actual days of the stages left. */
export function decideBack(asked: { to: StageCode; reason: string }, deciding: Deciding): BackDecided {
  const { rules, facts, say } = deciding;
  assertActive(deciding);
  if (asked.reason.trim().length < 2) refuse('lifecycle.reason_needed', {});
  const stage = rules.stages.find((one) => one.code === asked.to);
  if (stage === undefined || placeOf(rules, asked.to) >= placeOf(rules, facts.stage)) return refuse('lifecycle.not_back', { stage: asked.to });
  if (stage.use[facts.kind] === 'none') refuse('lifecycle.stage_not_of_kind', { stage: asked.to, stageName: say(stage.name) });
  const left = rules.stages.slice(placeOf(rules, asked.to) + 1);
  return { to: asked.to, cleared: left.flatMap((one) => actualDayOf(one.code) ?? []) };
}

/** Whether the actor may set (or lift) the side state at all: asked before anything else is looked at. */
export function authorityOf(rules: Lifecycle, side: SideCode | null, resume: boolean): Authority | null {
  const found = rules.sideStates.find((one) => one.code === side);
  if (found === undefined) return null;
  return resume ? found.resumedBy : found.enteredBy;
}

export function decideSide(asked: { side: SideCode; day: string; reason: string; evidenceId?: string | undefined }, deciding: Deciding): { side: SideCode } {
  const { rules, facts, say } = deciding;
  // A paused project can still be taken off the list or ended; nothing else leads from one side state to another.
  if (facts.side !== null && !(facts.side === 'paused' && asked.side !== 'paused')) assertActive(deciding);
  const side = rules.sideStates.find((one) => one.code === asked.side);
  if (side === undefined) return refuse('lifecycle.side_unknown', { sideState: asked.side });
  if (!side.from.includes(facts.stage)) refuse('lifecycle.side_not_from', { sideState: side.code, sideName: say(side.name), stage: facts.stage });
  if (asked.reason.trim().length < 2) refuse('lifecycle.reason_needed', {});
  assertDay(asked.day, deciding);
  const named = facts.evidence.find((one) => one.id === asked.evidenceId);
  if (asked.evidenceId !== undefined && named === undefined) refuse('lifecycle.evidence_unknown', {});
  if (side.evidence.length > 0 && (named === undefined || !side.evidence.includes(named.kind))) {
    const kinds = rules.evidenceKinds.filter((one) => side.evidence.includes(one.code)).map((one) => say(one.name)).join('、');
    refuse('lifecycle.side_evidence_missing', { sideName: say(side.name), kinds });
  }
  return { side: side.code };
}

export function decideResume(asked: { day: string; reason: string }, deciding: Deciding): { from: SideCode } {
  const { facts, rules, say } = deciding;
  if (facts.side === null) return refuse('lifecycle.not_aside', {});
  const side = rules.sideStates.find((one) => one.code === facts.side);
  if (side?.resumedBy === null) refuse('lifecycle.side_final', { sideState: facts.side, sideName: say(side.name) });
  if (asked.reason.trim().length < 2) refuse('lifecycle.reason_needed', {});
  assertDay(asked.day, deciding);
  return { from: facts.side };
}

export interface ResultsAsked extends ResultFact {
  readonly note: string | null;
}

/** Results of a span of months after production: not of the future, not before production, not overlapping what is entered. */
export function decideResults(asked: ResultsAsked, deciding: Deciding, producedOn: string | null): { replaces: boolean } {
  const { rules, facts, today } = deciding;
  if (placeOf(rules, facts.stage) < placeOf(rules, 'producing')) refuse('lifecycle.results_too_early', {});
  if (asked.toMonth < asked.fromMonth) refuse('lifecycle.results_span', {});
  if (asked.toMonth > today.slice(0, 7)) refuse('lifecycle.results_future', { month: asked.toMonth });
  if (producedOn !== null && asked.toMonth < producedOn.slice(0, 7)) refuse('lifecycle.results_before_production', { day: producedOn });
  if ([asked.outputFen, asked.revenueFen, asked.taxFen, asked.jobs].every((one) => one === null)) refuse('lifecycle.results_empty', {});
  const clash = facts.results.find((one) => one.fromMonth <= asked.toMonth && one.toMonth >= asked.fromMonth);
  const same = clash !== undefined && clash.fromMonth === asked.fromMonth && clash.toMonth === asked.toMonth;
  if (clash !== undefined && !same) refuse('lifecycle.results_overlap', { from: clash.fromMonth, to: clash.toMonth });
  return { replaces: same };
}

/** Not yet effective: why, and by when instead. The new day lies ahead, and after the one that was agreed. */
export function decideNotEffective(asked: { day: string; reason: string; newDay: string }, deciding: Deciding): { newDay: string } {
  const { facts, today } = deciding;
  assertActive(deciding);
  if (facts.stage !== 'producing') refuse('lifecycle.not_producing', {});
  if (asked.reason.trim().length < 2) refuse('lifecycle.reason_needed', {});
  assertDay(asked.day, deciding);
  if (!isDay(asked.newDay)) refuse('platform.invalid', { errors: [{ path: 'newDay', rule: 'format', params: {} }] });
  if (asked.newDay <= today || (facts.agreedDay !== null && asked.newDay <= facts.agreedDay)) refuse('lifecycle.effect_date', { today, agreed: facts.agreedDay ?? today });
  return { newDay: asked.newDay };
}
