// A schedule, or the days of a plan of approvals, as files that other programs open: Microsoft Project XML and iCalendar. Reads only what the
// actor may know.
import { Readable } from 'node:stream';
import type { Now } from '../../../kernel/clock.ts';
import type { InputOf } from '../../../kernel/contract.ts';
import { addDays } from '../../../kernel/days.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { Actor } from '../../../platform/actor.ts';
import type { Db } from '../../../platform/db.ts';
import { localesDir } from '../../../platform/root.ts';
import { loadTexts, type Texts } from '../../../platform/texts.ts';
import type { PlannedItem } from '../planning/contract.ts';
import { shownPlan } from '../planning/shown.ts';
import { groundOn, readSubject } from '../planning/store.ts';
import type * as contract from './contract.ts';
import type { Version } from './contract.ts';
import { icalendarOf, type CalendarEvent } from './icalendar.ts';
import { mspdiOf } from './mspdiwrite.ts';
import { scheduleFrom, type TaskRow } from './rows.ts';
import { againstOf } from './rules.ts';
import * as store from './store.ts';

interface Context { readonly db: Db; readonly actor: Actor; readonly now: Now }
interface Made { readonly fileName: string; readonly mediaType: string; readonly content: Readable }

const PRODUCT = '-//Yugong//Schedules//ZH';
/** A calendar program takes no more without pain. */
const MOST_EVENTS = 5000;

export async function exportMspdi({ db, actor, input }: Context & { readonly input: InputOf<typeof contract.exportMspdi> }): Promise<Made> {
  const { project, version, baseline } = await chosen(db, actor, input.id, input.schedule);
  const { head, rows } = await store.readWhole(db, version.id, againstOf(version, baseline));
  const dated = rows.map((row): TaskRow => ({ ...row, baseline_start: row.base_start, baseline_finish: row.base_finish, ...(input.dates === 'file' ? {} : { file_start: row.start ?? row.file_start, file_finish: row.finish ?? row.file_finish }) }));
  const schedule = scheduleFrom({ format: version.format, name: version.name === '' ? project.name : version.name, dataDay: version.dataDay, head }, dated);
  return { fileName: `${project.name}-${String(version.number)}.xml`, mediaType: 'application/xml', content: Readable.from(mspdiOf(schedule)) };
}

export async function exportIcalendar({ db, actor, input, now }: Context & { readonly input: InputOf<typeof contract.exportIcalendar> }): Promise<Made> {
  const say = sayer(actor);
  const { name, events } = input.of === 'plan' ? await ofPlan(db, actor, input.id, now, say) : await ofSchedule(db, actor, input, say);
  const text = icalendarOf({ product: PRODUCT, name, writtenAt: now.instant.toISOString() }, events);
  return { fileName: `${name}.ics`, mediaType: 'text/calendar; charset=utf-8', content: Readable.from([text]) };
}

type Say = (key: string, values?: Readonly<Record<string, unknown>>) => string;
let texts: Texts | undefined;

function sayer(actor: Actor): Say {
  return (key, values) => (texts ??= loadTexts(localesDir)).say(actor.locale, key, values);
}

async function chosen(db: Db, actor: Actor, id: string, schedule: string | undefined): Promise<{ project: { readonly id: string; readonly name: string }; version: Version; baseline: Version | undefined }> {
  const project = (await store.readProject(db, actor, id)) ?? refuse('platform.not_found', {});
  const versions = await store.versionsOf(db, project.id);
  const version = versions.find((one) => (schedule === undefined ? one.current : one.id === schedule)) ?? refuse('platform.not_found', {});
  return { project, version, baseline: versions.find((one) => one.baseline) };
}

interface Said { readonly name: string; readonly events: readonly CalendarEvent[] }

async function ofSchedule(db: Db, actor: Actor, input: InputOf<typeof contract.exportIcalendar>, say: Say): Promise<Said> {
  const { project, version } = await chosen(db, actor, input.id, undefined);
  const { rows } = await store.readWhole(db, version.id, null);
  const open = rows.filter((row) => !row.summary && row.percent < 100 && row.actual_finish === null && row.unscheduled !== 'inactive' && (input.tasks === 'all' || row.milestone || row.critical));
  if (open.length > MOST_EVENTS) refuse('schedules.too_many_events', { limit: MOST_EVENTS });
  const events = open.flatMap((row): CalendarEvent[] => (row.start === null || row.finish === null ? [] : [{
    // The same in every export of every version: a later one replaces.
    uid: `${project.id}-works-${encodeURIComponent(row.key)}@yugong`, title: row.name, start: row.start.slice(0, 10), finish: lastDay(row.start, row.finish), sequence: version.number,
    description: say('schedules:calendar.task', { project: project.name, number: version.number, code: row.wbs }), ...(row.critical ? { categories: [say('schedules:calendar.critical')] } : {}),
  }]));
  return { name: say('schedules:calendar.schedule', { project: project.name }), events };
}

/** A finish at midnight is the end of the day before. */
function lastDay(start: string, finish: string): string {
  const [first, last] = [start.slice(0, 10), finish.slice(0, 10)];
  return finish.endsWith('T00:00') && last > first ? addDays(last, -1) : last;
}

async function ofPlan(db: Db, actor: Actor, id: string, now: Now, say: Say): Promise<Said> {
  const subject = (await readSubject(db, actor, id)) ?? refuse('platform.not_found', {});
  const { plan } = shownPlan(await groundOn(db, now.day), subject);
  const named = (one: PlannedItem): string => (actor.locale === 'en' ? one.name.en : one.name.zh);
  const open = (plan?.items ?? []).filter((one) => !one.finished && one.verdict === 'needed').toSorted((a, b) => (a.day < b.day ? -1 : 1));
  const events = open.map((one): CalendarEvent => ({
    uid: `${subject.id}-item-${one.code}@yugong`, title: say('schedules:calendar.due', { item: named(one) }), start: one.day, finish: one.day, sequence: subject.version,
    description: say('schedules:calendar.item', { project: subject.name, code: one.code, department: say(`approvals:planning.department.${one.department}`), start: one.startDay, late: one.lateDay }),
    ...(one.driving ? { categories: [say('schedules:calendar.critical')] } : {}),
  }));
  return { name: say('schedules:calendar.plan', { project: subject.name }), events };
}
