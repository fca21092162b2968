// What the commands on a project's record have in common: the version is compared and raised, a conflict says what others changed,
// and history hangs on the project.
import type { CommandContract } from '../../../kernel/contract.ts';
import { handler, type CommandParts, type EventRecord } from '../../../platform/feature.ts';
import { changesSince } from '../../../platform/history.ts';

type RecordParts<C extends CommandContract, Subject, Changes> = Omit<CommandParts<C, Subject, Changes, undefined>, 'version' | 'newVersion' | 'staleDetails'>;

export function ofRecord<C extends CommandContract, Subject extends { readonly id: string; readonly version: number }, Changes>(of: C, parts: RecordParts<C, Subject, Changes>) {
  return handler<C, Subject, Changes, undefined>(of, {
    ...parts,
    version: (subject) => subject.version,
    newVersion: versionIn,
    staleDetails: async ({ tx, subject, sent }) => {
      const changes = await changesSince(tx, subject.id, sent);
      return { changes, record: { version: subject.version, changes, ...Object.fromEntries(changes.map((change) => [change.field, change.value])) } };
    },
  });
}

function versionIn(output: unknown): number {
  if (typeof output !== 'object' || output === null || !('version' in output) || typeof output.version !== 'number') throw new Error('the output names no version');
  return output.version;
}

export function about(id: string, kind: string, before: unknown, after: unknown, reason?: string): EventRecord {
  return { kind, subjectType: 'project', subjectId: id, projectId: id, ...(before === undefined ? {} : { before }), after, ...(reason === undefined ? {} : { reason }) };
}
