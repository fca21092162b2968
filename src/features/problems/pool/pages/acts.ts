// The steps that a person takes with a button: which command each is, what it must carry, which comes next in the ordinary way. Data for the dialog.
import Type, { type Static } from 'typebox';
import type { CommandContract } from '../../../../kernel/contract.ts';
import { Id, words } from '../../../people/fields.ts';
import { PAUSES, SEVERITIES } from '../../life/steps.ts';
import { addProject, edit, merge, removeProject, update } from '../../handling/contract.ts';
import * as contract from '../contract.ts';
import { StoredFiles } from './filesinput.tsx';
import type { One } from './say.ts';

const FIELDS = {
  toOrgId: Id, toUserId: Id, coOrgIds: Type.Array(Id, { maxItems: 20 }), kind: words(PAUSES), problemKind: Type.String({ minLength: 1 }), severity: words(SEVERITIES), text: contract.Text, note: Type.String({ maxLength: 1000 }),
  reason: contract.Reason, untilDay: contract.Day, forMeeting: Type.Boolean(), files: StoredFiles, into: Id, projectId: Id, served: Id, policy: Type.String({ minLength: 1 }), title: contract.Title, ask: Type.String({ maxLength: 4000 }), measure: Type.String({ maxLength: 2000 }),
  criterion: Type.String({ maxLength: 1000 }), contactName: Type.String({ maxLength: 60 }), contactPhone: Type.String({ maxLength: 40 }),
} as const;
export type FieldName = keyof typeof FIELDS;
const ORDER: readonly FieldName[] = ['into', 'projectId', 'served', 'title', 'ask', 'measure', 'criterion', 'contactName', 'contactPhone', 'toOrgId', 'toUserId', 'coOrgIds', 'kind', 'problemKind', 'severity', 'policy', 'text', 'note', 'reason', 'untilDay', 'forMeeting', 'files'];
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
  reclassified: { contract: contract.reclassify, must: ['reason'], may: ['problemKind', 'severity', 'policy'] },
  updated: { contract: update, must: ['text'], may: ['files'] },
  merged: { contract: merge, must: ['into', 'reason'], may: [] },
  noted: { contract: edit, must: ['title'], may: ['ask', 'measure', 'criterion', 'contactName', 'contactPhone'] },
  projected: { contract: addProject, must: ['projectId'], may: [] },
  unprojected: { contract: removeProject, must: ['served'], may: [] },
};

/** What this reader may do, also what is no step of its own: whoever may correct it may say which projects it serves. */
export function actsOf(one: Pick<One, 'may' | 'projects' | 'enterpriseId'>): readonly string[] {
  // Of nothing it cannot be: the last project is taken away only where there is an enterprise.
  const fewer = one.projects.length > 1 || (one.projects.length === 1 && one.enterpriseId !== null) ? ['unprojected'] : [];
  return one.may.flatMap((step) => (step === 'noted' ? [step, 'projected', ...fewer] : ACTS[step] === undefined ? [] : [step]));
}

/** What the form begins with. */
export function startOf(one: One, step: string, usualOrgId: string | undefined): Values {
  switch (step) {
    case 'forwarded': return usualOrgId !== undefined && usualOrgId !== one.ownerOrgId ? { toOrgId: usualOrgId } : {};
    case 'paused': return { kind: 'enterprise' };
    case 'noted': return { title: one.title, ...filled({ ask: one.ask, measure: one.measure, criterion: one.criterion, contactName: one.contactName, contactPhone: one.contactPhone }) };
    case 'unprojected': return one.projects.length === 1 && one.projects[0] !== undefined ? { served: one.projects[0].id } : {};
    default: return {};
  }
}

function filled<Names extends string>(values: Readonly<Record<Names, string | null>>): { readonly [Name in Names]?: string } {
  const found: { [Name in Names]?: string } = {};
  for (const name in values) {
    const value = values[name];
    if (value !== null && value !== '') found[name] = value;
  }
  return found;
}

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

/** What the command takes. `id` of a new update makes one that is sent twice one. */
export function inputOf(one: One, step: string, values: Values, newOne: string): Record<string, unknown> {
  const { problemKind, files, coOrgIds, served, ...rest } = values;
  if (step === 'noted') return { id: one.id, ...corrected(one, values) };
  return {
    id: one.id, ...rest, ...(problemKind === undefined ? {} : { kind: problemKind }), ...(served === undefined ? {} : { projectId: served }), ...(coOrgIds === undefined || coOrgIds.length === 0 ? {} : { coOrgIds }), ...(files === undefined || files.length === 0 ? {} : { files: files.map((file) => file.id) }),
    ...(step === 'updated' ? { updateId: newOne } : {}),
  };
}

/** Only what is another text now; a contact may be emptied. */
function corrected(one: One, values: Values): Record<string, unknown> {
  const contact = (name: 'contactName' | 'contactPhone') => ((values[name] ?? null) === one[name] ? {} : { [name]: values[name] ?? null });
  return {
    ...(values.title === one.title ? {} : { title: values.title }), ...((values.ask ?? '') === one.ask ? {} : { ask: values.ask ?? '' }), ...contact('contactName'), ...contact('contactPhone'),
    ...(values.measure === undefined || values.measure === one.measure ? {} : { measure: values.measure }), ...(values.criterion === undefined || values.criterion === one.criterion ? {} : { criterion: values.criterion }),
  };
}
