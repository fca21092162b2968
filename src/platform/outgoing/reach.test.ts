// The way out: whom this server does not call, however the address is written, and that the address that was looked at is the one that is called.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isPublicAddress } from './addresses.ts';
import { ANSWER_BYTES, post } from './post.ts';
import { OutgoingError, reach, readUrl, type Policy } from './reach.ts';
import { KEY_FILE, makeVault } from './vault.ts';

const nobody: Policy = { allowed: [] };
const code = async (work: () => unknown): Promise<string> => {
  try {
    await work();
    return 'called';
  } catch (error) {
    if (error instanceof OutgoingError) return error.code;
    throw error;
  }
};

describe('an address', () => {
  it.each([
    '127.0.0.1', '127.8.9.1', '0.0.0.0', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1', '198.18.0.1', '224.0.0.1', '239.255.255.250', '255.255.255.255', '240.0.0.1', '192.0.2.1',
    '::', '::1', 'fe80::1', 'fe80::1%eth0', 'fc00::1', 'fd12:3456::1', 'ff02::1', '::ffff:127.0.0.1', '::ffff:10.0.0.1', '::ffff:7f00:1', '64:ff9b::7f00:1', '2002:7f00:1::', '2001:db8::1', '2001::1', '', 'localhost',
  ])('%s is not called', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(['8.8.8.8', '172.15.0.1', '172.32.0.1', '100.63.255.255', '100.128.0.1', '223.255.255.255', '2606:4700::1111', '240e:1::1'])('%s may be called', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

describe('an address of the web', () => {
  it.each([
    ['https://2130706433/', 'private_address'], ['https://0x7f000001/', 'private_address'], ['https://0177.0.0.1/', 'private_address'], ['https://127.1/', 'private_address'], ['https://[::1]/', 'private_address'],
    ['https://[::ffff:7f00:1]/', 'private_address'], ['https://0/', 'private_address'], ['http://example.com/', 'https_only'], ['ftp://example.com/', 'https_only'], ['file:///etc/passwd', 'bad_url'], ['https://a:b@example.com/', 'password_in_url'],
    ['nonsense', 'bad_url'], ['https://example.com/x', 'called'],
  ])('%s: %s', async (url, expected) => {
    expect(await code(() => readUrl(url, nobody))).toBe(expected);
  });

  it('whose name leads inside is not called, and neither is one of which a single address does', async () => {
    const to = (...addresses: string[]): Policy => ({ allowed: [], resolve: () => Promise.resolve(addresses.map((address) => ({ address }))) });
    expect(await code(() => reach(new URL('https://a.example/'), to('10.0.0.1')))).toBe('private_address');
    expect(await code(() => reach(new URL('https://a.example/'), to('8.8.8.8', '::1')))).toBe('private_address');
    expect(await code(() => reach(new URL('https://a.example/'), to()))).toBe('unknown_host');
    expect((await reach(new URL('https://a.example/'), to('8.8.8.8'))).address).toBe('8.8.8.8');
  });

  it('is called inside only under the very name and port that the operator allowed', async () => {
    const allows = (...allowed: string[]): Policy => ({ allowed, resolve: () => Promise.resolve([{ address: '10.0.0.1' }]) });
    const tries = (url: string, ...allowed: string[]) => code(() => reach(readUrl(url, allows(...allowed)), allows(...allowed)));
    expect(await tries('https://hook.internal/', 'hook.internal')).toBe('called');
    expect(await tries('https://hook.internal:8443/', 'hook.internal:443')).toBe('private_address');
    expect(await tries('https://hook.internal.evil.example/', 'hook.internal')).toBe('private_address');
    expect(await tries('http://hook.internal/', 'hook.internal')).toBe('https_only');
    expect(await tries('http://hook.internal/', 'http://hook.internal')).toBe('called');
  });
});

describe('a call', () => {
  let server: http.Server;
  let port = 0;
  const answers: Record<string, (response: http.ServerResponse) => void> = {
    '/ok': (response) => response.end('ok'), '/moved': (response) => response.writeHead(302, { location: '/ok' }).end(), '/long': (response) => response.end('x'.repeat(ANSWER_BYTES + 1)), '/silent': () => undefined,
  };
  const hosts: string[] = [];
  beforeAll(async () => {
    server = http.createServer((request, response) => {
      hosts.push(request.headers.host ?? '');
      answers[request.url ?? '']?.(response);
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('goes to the address that was looked at: the name is resolved once, whatever it would say a moment later', async () => {
    let asked = 0;
    const policy: Policy = { allowed: [`http://hook.test:${String(port)}`], resolve: () => Promise.resolve([{ address: (asked += 1) === 1 ? '127.0.0.1' : '192.0.2.1' }]) };
    expect((await post(`http://hook.test:${String(port)}/ok`, {}, '{}', policy)).body).toBe('ok');
    expect([asked, hosts.at(-1)]).toEqual([1, `hook.test:${String(port)}`]);
  });

  it('follows nobody, reads no long answer, and waits for no silent one', async () => {
    const policy: Policy = { allowed: [`http://127.0.0.1:${String(port)}`] };
    const to = (where: string) => `http://127.0.0.1:${String(port)}${where}`;
    expect((await post(to('/moved'), {}, '', policy)).status).toBe(302);
    expect(await code(() => post(to('/long'), {}, '', policy))).toBe('answer_too_long');
    expect(await code(() => post(to('/silent'), {}, '', policy, 100))).toBe('timeout');
    expect(await code(() => post('http://127.0.0.1:1/', {}, '', { allowed: ['http://127.0.0.1:1'] }))).toBe('connection_refused');
  });
});

describe('a vault', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'yugong-vault-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('opens what it sealed, also after a restart, and nobody else does', () => {
    const sealed = makeVault(folder, undefined).seal('geheim');
    expect(sealed).not.toContain('geheim');
    expect(makeVault(folder, undefined).open(sealed)).toBe('geheim');
    expect(makeVault(folder, 'another key of thirty-two letters').open(sealed)).toBeUndefined();
    expect(makeVault(folder, undefined).open(sealed.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')))).toBeUndefined();
    expect(makeVault(folder, undefined).seal('geheim')).not.toBe(sealed);
    expect(statSync(path.join(folder, KEY_FILE)).mode & 0o777).toBe(0o600);
  });
});
