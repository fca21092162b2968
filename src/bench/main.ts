// `npm run bench [-- --quick] [--only reads|writes|imports|cases|clocks|networks|plans|starts|documents|rates|meetings|notices|problems|service] [--data FOLDER] [--turns N] [--seconds N] [--json] [--profile FOLDER]`: measures, prints a table, and says of each
// figure whether its target is met. A child with a task in its environment is one of the servers that are measured.
import { cpus, loadavg, totalmem } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openHouse } from '../house.ts';
import { readConfig } from '../platform/config.ts';
import { makeLog } from '../platform/log.ts';
import { serveBare } from './bare.ts';
import { PROFILE, TASK, type Task } from './child.ts';
import { makeGround, POOL, SCHEMA, ZONE } from './ground.ts';
import { cases } from './parts/cases.ts';
import { clocks } from './parts/clocks.ts';
import { documents } from './parts/documents.ts';
import { imports } from './parts/imports.ts';
import { meetings } from './parts/meetings.ts';
import { networks } from './parts/networks.ts';
import { notices } from './parts/notices.ts';
import { plans } from './parts/plans.ts';
import { problems } from './parts/problems.ts';
import { rates } from './parts/rates.ts';
import { reads } from './parts/reads.ts';
import { service } from './parts/service.ts';
import { starts } from './parts/starts.ts';
import { writes } from './parts/writes.ts';
import { print, type Figure } from './table.ts';

const task = process.env[TASK];
if (task === undefined) await measure();
// Our own parent wrote it.
else await serve(JSON.parse(task) as Task);

async function serve(given: Task): Promise<void> {
  process.on('disconnect', () => process.exit());
  process.on('SIGTERM', () => setTimeout(() => process.exit(), 3000).unref());
  if (given.kind === 'bare') {
    process.send?.(await serveBare(given.connection, given.statements));
    return;
  }
  const config = readConfig({ YUGONG_DATA: given.folder, YUGONG_ZONE: ZONE, YUGONG_POOL: String(POOL), YUGONG_LIMIT_REQUESTS_PER_MINUTE: '1000000' });
  const house = await openHouse({ config: { ...config, schema: SCHEMA }, connection: given.connection, log: makeLog('warn') });
  await house.http.listen({ port: 0, host: '127.0.0.1' });
  const address = house.http.server.address();
  process.on('SIGTERM', () => void house.close().finally(() => process.exit()));
  process.send?.(typeof address === 'object' && address !== null ? address.port : 0);
}

async function measure(): Promise<void> {
  const { values } = parseArgs({ options: { quick: { type: 'boolean' }, only: { type: 'string', multiple: true }, data: { type: 'string' }, json: { type: 'boolean' }, turns: { type: 'string' }, seconds: { type: 'string' }, profile: { type: 'string' } } });
  if (values.profile !== undefined) process.env[PROFILE] = path.resolve(values.profile);
  const say = (line: string): void => void process.stderr.write(`  ${line}\n`);
  const quick = values.quick === true;
  const wanted = (part: string): boolean => values.only === undefined || values.only.includes(part);
  const pace = { turns: Number(values.turns ?? (quick ? 3 : 5)), seconds: Number(values.seconds ?? (quick ? 1 : 2)) };
  const load = loadavg()[0] ?? 0;
  say(`${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, node ${process.version}, load ${load.toFixed(1)} before`);
  const figures: Figure[] = [];
  const ground = await makeGround(values.data, say);
  const part = async (name: string, work: () => Promise<Figure[]>): Promise<void> => {
    if (!wanted(name)) return;
    const began = performance.now();
    try {
      figures.push(...(await work()));
    } catch (error) {
      process.exitCode = 1;
      say(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
    say(`${name} took ${Math.round((performance.now() - began) / 1000)} s`);
  };
  try {
    await part('reads', () => reads(ground, quick ? [182, 10_000] : [182, 10_000, 100_000], pace));
    await part('writes', () => writes(ground, pace));
    await part('imports', () => imports(ground, !quick, say));
    await part('cases', () => cases(ground, quick ? [1000, 10_000] : [1000, 100_000], pace, say));
    await part('clocks', clocks);
    await part('rates', () => rates(ground, quick ? 10_000 : 100_000, pace.turns));
    await part('networks', async () => Promise.resolve(networks(quick ? [100_000] : [100_000, 1_000_000], say)));
    await part('starts', starts);
    await part('meetings', () => meetings(ground, 10_000));
    await part('notices', () => notices(ground, quick ? 10_000 : 100_000, say));
    await part('plans', () => plans(say));
    await part('documents', () => documents(say));
    await part('service', () => service(ground, quick ? [1000, 10_000] : [1000, 100_000]));
    await part('problems', () => problems(ground, quick ? [1000, 10_000] : [1000, 100_000], pace, say));
  } finally {
    await ground.stop();
  }
  const about = { at: new Date().toISOString(), cores: cpus().length, cpu: cpus()[0]?.model ?? '', node: process.version, load };
  if (values.json === true) process.stdout.write(`${JSON.stringify({ about, figures }, null, 1)}\n`);
  else process.stdout.write(`\n${print(figures)}\n`);
  if (figures.some((one) => one.pass === false)) say('targets marked SHORT are not met in this run');
}
