// Words that contracts, stores and pages of notices share. No decisions.

export const CHANNELS = ['mail', 'wecom', 'dingtalk', 'webhook'] as const;
export type Channel = (typeof CHANNELS)[number];
export const RECEIVER_KINDS = ['wecom', 'dingtalk', 'webhook'] as const;
export type ReceiverKind = (typeof RECEIVER_KINDS)[number];

/** What people choose by: the part of a notice's kind before its first dot. */
export const TOPICS = ['projects', 'approvals', 'problems', 'dispatch', 'service', 'notices'] as const;
export type Topic = (typeof TOPICS)[number];

export function topicOf(kind: string): string {
  return kind.slice(0, kind.indexOf('.'));
}

/** The key of its sentence: `problems.second_overdue` is `notices:kind.problems_second_overdue`. */
export function sentenceOf(kind: string): string {
  return `notices:kind.${kind.replaceAll('.', '_')}`;
}

export const MESSAGE_STATES = ['waiting', 'failed', 'sent', 'parked', 'skipped'] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];
