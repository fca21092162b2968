// Requests made to harm, over the whole registry and at the edge: whatever comes, the answer is a success or a refusal in words, never a
// fault, and the server goes on.
import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { features } from '../../features.ts';
import { newId } from '../../kernel/ids.ts';
import { makeWorld, type World } from '../world/world.ts';

let world: World;
let token = '';

beforeAll(async () => {
  world = await makeWorld();
  const { output } = await world.app.run(world.app.system, 'people.create_token', { name: 'hostile', userId: world.actors.office.userId, days: 1 });
  token = typeof output === 'object' && output !== null && 'token' in output ? String(output.token) : '';
});
afterAll(() => world.close());

const ALLOWED = [200, 400, 401, 403, 404, 409, 412, 413, 414, 415, 422, 428, 429, 431];

async function send(options: InjectOptions): Promise<{ status: number; code: string; milliseconds: number }> {
  const http = await world.http();
  const began = performance.now();
  const response = await http.inject({ ...options, headers: { authorization: `Bearer ${token}`, 'idempotency-key': newId(), ...options.headers } });
  const body: unknown = String(response.headers['content-type']).includes('json') ? response.json() : {};
  return { status: response.statusCode, code: typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : '', milliseconds: performance.now() - began };
}

const post = (name: string, payload: string | Buffer, headers: Record<string, string> = {}): ReturnType<typeof send> => send({ method: 'POST', url: `/api/commands/${name}`, payload, headers: { 'content-type': 'application/json', ...headers } });
const project = (fields: string): string => `{"id":"${newId()}","name":"甲","listYear":2023${fields}}`;
const deep = (open: string, close: string, times: number): string => open.repeat(times) + close.repeat(times);

const bodies: readonly [string, () => string | Buffer, number, string][] = [
  ['half of a surrogate pair', () => `{"id":"${newId()}","name":"甲\\ud800"}`, 422, 'platform.invalid'],
  ['a zero character', () => `{"id":"${newId()}","name":"甲\\u0000"}`, 422, 'platform.invalid'],
  ['bytes that are no UTF-8', () => Buffer.concat([Buffer.from(`{"id":"${newId()}","name":"`), Buffer.from([0xff, 0xfe, 0xc0]), Buffer.from('"}')]), 200, ''],
  ['ten megabytes', () => project(`,"remarks":"${'x'.repeat(10 * 1024 * 1024)}"`), 413, 'platform.too_large'],
  ['a name of a hundred thousand characters', () => `{"id":"${newId()}","name":"${'字'.repeat(100_000)}"}`, 422, 'platform.invalid'],
  ['lists in lists', () => deep('[', ']', 400_000), 422, 'platform.invalid'],
  ['objects in objects', () => deep('{"a":', '}', 100_000).replace(':}', ':1}'), 422, 'platform.invalid'],
  ['objects in objects in a field', () => project(`,"custom":${deep('{"a":', '}', 50_000).replace(':}', ':1}')}`), 422, 'platform.invalid'],
  ['a key twice: the last one counts', () => project(',"name":"乙"'), 200, ''],
  ['__proto__', () => project(',"__proto__":{"isSystem":true}'), 400, 'platform.malformed'],
  ['constructor', () => project(',"constructor":{"prototype":{"isSystem":true}}'), 400, 'platform.malformed'],
  ['__proto__ in a field', () => project(',"custom":{"__proto__":{"a":1}}'), 400, 'platform.malformed'],
  ['numbers beyond all bounds', () => project(',"totalFen":1e308'), 422, 'platform.invalid'],
  ['a number that is none', () => project(',"totalFen":NaN'), 400, 'platform.malformed'],
  ['what is cut off', () => project('').slice(0, -3), 400, 'platform.malformed'],
  ['nothing', () => '', 400, 'platform.malformed'],
  ['a text', () => '"甲"', 422, 'platform.invalid'],
  ['null', () => 'null', 422, 'platform.invalid'],
];

test.each(bodies)('a body with %s', async (_, make, status, code) => {
  const answer = await post('projects.create', make());
  expect(answer).toMatchObject({ status, code });
  expect(answer.milliseconds).toBeLessThan(2000);
  expect(Object.keys(Object.prototype)).toEqual([]);
});

test.each([
  ['a form', { 'content-type': 'application/x-www-form-urlencoded' }], ['XML', { 'content-type': 'application/xml' }], ['text', { 'content-type': 'text/plain' }], ['no type', { 'content-type': '' }],
  ['a version that is none', { 'if-match': '*' }], ['a key that is too long', { 'idempotency-key': 'k'.repeat(201) }], ['a type with a strange character set', { 'content-type': 'application/json; charset=utf-7' }],
])('headers with %s', async (_, headers) => {
  expect(ALLOWED).toContain((await post('projects.create', project(''), headers)).status);
});

test.each([
  ['no boundary', 'multipart/form-data', 'x'], ['a boundary that never comes', 'multipart/form-data; boundary=b', 'x'.repeat(1000)], ['no file', 'multipart/form-data; boundary=b', '--b\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n--b--\r\n'],
  ['a name with a zero', 'multipart/form-data; boundary=b', '--b\r\ncontent-disposition: form-data; name="file"; filename="a\u0000b.csv"\r\n\r\n项目,1\r\n--b--\r\n'],
  ['a name that climbs out', 'multipart/form-data; boundary=b', '--b\r\ncontent-disposition: form-data; name="file"; filename="../../../etc/passwd"\r\n\r\n项目,2\r\n--b--\r\n'],
  ['an end in the middle', 'multipart/form-data; boundary=b', '--b\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n项目'],
  ['two files', 'multipart/form-data; boundary=b', ['1', '2'].map((n) => `--b\r\ncontent-disposition: form-data; name="f${n}"; filename="${n}.csv"\r\n\r\n甲,${n}\r\n`).join('') + '--b--\r\n'],
])('an upload with %s', async (_, type, payload) => {
  expect(ALLOWED).toContain((await send({ method: 'POST', url: '/api/files', payload, headers: { 'content-type': type } })).status);
});

test.each(['/api/commands/__proto__', '/api/commands/constructor', '/api/queries/__proto__', '/api/queries/toString', '/api/downloads/hasOwnProperty', '/api/queries/%00', '/api/queries/%ED%A0%80', '/api/queries/%', '/api/files/..%2f..%2fetc%2fpasswd', '/api/%2e%2e/%2e%2e/etc/passwd', `/api/queries/${'x'.repeat(5000)}`])('the address %s', async (url) => {
  for (const method of ['GET', 'POST'] as const) expect(ALLOWED).toContain((await send({ method, url, ...(method === 'POST' ? { payload: '{}', headers: { 'content-type': 'application/json' } } : {}) })).status);
});

const hostileTexts = ['%00', '%ED%A0%80', '%F0%9F%92%A9', "';drop%20table%20x--", '%25', '-1', '1e999', '99999999999999999999', 'NaN', '{}', '9999-99-99', '0000-00-00', 'x'.repeat(3000), '%E2%80%AE', '__proto__'];

describe.each(features.flatMap((feature) => [...feature.queries.map((one) => ['queries', one] as const), ...feature.downloads.map((one) => ['downloads', one] as const)]))('%s', (kind, { contract }) => {
  it(`${contract.name}: takes any text in any field without a fault`, async () => {
    const fields = propertiesOf(contract.input);
    const required = requiredOf(contract.input).map((name) => `${name}=${name === 'id' ? newId() : '2023-06'}`);
    const addresses = [...fields.flatMap((field) => hostileTexts.map((text) => [...required.filter((one) => !one.startsWith(`${field}=`)), `${field}=${text}`].join('&'))), '__proto__[a]=1', 'constructor=1', 'a=1&a=2'];
    for (const query of addresses) expect([query.slice(0, 80), (await send({ method: 'GET', url: `/api/${kind}/${contract.name}?${query}` })).status]).toEqual([query.slice(0, 80), expect.toSatisfy((status: number) => ALLOWED.includes(status))]);
  });
});

// The machine signs out with its own command, and would be nobody for the rest.
describe.each(features.flatMap((feature) => feature.commands).filter((one) => one.contract.name !== 'people.sign_out').map((one) => [one.contract.name, one.contract] as const))('%s', (name, contract) => {
  it('takes any value in any field without a fault', async () => {
    const values = ['null', '1e308', '-0', '""', '"\\u0000"', '"\\udc00"', '[]', '{}', '[[[[]]]]', 'true', `"${'x'.repeat(30_000)}"`, '"9999-99-99"', '99999999999999999999'];
    const whole = ['{}', '[]', 'null', '1', '"x"', '{"__proto__":{}}'];
    for (const body of [...whole, ...propertiesOf(contract.input).flatMap((field) => values.map((value) => `{"${field}":${value}}`))]) {
      expect([body.slice(0, 80), (await post(name, body)).status]).toEqual([body.slice(0, 80), expect.toSatisfy((status: number) => ALLOWED.includes(status))]);
    }
  });
});

test('none of it was a fault, and the machine is still signed in', async () => {
  expect((await send({ method: 'GET', url: '/api/queries/projects.list' })).status).toBe(200);
  expect(world.logged.filter((line) => line.includes('"fault"'))).toEqual([]);
});

function propertiesOf(schema: unknown): string[] {
  return typeof schema === 'object' && schema !== null && 'properties' in schema && typeof schema.properties === 'object' && schema.properties !== null ? Object.keys(schema.properties) : [];
}

function requiredOf(schema: unknown): string[] {
  return typeof schema === 'object' && schema !== null && 'required' in schema && Array.isArray(schema.required) ? schema.required.map(String) : [];
}
