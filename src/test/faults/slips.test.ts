// The server is killed between the steps of decision, slip and notice; after the restart the same call is sent again under its key: each slip exists once and
// each notice is told once, whether the first call had come through or not.
import { randomUUID } from 'node:crypto';
import { afterEach, expect, test, vi } from 'vitest';
import { newId } from '../../kernel/ids.ts';
import { inDatabase, makeToken } from './machine.ts';
import { clearFolder, startServer, temporaryFolder, type ServerProcess } from './server.ts';

vi.setConfig({ testTimeout: 400_000, hookTimeout: 60_000 });

let dataDir = '';
let server: ServerProcess | undefined;
afterEach(async () => {
  await server?.end('SIGKILL');
  clearFolder(dataDir);
});

const STEPS = 3;
/** After so many milliseconds of the call that issues: before anything, while papers are set, in the transaction, about the commit. */
const KILLS = [5, 120, 400, 900, 1500, 2400];

interface Answer { readonly status: number; readonly body: Readonly<Record<string, unknown>>; readonly etag: string | null }

async function call(token: string, name: string, input: unknown, { key = randomUUID(), version }: { readonly key?: string; readonly version?: string | null } = {}): Promise<Answer> {
  const response = await fetch(`${server?.address ?? ''}/api/commands/${name}`, {
    method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'idempotency-key': key, ...(version === undefined || version === null ? {} : { 'if-match': version }) }, body: JSON.stringify(input), signal: AbortSignal.timeout(60_000),
  });
  const body: unknown = await response.json();
  return { status: response.status, body: typeof body === 'object' && body !== null ? { ...body } : {}, etag: response.headers.get('etag') };
}

async function done(answer: Promise<Answer>): Promise<Answer> {
  const given = await answer;
  expect(given.status, JSON.stringify(given.body)).toBe(200);
  return given;
}

test('each slip exists once and each notice is told once, wherever the server is killed', async () => {
  dataDir = temporaryFolder('yugong-slips-');
  server = await startServer(dataDir, { env: { YUGONG_LIMIT_REQUESTS_PER_MINUTE: '1000000' } });
  const token = await makeToken(dataDir);
  const owner = await inDatabase(dataDir, async (client) => (await client.query<{ id: string }>('select id from zone_demo.people_organisations where parent_id is null')).rows[0]?.id ?? '');
  const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  let through = 0;
  for (const milliseconds of KILLS) {
    const id = newId();
    await done(call(token, 'dispatch.plan_meeting', { id, kind: 'dispatch', day }));
    const items = Array.from({ length: STEPS }, () => newId());
    for (const itemId of items) await done(call(token, 'dispatch.add_item', { id, itemId, title: '线路迁改' }));
    let { etag } = await done(call(token, 'dispatch.open_meeting', { id }, { version: '"1"' }));
    for (const itemId of items) await done(call(token, 'dispatch.decide_item', { id, itemId, seen: 0, kind: 'measure', measure: '完成迁改', ownerOrgId: owner, dueDay: day }));
    for (const name of ['dispatch.close_meeting', 'dispatch.draft_minutes']) ({ etag } = await done(call(token, name, { id }, { version: etag })));
    const key = randomUUID();
    const first = call(token, 'dispatch.issue_minutes', { id }, { key, version: etag }).then((answer) => answer.status, () => 0);
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    await server.end('SIGKILL');
    if ((await first) === 200) through += 1;
    server = await startServer(dataDir, { env: { YUGONG_LIMIT_REQUESTS_PER_MINUTE: '1000000' } });
    const again = await done(call(token, 'dispatch.issue_minutes', { id }, { key, version: etag }));
    expect(again.body['slips']).toHaveLength(STEPS);
    // Sent once more by an office that saw nothing: refused, and nothing is issued twice.
    expect((await call(token, 'dispatch.issue_minutes', { id }, { version: again.etag })).body['code']).toBe('minutes.issued_already');
    const counts = await inDatabase(dataDir, async (client) => (await client.query<{ slips: string; decisions: string; notices: string; problems: string }>(`
      select (select count(*) from zone_demo.dispatch_slips s join zone_demo.dispatch_decisions d on d.id = s.decision_id where d.meeting_id = $1) as slips, (select count(distinct s.decision_id) from zone_demo.dispatch_slips s join zone_demo.dispatch_decisions d on d.id = s.decision_id where d.meeting_id = $1) as decisions,
        (select count(*) from zone_demo.notices_notices n join zone_demo.dispatch_decisions d on n.key = 'dispatch.slip_issued:' || d.id || ':1' where d.meeting_id = $1) as notices, (select count(*) from zone_demo.problems_problems p join zone_demo.dispatch_decisions d on p.origin_id = d.id where d.meeting_id = $1) as problems`, [id])).rows[0]);
    expect(counts, `killed after ${milliseconds} ms`).toEqual({ slips: String(STEPS), decisions: String(STEPS), notices: String(STEPS), problems: String(STEPS) });
  }
  process.stdout.write(`slips: ${KILLS.length} kills, ${through} answered before\n`);
});
