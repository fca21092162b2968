// The steps that a person takes with a button: which command each is, what it must carry, which comes next in the ordinary way. Data for the dialog.
import Type, { type Static } from 'typebox';
import type { CommandContract } from '../../../../kernel/contract.ts';
import { Id, words } from '../../../people/fields.ts';
import { PAUSES, SEVERITIES } from '../../life/steps.ts';
import * as contract from '../contract.ts';
import { StoredFiles } from './filesinput.tsx';
import type { One } from './say.ts';

const FIELDS = {
  toOrgId: Id, toUserId: Id, coOrgIds: Type.Array(Id, { maxItems: 20 }), kind: words(PAUSES), problemKind: Type.String({ minLength: 1 }), severity: words(SEVERITIES), text: contract.Text, note: Type.String({ maxLength: 1000 }),
  reason: contract.Reason, untilDay: contract.Day, forMeeting: Type.Boolean(), files: StoredFiles,
} as const;
export type FieldName = keyof typeof FIELDS;
const ORDER: readonly FieldName[] = ['toOrgId', 'toUserId', 'coOrgIds', 'kind', 'problemKind', 'severity', 'text', 'note', 'reason', 'untilDay', 'forMeeting', 'files'];
export type Values = { readonly [K in FieldName]?: Static<(typeof FIELDS)[K]> };

export interface Act {
  readonly contract: CommandContract;
  readonly must: readonly FieldName[];
  readonly may: readonly FieldName[];
}

/** By the step as `may` of a problem names it. */
export const ACTS: Readonly<Record<string, Act>> = {
  signed: { contract: contract.sign, must: [], may: [] },
  forwarded: { contract: contract.forward, must: ['toOrgId'], may: ['toUserId', 'coOrgIds', 'note'] },
  claimed: { contract: contract.claim, must: [], may: [] },
  returned: { contract: contract.handBack, must: ['reason'], may: [] },
  ruled: { contract: contract.rule, must: ['toOrgId', 'reason'], may: [] },
  replied: { contract: contract.reply, must: ['text'], may: [] },
  paused: { contract: contract.pause, must: ['kind', 'reason'], may: ['untilDay'] },
  resumed: { contract: contract.resume, must: [], may: ['note'] },
  submitted: { contract: contract.submit, must: ['text'], may: ['files'] },
  withdrawn: { contract: contract.withdraw, must: ['reason'], may: [] },
  declined: { contract: contract.decline, must: ['reason'], may: [] },
  escalated: { contract: contract.escalate, must: ['reason'], may: ['forMeeting'] },
  reclassified: { contract: contract.reclassify, must: ['reason'], may: ['problemKind', 'severity'] },
};

/** What comes next in the ordinary way; everything else stands in the menu. Whoever only may, because he sees to all, is not urged to. */
const NEXT: readonly (readonly [string, 'own' | 'any'])[] = [['ruled', 'any'], ['signed', 'any'], ['forwarded', 'any'], ['resumed', 'own'], ['replied', 'own'], ['submitted', 'own']];
/** Until when forwarding is what comes next. */
const TO_FORWARD = new Set(['received', 'accepted']);

export function nextOf(one: Pick<One, 'may' | 'own' | 'state'>): string | undefined {
  return NEXT.find(([kind, who]) => one.may.includes(kind) && (who === 'any' || one.own) && (kind !== 'forwarded' || TO_FORWARD.has(one.state)))?.[0];
}

/** The fields of one step as the schema of its form. */
export function schemaOf({ must, may }: Pick<Act, 'must' | 'may'>) {
  return Type.Unsafe<Values>({ type: 'object', properties: Object.fromEntries([...must, ...may].map((name) => [name, FIELDS[name]])), required: [...must] });
}

/** Its fields in the order in which people think of them. */
export function fieldsOf({ must, may }: Pick<Act, 'must' | 'may'>): readonly FieldName[] {
  return ORDER.filter((name) => must.includes(name) || may.includes(name));
}

/** What the command takes. */
export function inputOf(id: string, { problemKind, files, coOrgIds, ...values }: Values): Record<string, unknown> {
  return {
    id, ...values, ...(problemKind === undefined ? {} : { kind: problemKind }), ...(coOrgIds === undefined || coOrgIds.length === 0 ? {} : { coOrgIds }), ...(files === undefined || files.length === 0 ? {} : { files: files.map((file) => file.id) }),
  };
}
