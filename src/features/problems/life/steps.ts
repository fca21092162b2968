// The words of a problem's life: its states, the clock that runs in each, the steps that were taken, the five tiers. Data alone.

/** 待受理 已受理 已交办 办理中 待确认 待裁定 | 已解决 已办结 已撤回 不予受理 已并案 */
export const STATES = ['received', 'accepted', 'assigned', 'handling', 'submitted', 'ruling', 'solved', 'closed', 'withdrawn', 'declined', 'merged'] as const;
export type State = (typeof STATES)[number];

export const OPEN_STATES = ['received', 'accepted', 'assigned', 'handling', 'submitted', 'ruling'] as const;
export type OpenState = (typeof OPEN_STATES)[number];

export function isOpen(state: State): state is OpenState {
  return (OPEN_STATES as readonly string[]).includes(state);
}

/** What the running clock waits for: to be signed for, to be forwarded, a first reply, the solution, its confirmation. */
export const CLOCKS = ['sign', 'forward', 'reply', 'solve', 'confirm'] as const;
export type ClockStep = (typeof CLOCKS)[number];

/** The clock that runs in a state. */
export const CLOCK_OF: Readonly<Record<OpenState, ClockStep>> = { received: 'sign', accepted: 'forward', ruling: 'forward', assigned: 'reply', handling: 'solve', submitted: 'confirm' };

export const STEP_KINDS = ['raised', 'signed', 'forwarded', 'returned', 'ruled', 'claimed', 'replied', 'updated', 'paused', 'resumed', 'submitted', 'answered', 'redone', 'closed', 'solved', 'reopened', 'withdrawn', 'declined',
  'merged', 'absorbed', 'escalated', 'reclassified', 'decided', 'overdue', 'noted'] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/** 1 专员, 2 部门或镇, 3 项目办, 4 分管领导, 5 主要领导. */
export const TIERS = [1, 2, 3, 4, 5] as const;
export type Tier = (typeof TIERS)[number];

export const PAUSES = ['enterprise', 'upper_level'] as const;
export type PauseKind = (typeof PAUSES)[number];

export const SOURCES = ['commissioner', 'service', 'visit', 'meeting', 'instruction', 'automatic'] as const;
export type Source = (typeof SOURCES)[number];

export const CHANNELS = ['phone', 'web', 'mobile', 'counter', 'api'] as const;
export type Channel = (typeof CHANNELS)[number];

export const SEVERITIES = ['ordinary', 'urgent', 'complex'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Whoever says whether it is solved: the commissioner, the enterprise that asked, or whoever called it back. */
export const SIDES = ['commissioner', 'enterprise', 'callback'] as const;
export type Side = (typeof SIDES)[number];

export const VERDICTS = ['satisfied', 'basically', 'dissatisfied', 'no_answer'] as const;
export type Verdict = (typeof VERDICTS)[number];
