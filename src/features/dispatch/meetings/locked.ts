// A meeting under its lock, with the rules of the zone that its steps go by: how every command that changes one begins.
import type { Db } from '../../../platform/db.ts';
import { readPolicy } from './policy.ts';
import type { Policy } from './shape.ts';
import { lockMeeting, type MeetingRow } from './store.ts';

export interface Locked { readonly meeting: MeetingRow; readonly policy: Policy }

export async function lockWithPolicy(tx: Db, id: string): Promise<Locked | undefined> {
  const meeting = await lockMeeting(tx, id);
  return meeting === undefined ? undefined : { meeting, policy: await readPolicy(tx) };
}
