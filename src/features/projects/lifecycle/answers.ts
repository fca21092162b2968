// Where other features say whether a condition of type `external` is fulfilled. Filled when the program is put together, never at run time.
import type { Now } from '../../../kernel/clock.ts';
import type { Db } from '../../../platform/db.ts';
import type { ExternalAnswer } from './gates.ts';

/** Another feature's answers: for each project, by question; what is left out is unknown. */
export type Answer = (db: Db, projectIds: readonly string[], now: Now) => Promise<ReadonlyMap<string, (question: string) => ExternalAnswer | undefined>>;

/** By the feature's code, `approvals`. */
export const answers = new Map<string, Answer>();
