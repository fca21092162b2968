import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { queryHref, send } from './client.ts';
import { nameOf } from './download.ts';
import { leaveWith } from './gone.ts';
import { retryNow } from './network.ts';
import { ProblemError } from './problem.ts';

const answers: (() => Promise<Response>)[] = [];
const sent: { url: string; headers: Record<string, string>; body: string }[] = [];

beforeEach(() => {
  answers.length = 0;
  sent.length = 0;
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    sent.push({ url, headers: { ...(init.headers as Record<string, string>) }, body: String(init.body) });
    const next = answers.shift();
    if (next === undefined) throw new Error('asked too often');
    return next();
  });
});
afterEach(() => vi.unstubAllGlobals());

const json = (status: number, body: unknown) => async () => Promise.resolve(new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } }));
const lost = async () => Promise.reject(new TypeError('network'));

describe('a change', () => {
  it('carries its key and version, and keeps the key when the network or the server fails in between', async () => {
    answers.push(lost, json(503, { code: 'platform.unavailable', title: 'busy' }), json(200, { id: '1' }));
    const timer = setInterval(retryNow, 10);
    const output = await send<{ id: string }>('projects.edit', { name: '金马' }, 'key-1', 3);
    clearInterval(timer);
    expect(output).toEqual({ id: '1' });
    expect(sent.map((one) => one.headers['idempotency-key'])).toEqual(['key-1', 'key-1', 'key-1']);
    expect(new Set(sent.map((one) => one.headers['if-match']))).toEqual(new Set(['"3"']));
    expect(new Set(sent.map((one) => one.body)).size).toBe(1);
  });

  it('is not tried again when it was refused, and tells what stands there now', async () => {
    answers.push(json(412, { code: 'platform.stale_version', title: 'stale', detail: '已被修改', current: { version: 4 }, errors: [{ path: '/name', message: 'x' }] }));
    const error = await send('projects.edit', {}, 'key-2', 3).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProblemError);
    expect(error).toMatchObject({ status: 412, code: 'platform.stale_version', current: { version: 4 }, errors: [{ path: 'name', message: 'x' }], message: '已被修改' });
    expect(sent).toHaveLength(1);
  });

  it('leaves to the sign-in page with the way back when the session has ended', async () => {
    const assign = vi.fn();
    vi.stubGlobal('window', { location: { pathname: '/projects', search: '?town=a' } });
    leaveWith(assign);
    answers.push(json(401, { code: 'platform.not_signed_in', title: 'sign in' }));
    await expect(send('projects.edit', {}, 'key-3')).rejects.toMatchObject({ status: 401 });
    expect(assign).toHaveBeenCalledWith('/sign-in?back=%2Fprojects%3Ftown%3Da');
  });
});

describe('addresses', () => {
  it('repeat lists and leave out what is empty', () => {
    expect(queryHref('projects.list', { town: ['a', 'b c'], q: '', limit: 5, none: undefined })).toBe('/api/queries/projects.list?town=a&town=b+c&limit=5');
  });

  it('reads the name of a file in any language', () => {
    expect(nameOf("attachment; filename=\"x.xlsx\"; filename*=UTF-8''%E5%8F%B0%E8%B4%A6.xlsx")).toBe('台账.xlsx');
    expect(nameOf('attachment; filename="a.csv"')).toBe('a.csv');
    expect(nameOf(null)).toBe('yugong');
  });
});
