// A list of policies from a spreadsheet: first the fate of every row, then, with what a person chose of them, the policies. A row without conditions is
// matched with nobody until an officer enters them.
import { newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { Actor } from '../../../platform/actor.ts';
import { columns } from '../../../platform/columns.ts';
import { sql, type Db } from '../../../platform/db.ts';
import { handler, type CommandHandler, type Env } from '../../../platform/feature.ts';
import type { Conditions } from './conditions.ts';
import { importPolicies, readPolicies, type FATES } from './contract.ts';
import { policiesIn } from './listing.ts';
import { lockMatches } from './match.ts';
import type { Content } from './rules.ts';
import * as store from './store.ts';
import type { ReadRow } from './table.ts';

interface Given { readonly fileName: string; readonly sha256?: string; readonly text?: string }

/** Before anything is locked: the rows of a file that the actor himself has brought. */
async function read({ db, actor, input, env }: { db: Db; actor: Actor; input: Given; env: Env }): Promise<readonly ReadRow[]> {
  const { fileName, sha256, text = '' } = input;
  if ((sha256 === undefined) === (input.text === undefined)) refuse('platform.invalid', { errors: [{ path: 'sha256', rule: 'required', params: {} }] });
  if (sha256 === undefined) return policiesIn({ fileName, path: null, text });
  const mine = await db.row(sql`select 1 as one from platform_uploads where sha256 = ${sha256} and (${actor.isSystem} or user_id = ${actor.userId})`);
  if (mine === undefined) refuse('platform.not_found', {});
  return policiesIn({ fileName, path: env.files.pathOf(sha256), text });
}

type Fate = (typeof FATES)[number];
export interface Fated { readonly row: ReadRow; readonly fate: Fate; readonly changes: readonly string[]; readonly known: Known | undefined; readonly departmentId: string | null }

interface Known extends Pick<Content, 'issuer' | 'level' | 'gives' | 'benefit' | 'how'> {
  readonly id: string; readonly version: number; readonly name: string; readonly number: string; readonly valid_from: string; readonly valid_until: string | null; readonly apply_from: string | null; readonly apply_until: string | null; readonly amount_fen: number | null;
  readonly department_id: string | null; readonly conditions: Conditions | null;
}

/** What would become of each row: of two with one name and number the first counts. */
export async function fatesOf(db: Db, rows: readonly ReadRow[]): Promise<Fated[]> {
  const known = await db.rows<Known>(sql`
    select distinct p.id, p.version, p.name, p.number, p.issuer, p.level, p.gives, p.benefit, p.how, p.valid_from, p.valid_until, p.apply_from, p.apply_until, p.amount_fen, p.department_id, p.conditions
    from ${columns({ name: 'text', number: 'text' }, rows.map(({ name, number }) => ({ name, number })))} as v join service_policies p on p.name = v.name and p.number = v.number and p.withdrawn_day is null`);
  const departments = await db.rows<{ id: string; name: string; short_name: string | null }>(sql`select id, name, short_name from people_organisations where kind = 'department' and active`);
  const seen = new Set<string>();
  const keyOf = (one: { readonly name: string; readonly number: string }): string => `${one.name}\n${one.number}`;
  const byKey = new Map(known.map((one) => [keyOf(one), one]));
  return rows.map((row) => {
    const key = keyOf(row);
    const repeated = seen.has(key);
    seen.add(key);
    const found = byKey.get(key);
    const department = row.department === null ? undefined : departments.find((one) => one.name === row.department || one.short_name === row.department);
    const checked = row.department !== null && department === undefined ? { ...row, faults: [...row.faults, { field: 'department' as const, code: 'unknown' as const, text: row.department }] } : row;
    const departmentId = department?.id ?? null;
    const changes = found === undefined ? [] : changesOf(found, row, departmentId);
    const fate: Fate = checked.faults.length > 0 ? 'faulty' : repeated ? 'repeated' : found === undefined ? 'new' : changes.length === 0 ? 'same' : 'changed';
    return { row: checked, fate, changes, known: found, departmentId };
  });
}

function changesOf(known: Known, row: ReadRow, departmentId: string | null): string[] {
  const pairs: readonly (readonly [string, unknown, unknown])[] = [
    ['issuer', known.issuer, row.issuer], ['level', known.level, row.level], ['gives', known.gives, row.gives], ['benefit', known.benefit, row.benefit], ['how', known.how, row.how], ['validFrom', known.valid_from, row.validFrom],
    ['validUntil', known.valid_until, row.validUntil], ['applyFrom', known.apply_from, row.applyFrom], ['applyUntil', known.apply_until, row.applyUntil], ['amountFen', known.amount_fen, row.amountFen], ['department', known.department_id, departmentId],
  ];
  return pairs.filter(([, was, is]) => was !== is).map(([field]) => field);
}

export const importingCommands: readonly CommandHandler[] = [
  handler(readPolicies, {
    permission: 'service.keep_knowledge',
    prepare: read,
    load: async ({ tx, prepared }) => fatesOf(tx, prepared),
    decide: ({ subject }) => subject,
    save: async ({ changes }) => {
      const count = (fate: Fate): number => changes.filter((one) => one.fate === fate).length;
      return {
        rows: changes.map(({ row, fate, changes: fields }) => ({ row: row.row, name: row.name, number: row.number, fate, faults: row.faults.map((one) => ({ ...one })), changes: [...fields] })),
        counts: { new: count('new'), changed: count('changed'), same: count('same'), repeated: count('repeated'), faulty: count('faulty') },
      };
    },
    event: ({ input, output, actor }) => ({ kind: 'service.policies_read', subjectType: 'user', subjectId: actor.userId, after: { fileName: input.fileName, ...output.counts } }),
  }),
  handler(importPolicies, {
    permission: 'service.keep_knowledge',
    prepare: read,
    load: async ({ tx, prepared }) => {
      await lockMatches(tx, 'all');
      return fatesOf(tx, prepared);
    },
    decide: ({ subject, input, now }) => {
      const wanted = subject.filter((one) => input.rows.includes(one.row.row) && (one.fate === 'new' || one.fate === 'changed'));
      if (wanted.length === 0) refuse('knowledge.nothing_to_import', {});
      return wanted.map((one) => ({ ...one, id: one.known?.id ?? newId(now.instant.getTime()) }));
    },
    save: async ({ tx, changes, actor, input, now }) => {
      const rows = (wanted: (one: (typeof changes)[number]) => boolean) => changes.filter(wanted).map(({ id, row, known, departmentId }): store.Imported => {
        const { faults: _faults, department: _department, row: _row, ...rest } = row;
        return { id, content: { ...rest, departmentId, conditions: known?.conditions ?? null } };
      });
      const [added, changed] = [rows((one) => one.known === undefined), rows((one) => one.known !== undefined)];
      await store.importAll(tx, added, changed, input.fileName, actor, now);
      return { added: added.length, changed: changed.length };
    },
    event: ({ changes, input }) => changes.map(({ id, row, known }) => ({ kind: known === undefined ? 'service.policy_added' : 'service.policy_edited', subjectType: 'policy', subjectId: id, after: { name: row.name, fileName: input.fileName, row: row.row } })),
  }),
];
