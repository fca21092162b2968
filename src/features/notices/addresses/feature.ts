// An address is its owner's once he has followed the link of the letter that asks. Nobody's name and nobody's session is looked at: the secret is all.
import { createHash, randomBytes } from 'node:crypto';
import type { Now } from '../../../kernel/clock.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { sql, type Db } from '../../../platform/db.ts';
import { handler, type CommandHandler } from '../../../platform/feature.ts';
import { secretLinks } from '../delivery/links.ts';
import { lockPreferences } from '../preferences/store.ts';
import * as contract from './contract.ts';
import { ASKING, askAgain, askedSince, MOST_ASKED, newAddress } from './letters.ts';

/** A letter that is older asks for nothing any more. */
const HOLDS_MS = 14 * 86_400_000;
const AGAIN_MS = 60_000;
const DAY_MS = 86_400_000;

/** Called when the program is put together. */
export function bindAddressLinks(): void {
  secretLinks.set(ASKING, async (db, notice, _recipientId, at) => {
    const token = randomBytes(32).toString('base64url');
    await db.run(sql`insert into notices_links (digest, address_id, made_at) select ${digestOf(token)}, id, ${at} from notices_addresses where id = ${notice.subjectId}`);
    return `/mail#${token}`;
  });
}

/** Those that nobody can follow any more. */
export async function forgetAddressLinks(db: Db, now: Now): Promise<void> {
  await db.run(sql`delete from notices_links where made_at < ${new Date(now.instant.getTime() - HOLDS_MS)}`);
}

const digestOf = (token: string): string => createHash('sha256').update(token).digest('hex');

interface Address { readonly id: string; readonly user_id: string | null; readonly confirmed_at: string | null; readonly made_at: string }

export const addressCommands: readonly CommandHandler[] = [
  handler(contract.confirmAddress, {
    permission: 'public',
    nobody: true,
    secrets: ['token'],
    load: ({ tx, input }) => tx.row<Address>(sql`
      select a.id, a.user_id, a.confirmed_at, l.made_at from notices_links l join notices_addresses a on a.id = l.address_id where l.digest = ${digestOf(input.token)} for update of a`).then((found) => ({ found })),
    decide: ({ subject: { found }, now }) => {
      if (found === undefined || Date.parse(found.made_at) < now.instant.getTime() - HOLDS_MS) refuse('notices.link_unknown', {});
      return found;
    },
    save: async ({ tx, changes, now }) => {
      if (changes.confirmed_at === null) await confirm(tx, changes.id, now.instant);
      return { confirmed: true };
    },
    event: ({ changes }) => (changes.confirmed_at === null ? [{ kind: 'notices.address_confirmed', subjectType: changes.user_id === null ? 'address' : 'user', subjectId: changes.user_id ?? changes.id }] : []),
  }),
  handler(contract.askAddress, {
    permission: 'signed-in',
    load: async ({ tx, actor, now }) => {
      const own = await lockPreferences(tx, actor.userId);
      return { own, asked: await askedSince(tx, actor.userId, new Date(now.instant.getTime() - DAY_MS)), last: own === undefined || own.addressId === null ? undefined : await tx.row<{ asked_at: string }>(sql`select asked_at from notices_addresses where id = ${own.addressId} for update`) };
    },
    decide: ({ subject: { own, asked, last }, now }) => {
      if (own === undefined || own.email === null) refuse('notices.no_address', {});
      if (own.confirmedAt !== null) refuse('notices.address_confirmed', {});
      // An address that may be another's must not be flooded from here.
      if (last !== undefined && Date.parse(last.asked_at) > now.instant.getTime() - AGAIN_MS) refuse('notices.tested_just_now', {});
      if (asked >= MOST_ASKED) refuse('notices.too_many_addresses', {});
      return { email: own.email, language: own.language, addressId: own.addressId };
    },
    save: async ({ tx, changes: { email, language, addressId }, actor, now }) => {
      if (addressId !== null) await askAgain(tx, addressId, now);
      // Entered before addresses were confirmed: it has no row yet.
      const id = addressId ?? (await newAddress(tx, email, language, actor.userId, now));
      await tx.run(sql`update notices_preferences set refused = null, address_id = ${id}, version = version + 1 where user_id = ${actor.userId} and (refused is not null or address_id is distinct from ${id}::uuid)`);
      return { asked: true };
    },
    event: ({ actor }) => ({ kind: 'notices.address_asked', subjectType: 'user', subjectId: actor.userId }),
  }),
];

/** What was told meanwhile leaves now. */
async function confirm(tx: Db, id: string, at: Date): Promise<void> {
  await tx.run(sql`update notices_addresses set confirmed_at = ${at}, refused = null where id = ${id}`);
  await tx.run(sql`update notices_preferences set confirmed_at = ${at}, refused = null, version = version + 1 where address_id = ${id} and email is not null`);
  await tx.run(sql`update notices_deliveries set due_at = ${at} where channel = 'mail' and recipient_id = ${id} and state = 'waiting' and message_id is null and due_at > ${at}`);
}
