// 调度会: meetings, what they decide, slips and minutes on the server. Names what stands in the files by purpose and decides nothing itself.
import { feature } from '../../../platform/feature.ts';
import { minutesCommands } from '../minutes/commands.ts';
import { minutesQueries, paperDownloads } from '../minutes/reading.ts';
import { dailyCommands } from '../slips/daily.ts';
import { handlingCommands } from '../slips/handling.ts';
import { slipQueries } from '../slips/reading.ts';
import { agendaCommands } from './agenda.ts';
import { feedCommands, feedDownloads, feedQueries } from './feeds.ts';
import { bindNeeds } from './needs.ts';
import { planningCommands } from './planning.ts';
import { policyCommands, policyQueries } from './policy.ts';
import { meetingQueries } from './reading.ts';
import { sessionCommands } from './session.ts';

bindNeeds();

export const meetings = feature('dispatch.meetings', {
  permissions: ['dispatch.meet', 'dispatch.receive', 'dispatch.answer'],
  queries: [...meetingQueries, ...policyQueries, ...feedQueries, ...slipQueries, ...minutesQueries],
  downloads: [...feedDownloads, ...paperDownloads],
  commands: [...policyCommands, ...planningCommands, ...agendaCommands, ...sessionCommands, ...handlingCommands, ...minutesCommands, ...dailyCommands, ...feedCommands],
});
