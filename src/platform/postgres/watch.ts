// Brings the server back when it dies under the program: connections of the pool fail once and find it again at the same socket. Must
// never start it while the program is stopping it, nor hide one that keeps dying.
import { isRunning } from '../processes.ts';
import type { LaunchLogger } from './launch.ts';

export type Watched = {
  logger: LaunchLogger;
  /** PostgreSQL's own log, to be named. */
  logFile: string;
  pid(): number;
  startAgain(): Promise<void>;
};

const watchEveryMs = 500;
/** A server that dies more often than this is broken, and starting it again would only hide that. */
const restartsPerTenMinutes = 10;

/** Watches until `end` is called, which also waits for a start that is under way. */
export function watchServer({ logger, logFile, pid, startAgain }: Watched): { end(): Promise<void> } {
  const restarts: number[] = [];
  let working: Promise<void> | undefined;
  const timer = setInterval(() => {
    if (working !== undefined || isRunning(pid())) return;
    working = restart().finally(() => (working = undefined));
  }, watchEveryMs);
  timer.unref();

  async function restart(): Promise<void> {
    const now = performance.now();
    while ((restarts[0] ?? now) < now - 600_000) restarts.shift();
    if (restarts.push(now) > restartsPerTenMinutes) {
      clearInterval(timer);
      logger.warn('PostgreSQL keeps dying; it is not started again', { log: logFile });
      return;
    }
    logger.warn('PostgreSQL ended unexpectedly; starting it again', { pid: pid() });
    try {
      await startAgain();
      logger.info('PostgreSQL is back', { pid: pid(), milliseconds: Math.round(performance.now() - now) });
    } catch (error) {
      logger.warn('PostgreSQL could not be started again', { error: String(error) });
    }
  }

  return {
    end: async () => {
      clearInterval(timer);
      await working;
    },
  };
}
