// Shows where the chain of the event log stands. The sealing itself is a job of the platform.
import { readChain } from '../../../platform/chain.ts';
import { readHandler } from '../../../platform/feature.ts';
import { getEventChain } from './contract.ts';

export const chainQueries = [readHandler(getEventChain, { permission: 'people.audit', read: ({ db }) => readChain(db) })];
