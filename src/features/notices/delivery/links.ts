// Links that carry a secret of their own. It is made when the letter leaves, so that it never stands in a notice, an event or a log, nor waits in a table; only its digest is
// kept. A letter that is sent twice carries two, and both hold.
import type { Db } from '../../../platform/db.ts';
import type { Told } from './told.ts';

/** The path of the link for this recipient; undefined: he gets the plain one of the notice. */
export type MakeLink = (db: Db, notice: Told, recipientId: string, at: Date) => Promise<string | undefined>;

/** By kind of notice. Filled when the program is put together, never at run time; notices know nobody who fills it. */
export const secretLinks = new Map<string, MakeLink>();
