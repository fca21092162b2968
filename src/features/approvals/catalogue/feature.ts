// The approval catalogue 审批事项目录 of a zone: read by everyone who has to do with projects, changed by those who may, in versions that
// hold from a day. Everything else reads it by readCatalogue of store.ts.
import { feature } from '../../../platform/feature.ts';
import { catalogueCommands, PERMISSION } from './changing.ts';
import { importingCommands } from './importing.ts';
import { frameQuery } from './frames.ts';
import { catalogueQueries } from './reading.ts';

export const catalogue = feature('approvals.catalogue', { permissions: ['approvals.read', PERMISSION], queries: [...catalogueQueries, frameQuery], commands: [...catalogueCommands, ...importingCommands] });
