// Reading: lists, records, search and the portfolio, over HTTP at sixteen connections, beside the bare handler with the same statements.
import { actorById } from '../../features/people/session.ts';
import { readList } from '../../features/projects/register/list.ts';
import { search } from '../../features/projects/register/search.ts';
import { readRecord } from '../../features/projects/register/store.ts';
import { totalsOf } from '../../features/projects/portfolio/store.ts';
import { idFrom } from '../../kernel/ids.ts';
import type { Actor } from '../../platform/actor.ts';
import { compile, type Db, type Sql } from '../../platform/db.ts';
import type { App } from '../../app.ts';
import { startChild, type Connection, type Statement } from '../child.ts';
import { OFFICE_TOKEN, projectId, TOWN_TOKEN } from '../fill.ts';
import { openBench, type Ground } from '../ground.ts';
import { compare, type Aim, type Pace } from '../load.ts';
import { atLeast, atMost, below, type Figure } from '../table.ts';

const LISTS = { 'list by number': { stage: ['building' as const], sort: 'seq' as const }, 'list by investment': { stage: ['building' as const], sort: 'total' as const, down: true } };
/** One pair in a fiftieth of the names, one in a hundred-and-sixtieth, one in none but a few, names that begin with it. */
const WORDS = ['芯片', '轴承', '豫光', '公寓', '小浪', '智能'];
const RECORDS = 50;

export async function reads(ground: Ground, sizes: readonly number[], pace: Pace): Promise<Figure[]> {
  const figures: Figure[] = [];
  const rates = new Map<string, number>();
  for (const projects of sizes) {
    const connection = await ground.data(projects);
    figures.push(...(await ofSize(ground, connection, projects, pace, rates)));
  }
  for (const [low, high, limit] of [[10_000, 100_000, 1.3]] as const) {
    for (const what of Object.keys(LISTS)) compareSizes(figures, rates, 'list', what, low, high, limit);
  }
  compareSizes(figures, rates, 'portfolio', 'portfolio', 182, Math.max(...sizes), 2);
  return figures;
}

function compareSizes(figures: Figure[], rates: ReadonlyMap<string, number>, part: string, what: string, low: number, high: number, limit: number): void {
  const few = rates.get(`${what} ${low}`);
  const many = rates.get(`${what} ${high}`);
  if (few === undefined || many === undefined || low === high) return;
  figures.push(atMost({ part, what: `${what}: time at ${high} / at ${low} projects`, projects: high, own: 16_000 / many, other: 16_000 / few, unit: 'ms' }, limit));
}

async function ofSize(ground: Ground, connection: Connection, projects: number, pace: Pace, rates: Map<string, number>): Promise<Figure[]> {
  const app = await openBench(connection, `${ground.folder}/zone`);
  const office = await someone(app, 'bench-office');
  const statements = await statementsOf(app, office, projects);
  const inDatabase = await searchTimes(app, office);
  await app.close();
  const house = await startChild({ kind: 'house', connection, folder: `${ground.folder}/zone` });
  const bare = await startChild({ kind: 'bare', connection, statements });
  try {
    const cookie = (token: string) => ({ cookie: `yugong_session=${token}` });
    const own = (token: string, ...paths: string[]): Aim => ({ url: house.url, headers: cookie(token), requests: paths.map((path) => ({ path: `/api/queries/${path}` })) });
    const rival = (name: string): Aim => ({ url: bare.url, requests: (statements[name]?.variants ?? []).map((_, v) => ({ path: `/${name}?v=${v}` })) });
    const figures: Figure[] = [];
    for (const [what, input] of Object.entries(LISTS)) {
      const path = `projects.list?${query(input)}`;
      const [other = 0, all = 0, scoped = 0] = await compare([rival(what.replaceAll(' ', '-')), own(OFFICE_TOKEN, path), own(TOWN_TOKEN, path)], pace);
      rates.set(`${what} ${projects}`, all);
      figures.push(atLeast({ part: 'list', what: `${what}, office`, projects, own: all, other, unit: '/s' }, 0.7));
      // A page that is not full is cheaper: the comparison counts where the town has fifty rows.
      if (projects >= 10_000) figures.push(atMost({ part: 'list', what: `${what}: time of a town / of the office`, projects, own: 16_000 / scoped, other: 16_000 / all, unit: 'ms' }, 1.3));
    }
    const ids = recordIds(projects);
    const [record = 0, ownRecord = 0] = await compare([rival('record'), own(OFFICE_TOKEN, ...ids.map((id) => `projects.record?id=${id}`))], pace);
    figures.push(atLeast({ part: 'record', what: 'record', projects, own: ownRecord, other: record, unit: '/s' }, 0.7));
    const [found = 0, ownFound = 0] = await compare([rival('search'), own(OFFICE_TOKEN, ...WORDS.map((q) => `projects.search?q=${encodeURIComponent(q)}`))], pace);
    figures.push(atLeast({ part: 'search', what: 'search by two characters', projects, own: ownFound, other: found, unit: '/s' }, 0.7));
    figures.push(below({ part: 'search', what: `slowest of ${WORDS.length} searches in the database`, projects, own: Math.max(...inDatabase), unit: 'ms' }, 5));
    const [portfolio = 0, ownPortfolio = 0] = await compare([rival('portfolio'), own(OFFICE_TOKEN, 'projects.portfolio')], pace);
    rates.set(`portfolio ${projects}`, ownPortfolio);
    figures.push({ ...atLeast({ part: 'portfolio', what: 'portfolio', projects, own: ownPortfolio, other: portfolio, unit: '/s' }, 0), target: '', pass: null });
    return figures;
  } finally {
    await house.stop();
    await bare.stop();
  }
}

export async function someone(app: App, login: string): Promise<Actor> {
  const actor = await actorById(app.database, idFrom('bench', 'user', login));
  if (actor === undefined) throw new Error(`nobody is ${login}`);
  return actor;
}

function recordIds(projects: number): string[] {
  return Array.from({ length: RECORDS }, (_, i) => projectId(1 + ((i * 7919) % projects)));
}

function query(input: Readonly<Record<string, unknown>>): string {
  return Object.entries(input).map(([name, value]) => `${name}=${encodeURIComponent(String(Array.isArray(value) ? value[0] : value))}`).join('&');
}

/** The statements that Yugong sends, caught on their way, for the bare handler. */
async function statementsOf(app: App, actor: Actor, projects: number): Promise<Record<string, Statement>> {
  const now = app.now();
  const lists = await Promise.all(Object.entries(LISTS).map(async ([what, input]) => [what.replaceAll(' ', '-'), await caught((db) => readList(db, actor, input, now))] as const));
  const record = await Promise.all(recordIds(projects).map((id) => caught((db) => readRecord(db, actor, id))));
  const searches = await Promise.all(WORDS.map((word) => caught((db) => search(db, actor, word, 12))));
  return { ...Object.fromEntries(lists), record: together(record), search: together(searches), portfolio: await caught((db) => totalsOf(db, actor.scope.keys[0] ?? '')) };
}

export function together(all: readonly Statement[]): Statement {
  return { text: all[0]?.text ?? '', variants: all.flatMap((one) => one.variants) };
}

export async function caught(work: (db: Db) => Promise<unknown>): Promise<Statement> {
  let found: Statement | undefined;
  const take = async (statement: Sql): Promise<void> => {
    const { text, values } = compile(statement);
    found ??= { text, variants: [values] };
  };
  await work({ rows: async (statement) => { await take(statement); return []; }, row: async (statement) => { await take(statement); return undefined; }, run: async () => 0 });
  if (found === undefined) throw new Error('no statement was sent');
  return found;
}

/** What PostgreSQL itself says each search takes: planning and execution, the best of some. */
async function searchTimes(app: App, actor: Actor): Promise<number[]> {
  const times: number[] = [];
  for (const word of WORDS) {
    const { text, variants } = await caught((db) => search(db, actor, word, 12));
    const client = await app.database.connect();
    const tries: number[] = [];
    for (let i = 0; i < 5; i += 1) {
      const { rows } = await client.query<{ 'QUERY PLAN': { 'Planning Time': number; 'Execution Time': number }[] }>(`explain (analyze, timing off, format json) ${text}`, [...(variants[0] ?? [])]);
      const plan = rows[0]?.['QUERY PLAN'][0];
      tries.push(plan?.['Execution Time'] ?? 0);
    }
    client.release();
    times.push(Math.min(...tries));
  }
  return times;
}
