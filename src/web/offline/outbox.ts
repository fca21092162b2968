// What a person did without network, sent in its order when it is back: each arrives exactly once, or stays with the reason why it was refused. Knows
// neither the browser's storage nor its network: both are handed in, so that every order of losses and kills can be tried (outbox.test.ts). It never drops
// anything that the server has not taken, and never sends what another person wrote.

export interface Photo {
  readonly name: string;
  readonly blob: Blob;
  /** As the server knows it, once it has it. */
  readonly sha?: string;
}

export interface Reason {
  readonly code: string;
  readonly title: string;
  readonly detail: string;
}

export interface Entry {
  /** Also the Idempotency-Key: the server acts once for it. */
  readonly id: string;
  readonly userId: string;
  /** Sent in this order. */
  readonly order: number;
  readonly command: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Where in the input the photos belong, when they have arrived: `checkIn.photos`. */
  readonly photosAt: string;
  readonly photos: readonly Photo[];
  /** What a list of what waits calls it. */
  readonly label: string;
  /** When it was done, by the phone's clock. */
  readonly doneAt: string;
  readonly state: 'waiting' | 'refused';
  readonly attempts: number;
  readonly reason?: Reason;
}

/** The storage of this phone. Every write is on the disk when it resolves; it rejects when the disk is full. */
export interface Keep {
  entries(userId: string): Promise<readonly Entry[]>;
  put(entry: Entry): Promise<void>;
  /** The server has it: it leaves the outbox, and the fact that it was sent is noted, in one step. */
  arrived(entry: Entry): Promise<void>;
}

export type Answer<Value> =
  | { readonly kind: 'done'; readonly value: Value }
  | { readonly kind: 'refused'; readonly reason: Reason }
  /** No network, or a server that is not well. */
  | { readonly kind: 'away' }
  | { readonly kind: 'signed-out' };

export interface Post {
  /** Who is signed in. */
  who(): Promise<Answer<string>>;
  upload(photo: Photo): Promise<Answer<string>>;
  run(command: string, input: Readonly<Record<string, unknown>>, key: string): Promise<Answer<unknown>>;
}

export type Ended = 'empty' | 'away' | 'signed-out' | 'other-person';

/** Codes by which the server says that it has this already: the key was forgotten meanwhile. */
const HAS_IT = new Set(['week.already_sent']);
/** Not a refusal of what was written: somebody else is signed in now. */
const NOT_HIS = 'week.other_person';

/** Sends what waits for one person until nothing does or nothing goes. `now` is the phone's clock; `onChange` is told after each step. */
export async function sendAll(keep: Keep, post: Post, userId: string, now: () => Date, onChange: () => void = () => undefined): Promise<Ended> {
  const first = (await waiting(keep, userId))[0];
  if (first === undefined) return 'empty';
  const who = await post.who();
  if (who.kind !== 'done') return who.kind === 'refused' ? 'away' : who.kind;
  if (who.value !== userId) return 'other-person';
  for (let entry: Entry | undefined = first; entry !== undefined; entry = (await waiting(keep, userId))[0]) {
    const ended = await sendOne(keep, post, entry, now);
    onChange();
    if (ended !== 'sent') return ended;
  }
  return 'empty';
}

async function waiting(keep: Keep, userId: string): Promise<Entry[]> {
  return (await keep.entries(userId)).filter((entry) => entry.state === 'waiting').sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
}

async function sendOne(keep: Keep, post: Post, start: Entry, now: () => Date): Promise<'sent' | Exclude<Ended, 'empty'>> {
  let entry = start;
  for (const [i, photo] of entry.photos.entries()) {
    if (photo.sha !== undefined) continue;
    const answer = await post.upload(photo);
    if (answer.kind === 'refused') return refused(keep, entry, answer.reason);
    if (answer.kind !== 'done') return put(keep, { ...entry, attempts: entry.attempts + 1 }, answer.kind);
    // Noted at once: a phone that dies now does not send the picture again.
    entry = { ...entry, photos: entry.photos.map((one, at) => (at === i ? { ...one, sha: answer.value } : one)) };
    await keep.put(entry);
  }
  const answer = await post.run(entry.command, inputOf(entry, now()), entry.id);
  switch (answer.kind) {
    case 'done': return arrived(keep, entry);
    case 'refused': return HAS_IT.has(answer.reason.code) ? arrived(keep, entry) : answer.reason.code === NOT_HIS ? 'other-person' : refused(keep, entry, answer.reason);
    case 'away': case 'signed-out': return put(keep, { ...entry, attempts: entry.attempts + 1 }, answer.kind);
    default: return never(answer);
  }
}

async function arrived(keep: Keep, entry: Entry): Promise<'sent'> {
  await keep.arrived(entry);
  return 'sent';
}

/** It stays, with the reason, to be mended; what stands behind it goes on. */
async function refused(keep: Keep, entry: Entry, reason: Reason): Promise<'sent'> {
  await keep.put({ ...entry, state: 'refused', reason });
  return 'sent';
}

async function put(keep: Keep, entry: Entry, ended: 'away' | 'signed-out'): Promise<'away' | 'signed-out'> {
  await keep.put(entry);
  return ended;
}

/** What is sent: the same each time but for `sentAt`, which the server does not compare. */
export function inputOf(entry: Entry, sentAt: Date): Record<string, unknown> {
  const input: Record<string, unknown> = { ...entry.input, by: entry.userId, doneAt: entry.doneAt, sentAt: sentAt.toISOString() };
  if (entry.photos.length === 0) return input;
  return withPhotos(input, entry.photosAt.split('.'), entry.photos.flatMap(({ sha, name }) => (sha === undefined ? [] : [{ sha, name }])));
}

function withPhotos(into: Readonly<Record<string, unknown>>, [name = '', ...rest]: readonly string[], photos: readonly unknown[]): Record<string, unknown> {
  const inner = into[name];
  return { ...into, [name]: rest.length === 0 ? photos : withPhotos(typeof inner === 'object' && inner !== null ? { ...inner } : {}, rest, photos) };
}

/** How long to wait after so many attempts that found nobody: 2 s, 4 s, … at most 5 minutes. */
export function backoffMs(attempts: number): number {
  return Math.min(300_000, 1000 * 2 ** Math.min(attempts, 9));
}

function never(value: never): never {
  throw new Error(`unknown: ${JSON.stringify(value)}`);
}
