// What the service worker keeps of the server's answers, and for whom.
import { describe, expect, it } from 'vitest';
import { answersFor, STORED_AT } from './answers.ts';

const SESSION = 'https://zone.test/api/queries/people.session';
const WEEK = 'https://zone.test/api/queries/dispatch.week';

function phone() {
  const kept = new Map<string, { body: string; headers: [string, string][] }>();
  const server = { user: 'anna' as string | undefined, online: true, at: 1_700_000_000_000, before: async (): Promise<void> => undefined };
  const answers = answersFor({
    open: async () => ({
      get: async (url) => { const found = kept.get(url); return found === undefined ? undefined : new Response(found.body, { headers: found.headers }); },
      put: async (url, response) => void kept.set(url, { body: await response.text(), headers: [...response.headers.entries()] }),
      clear: async () => kept.clear(),
    }),
    fetch: async (request) => {
      const user = server.user;
      await server.before();
      if (!server.online) throw new TypeError('no network');
      if (user === undefined) return Response.json({ code: 'platform.not_signed_in' }, { status: 401 });
      return Response.json(request.url === SESSION ? { user: { id: user } } : { of: user });
    },
    now: () => server.at, slowMs: 1000,
  });
  const read = (url: string): Promise<Response> => answers.read(new Request(url), new URL(url));
  const text = async (url: string): Promise<unknown> => (await read(url)).json();
  return { kept, server, answers, read, text };
}

describe('answers kept on a phone', () => {
  it('come from the server as long as there is one, and marked with their age when there is none', async () => {
    const { server, read, text } = phone();
    expect((await read(WEEK)).headers.get(STORED_AT)).toBeNull();
    server.online = false;
    const found = await read(WEEK);
    expect(found.headers.get(STORED_AT)).toBe(new Date(server.at).toISOString());
    expect(await found.json()).toEqual({ of: 'anna' });
    server.online = true;
    server.user = 'anna';
    expect(await text(WEEK)).toEqual({ of: 'anna' });
  });

  it('are gone when somebody signs out, in or is found signed out', async () => {
    for (const end of ['turn', '401'] as const) {
      const { kept, server, answers, read } = phone();
      await read(SESSION);
      await read(WEEK);
      expect(kept.size).toBe(2);
      if (end === 'turn') await answers.turn(new Request('https://zone.test/api/commands/people.sign_out', { method: 'POST' }));
      else { server.user = undefined; await read(WEEK); }
      expect(kept.size).toBe(0);
      server.online = false;
      await expect(read(WEEK)).rejects.toThrow('no network');
    }
  });

  it('are never those of who was here before', async () => {
    const { kept, server, read, text } = phone();
    await read(SESSION);
    await read(WEEK);
    server.user = 'bert'; // without a sign-in that this worker saw
    expect(await text(SESSION)).toEqual({ user: { id: 'bert' } });
    expect([...kept.keys()]).toEqual(['/api/queries/people.session']);
  });

  it('are not kept when the session changed while they were under way', async () => {
    const { kept, server, answers, read } = phone();
    let release = (): void => undefined;
    server.before = () => new Promise((resolve) => { release = resolve; });
    const late = read(WEEK);
    await Promise.resolve();
    const go = release;
    server.before = async () => undefined;
    await answers.turn(new Request('https://zone.test/api/commands/people.sign_out', { method: 'POST' }));
    go();
    await late;
    expect(kept.size).toBe(0);
  });

  it('end with the session at the latest, and only the reads of the page are kept', async () => {
    const { server, answers, read } = phone();
    await read(WEEK);
    server.online = false;
    server.at += 8 * 86_400_000;
    await expect(read(WEEK)).rejects.toThrow('no network');
    expect(['/api/queries/dispatch.week?limit=5', '/api/queries/people.session'].map((path) => answers.wants(new URL(path, WEEK)))).toEqual([true, true]);
    expect(['/api/queries/projects.list', '/api/downloads/dispatch.diary_export', '/api/files/aa', '/api/queries/dispatch.visits'].filter((path) => answers.wants(new URL(path, WEEK)))).toEqual([]);
  });
});
