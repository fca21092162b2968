// The outbox against a small model: entries kept, network lost before or after the server acted, tabs killed between any two steps, two tabs at once,
// sessions that end, another person who signs in. Whatever happens, each thing arrives once, in its order, or stays with its reason.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inputOf, sendAll, type Answer, type Entry, type Keep, type Photo, type Post } from './outbox.ts';

class Killed extends Error {}

/** The disk of the phone: outlives every tab. */
class Disk {
  readonly entries = new Map<string, Entry>();
  readonly sent = new Set<string>();

  keep(die: () => void): Keep {
    return {
      entries: async (userId) => [...this.entries.values()].filter((one) => one.userId === userId),
      put: async (entry) => { die(); if (!this.sent.has(entry.id)) this.entries.set(entry.id, entry); die(); },
      arrived: async (entry) => { die(); this.entries.delete(entry.id); this.sent.add(entry.id); die(); },
    };
  }
}

/** The server: acts once for a key, refuses what it must, knows who is signed in. */
class Server {
  readonly acted: { key: string; userId: string; photos: number }[] = [];
  readonly uploads: string[] = [];
  session: string | undefined = 'anna';

  post(weather: () => Weather, die: () => void): Post {
    const over = async <Value>(act: () => Answer<Value>): Promise<Answer<Value>> => {
      die();
      const now = weather();
      if (now === 'lost') return { kind: 'away' };
      if (this.session === undefined) return { kind: 'signed-out' };
      const answer = now === 'failing' ? { kind: 'away' as const } : act();
      die(); // the server has acted, the phone does not know it yet
      return now === 'answer lost' ? { kind: 'away' } : answer;
    };
    return {
      who: () => over<string>(() => ({ kind: 'done', value: this.session ?? '' })),
      upload: (photo) => over<string>(() => { this.uploads.push(photo.name); return { kind: 'done', value: `sha-${photo.name}` }; }),
      run: (_command, input, key) => over<unknown>(() => {
        if (input['by'] !== this.session) return refusal('week.other_person');
        if (input['bad'] === true) return refusal('week.nothing_said');
        if (!this.acted.some((one) => one.key === key)) this.acted.push({ key, userId: String(input['by']), photos: Array.isArray(input['photos']) ? input['photos'].length : 0 });
        return { kind: 'done', value: {} };
      }),
    };
  }
}

type Weather = 'fine' | 'lost' | 'answer lost' | 'failing';
const refusal = (code: string): Answer<never> => ({ kind: 'refused', reason: { code, title: code, detail: '' } });

function entry(id: string, order: number, parts: Partial<Entry> = {}): Entry {
  return { id, userId: 'anna', order, command: 'dispatch.report_week', input: {}, photosAt: 'photos', photos: [], label: id, doneAt: '2023-06-30T02:00:00.000Z', state: 'waiting', attempts: 0, ...parts };
}

const photo = (name: string): Photo => ({ name, blob: new Blob([name]) });
const clock = (): Date => new Date('2023-06-30T03:00:00Z');
const fine = (): Weather => 'fine';
const lives = (): void => undefined;

const step = fc.oneof(
  fc.record({ do: fc.constant('write' as const), user: fc.constantFrom('anna', 'bert'), photos: fc.integer({ min: 0, max: 2 }), bad: fc.boolean() }),
  fc.record({ do: fc.constant('send' as const), tabs: fc.integer({ min: 1, max: 2 }), weather: fc.array(fc.constantFrom<Weather>('fine', 'fine', 'fine', 'lost', 'answer lost', 'failing'), { minLength: 1, maxLength: 8 }), dieAt: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }) }),
  fc.record({ do: fc.constant('sign in' as const), user: fc.constantFrom<string | undefined>('anna', 'bert', undefined), elsewhere: fc.boolean() }),
);

describe('the outbox', () => {
  it('brings everything exactly once, in its order, under any losses, kills and sessions', async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const [disk, server] = [new Disk(), new Server()];
      const written: { id: string; user: string; photos: number; bad: boolean }[] = [];
      let holder = 'anna';
      for (const one of steps) {
        if (one.do === 'write') {
          const id = `e${String(written.length)}`;
          written.push({ id, user: one.user, photos: one.photos, bad: one.bad });
          disk.entries.set(id, entry(id, written.length, { userId: one.user, input: one.bad ? { bad: true } : {}, photos: Array.from({ length: one.photos }, (_, i) => photo(`${id}-${String(i)}`)) }));
        } else if (one.do === 'sign in') {
          server.session = one.user;
          // In another tab: this one still holds what belongs to who was here before.
          if (!one.elsewhere) holder = one.user ?? holder;
        } else {
          let left = one.dieAt ?? Infinity;
          let at = 0;
          const die = (): void => { left -= 1; if (left < 0) throw new Killed(); };
          const weather = (): Weather => one.weather[(at += 1) % one.weather.length] ?? 'fine';
          const rounds = Array.from({ length: one.tabs }, () => sendAll(disk.keep(die), server.post(weather, die), holder, clock).catch((error: unknown) => { if (!(error instanceof Killed)) throw error; }));
          await Promise.all(rounds);
        }
      }
      for (const user of ['anna', 'bert']) {
        server.session = user;
        expect(await sendAll(disk.keep(lives), server.post(fine, lives), user, clock)).toBe('empty');
      }
      const good = written.filter((one) => !one.bad);
      expect(server.acted.map((one) => one.key).sort()).toEqual(good.map((one) => one.id).sort());
      expect(server.acted.every((one) => good.some((w) => w.id === one.key && w.user === one.userId && w.photos === one.photos))).toBe(true);
      for (const user of ['anna', 'bert']) expect(server.acted.filter((one) => one.userId === user).map((one) => one.key)).toEqual(good.filter((one) => one.user === user).map((one) => one.id));
      expect([...disk.entries.values()].map((one) => [one.id, one.state, one.reason?.code]).sort()).toEqual(written.filter((one) => one.bad).map((one) => [one.id, 'refused', 'week.nothing_said']).sort());
    }), { numRuns: 400 });
  });

  it('sends a picture that has arrived only once, though the phone dies before the words are sent', async () => {
    const [disk, server] = [new Disk(), new Server()];
    disk.entries.set('a', entry('a', 1, { photos: [photo('one'), photo('two')] }));
    const post = server.post(fine, lives);
    await expect(sendAll(disk.keep(lives), { ...post, run: () => Promise.reject(new Killed()) }, 'anna', clock)).rejects.toThrow(Killed);
    expect(await sendAll(disk.keep(lives), post, 'anna', clock)).toBe('empty');
    expect(server.uploads).toEqual(['one', 'two']);
    expect(server.acted).toEqual([{ key: 'a', userId: 'anna', photos: 2 }]);
  });

  it('keeps what is refused with its reason and goes on with what stands behind it', async () => {
    const [disk, server] = [new Disk(), new Server()];
    disk.entries.set('a', entry('a', 1, { input: { bad: true } }));
    disk.entries.set('b', entry('b', 2));
    expect(await sendAll(disk.keep(lives), server.post(fine, lives), 'anna', clock)).toBe('empty');
    expect(disk.entries.get('a')).toMatchObject({ state: 'refused', reason: { code: 'week.nothing_said' } });
    expect(server.acted.map((one) => one.key)).toEqual(['b']);
  });

  it('sends nothing of one person in the session of another, nor while nobody is signed in', async () => {
    const [disk, server] = [new Disk(), new Server()];
    disk.entries.set('a', entry('a', 1));
    server.session = 'bert';
    expect(await sendAll(disk.keep(lives), server.post(fine, lives), 'anna', clock)).toBe('other-person');
    server.session = undefined;
    expect(await sendAll(disk.keep(lives), server.post(fine, lives), 'anna', clock)).toBe('signed-out');
    expect(server.acted).toEqual([]);
    expect(disk.entries.size).toBe(1);
  });

  it('takes a word that the server has it already for an arrival', async () => {
    const disk = new Disk();
    disk.entries.set('a', entry('a', 1));
    const post: Post = { who: async () => ({ kind: 'done', value: 'anna' }), upload: async () => ({ kind: 'away' }), run: async () => refusal('week.already_sent') };
    expect(await sendAll(disk.keep(lives), post, 'anna', clock)).toBe('empty');
    expect([disk.entries.size, disk.sent.has('a')]).toEqual([0, true]);
  });

  it('says the same each time but for the time of sending', () => {
    const one = entry('a', 1, { input: { id: 'x', checkIn: { id: 'v', place: 'gate' } }, photosAt: 'checkIn.photos', photos: [{ ...photo('p.jpg'), sha: 'f00' }] });
    const { sentAt, ...rest } = inputOf(one, clock());
    expect(rest).toEqual({ id: 'x', by: 'anna', doneAt: one.doneAt, checkIn: { id: 'v', place: 'gate', photos: [{ sha: 'f00', name: 'p.jpg' }] } });
    expect(sentAt).toBe('2023-06-30T03:00:00.000Z');
  });
});
