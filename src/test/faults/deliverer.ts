// A process that sends what is due and kills itself at a step. Only a test starts it. DIE_AT names the step (none: it runs to its end), LATER_MINUTES moves its clock.
import { openApp } from '../../house.ts';
import { deliver, MAIL, RECEIVERS } from '../../features/notices/delivery/deliver.ts';
import { readConfig } from '../../platform/config.ts';
import { makeLog } from '../../platform/log.ts';

const url = process.env['DATABASE_URL'] ?? '';
const app = await openApp({ config: { ...readConfig(process.env), schema: process.env['SCHEMA'] ?? '' }, connection: { connectionString: url }, log: makeLog('error') });
const moved = Number(process.env['LATER_MINUTES'] ?? '0') * 60_000;
const house = {
  ...app, random: () => 0, now: () => ({ instant: new Date(Date.now() + moved), day: '2023-06-30' }),
  step: async (name: string) => {
    if (name === process.env['DIE_AT']) process.kill(process.pid, 'SIGKILL');
    return Promise.resolve();
  },
};
await deliver(house, MAIL);
await deliver(house, RECEIVERS);
await app.close();
