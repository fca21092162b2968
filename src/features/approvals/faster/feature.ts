// The faster ways of approval on the server: guidance, simulation, tolerance, promise, validity. They shorten what comes before a formal document
// and never stand for one: the hard gates of the life cycle are answered from the same dossier (gate.ts).
import { feature } from '../../../platform/feature.ts';
import { dailyCommands } from './daily.ts';
import { bindGates } from './gate.ts';
import { grantingCommands } from './granting.ts';
import { fasterQueries } from './reading.ts';
import { promiseCommands } from './promising.ts';
import { simulationCommands } from './simulating.ts';
import { toleranceCommands } from './tolerating.ts';

bindGates();

export const faster = feature('approvals.faster', {
  permissions: ['approvals.guide', 'approvals.simulate', 'approvals.examine'],
  queries: fasterQueries,
  commands: [...simulationCommands, ...toleranceCommands, ...promiseCommands, ...grantingCommands, ...dailyCommands],
});
