// A change with its event, version check, idempotency key and derived values, beside a bare handler that inserts one row. Both on the
// disk before they answer.
import type { Request } from 'autocannon';
import { newId } from '../../kernel/ids.ts';
import { startChild } from '../child.ts';
import { OFFICE_TOKEN, projectId } from '../fill.ts';
import type { Ground } from '../ground.ts';
import { compare, type Aim, type Pace } from '../load.ts';
import { atLeast, type Figure } from '../table.ts';

const PROJECTS = 10_000;

export async function writes(ground: Ground, pace: Pace): Promise<Figure[]> {
  await ground.data(PROJECTS);
  const connection = await ground.copy(PROJECTS, 'bench_writes');
  const house = await startChild({ kind: 'house', connection, folder: `${ground.folder}/zone` });
  const bare = await startChild({ kind: 'bare', connection, statements: {} });
  const versions = new Map<string, number>();
  const edit = (field: string, value: (n: number) => unknown): Aim => ({
    url: house.url, headers: { cookie: `yugong_session=${OFFICE_TOKEN}`, origin: house.url, 'content-type': 'application/json' },
    requests: [changing(versions, (id, n) => ({ id, [field]: value(n) }))],
  });
  try {
    const insert: Aim = { url: bare.url, headers: { 'content-type': 'application/json' }, requests: [{ method: 'POST', path: `/insert?id=${projectId(1)}`, body: JSON.stringify({ id: projectId(1), remarks: '备注' }) }] };
    const remark = edit('remarks', (n) => `备注 ${n}`);
    const money = edit('totalFen', (n) => 100_000_000 + n * 100);
    const [other = 0, plain = 0, counted = 0] = await compare([insert, remark, money], pace);
    return [
      atLeast({ part: 'change', what: 'edit of a remark', projects: PROJECTS, own: plain, other, unit: '/s' }, 0.4),
      atLeast({ part: 'change', what: 'edit of the investment (lists and totals follow)', projects: PROJECTS, own: counted, other, unit: '/s' }, 0.4),
    ];
  } finally {
    await house.stop();
    await bare.stop();
  }
}

let turn = 0;

// Every request names another project, at the version that its last answer gave.
function changing(versions: Map<string, number>, body: (id: string, n: number) => unknown): Request {
  return {
    method: 'POST', path: '/api/commands/projects.edit',
    setupRequest: (request, context) => {
      turn += 1;
      const id = projectId(1 + (turn % PROJECTS));
      context['id'] = id;
      return { ...request, body: JSON.stringify(body(id, turn)), headers: { ...request.headers, 'idempotency-key': newId(), 'if-match': `"${versions.get(id) ?? 1}"` } };
    },
    onResponse: (status, text, context) => {
      const id = String(context['id']);
      const version = /"version":(\d+)/.exec(text)?.[1];
      if (status === 200 && version !== undefined) versions.set(id, Number(version));
      // A turn that ends cuts off what is under way: whether it was done is asked of the version.
      else if (status === 412 || status === 409) versions.set(id, Number(/"current":(?:\{[^}]*"version":)?(\d+)/.exec(text)?.[1] ?? 1));
    },
  };
}
