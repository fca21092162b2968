// Who stands on each tier: a department by the kind's duty, the project office, the leader in charge, the main leaders. The last two are duties of the
// department map; where nobody is named the zone itself stands there.
import { sql, type Db } from '../../../platform/db.ts';
import { readSetting } from '../../../platform/settings.ts';
import { DEPARTMENT_MAP } from '../../people/duties/feature.ts';
import { readMap } from '../../people/duties/rules.ts';
import type { Owner } from '../life/life.ts';
import type { Tier } from '../life/steps.ts';
import { readKinds } from '../pool/reads.ts';
import { officeOrg } from '../raise.ts';
import { above } from './rules.ts';

const DUTY: Readonly<Partial<Record<Tier, string>>> = { 4: 'leader_in_charge', 5: 'main_leaders' };

/** The organisation that stands on a tier; for a department that of the kind. */
export async function tierOrg(db: Db, tier: Tier, kind: string): Promise<string | undefined> {
  const map = readMap((await readSetting(db, DEPARTMENT_MAP))?.value);
  if (tier <= 2) {
    const duty = (await readKinds(db)).find((one) => one.code === kind)?.duty;
    return map[duty ?? ''] ?? officeOrg(db);
  }
  const duty = DUTY[tier];
  return (duty === undefined ? undefined : map[duty]) ?? (tier === 3 ? officeOrg(db) : zoneOrg(db));
}

/** Who does it again, one level higher than it was done. */
export async function higherOwner(db: Db, problem: { readonly kind: string; readonly life: { readonly tier: Tier; readonly owner: Owner } }): Promise<{ readonly owner: Owner; readonly tier: Tier }> {
  const tier = above(problem.life.tier);
  return { owner: { orgId: (await tierOrg(db, tier, problem.kind)) ?? problem.life.owner.orgId, userId: null }, tier };
}

async function zoneOrg(db: Db): Promise<string | undefined> {
  return (await db.row<{ id: string }>(sql`select id from people_organisations where parent_id is null`))?.id;
}
