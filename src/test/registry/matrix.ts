// Who may do what, asked of the program itself: each role calls each command, query and download once, and somebody who is not signed
// in calls them over HTTP. The answers as a table that people read: docs/permissions.md.
import { newId } from '../../kernel/ids.ts';
import type { Actor } from '../../platform/actor.ts';
import type { CommandHandler } from '../../platform/feature.ts';
import roles from '../../features/people/data/roles.json' with { type: 'json' };
import { ROLES, type World } from '../world/world.ts';
import { VARIANTS } from './cases.ts';
import { mayCommand, outcome } from './checks.ts';
import { contentOf, inputOf } from './inputs.ts';

const MAY = '●';

interface Line {
  readonly name: string;
  readonly permission: string;
  readonly nobody: boolean;
  readonly roles: readonly boolean[];
}

/** The whole table, by some thousand real calls. */
export async function tableOf(world: World, project: string): Promise<string> {
  const { commands, queries, downloads } = world.app.registry;
  const parts: string[] = [head(world), held(world)];
  for (const [title, lines] of [
    ['Commands', (await each([...commands.values()], async (handler) => [await commandLine(world, handler), ...(await variantLines(world, handler))])).flat()],
    ['Queries', await each([...queries.values()], (handler) => readLine(world, 'queries', handler.contract, handler.permission, (actor, input) => world.app.ask(actor, handler.contract.name, input), project))],
    ['Downloads', await each([...downloads.values()], (handler) => readLine(world, 'downloads', handler.contract, handler.permission, (actor, input) => contentOf(world.app.download(actor, handler.contract.name, input)), project))],
  ] as const) parts.push(`## ${title}\n\n${heading}\n${lines.map(lineText).join('\n')}\n`);
  return parts.join('\n');
}

export async function commandLine(world: World, handler: CommandHandler): Promise<Line> {
  const { name } = handler.contract;
  return { name, permission: handler.permission, nobody: await nobodyMay(world, `/api/commands/${name}`, true), roles: await each(ROLES, (role) => mayCommand({ world, handler, database: world.app.database }, world.actors[role])) };
}

/** A command under which several things are done, each by somebody else. */
async function variantLines(world: World, handler: CommandHandler): Promise<Line[]> {
  const { name } = handler.contract;
  return each(Object.entries(VARIANTS[name] ?? {}), async ([what, make]) => ({
    name: `${name}: ${what}`, permission: handler.permission, nobody: false, roles: await each(ROLES, (role) => mayCommand({ world, handler, database: world.app.database, make }, world.actors[role])),
  }));
}

async function readLine(world: World, kind: string, contract: { readonly name: string; readonly input: unknown }, permission: string, call: (actor: Actor, input: Readonly<Record<string, unknown>>) => Promise<unknown>, project: string): Promise<Line> {
  const input = inputOf(world, contract, project);
  const query = new URLSearchParams(Object.entries(input).map(([field, value]) => [field, String(value)]));
  return {
    name: contract.name, permission, nobody: await nobodyMay(world, `/api/${kind}/${contract.name}?${query.toString()}`, false),
    roles: await each(ROLES, async (role) => (await outcome(call(world.actors[role], input))) !== 'platform.not_allowed'),
  };
}

async function nobodyMay(world: World, url: string, write: boolean): Promise<boolean> {
  const http = await world.http();
  const headers = { host: 'localhost', origin: 'http://localhost', 'idempotency-key': newId() };
  const answer = await http.inject(write ? { method: 'POST', url, headers, payload: {} } : { method: 'GET', url, headers });
  return answer.json<{ code?: string }>().code !== 'platform.not_signed_in';
}

async function each<One, Result>(list: readonly One[], work: (one: One) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (const one of list) results.push(await work(one));
  return results;
}

/** What the roles hold, also what is asked for within a command: to waive a condition, to correct what is locked. */
function held(world: World): string {
  const permissions = [...new Set(world.app.registry.permissions)];
  const lines = permissions.map((permission) => `| ${permission} | ${ROLES.map((role) => mark(world.actors[role].permissions.has(permission))).join(' | ')} |`);
  return `## Permissions\n\n| | ${ROLES.join(' | ')} |\n|---|${ROLES.map(() => ':-:').join('|')}|\n${lines.join('\n')}\n`;
}

const mark = (may: boolean): string => (may ? MAY : ' ');

const heading = `| | asks for | nobody | ${ROLES.join(' | ')} |\n|---|---|:-:|${ROLES.map(() => ':-:').join('|')}|`;

export function lineText(line: Line): string {
  return `| ${line.name} | ${line.permission} | ${mark(line.nobody)} | ${line.roles.map(mark).join(' | ')} |`;
}

function head(world: World): string {
  const scopes = ROLES.map((role) => {
    const found = roles.find((one) => one.code === role);
    return `| ${role} | ${found?.zh ?? ''} | ${world.actors[role].scope.all ? 'all' : (found?.scope ?? '')} |`;
  });
  return `# Who may do what

What the roles of a new zone may do, and how far each sees; an administrator changes them in the browser (管理 → 角色权限). ${MAY} may; empty: refused.
Which projects and people somebody reaches is his scope; "nobody" is whoever is not signed in, \`signed-in\` anyone who is.

This page is the answer of real calls: \`npx vitest run src/test/registry/matrix.test.ts\` makes one for each role and line, and fails where the page
says otherwise (with \`-u\` at its end it writes the page anew). So a change of a role or of a permission is seen here by whoever reviews it.

| role | 角色 | sees |
|---|---|---|
${scopes.join('\n')}
`;
}
