// 企业服务110 on the server: what may be done and read at the desk, by enterprises, by other systems and by nobody in particular.
import { readHandler, type CommandHandler, type QueryHandler } from '../../../platform/feature.ts';
import { readKinds } from '../../problems/pool/reads.ts';
import * as contract from './contract.ts';
import { intakeCommands } from './intake.ts';
import { jointCommands } from './joint.ts';
import { makeLimit } from './limit.ts';
import { readComplaint, readCounter, readOutside } from './outward.ts';
import { findCallers, readCaller, readCallerProjects, readDay, readFigures, readJoints, readMyDuties, readPhrases, readRequests, readRooms, readRoster } from './reads.ts';
import { roomCommands } from './rooms.ts';
import { rosterCommands } from './roster.ts';

export const deskCommands: readonly CommandHandler[] = [...intakeCommands, ...roomCommands, ...rosterCommands, ...jointCommands];

const DESK = 'service.desk';
const FILE = 'service.file';
const looks = makeLimit(60, 600_000);

export const deskQueries: readonly QueryHandler[] = [
  readHandler(contract.myRequests, { permission: FILE, read: ({ db, actor, input }) => readRequests(db, actor, input) }),
  readHandler(contract.myFigures, { permission: FILE, read: ({ db, actor, now }) => readFigures(db, actor, now) }),
  readHandler(contract.findCallers, { permission: DESK, read: ({ db, input }) => findCallers(db, input.q) }),
  readHandler(contract.callerProjects, { permission: DESK, read: ({ db, input }) => readCallerProjects(db, input) }),
  readHandler(contract.callerHistory, { permission: DESK, read: ({ db, actor, input, now }) => readCaller(db, actor, input.enterpriseId, now) }),
  readHandler(contract.listRooms, { permission: DESK, read: ({ db, now }) => readRooms(db, now.day) }),
  readHandler(contract.roster, { permission: DESK, read: ({ db, actor, input }) => readRoster(db, actor, input) }),
  readHandler(contract.myDuties, { permission: 'signed-in', read: ({ db, actor, now }) => readMyDuties(db, actor, now.day) }),
  readHandler(contract.deskDay, { permission: DESK, read: ({ db, actor, now }) => readDay(db, actor, now) }),
  readHandler(contract.listJoints, { permission: DESK, read: ({ db, actor, input }) => readJoints(db, actor, input) }),
  readHandler(contract.listPhrases, { permission: 'problems.handle', read: ({ db }) => readPhrases(db) }),
  readHandler(contract.outsideState, { permission: DESK, read: ({ db, actor, input }) => readOutside(db, actor, input) }),
  readHandler(contract.publicKinds, { permission: 'public', read: async ({ db }) => ({ items: (await readKinds(db)).filter((kind) => kind.retired !== true).map(({ code, zh, en }) => ({ code, zh, en })) }) }),
  readHandler(contract.publicCounter, { permission: 'public', read: ({ db, now }) => readCounter(db, now) }),
  readHandler(contract.complaintState, {
    permission: 'public',
    read: ({ db, input, env, now }) => {
      looks.take(env.address, now.instant.getTime());
      return readComplaint(db, input.code);
    },
  }),
];
