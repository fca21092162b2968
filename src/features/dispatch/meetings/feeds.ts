// Meetings for the calendars that people carry: one meeting as a file, and a feed by a secret address that its owner makes and revokes. Of the secret only a
// digest is kept; the address shows what its owner may see at that moment, and nothing once he may not.
import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { addDays } from '../../../kernel/days.ts';
import { newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { may, type Actor } from '../../../platform/actor.ts';
import { downloadHandler, handler, readHandler, type CommandHandler, type DownloadHandler, type QueryHandler } from '../../../platform/feature.ts';
import { actorById } from '../../people/session.ts';
import { readerOf } from '../scope.ts';
import { calendarFeed, makeFeed, meetingIcs, readFeed, revokeFeed } from './contract.ts';
import { calendarOf, type CalendarMeeting } from './ics.ts';
import { readPolicy } from './policy.ts';
import * as reads from './reads.ts';
import { kindOf, seriesOf, type Policy } from './shape.ts';
import * as store from './store.ts';

const ICS = 'text/calendar; charset=utf-8';
/** Meetings of the last half year stand in a feed; older ones stay where a calendar has kept them. */
const PAST_DAYS = 183;

function event(row: reads.MeetingLineRow, policy: Policy, locale: Actor['locale']): CalendarMeeting {
  const pick = (words: { readonly zh: string; readonly en: string } | undefined, code: string): string => (locale === 'en' ? words?.en : words?.zh) ?? code;
  const series = pick(seriesOf(policy, row.series), row.series);
  const kind = pick(kindOf(policy, row.kind), row.kind);
  const number = row.number === null ? '' : ` ${row.number}`;
  return {
    id: row.id, sequence: row.sequence, cancelled: row.state === 'cancelled', day: row.day, time: row.time, minutes: row.minutes, title: row.topic ?? `${series}${number} (${kind})`, place: row.place,
    description: [row.topic === null ? '' : `${series}${number} (${kind})`, row.chair ?? '', row.cancelled_reason ?? ''].filter((text) => text !== '').join('\n'), url: '', changed: row.updated_at,
  };
}

const one = downloadHandler(meetingIcs, {
  permission: 'dispatch.read',
  make: async ({ db, actor, input, now }) => {
    const row = (await reads.oneMeeting(db, await readerOf(db, actor), input.id, now.day)) ?? refuse('platform.not_found', { id: input.id });
    const made = event(row, await readPolicy(db), actor.locale);
    return { fileName: `${row.day}.ics`, mediaType: ICS, content: Readable.from([calendarOf(made.title, [made])]) };
  },
});

const feed = downloadHandler(calendarFeed, {
  permission: 'public',
  make: async ({ db, input, now }) => {
    const userId = await reads.userOfFeed(db, digest(input.secret));
    const actor = userId === undefined ? undefined : await actorById(db, userId);
    if (actor === undefined || !may(actor, 'dispatch.read')) refuse('platform.not_found', {});
    const [policy, rows] = await Promise.all([readPolicy(db), reads.calendarMeetings(db, await readerOf(db, actor), addDays(now.day, -PAST_DAYS))]);
    const first = policy.series[0];
    return { fileName: 'meetings.ics', mediaType: ICS, content: Readable.from([calendarOf((actor.locale === 'en' ? first?.en : first?.zh) ?? '', rows.map((row) => event(row, policy, actor.locale)))]) };
  },
});

const make = handler(makeFeed, {
  permission: 'dispatch.read',
  load: async () => ({}),
  decide: () => ({ id: newId(), secret: randomBytes(24).toString('base64url') }),
  save: async ({ tx, changes, actor, now }) => {
    await store.writeFeed(tx, { id: changes.id, hash: digest(changes.secret) }, actor.userId, now.instant);
    return { secret: changes.secret };
  },
  event: ({ actor }) => ({ kind: 'dispatch.feed_made', subjectType: 'user', subjectId: actor.userId, after: {} }),
  forget: ['secret'],
});

const revoke = handler(revokeFeed, {
  permission: 'dispatch.read',
  load: async () => ({}),
  decide: () => ({}),
  save: async ({ tx, actor, now }) => ({ revoked: await store.writeFeed(tx, undefined, actor.userId, now.instant) }),
  event: ({ actor, output }) => ({ kind: 'dispatch.feed_revoked', subjectType: 'user', subjectId: actor.userId, after: { revoked: output.revoked } }),
});

const read = readHandler(readFeed, { permission: 'dispatch.read', read: async ({ db, actor }) => ({ since: (await reads.feedOf(db, actor.userId)) ?? null }) });

function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

export const feedCommands: readonly CommandHandler[] = [make, revoke];
export const feedQueries: readonly QueryHandler[] = [read];
export const feedDownloads: readonly DownloadHandler[] = [one, feed];
