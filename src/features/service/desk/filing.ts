// What is filed together: checks, problems in the pool, one number over them, and word to whoever has duty. The same for a page, a call, a complaint without an
// account and another system.
import { moment, type Now } from '../../../kernel/clock.ts';
import { yearOf } from '../../../kernel/days.ts';
import { may, type Actor } from '../../../platform/actor.ts';
import { settled, sql, type Db } from '../../../platform/db.ts';
import { guestAddress, type Asker } from '../../notices/addresses/letters.ts';
import { tell } from '../../notices/tell.ts';
import { keepContact } from '../../problems/closing/letters.ts';
import { deskIn, readGround, type Ground } from '../../problems/ground.ts';
import { raiseProblems, type Raising } from '../../problems/raise.ts';
import type { Channel } from '../../problems/life/steps.ts';
import type { Filed, Item } from './contract.ts';
import { onDuty } from './duty.ts';
import { written } from './templates.ts';

export interface Filing {
  readonly id: string;
  readonly channel: Channel;
  readonly enterpriseId?: string | undefined;
  readonly byId?: string | undefined;
  readonly contactName?: string | undefined;
  readonly contactPhone?: string | undefined;
  readonly contactEmail?: string | undefined;
  readonly outside?: { readonly system: string; readonly number: string };
  readonly codeHash?: string;
  readonly complaint?: boolean;
  readonly projectId?: string | undefined;
  readonly items: readonly Item[];
}

/** Only digits, by which a caller is found however he writes his number. */
export function digitsOf(phone: string | undefined): string | null {
  const digits = (phone ?? '').replace(/\D/g, '').slice(0, 20);
  return digits.length < 3 ? null : digits;
}

/** Each address gets a letter and may be another's. The desk writes down who calls, hundreds a day perhaps; anybody else files for himself. */
const MOST_ADDRESSES = 6;
const MOST_OF_DESK = 200;

function askerOf(actor: Actor): Asker {
  return { language: actor.locale, userId: actor.isSystem ? undefined : actor.userId, most: may(actor, 'service.desk') ? MOST_OF_DESK : MOST_ADDRESSES };
}

const filled = (text: string | undefined): string | undefined => (text === undefined || text.trim() === '' ? undefined : text.trim());

export async function saveFiling(tx: Db, actor: Actor, filing: Filing, now: Now, known?: Ground): Promise<Filed> {
  const ground = known ?? (await readGround(tx));
  const raised = await raiseProblems(tx, actor, filing.items.map((item) => raisingOf(item, filing)), now, ground);
  const number = await nextNumber(tx, yearOf(now.day));
  const { outside } = filing;
  const [name, phone] = [filled(filing.contactName), filled(filing.contactPhone)];
  await tx.run(sql`
    insert into service_filings (id, number, channel, enterprise_id, by_id, contact_name, contact_phone, phone_digits, system, outside_number, code_hash, filed_at, created_at)
    values (${filing.id}, ${number}, ${filing.channel}, ${filing.enterpriseId ?? null}, ${filing.byId ?? null}, ${name ?? null}, ${phone ?? null}, ${digitsOf(phone)}, ${outside?.system ?? null}, ${outside?.number ?? null}, ${filing.codeHash ?? null}, ${moment(now)}, ${now.instant})`);
  const ids = raised.map((one) => one.id);
  if (filing.contactEmail !== undefined) await keepContact(tx, ids, await guestAddress(tx, filing.contactEmail, askerOf(actor), now), askerOf(actor).userId);
  const [, desk] = await settled([
    tx.run(sql`insert into service_filed (filing_id, problem_id, nth) select ${filing.id}, id, nth from unnest(${ids}::uuid[]) with ordinality as v (id, nth)`),
    tx.row<{ name: string }>(sql`select coalesce(short_name, name) as name from people_organisations where id = ${deskIn(ground) ?? ground.rootId}`),
    tellDuty(tx, filing, number, deskIn(ground), now),
  ]);
  return {
    id: filing.id, number, ownerName: desk?.name ?? '—',
    problems: raised.map((one, at) => ({ id: one.id, number: one.number, title: filing.items[at]?.title.trim() ?? '', dueAt: one.dueAt?.toISOString() ?? null, solveDueAt: one.solveDueAt?.toISOString() ?? null })),
  };
}

function raisingOf(item: Item, filing: Filing): Raising {
  const [name, phone] = [filled(filing.contactName), filled(filing.contactPhone)];
  return {
    title: item.title.trim(), ask: written(item.kind, item.fields ?? {}, item.text ?? ''), source: 'service', channel: filing.channel, origin: { type: 'filing', id: filing.id }, kind: item.kind, severity: item.severity ?? 'ordinary',
    ...(filing.projectId === undefined ? {} : { projectIds: [filing.projectId] }), ...(filing.enterpriseId === undefined ? {} : { enterpriseId: filing.enterpriseId }),
    ...(name === undefined ? {} : { contactName: name }), ...(phone === undefined ? {} : { contactPhone: phone }), ...(filing.complaint === true ? { complaint: true } : {}), ...(filing.codeHash === undefined ? {} : { anonymous: true }),
  };
}

/** F2023-0001: gapless within its year. */
async function nextNumber(tx: Db, year: number): Promise<string> {
  const row = await tx.row<{ last: number }>(sql`insert into service_filing_numbers (year, last) values (${year}, 1) on conflict (year) do update set last = service_filing_numbers.last + 1 returning last`);
  return `F${year}-${String(row?.last ?? 1).padStart(4, '0')}`;
}

/** Whoever has duty; where nobody is on the roster, the people of the desk. */
async function tellDuty(tx: Db, filing: Filing, number: string, desk: string | undefined, now: Now): Promise<void> {
  const users = await onDuty(tx, now);
  if (users.length === 0 && desk === undefined) return;
  await tell(tx, [{
    kind: 'service.filed', key: `service.filed:${filing.id}`, subject: { type: 'filing', id: filing.id }, href: '/service/desk', values: { number, count: filing.items.length, title: filing.items[0]?.title.trim() ?? '' },
    urgent: filing.items.some((item) => item.severity === 'urgent'),
    to: users.length > 0 ? { users } : { orgs: [{ id: desk ?? '', roles: ['desk'] }] },
  }], now);
}
