// 事项办理: cases of approval items on the server. Names what stands in the files by purpose and decides nothing itself.
import { feature } from '../../../platform/feature.ts';
import { completionCommands } from './completion.ts';
import { moveCommands } from './moves.ts';
import { openingCommands } from './opening.ts';
import { outsideCommands } from './outside.ts';
import { publicCommands } from './showing.ts';
import { exportHandler } from './export.ts';
import { bindNeeds } from './needs.ts';
import { caseQueries } from './reading.ts';

bindNeeds();

export const cases = feature('approvals.cases', {
  permissions: ['approvals.read', 'approvals.apply', 'approvals.handle'],
  queries: caseQueries,
  downloads: [exportHandler],
  commands: [...openingCommands, ...completionCommands, ...moveCommands, ...publicCommands, ...outsideCommands],
});
