// 服务: knowledge, policies, the programme of actions and the four matchings. Names what stands in the folders and decides nothing itself.
import { feature } from '../../platform/feature.ts';
import { answerCommands, answerDownloads, answerQueries } from './knowledge/feature.ts';
import { deskCommands, deskQueries } from './desk/feature.ts';
import { bindNeeds } from './needs.ts';
import { matchingCommands } from './matching/feature.ts';
import { matchingDownloads, matchingQueries } from './matching/reads.ts';
import { policiesCommands } from './policies/feature.ts';
import { policyDownloads, policyQueries } from './policies/reads.ts';
import { programmeCommands, programmeDownloads, programmeQueries } from './programme/feature.ts';

bindNeeds();

export const service = feature('service', {
  permissions: ['service.read', 'service.keep_knowledge', 'service.keep_programme', 'service.match', 'service.offer', 'service.file', 'service.desk'],
  commands: [...answerCommands, ...policiesCommands, ...programmeCommands, ...matchingCommands, ...deskCommands],
  queries: [...answerQueries, ...policyQueries, ...programmeQueries, ...matchingQueries, ...deskQueries],
  downloads: [...answerDownloads, ...policyDownloads, ...programmeDownloads, ...matchingDownloads],
});
