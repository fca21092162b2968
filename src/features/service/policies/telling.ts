// What enterprises are told of policies, in the transaction in which one comes to suit them, and when somebody tells them of one. Of a policy whose window is over nobody is told.
import type { Now } from '../../../kernel/clock.ts';
import { sql, type Db } from '../../../platform/db.ts';
import { tell, type Notice } from '../../notices/tell.ts';

/** A policy began to suit these enterprises: each is told of it once, however often it comes and goes. Set-based. */
export async function tellSuited(tx: Db, policyId: string, orgIds: readonly string[], now: Now): Promise<void> {
  if (orgIds.length === 0) return;
  const [policy] = await openOf(tx, [policyId], now.day);
  if (policy !== undefined) await tell(tx, orgIds.map((orgId) => suits(policy, orgId)), now);
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
