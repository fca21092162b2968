// Commands of guidance 批前辅导 and of the validity of documents. Neither makes anything formal that is not.
import { refuse } from '../../../kernel/refuse.ts';
import { handler, type CommandHandler } from '../../../platform/feature.ts';
import * as contract from './contract.ts';
import { documentOf } from './dossier.ts';
import { extended } from './rules.ts';
import * as store from './store.ts';
import { checkDay, itemNamed, onItem, told, touched } from './subject.ts';

const guide = handler(contract.guide, {
  permission: 'approvals.guide',
  ...onItem(),
  decide: ({ subject, input, now }) => {
    itemNamed(subject, input.item);
    const missing = [...new Set(input.missing.map((one) => one.trim()).filter((one) => one !== ''))];
    const comments = input.comments?.trim() ?? '';
    if (missing.length === 0 && comments === '') refuse('approvals.guidance_empty', {});
    return { day: checkDay(input.day, now.day), missing, comments: comments === '' ? null : comments };
  },
  save: async ({ tx, changes, input, actor, now }) => {
    await store.insertGuidance(tx, { id: input.guidanceId, projectId: input.id, item: input.item, ...changes }, actor, now.instant);
    return touched(tx, input.id, now);
  },
  event: ({ input, changes }) => told('guided', 'guidance', input.guidanceId, input.id, { item: input.item, ...changes }),
});

const extend = handler(contract.extendValidity, {
  permission: 'approvals.examine',
  ...onItem(),
  decide: ({ subject, input, now }) => {
    const item = itemNamed(subject, input.item);
    const document = documentOf(subject.dossier, item.code, input.number) ?? refuse('approvals.no_document', { item: item.name, number: input.number });
    return { document, ...extended(item, document, checkDay(input.day, now.day), input.months) };
  },
  save: async ({ tx, changes, input, now }) => {
    const { document, until, extensions } = changes;
    await store.writeResult(tx, {
      projectId: input.id, item: input.item, number: document.number, day: document.day, until, extensions, source: document.source, origin_id: document.originId, extended_day: input.day, extension_document: input.document.trim(),
    }, now.instant);
    return { ...(await touched(tx, input.id, now)), until };
  },
  event: ({ input, changes }) => told('validity_extended', 'project', input.id, input.id, { item: input.item, number: input.number, day: input.day, document: input.document, until: changes.until, extensions: changes.extensions }, input.reason),
});

export const grantingCommands: readonly CommandHandler[] = [guide, extend];
