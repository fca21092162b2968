// Whether a life cycle makes sense beyond its shape: every stage known and once, in order, reachable, conditions that can be met.
// Gives all faults at once, each with the place in the data, so that an administrator can mend them together.
import { KINDS, SIDES, STAGES, type Lifecycle, type Test } from './shape.ts';

export type FaultCode =
  | 'stage_missing' | 'stage_twice' | 'stage_order' | 'stage_unreachable' | 'first_stage' | 'start_needed' | 'condition_twice' | 'kind_unknown' | 'kind_twice'
  | 'never_met' | 'photo_kind' | 'side_twice' | 'side_stage' | 'works_twice' | 'no_permanent_works' | 'statement_waivable' | 'start_unproved';

export interface Fault {
  readonly path: string;
  readonly code: FaultCode;
  /** The word at fault. */
  readonly what: string;
}

export function faultsOf(rules: Lifecycle): Fault[] {
  return [...stageFaults(rules), ...conditionFaults(rules), ...wordFaults(rules)];
}

/**
 * The order of the stages is that of the words of the field and cannot be turned round: a stage that came twice or before an
 * earlier one would be a circle.
 */
function stageFaults(rules: Lifecycle): Fault[] {
  const faults: Fault[] = [];
  const codes = rules.stages.map((one) => one.code);
  for (const stage of STAGES) if (!codes.includes(stage)) faults.push({ path: 'stages', code: 'stage_missing', what: stage });
  codes.forEach((code, index) => {
    const path = `stages.${index}`;
    if (codes.indexOf(code) < index) faults.push({ path, code: 'stage_twice', what: code });
    else if (codes.slice(0, index).some((earlier) => STAGES.indexOf(earlier) > STAGES.indexOf(code))) faults.push({ path, code: 'stage_order', what: code });
    const stage = rules.stages[index];
    if (stage !== undefined && KINDS.every((kind) => stage.use[kind] === 'none')) faults.push({ path, code: 'stage_unreachable', what: code });
  });
  const first = rules.stages[0];
  for (const kind of KINDS) {
    if (first !== undefined && first.use[kind] !== 'must') faults.push({ path: `stages.0.use.${kind}`, code: 'first_stage', what: first.code });
    for (const needed of ['started', 'producing'] as const) {
      const at = codes.indexOf(needed);
      if (at >= 0 && rules.stages[at]?.use[kind] !== 'must') faults.push({ path: `stages.${at}.use.${kind}`, code: 'start_needed', what: needed });
    }
  }
  if (first !== undefined && first.conditions.length > 0) faults.push({ path: 'stages.0.conditions', code: 'never_met', what: first.code });
  return faults;
}

// Who builds; a purchase starts with what is delivered and paid.
const BUILDING = ['enterprise', 'government'] as const;

/**
 * The line between started and not is the permanent works (site levelling is no start: domain.md 2.1). How many have started is published: rules
 * that let a project start without that declaration are no rules, whoever writes them.
 */
function startFaults(rules: Lifecycle): Fault[] {
  const at = rules.stages.findIndex((one) => one.code === 'started');
  const declared = rules.stages[at]?.conditions.filter((one) => one.test.type === 'statement') ?? [];
  return BUILDING.filter((kind) => at >= 0 && !declared.some((one) => one.kinds === undefined || one.kinds.includes(kind)))
    .map((kind) => ({ path: `stages.${at}.conditions`, code: 'start_unproved', what: kind }));
}

function conditionFaults(rules: Lifecycle): Fault[] {
  const faults: Fault[] = startFaults(rules);
  const kinds = new Map(rules.evidenceKinds.map((one) => [one.code, one]));
  rules.stages.forEach((stage, s) => {
    stage.conditions.forEach((condition, c) => {
      const path = `stages.${s}.conditions.${c}`;
      if (stage.conditions.findIndex((one) => one.code === condition.code) < c) faults.push({ path, code: 'condition_twice', what: condition.code });
      if (condition.kinds !== undefined && condition.kinds.every((kind) => stage.use[kind] === 'none')) faults.push({ path, code: 'never_met', what: condition.code });
      if (condition.test.type === 'statement' && condition.waivedBy !== null) faults.push({ path, code: 'statement_waivable', what: condition.code });
      for (const test of simple(condition.test)) {
        if (test.type !== 'evidence' && test.type !== 'photo') continue;
        for (const kind of test.kinds) {
          const known = kinds.get(kind);
          if (known === undefined) faults.push({ path, code: 'kind_unknown', what: kind });
          else if (test.type === 'photo' && !known.photo) faults.push({ path, code: 'photo_kind', what: kind });
        }
      }
    });
  });
  return faults;
}

function wordFaults(rules: Lifecycle): Fault[] {
  const faults: Fault[] = [];
  const twice = (codes: readonly string[], path: string, code: FaultCode): void => {
    codes.forEach((one, index) => {
      if (codes.indexOf(one) < index) faults.push({ path: `${path}.${index}`, code, what: one });
    });
  };
  twice(rules.evidenceKinds.map((one) => one.code), 'evidenceKinds', 'kind_twice');
  twice(rules.works.map((one) => one.code), 'works', 'works_twice');
  twice(rules.sideStates.map((one) => one.code), 'sideStates', 'side_twice');
  if (!rules.works.some((one) => one.permanent)) faults.push({ path: 'works', code: 'no_permanent_works', what: 'works' });
  const known = new Set(rules.evidenceKinds.map((one) => one.code));
  rules.sideStates.forEach((side, index) => {
    for (const kind of side.evidence) if (!known.has(kind)) faults.push({ path: `sideStates.${index}.evidence`, code: 'kind_unknown', what: kind });
  });
  for (const side of SIDES) if (!rules.sideStates.some((one) => one.code === side)) faults.push({ path: 'sideStates', code: 'side_stage', what: side });
  return faults;
}

function simple(test: Test): readonly Test[] {
  return test.type === 'all' || test.type === 'any' ? test.of.flatMap((one) => simple(one)) : [test];
}
