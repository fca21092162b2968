// The way in: `serve` and the commands of the command line. Each lives in src/cli; this file only chooses one and says what the exit
// code means: 0 done, 1 failed, 2 wrong call or configuration, 3 another process serves the folder.
import { ConfigError, readConfig, type Config } from './platform/config.ts';
import { FolderBusy } from './platform/lock.ts';
import { inBoth } from './platform/spoken.ts';

process.setSourceMapsEnabled(true);
// A reader who has heard enough (`| head`) is no failure: what is said after that is said to nobody.
process.stdout.on('error', (error: Error & { readonly code?: string }) => {
  if (error.code !== 'EPIPE') throw error;
});

export type Command = {
  /** One line for the list of commands. */
  about: string;
  /** Loads the command only when it is asked for: `serve` must not pay for the readers of the importer. */
  load(): Promise<{ run(args: readonly string[], config: Config): Promise<number> }>;
};

const commands: Readonly<Record<string, Command>> = {
  serve: { about: 'start the server (npm start)', load: () => import('./cli/serve.ts') },
  import: { about: 'import a ledger: FILE [--profile P] [--dry-run] [--json]', load: () => import('./cli/import.ts') },
  verify: { about: 'compute the chain of the event log again: [--head SEQ:HASH] [--lang en] [--json]', load: () => import('./cli/verify.ts') },
  workdays: { about: 'a deadline in working days: YYYY-MM-DD DAYS [--json] | --batch FILE.csv', load: () => import('./cli/workdays.ts') },
  schedule: { about: 'dates, floats and critical path of a network: FILE... [--json]', load: () => import('./cli/schedule.ts') },
  plan: { about: 'approvals that a project needs and its plan in every mode: FACTS.json... [--start DAY] [--overlay CODE] [--json]', load: () => import('./cli/plan.ts') },
  migrate: { about: 'bring the database to this version and stop', load: () => import('./cli/migrate.ts') },
};

process.exitCode = await main(process.argv.slice(2));
// The work is done and everything is closed; something forgotten that still holds the process must not keep it alive.
setTimeout(() => process.exit(), 3000).unref();

async function main([name = 'help', ...args]: readonly string[]): Promise<number> {
  if (['help', '--help', '-h'].includes(name)) return help(process.stdout);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    process.stderr.write(`${JSON.stringify(name)}: ${inBoth('cli:no_command')}\n`);
    help(process.stderr);
    return 2;
  }
  try {
    const { run } = await command.load();
    return await run(args, readConfig(process.env));
  } catch (error) {
    return explain(error);
  }
}

function help(out: NodeJS.WritableStream): number {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  const lines = Object.entries(commands).map(([name, { about }]) => `  ${name.padEnd(width)}  ${about}`);
  out.write(`npm run -s yugong -- COMMAND\n\n${lines.join('\n')}\n`);
  return 0;
}

/** What Node says of a wrong option is for programmers. */
function badOption(error: unknown): string | undefined {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return error instanceof Error && typeof code === 'string' && code.startsWith('ERR_PARSE_ARGS') ? (/'([^' ]+)/.exec(error.message)?.[1] ?? '') : undefined;
}

function explain(error: unknown): number {
  if (error instanceof FolderBusy) {
    process.stderr.write(`${error.message}\n${inBoth('cli:folder_busy', { pid: error.pid ?? '?' }, '\n')}\n`);
    return 3;
  }
  const option = badOption(error);
  if (option !== undefined) {
    process.stderr.write(`${inBoth('cli:bad_option', { option, command: process.argv[2] ?? '' }, '\n')}\n`);
    return 2;
  }
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  if (error instanceof ConfigError) return 2;
  if (process.env['LOG_LEVEL'] === 'debug' && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`);
  return 1;
}
