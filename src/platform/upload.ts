// Uploading: bytes come in, are stored by their content, typed by their content, looked at by the scan, and recorded by a command
// as this person's upload. Half an upload, or one that is refused, leaves nothing behind. A file is never executed.
import { rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import Type from 'typebox';
import type { Now } from '../kernel/clock.ts';
import { commandContract } from '../kernel/contract.ts';
import { idFrom } from '../kernel/ids.ts';
import { refuse } from '../kernel/refuse.ts';
import { wellFormed } from '../kernel/text.ts';
import type { Actor } from './actor.ts';
import type { Reply } from './command.ts';
import { sql, type Db } from './db.ts';
import { feature, handler, type Env } from './feature.ts';
import type { Files } from './files.ts';
import { PHOTO_HEAD_BYTES, photoFacts } from './photos.ts';
import { headOf, typeOf, type ArrivedFile } from './types.ts';

const Uploaded = Type.Object({
  id: Type.String(), name: Type.String(), mediaType: Type.String(), bytes: Type.Integer(),
  width: Type.Union([Type.Integer(), Type.Null()]), height: Type.Union([Type.Integer(), Type.Null()]),
  takenAt: Type.Union([Type.String(), Type.Null()]), lon: Type.Union([Type.Number(), Type.Null()]), lat: Type.Union([Type.Number(), Type.Null()]),
}, { additionalProperties: false });

/** Recorded through POST /api/files; called as an ordinary command it has no file and refuses. */
export const uploadContract = commandContract('platform.upload_file', {
  input: Type.Object({ name: Type.String({ minLength: 1, maxLength: 255 }) }, { additionalProperties: false }),
  output: Uploaded,
});

export const uploads = feature('platform.uploads', {
  commands: [
    handler(uploadContract, {
      permission: 'signed-in',
      load: async () => ({}),
      decide: ({ input }) => ({ name: input.name }),
      save: async ({ tx, changes, actor, now, env }) => {
        const file = env.arrived ?? refuse('platform.file_expected', {});
        await recordUpload(tx, file, changes.name, actor, now);
        return { id: file.sha256, name: changes.name, mediaType: file.mediaType, bytes: file.bytes, width: file.width, height: file.height, takenAt: file.takenAt, lon: file.lon, lat: file.lat };
      },
      event: ({ output }) => ({
        kind: 'platform.file_uploaded', subjectType: 'file', subjectId: idFrom('file', output.id), after: { sha256: output.id, name: output.name, mediaType: output.mediaType, bytes: output.bytes },
      }),
    }),
  ],
});

async function recordUpload(tx: Db, file: ArrivedFile, name: string, actor: Actor, now: Now): Promise<void> {
  await tx.run(sql`
    insert into platform_files (sha256, bytes, media_type, width, height, taken_at, lon, lat, stored_at, stored_by)
    values (${file.sha256}, ${file.bytes}, ${file.mediaType}, ${file.width}, ${file.height}, ${file.takenAt}, ${file.lon}, ${file.lat}, ${now.instant}, ${actor.userId})
    on conflict (sha256) do nothing`);
  await tx.run(sql`
    insert into platform_uploads (sha256, user_id, name, at) values (${file.sha256}, ${actor.userId}, ${name}, ${now.instant})
    on conflict (sha256, user_id) do update set name = excluded.name, at = excluded.at`);
}

/**
 * Looks into a stored file before anything may refer to it and gives the name of what is wrong, or undefined. This is the place
 * for a virus scanner (clamd over its socket: send the path, read the verdict); without one only the EICAR test file is known.
 */
export type Scan = (path: string, head: Buffer) => Promise<string | undefined>;

// Written apart, so that scanners do not take this source for the test file.
const EICAR = ['X5O!P%@AP[4', 'PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!'];

export const scanEicar: Scan = async (_path, head) => (head.subarray(0, 128).includes(EICAR[2] ?? '') && head.subarray(0, 128).includes(EICAR[1] ?? '') ? 'EICAR' : undefined);

/** What uploading needs of the application. */
export interface UploadApp {
  readonly database: Db;
  readonly files: Files;
  readonly config: { readonly limits: { readonly uploadBytes: number; readonly uploadDayBytes: number } };
  now(): Now;
  run(actor: Actor, name: string, input: unknown, options?: { env?: Partial<Env> }): Promise<Reply>;
}

/** Takes a file in. Refuses what is too large, empty, of a type that is not taken, damaged or infected, and more than a day's share. */
export async function uploadFile(app: UploadApp, actor: Actor, file: { readonly name: string; readonly content: Readable }, env: Partial<Env> = {}, scan: Scan = scanEicar): Promise<unknown> {
  const { limits } = app.config;
  await assertShare(app, actor, limits.uploadDayBytes);
  const name = cleanName(file.name);
  const stored = await app.files.put(file.content, limits.uploadBytes);
  const path = app.files.pathOf(stored.sha256);
  try {
    const head = await headOf(path, PHOTO_HEAD_BYTES);
    const found = await scan(path, head);
    if (found !== undefined) refuse('platform.file_infected', { name, found });
    const mediaType = await typeOf(path, stored.mediaType, name);
    const arrived: ArrivedFile = { sha256: stored.sha256, bytes: stored.bytes, mediaType, ...photoFacts(head, mediaType) };
    return (await app.run(actor, 'platform.upload_file', { name }, { env: { ...env, arrived } })).output;
  } catch (error) {
    // What was stored under this digest before stays: someone refers to it.
    const known = await app.database.row(sql`select 1 as one from platform_files where sha256 = ${stored.sha256}`).catch(() => 'unknown');
    if (known === undefined) await rm(path, { force: true });
    throw error;
  }
}

/** One person cannot fill the disk: a share of bytes for each day, counted by what was recorded. */
async function assertShare(app: UploadApp, actor: Actor, limit: number): Promise<void> {
  const row = await app.database.row<{ bytes: number }>(sql`
    select coalesce(sum(f.bytes), 0)::bigint as bytes from platform_uploads u join platform_files f on f.sha256 = u.sha256
    where u.user_id = ${actor.userId} and u.at > ${app.now().instant}::timestamptz - interval '1 day'`);
  if ((row?.bytes ?? 0) >= limit) refuse('platform.upload_share', { limitMb: Math.floor(limit / 1_048_576) });
}

/** The name without folders, without what a terminal or a header would act on, in at most 200 characters. */
export function cleanName(name: string): string {
  const last = wellFormed(name.replaceAll('\u0000', '')).split(/[\\/]/).at(-1) ?? '';
  // eslint-disable-next-line no-control-regex -- control and direction characters are what is taken out
  const clean = last.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, '').replace(/^\.+/, '').trim();
  if (clean === '') return 'file';
  const characters = [...clean];
  if (characters.length <= 200) return clean;
  const end = /\.[a-z0-9]{1,8}$/i.exec(clean)?.[0] ?? '';
  return characters.slice(0, 200 - end.length).join('') + end;
}

/** Finds out whether an actor may read a file, and under which name; given by the feature whose records refer to files. */
export type MayRead = (db: Db, actor: Actor, sha256: string) => Promise<{ readonly name: string; readonly mediaType: string } | undefined>;

/** Opens a file for reading, or undefined where it does not exist for this actor. */
export async function openFileFor(app: Pick<UploadApp, 'database' | 'files'>, actor: Actor, sha256: string, mayRead: MayRead): Promise<{ content: Readable; mediaType: string; name: string } | undefined> {
  const found = await mayRead(app.database, actor, sha256);
  return found === undefined ? undefined : { content: app.files.read(sha256), mediaType: found.mediaType, name: found.name };
}
