// The working-day calendar 工作日历 of a zone: read by everyone who is signed in, kept by those who may, in editions that follow one another. What
// counts days asks readCalendar of store.ts; after a change the job of recounting.ts counts anew.
import { Readable } from 'node:stream';
import { calendarText } from '../../../kernel/calendarfile.ts';
import { daysBetween, yearOf } from '../../../kernel/days.ts';
import { idFrom } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { Now } from '../../../kernel/clock.ts';
import { may, type Actor } from '../../../platform/actor.ts';
import type { Db } from '../../../platform/db.ts';
import { downloadHandler, feature, handler, readHandler, type EventRecord } from '../../../platform/feature.ts';
import { localesDir } from '../../../platform/root.ts';
import { loadTexts, type Texts } from '../../../platform/texts.ts';
import { checker } from '../../../platform/validate.ts';
import { workdays } from '../../projects/data.ts';
import { seesAll } from '../../projects/scope.ts';
import { icalendarOf } from '../schedules/icalendar.ts';
import * as contract from './contract.ts';
import { effectOf } from './effect.ts';
import { eventsOfYear } from './export.ts';
import * as rules from './rules.ts';
import { extraOf, type CalendarBody } from './shape.ts';
import * as store from './store.ts';
import { yearOfCalendar } from './year.ts';

// How late an approval is, the warnings of projects measure by the same days.
workdays.of = async (db) => (await store.readCalendar(db)).law;
workdays.edition = async (db) => (await store.readCalendar(db)).edition;

const PERMISSION = 'approvals.keep_calendar';
const PAGE = 20;
const checkDraft = checker(contract.Draft);

/** What the changes have in common: decided on the newest edition under one lock, the next one is written whole. */
const common = {
  permission: PERMISSION,
  load: ({ tx }: { tx: Db }) => store.lockCalendar(tx),
  version: ({ edition }: store.ZoneCalendar) => edition,
  allow: seesAll,
  newVersion: (output: { edition: number }) => output.edition,
};

interface Saving { readonly tx: Db; readonly subject: store.ZoneCalendar; readonly actor: Actor; readonly now: Now }

async function saved({ tx, subject, actor, now }: Saving, body: CalendarBody, kind: store.Change, about: string, reason: string | null): Promise<{ edition: number }> {
  const number = subject.edition + 1;
  await store.writeEdition(tx, { number, body, kind, subject: about, reason }, actor, now);
  return { edition: number };
}

function by({ subject, actor, now }: { readonly subject: store.ZoneCalendar; readonly actor: Actor; readonly now: Now }): rules.By {
  return { edition: subject.edition + 1, day: now.day, by: actor.name };
}

const told = (kind: store.Change, after: unknown, reason?: string): EventRecord => ({
  kind: `approvals.calendar_${kind}`, subjectType: 'approvals_calendar', subjectId: idFrom('approvals_calendar', 'zone'), after, ...(reason === undefined ? {} : { reason: reason.trim() }),
});

export const calendar = feature('approvals.calendar', {
  permissions: [PERMISSION],
  queries: [
    readHandler(contract.readYear, {
      permission: 'signed-in',
      read: async ({ db, actor, input, now }) => ({ ...yearOfCalendar(await store.readCalendar(db), input.year ?? yearOf(now.day), now.day), can: { keep: keeps(actor) } }),
    }),
    readHandler(contract.countWorkdays, {
      permission: 'signed-in',
      read: async ({ db, input }) => {
        const { law, plans } = await store.readCalendar(db);
        const found = law.add(input.day, input.days ?? 0);
        return { law: found, plans: plans.add(input.day, input.days ?? 0), calendarDays: daysBetween(input.day, found.day) };
      },
    }),
    readHandler(contract.listEditions, {
      permission: 'signed-in',
      read: async ({ db, input }) => {
        const limit = input.limit ?? PAGE;
        const rows = await store.editions(db, input.after === undefined ? undefined : Number(input.after), limit + 1);
        const items = rows.slice(0, limit);
        return { items, next: rows.length > limit ? String(items.at(-1)?.number ?? '') : null };
      },
    }),
    readHandler(contract.readRun, {
      permission: 'signed-in',
      read: async ({ db, actor }) => {
        const { edition } = await store.readCalendar(db);
        const [left, [last]] = await Promise.all([store.leftToCount(db, edition), store.editions(db, undefined, 1)]);
        return { edition, running: left.cases + left.plans > 0, ...(keeps(actor) ? left : { cases: null, plans: null }), since: last?.at ?? null };
      },
    }),
    readHandler(contract.readEffect, {
      permission: PERMISSION,
      // It names cases and projects of the whole zone.
      read: ({ db, actor, input, now }) => (seesAll(actor) ? effectOf(db, draftIn(input.draft), now) : refuse('platform.not_allowed', { query: contract.readEffect.name })),
    }),
  ],
  commands: [
    handler(contract.enterNotice, {
      ...common,
      decide: ({ subject, input, actor, now }) => rules.withNotice(subject.body, input, by({ subject, actor, now })),
      save: (context) => saved(context, context.changes, 'notice_entered', String(context.input.year), noteIn(context.input.note)),
      event: ({ input }) => told('notice_entered', { year: input.year, off: input.off, work: input.work, document: input.document }),
    }),
    handler(contract.withdrawNotice, {
      ...common,
      decide: ({ subject, input }) => rules.withoutNotice(subject.body, input.year),
      save: (context) => saved(context, context.changes, 'notice_withdrawn', String(context.input.year), context.input.reason.trim()),
      event: ({ input }) => told('notice_withdrawn', { year: input.year }, input.reason),
    }),
    handler(contract.enterLocalDays, {
      ...common,
      decide: ({ subject, input, actor, now }) => rules.withLocal(subject.body, input, by({ subject, actor, now })),
      save: (context) => saved(context, context.changes, 'days_entered', context.input.name.trim(), null),
      event: ({ input: { name, from, to, work, counts, document } }) => told('days_entered', { name, from, to, work, counts, document }),
    }),
    handler(contract.withdrawLocalDays, {
      ...common,
      decide: ({ subject, input }) => rules.withoutLocal(subject.body, input.id),
      save: (context) => saved(context, context.changes.body, 'days_withdrawn', context.changes.gone.name, context.input.reason.trim()),
      event: ({ changes: { gone }, input }) => told('days_withdrawn', { name: gone.name, from: gone.from, to: gone.to }, input.reason),
    }),
  ],
  downloads: [
    downloadHandler(contract.downloadCalendar, {
      permission: 'signed-in',
      make: async ({ db, actor, input, now }) => {
        const zone = await store.readCalendar(db);
        if (input.format === 'json') return file('calendar.json', 'application/json', calendarText(extraOf(zone.body, input.which ?? 'law')));
        const year = input.year ?? yearOf(now.day);
        const say = (key: string, values: Readonly<Record<string, unknown>> = {}): string => (texts ??= loadTexts(localesDir)).say(actor.locale, `calendar:${key}`, values);
        const text = icalendarOf({ product: '-//Yugong//Calendar//ZH', name: say('file.name', { year }), writtenAt: now.instant.toISOString() }, eventsOfYear(yearOfCalendar(zone, year, now.day), say));
        return file(`${say('file.name', { year })}.ics`, 'text/calendar; charset=utf-8', text);
      },
    }),
  ],
});

let texts: Texts | undefined;

function file(fileName: string, mediaType: string, text: string): { fileName: string; mediaType: string; content: Readable } {
  return { fileName, mediaType, content: Readable.from([text]) };
}

function keeps(actor: Actor): boolean {
  return may(actor, PERMISSION) && seesAll(actor);
}

function noteIn(note: string | undefined): string | null {
  const plain = note?.trim() ?? '';
  return plain === '' ? null : plain;
}

function draftIn(text: string): contract.Draft {
  try {
    return checkDraft(JSON.parse(text));
  } catch {
    return refuse('platform.invalid', { errors: [{ path: 'draft', rule: 'format', params: {} }] });
  }
}
