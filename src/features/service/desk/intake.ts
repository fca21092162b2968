// 受理: the three ways in. An enterprise or an officer with it on the telephone; nobody in particular; another system. None keeps more of a person than he gives.
import { createHash } from 'node:crypto';
import { askedOf } from '../../../kernel/grams.ts';
import { idFrom, newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { Actor } from '../../../platform/actor.ts';
import { settled, sql, type Db } from '../../../platform/db.ts';
import { handler, type CommandHandler } from '../../../platform/feature.ts';
import { isEnterprise, knownProjects } from '../../problems/handling/raising.ts';
import { readGround } from '../../problems/ground.ts';
import { suggested, type Kind } from '../../problems/pool/kinds.ts';
import { readKinds } from '../../problems/pool/reads.ts';
import { checkKind } from '../../problems/pool/rules.ts';
import * as contract from './contract.ts';
import { saveFiling } from './filing.ts';
import { makeLimit } from './limit.ts';
import { titleFrom } from './templates.ts';
import { WORK_BITS, workOf, zeroBits } from './work.ts';

const firm = (actor: Actor): boolean => actor.roles.includes('enterprise') && !actor.isSystem;

const file = handler(contract.file, {
  permission: 'service.file',
  load: async ({ tx, actor, input }) => {
    const enterpriseId = firm(actor) ? actor.orgId : input.enterpriseId;
    const [ground, kinds, projects, named] = await settled([readGround(tx), readKinds(tx), knownProjects(tx, actor, input.projectId === undefined ? [] : [input.projectId], enterpriseId), enterpriseId === undefined || isEnterprise(tx, actor, enterpriseId)]);
    if (!projects || !named) refuse('platform.not_found', {});
    return { ground, kinds, enterpriseId };
  },
  decide: ({ subject, input, actor }) => {
    input.items.forEach((item) => checkKind(subject.kinds, item.kind));
    if (subject.enterpriseId === undefined && input.projectId === undefined) refuse('problems.of_nothing', { errors: [{ path: 'enterpriseId', rule: 'required', params: {} }] });
    return { channel: input.channel ?? (firm(actor) ? 'web' as const : 'phone' as const) };
  },
  save: ({ tx, subject, changes, input, actor, now }) => saveFiling(tx, actor, { ...input, channel: changes.channel, enterpriseId: subject.enterpriseId, byId: actor.isSystem ? undefined : actor.userId }, now, subject.ground),
  event: ({ input, output, changes }) => ({
    kind: 'service.filed', subjectType: 'filing', subjectId: input.id, ...(input.projectId === undefined ? {} : { projectId: input.projectId }), after: { number: output.number, problems: output.problems.map((one) => one.number), channel: changes.channel },
  }),
});

const limit = makeLimit(6, 3_600_000);

export const hashOf = (code: string): string => createHash('sha256').update(code).digest('hex');

const complain = handler(contract.complain, {
  permission: 'public',
  nobody: true,
  // What was said is not kept beside the key either.
  secrets: ['code', 'text', 'about', 'nonce'],
  prepare: async ({ input, env, now }) => {
    if (zeroBits(hashOf(workOf(input.code, input.nonce))) < WORK_BITS) refuse('service.no_work', {});
    limit.take(env.address, now.instant.getTime());
  },
  load: async ({ tx, input }) => {
    const [kinds, ground, used] = await settled([readKinds(tx), readGround(tx), tx.row(sql`select 1 as one from service_filings where code_hash = ${hashOf(input.code)}`)]);
    if (used !== undefined) refuse('service.code_used', {});
    return { kinds, ground };
  },
  decide: ({ subject, input }) => ({ kind: input.kind === undefined ? kindOf(subject.kinds, input.text, 'conduct') : checkKind(subject.kinds, input.kind).code }),
  save: async ({ tx, subject, changes, input, actor, now }) => {
    const text = input.about === undefined || input.about.trim() === '' ? input.text : `${input.about.trim()}\n${input.text}`;
    const filed = await saveFiling(tx, actor, { id: newId(now.instant.getTime()), channel: 'web', complaint: true, codeHash: hashOf(input.code), items: [{ kind: changes.kind, title: titleFrom(input.text), text }] }, now, subject.ground);
    return { number: filed.number };
  },
  event: ({ output, changes }) => ({ kind: 'service.complained', subjectType: 'filing', subjectId: idFrom('service', 'complaint', output.number), after: { number: output.number, kind: changes.kind } }),
});

/** The kind whose words stand in the text; else the one that is usual. */
function kindOf(kinds: readonly Kind[], text: string, usual: string): string {
  return suggested(kinds, text)[0]?.code ?? kinds.find((kind) => kind.code === usual)?.code ?? kinds[0]?.code ?? usual;
}

const fileOutside = handler(contract.fileOutside, {
  permission: 'service.desk',
  load: async ({ tx, input }) => {
    const [kinds, ground, enterpriseId, known] = await settled([readKinds(tx), readGround(tx), enterpriseNamed(tx, input.enterpriseName), knownOutside(tx, input.system, input.outsideNumber)]);
    return { kinds, ground, enterpriseId, known };
  },
  decide: ({ subject, input }) => ({ kind: input.kind === undefined ? kindOf(subject.kinds, `${input.title} ${input.text ?? ''}`, 'other') : checkKind(subject.kinds, input.kind).code }),
  save: async ({ tx, subject, changes, input, actor, now }) => {
    if (subject.known !== undefined) return { ...subject.known, known: true };
    // A name that is no organisation here still stands in the text.
    const unknown = input.enterpriseName !== undefined && subject.enterpriseId === undefined ? `${input.enterpriseName}\n` : '';
    const id = newId(now.instant.getTime());
    const filed = await saveFiling(tx, actor, {
      id, channel: 'api', enterpriseId: subject.enterpriseId, contactName: input.contactName, contactPhone: input.contactPhone, contactEmail: input.contactEmail, outside: { system: input.system, number: input.outsideNumber.trim() },
      items: [{ kind: changes.kind, title: input.title, text: `${unknown}${input.text ?? ''}`, ...(input.severity === undefined ? {} : { severity: input.severity }) }],
    }, now, subject.ground);
    return { id, number: filed.number, known: false };
  },
  event: ({ input, output }) => (output.known ? [] : [{ kind: 'service.filed', subjectType: 'filing', subjectId: output.id, after: { number: output.number, system: input.system, outsideNumber: input.outsideNumber } }]),
});

async function enterpriseNamed(db: Db, name: string | undefined): Promise<string | undefined> {
  if (name === undefined || name.trim() === '') return undefined;
  return (await db.row<{ id: string }>(sql`select id from people_organisations where kind = 'enterprise' and active and grams @> ${[...askedOf(name).grams]}::bigint[] and (name = ${name.trim()} or short_name = ${name.trim()}) order by name = ${name.trim()} desc, id limit 1`))?.id;
}

/** Under a lock of its number: two messages at once are one after the other. */
async function knownOutside(tx: Db, system: string, number: string): Promise<{ id: string; number: string } | undefined> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`service.outside:${system}:${number.trim()}`}, 0))`);
  return tx.row(sql`select id, number from service_filings where system = ${system} and outside_number = ${number.trim()}`);
}

export const intakeCommands: readonly CommandHandler[] = [file, complain, fileOutside];
