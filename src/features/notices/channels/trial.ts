// Tries a way out with a message that says only that it is a test.
import type { Db } from '../../../platform/db.ts';
import type { Outward } from '../../../platform/outgoing/outward.ts';
import { localesDir } from '../../../platform/root.ts';
import { loadTexts, type Texts } from '../../../platform/texts.ts';
import { newId } from '../../../kernel/ids.ts';
import { composeMail } from '../delivery/compose.ts';
import { letterhead, messageIdOf, toReceiver } from '../delivery/send.ts';
import type { Receiver } from '../delivery/store.ts';
import type { Language, Told } from '../delivery/told.ts';
import type { Now } from '../../../kernel/clock.ts';
import { readExits } from './mailserver.ts';
import { failed, type Result } from './result.ts';
import { sendMail } from './smtp.ts';

let texts: Texts | undefined;
const words = (): Texts => (texts ??= loadTexts(localesDir));

/** Sends a test mail at once and gives what became of it. */
export async function testMail(db: Db, outward: Outward, to: string, language: Language): Promise<Result> {
  const exits = await readExits(db, outward);
  if (exits.server === undefined) return failed('no_mail_server', '', 'channel');
  const head = await letterhead({ database: db, exits, texts: words() }, language);
  return sendMail(exits.server, { to, ...composeMail(head, [trial('notices.test', '/')]), messageId: messageIdOf(newId(), to, exits.server.from) }, outward.policy);
}

export async function testReceiver(db: Db, outward: Outward, receiver: Receiver, now: Now): Promise<Result> {
  const exits = await readExits(db, outward);
  return toReceiver({ database: db, outward, exits, texts: words(), now: () => now }, receiver, newId(), [{ ...trial('notices.test', '/'), day: now.day, at: now.instant.toISOString() }]);
}

function trial(kind: string, href: string): Told {
  const id = newId();
  return { id, key: `test:${id}`, kind, topic: 'notices', subjectType: 'test', subjectId: id, projectId: null, href, facts: {}, urgent: false, day: '', at: '' };
}
