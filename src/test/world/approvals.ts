// What tests of the faster ways stand on: projects whose questions are answered and whose ordinary items are formally decided, put there by SQL
// because how cases are decided is not their subject.
import { newId } from '../../kernel/ids.ts';
import { sql, type Db } from '../../platform/db.ts';

/** Answers under which nothing conditional applies to an enterprise project on granted land. */
export const PLAIN_FACTS = {
  track: 'enterprise', landWay: 'granted', landMu: 60, newLandMu: 0, farmlandMu: 0, forestMu: 0, energyTce: 10, coalTce: 0, twoHigh: 'none', emissions: false, eiaClass: 'form', eiaPromise: false, discharge: 'none', hazardousChemicals: false,
  disturbsSoil: false, waterAbstraction: false, floodArea: false, minerals: false, geologicalHazard: false, relics: false, seismicRisk: false, securityArea: false, stabilityRisk: false, overLimit: false, civilDefence: false, specialFire: false,
  lightningSite: false, largeWorks: false, tenderRequired: false, cityWorks: false, utilities: [], verifiedCatalogue: false, inApprovedPlan: true, insideZone: true, standardLand: false, regionalDone: [],
} as const;

export async function answerFacts(db: Db, projectId: string, facts: Readonly<Record<string, unknown>> = PLAIN_FACTS): Promise<void> {
  await db.run(sql`
    insert into approvals_facts (project_id, version, facts, unsure, answered_by, answered_at)
    select ${projectId}, coalesce(max(version), 0) + 1, ${JSON.stringify(facts)}::jsonb, '{}', ${newId()}, now() from approvals_facts where project_id = ${projectId}`);
}

/** An ordinary case that was granted, or that stands as it is said. */
export async function decideCase(db: Db, projectId: string, item: string, day: string, parts: { readonly outcome?: string; readonly status?: string; readonly received?: string; readonly corrected?: boolean } = {}): Promise<string> {
  const id = newId();
  const { outcome = 'approved', status = 'decided', received = day, corrected = false } = parts;
  await db.run(sql`
    insert into approvals_cases (id, project_id, item, org_id, via, limits, document, status, outcome, received_day, accepted_day, decided_day, closed_day, kept_day, created_at, updated_at)
    select ${id}, ${projectId}, ${item}, o.id, 'self', '{"versions":[]}'::jsonb, ${`${item}-${id.slice(-6)}`}, ${status}, ${status === 'decided' ? outcome : null}, ${received}, ${received}, ${status === 'decided' ? day : null},
      ${status === 'decided' ? day : null}, ${day}, now(), now() from people_organisations o where o.parent_id is null`);
  if (corrected) {
    await db.run(sql`insert into approvals_case_events (case_id, seq, id, kind, day, by_side, actor_id, actor_name, at) values (${id}, 1, ${newId()}, 'correction_asked', ${received}, 'department', ${newId()}, '窗口', now())`);
  }
  return id;
}

/** A stored file that these people have sent: what a command takes as a paper of theirs. Gives its digest. */
export async function storedPaper(db: Db, senders: readonly { readonly userId: string }[], name = '承诺书.pdf'): Promise<string> {
  const sha = newId().replaceAll('-', '').padEnd(64, '0');
  await db.run(sql`insert into platform_files (sha256, bytes, media_type, stored_at, stored_by) values (${sha}, 1, 'application/pdf', now(), ${senders[0]?.userId ?? newId()})`);
  for (const { userId } of senders) await db.run(sql`insert into platform_uploads (sha256, user_id, name, at) values (${sha}, ${userId}, ${name}, now()) on conflict do nothing`);
  return sha;
}
