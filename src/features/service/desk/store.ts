// SQL of the desk: rooms and residents, duty, joint rooms, templates of answers, each locked before it is changed. Decides nothing.
import type { Now } from '../../../kernel/clock.ts';
import { columns } from '../../../platform/columns.ts';
import { sql, type Db } from '../../../platform/db.ts';

export interface Versioned { readonly id: string; readonly version: number }

export async function lockRoom(tx: Db, id: string): Promise<(Versioned & { readonly name: string; readonly ended_day: string | null }) | undefined> {
  return tx.row(sql`select id, version, name, ended_day from service_rooms where id = ${id} for update`);
}

export async function roomNamed(tx: Db, name: string, but: string): Promise<boolean> {
  return (await tx.row(sql`select 1 as one from service_rooms where name = ${name} and id <> ${but}`)) !== undefined;
}

export async function saveRoom(tx: Db, room: { readonly id: string; readonly name: string; readonly place: string | null }, now: Now): Promise<number> {
  const row = await tx.row<{ version: number }>(sql`
    insert into service_rooms (id, name, place, created_at) values (${room.id}, ${room.name}, ${room.place}, ${now.instant})
    on conflict (id) do update set name = excluded.name, place = excluded.place, version = service_rooms.version + 1 returning version`);
  return row?.version ?? 1;
}

export interface Leaving extends Versioned { readonly user_id: string; readonly name: string; readonly from_day: string; readonly until_day: string }

/** Who sits in a room after a day, or is to come: whom its end concerns. */
export async function lockLeaving(tx: Db, roomId: string, day: string): Promise<Leaving[]> {
  return tx.rows(sql`
    select r.id, r.version, r.user_id, u.name, r.from_day, r.until_day from service_residents r join people_users u on u.id = r.user_id
    where r.room_id = ${roomId} and r.until_day > ${day}::date order by r.from_day, r.id for update of r`);
}

export async function endRoom(tx: Db, id: string, day: string): Promise<number> {
  const [row] = await tx.rows<{ version: number }>(sql`update service_rooms set ended_day = ${day}, version = version + 1 where id = ${id} returning version`);
  // Whoever sits there leaves today; whoever was to come does not come.
  await tx.run(sql`update service_residents set until_day = ${day}, version = version + 1 where room_id = ${id} and from_day <= ${day}::date and until_day > ${day}::date`);
  await tx.run(sql`delete from service_residents where room_id = ${id} and from_day > ${day}::date`);
  return row?.version ?? 1;
}

/** An active officer with his organisation; nobody of an enterprise. */
export async function officer(db: Db, userId: string): Promise<{ readonly id: string; readonly name: string; readonly orgId: string } | undefined> {
  return db.row(sql`select u.id, u.name, u.org_id as "orgId" from people_users u join people_organisations o on o.id = u.org_id where u.id = ${userId} and u.active and o.kind <> 'enterprise'`);
}

/** The same, held until the end of the transaction. */
export async function lockOfficer(tx: Db, userId: string): Promise<{ readonly id: string; readonly name: string; readonly orgId: string } | undefined> {
  return tx.row(sql`select u.id, u.name, u.org_id as "orgId" from people_users u join people_organisations o on o.id = u.org_id where u.id = ${userId} and u.active and o.kind <> 'enterprise' for no key update of u`);
}

export async function officers(db: Db, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db.rows<{ id: string }>(sql`select u.id from people_users u join people_organisations o on o.id = u.org_id where u.id = any(${[...ids]}::uuid[]) and u.active and o.kind <> 'enterprise'`);
  return new Set(rows.map((row) => row.id));
}

export async function sitsElsewhere(db: Db, userId: string, from: string, until: string): Promise<boolean> {
  return (await db.row(sql`select 1 as one from service_residents where user_id = ${userId} and from_day <= ${until} and until_day >= ${from} limit 1`)) !== undefined;
}

export async function insertResident(tx: Db, one: { readonly id: string; readonly roomId: string; readonly orgId: string; readonly userId: string; readonly from: string; readonly until: string }, now: Now): Promise<void> {
  await tx.run(sql`insert into service_residents (id, room_id, org_id, user_id, from_day, until_day, created_at) values (${one.id}, ${one.roomId}, ${one.orgId}, ${one.userId}, ${one.from}, ${one.until}, ${now.instant})`);
}

export async function lockResident(tx: Db, id: string): Promise<(Versioned & { readonly from_day: string; readonly until_day: string; readonly name: string }) | undefined> {
  return tx.row(sql`select r.id, r.version, r.from_day, r.until_day, u.name from service_residents r join people_users u on u.id = r.user_id where r.id = ${id} for update of r`);
}

export async function endResident(tx: Db, id: string, day: string): Promise<number> {
  const [row] = await tx.rows<{ version: number }>(sql`update service_residents set until_day = ${day}, version = version + 1 where id = ${id} returning version`);
  return row?.version ?? 1;
}

export interface LockedDuty extends Versioned { readonly day: string; readonly shift: string; readonly function: string; readonly user_id: string; readonly name: string; readonly offered_to: string | null; readonly offered_reason: string | null }
export interface PlannedDuty { readonly id: string; readonly day: string; readonly shift: string; readonly function: string; readonly userId: string }

/** What is planned already stays as it is. */
export async function insertDuties(tx: Db, all: readonly PlannedDuty[], now: Now): Promise<PlannedDuty[]> {
  return tx.rows<PlannedDuty>(sql`
    insert into service_duties (id, day, shift, function, user_id, created_at)
    select id, day, shift, function, user_id, ${now.instant} from ${columns({ id: 'uuid', day: 'date', shift: 'text', function: 'text', user_id: 'uuid' }, all.map(({ userId, ...one }) => ({ ...one, user_id: userId })))} as v on conflict do nothing
    returning id, day, shift, function, user_id as "userId"`);
}

export async function lockDuty(tx: Db, id: string): Promise<LockedDuty | undefined> {
  return tx.row(sql`select d.id, d.version, d.day, d.shift, d.function, d.user_id, u.name, d.offered_to, d.offered_reason from service_duties d join people_users u on u.id = d.user_id where d.id = ${id} for update of d`);
}

export async function hasDuty(db: Db, duty: Pick<LockedDuty, 'day' | 'shift' | 'function'>, userId: string): Promise<boolean> {
  return (await db.row(sql`select 1 as one from service_duties where day = ${duty.day} and shift = ${duty.shift} and function = ${duty.function} and user_id = ${userId}`)) !== undefined;
}

export async function giveDuty(tx: Db, id: string, userId: string, reason: string): Promise<number> {
  const [row] = await tx.rows<{ version: number }>(sql`
    update service_duties set for_id = coalesce(for_id, user_id), user_id = ${userId}, reason = ${reason}, offered_to = null, offered_reason = null, version = version + 1 where id = ${id} returning version`);
  return row?.version ?? 1;
}

export async function offerDuty(tx: Db, id: string, userId: string, reason: string): Promise<number> {
  const [row] = await tx.rows<{ version: number }>(sql`update service_duties set offered_to = ${userId}, offered_reason = ${reason}, version = version + 1 where id = ${id} returning version`);
  return row?.version ?? 1;
}

export async function endOffer(tx: Db, id: string): Promise<number> {
  const [row] = await tx.rows<{ version: number }>(sql`update service_duties set offered_to = null, offered_reason = null, version = version + 1 where id = ${id} returning version`);
  return row?.version ?? 1;
}

/** Which of these are bodies that are there and no enterprises. */
export async function bodies(db: Db, ids: readonly string[]): Promise<ReadonlySet<string>> {
  return new Set((await db.rows<{ id: string }>(sql`select id from people_organisations where id = any(${[...ids]}::uuid[]) and active and kind <> 'enterprise'`)).map((row) => row.id));
}

export async function jointOpen(db: Db, problemId: string): Promise<boolean> {
  return (await db.row(sql`select 1 as one from service_joints where problem_id = ${problemId} and closed_at is null`)) !== undefined;
}

export interface NewJoint { readonly id: string; readonly problemId: string; readonly leadOrgId: string; readonly meetsAt: Date; readonly place: string | null; readonly agenda: string | null; readonly byId: string }

export async function insertJoint(tx: Db, one: NewJoint, now: Now): Promise<void> {
  await tx.run(sql`
    insert into service_joints (id, problem_id, lead_org_id, meets_at, place, agenda, by_id, created_at)
    values (${one.id}, ${one.problemId}, ${one.leadOrgId}, ${one.meetsAt}, ${one.place}, ${one.agenda}, ${one.byId}, ${now.instant})`);
}

export async function lockJoint(tx: Db, id: string): Promise<(Versioned & { readonly problem_id: string; readonly closed_at: string | null }) | undefined> {
  return tx.row(sql`select id, version, problem_id, closed_at from service_joints where id = ${id} for update`);
}

export async function closeJoint(tx: Db, id: string, result: string, at: Date): Promise<number> {
  const [row] = await tx.rows<{ version: number }>(sql`update service_joints set result = ${result}, closed_at = ${at}, version = version + 1 where id = ${id} returning version`);
  return row?.version ?? 1;
}

export async function lockPhrase(tx: Db, id: string): Promise<Versioned | undefined> {
  return tx.row(sql`select id, version from service_phrases where id = ${id} for update`);
}

export async function savePhrase(tx: Db, one: { readonly id: string; readonly title: string; readonly text: string; readonly kind: string | null; readonly retired: boolean }, now: Now): Promise<number> {
  const row = await tx.row<{ version: number }>(sql`
    insert into service_phrases (id, title, text, kind, retired, created_at) values (${one.id}, ${one.title}, ${one.text}, ${one.kind}, ${one.retired}, ${now.instant})
    on conflict (id) do update set title = excluded.title, text = excluded.text, kind = excluded.kind, retired = excluded.retired, version = service_phrases.version + 1 returning version`);
  return row?.version ?? 1;
}
