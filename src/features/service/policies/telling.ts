// What enterprises are told of policies: by a job when one comes to suit them, with their own word when what they say of themselves makes one suit, and when somebody tells them of one. Of a policy whose window is over nobody is told.
import type { Now } from '../../../kernel/clock.ts';
import { sql, type Db } from '../../../platform/db.ts';
import { tell, type Notice } from '../../notices/tell.ts';

/** Of one transaction: nobody who changes a policy waits for more notices than these. */
const BATCH = 2000;

interface Suited { readonly policy_id: string; readonly org_id: string; readonly holds: boolean }

/** Tells the enterprises that a policy came to suit, each once, however often it comes and goes. By a job, some at a time, for a policy of everybody's suits tens of thousands. Gives how many it looked at. */
export async function tellSuited(database: { transaction<Result>(work: (tx: Db) => Promise<Result>): Promise<Result> }, now: Now): Promise<number> {
  let done = 0;
  for (let batch = BATCH; batch === BATCH; done += batch) batch = await database.transaction((tx) => tellSome(tx, now));
  return done;
}

async function tellSome(tx: Db, now: Now): Promise<number> {
  // Whom it suits no more by now is not told.
  const rows = await tx.rows<Suited>(sql`
    with taken as (delete from service_suited s using (select policy_id, org_id from service_suited order by policy_id, org_id limit ${BATCH} for update skip locked) as first where s.policy_id = first.policy_id and s.org_id = first.org_id returning s.policy_id, s.org_id)
    select t.policy_id, t.org_id, m.org_id is not null as holds from taken t left join service_matches m on m.policy_id = t.policy_id and m.org_id = t.org_id and m.fits = 'yes' order by t.policy_id, t.org_id`);
  if (rows.length === 0) return 0;
  const open = new Map((await openOf(tx, [...new Set(rows.map((row) => row.policy_id))], now.day)).map((policy) => [policy.id, policy]));
  await tell(tx, rows.flatMap((row) => {
    const policy = open.get(row.policy_id);
    return policy === undefined || !row.holds ? [] : [suits(policy, row.org_id)];
  }), now);
  return rows.length;
}

/** Policies began to suit one enterprise because of what is known of it now: one notice, which names the first and tells how many. */
export async function tellSuiting(tx: Db, orgId: string, policyIds: readonly string[], version: number, now: Now): Promise<void> {
  if (policyIds.length === 0) return;
  const open = await openOf(tx, policyIds, now.day);
  const [first, another] = open;
  if (first === undefined) return;
  await tell(tx, [another === undefined ? suits(first, orgId) : {
    kind: 'service.policies_suit', key: `service.policies_suit:${orgId}:${version}`, subject: { type: 'enterprise', id: orgId }, href: '/service/policies?fits=yes', values: { count: open.length, policy: first.name }, to: { orgs: [{ id: orgId, roles: ['enterprise'] }] },
  }], now);
}

/** An officer tells these enterprises of a policy. */
export async function tellTold(tx: Db, policy: { readonly id: string; readonly name: string }, orgIds: readonly string[], now: Now): Promise<void> {
  await tell(tx, orgIds.map((orgId): Notice => ({ ...suits(policy, orgId), kind: 'service.policy_told', key: `service.policy_told:${policy.id}:${orgId}` })), now);
}

function suits(policy: { readonly id: string; readonly name: string }, orgId: string): Notice {
  return { kind: 'service.policy_suits', key: `service.policy_suits:${policy.id}:${orgId}`, subject: { type: 'policy', id: policy.id }, href: `/service/policies/${policy.id}`, values: { policy: policy.name }, to: { orgs: [{ id: orgId, roles: ['enterprise'] }] } };
}

/** Those for which somebody may still apply; whose window ends first stands first. */
async function openOf(db: Db, ids: readonly string[], day: string): Promise<{ readonly id: string; readonly name: string }[]> {
  return db.rows(sql`
    select id, name from service_policies where id = any(${[...ids]}::uuid[]) and withdrawn_day is null and coalesce(apply_until >= ${day}, true) and coalesce(valid_until >= ${day}, true)
    order by coalesce(apply_until, date '9999-12-31'), id`);
}
