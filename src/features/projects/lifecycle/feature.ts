// 生命周期 on the server: stages with gates, side states, evidence, results until 达效 is decided, and the rules as a setting.
import { feature } from '../../../platform/feature.ts';
import { evidenceCommands } from './evidence.ts';
import { moveCommands } from './moves.ts';
import { resultCommands, resultQueries } from './results.ts';
import { settingCommands, settingQueries } from './setting.ts';
import { standingQueries } from './standing.ts';

export const lifecycle = feature('projects.lifecycle', {
  permissions: ['projects.move', 'projects.move_back', 'projects.waive', 'projects.evidence', 'projects.verify_evidence', 'projects.results'],
  queries: [...standingQueries, ...resultQueries, ...settingQueries],
  commands: [...moveCommands, ...evidenceCommands, ...resultCommands, ...settingCommands],
});
