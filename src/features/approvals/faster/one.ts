// Queries about one thing: what a case owes and how long its document holds; what a land contract would make of the opinions. Reads only.
import type { OutputOf } from '../../../kernel/contract.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { may, type Actor } from '../../../platform/actor.ts';
import { sql, type Db } from '../../../platform/db.ts';
import { readHandler, type QueryHandler } from '../../../platform/feature.ts';
import { oneCase } from '../cases/reads.ts';
import { deskOf } from '../cases/scope.ts';
import { readCalendar } from '../calendar/store.ts';
import { readCatalogue } from '../catalogue/store.ts';
import { caseFaster, previewContract } from './contract.ts';
import { maySupply, seesAt } from './desk.ts';
import { documentOf, dossiersOf, type Dossier } from './dossier.ts';
import { toleranceLine, validityLine } from './lines.ts';
import { nameOf, namesOf } from './policy.ts';
import { converted, type Conversion } from './rules.ts';
import { tolerancesOfCase } from './store.ts';

const PERMISSION = 'approvals.read';

async function caseOf(db: Db, actor: Actor, id: string, day: string): Promise<OutputOf<typeof caseFaster>> {
  const row = (await oneCase(db, actor, await deskOf(db, actor), id)) ?? refuse('platform.not_found', {});
  const [{ catalogue }, { law: calendar }, tolerances, project] = await Promise.all([
    readCatalogue(db, day), readCalendar(db), tolerancesOfCase(db, row), db.row<{ version: number }>(sql`select version from projects_projects where id = ${row.project_id}`),
  ]);
  const granted = row.document !== null && (row.status === 'decided' || row.status === 'delivered') && row.outcome !== 'refused';
  const dossier = granted ? (await dossiersOf(db, [row.project_id], catalogue)).get(row.project_id) : undefined;
  return {
    projectId: row.project_id, version: project?.version ?? 0, item: row.item, itemName: nameOf({ catalogue }, row.item), day, tolerances: tolerances.map((one) => toleranceLine(one, { catalogue, calendar }, day)),
    validity: dossier === undefined ? null : validityLine(catalogue.items.find((one) => one.code === row.item), documentOf(dossier, row.item, row.document ?? ''), day),
    can: { examine: may(actor, 'approvals.examine'), supply: maySupply(actor) },
  };
}

async function previewOf(db: Db, actor: Actor, input: { readonly id: string; readonly day: string; readonly applicant: string; readonly areaSquareMetres: number; readonly planning: string; readonly scale: string }, today: string): Promise<OutputOf<typeof previewContract>> {
  if (!(await seesAt(db, actor, input.id))) return refuse('platform.not_found', {});
  const { catalogue } = await readCatalogue(db, today);
  const [project, dossiers] = await Promise.all([db.row<{ kind: string }>(sql`select kind from projects_projects where id = ${input.id}`), dossiersOf(db, [input.id], catalogue)]);
  const dossier = dossiers.get(input.id) ?? refuse('platform.not_found', {});
  const { id: _id, day, ...premises } = input;
  const opined = dossier.simulations.filter((one) => one.state.status === 'opined');
  // As if every opinion got its number on that day: what then still waits, waits for the law.
  const documents = opined.filter((one) => one.state.expires === null || one.state.expires >= day).map((one) => ({ item: one.item, number: `?${one.item}` }));
  const found = converted(dossier, project?.kind === 'government' ? 'government' : 'enterprise', { day, premises, documents });
  return { items: opined.map((one) => outcomeOf(one.item, found, dossier)) };
}

function outcomeOf(item: string, found: Conversion, dossier: Dossier): OutputOf<typeof previewContract>['items'][number] {
  const base = { item, itemName: nameOf(dossier, item), changed: [], waitsFor: [], due: null };
  if (found.lapsed.includes(item)) return { ...base, then: 'lapsed' };
  const reviewing = found.reviewing.find((one) => one.item === item);
  if (reviewing !== undefined) return { ...base, then: 'reviewing', changed: [...reviewing.changed] };
  const waiting = found.waiting.find((one) => one.item === item);
  if (waiting !== undefined) return { ...base, then: 'waiting', waitsFor: namesOf(dossier, waiting.for), due: found.due.find((one) => one.item === item)?.due ?? null };
  return { ...base, then: 'issued' };
}

export const oneQueries: readonly QueryHandler[] = [
  readHandler(previewContract, { permission: PERMISSION, read: ({ db, actor, input, now }) => previewOf(db, actor, input, now.day) }),
  readHandler(caseFaster, { permission: PERMISSION, read: ({ db, actor, input, now }) => caseOf(db, actor, input.id, now.day) }),
];
