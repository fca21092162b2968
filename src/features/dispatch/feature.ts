// 调度: the commissioner's week, task forces and the three ledgers on the server. Names what stands in the files by purpose and decides nothing itself.
import { feature } from '../../platform/feature.ts';
import { exportHandlers } from './ledgers/export.ts';
import { formingCommands } from './taskforce/forming.ts';
import { handingCommands } from './taskforce/handing.ts';
import { dutyQueries } from './taskforce/reading.ts';
import { bindNeeds } from './week/needs.ts';
import { weekQueries } from './week/reading.ts';
import { reportingCommands } from './week/reporting.ts';
import { settingCommands } from './week/setting.ts';
import { visitingCommands } from './week/visiting.ts';

bindNeeds();

export const week = feature('dispatch.week', {
  permissions: ['dispatch.read', 'dispatch.report_week', 'dispatch.assign'],
  queries: [...weekQueries, ...dutyQueries],
  downloads: exportHandlers,
  commands: [...reportingCommands, ...visitingCommands, ...formingCommands, ...handingCommands, ...settingCommands],
});
