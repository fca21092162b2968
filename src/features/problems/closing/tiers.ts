// Who stands on each tier: a department by the kind's duty, the project office, the leader in charge, the main leaders. The last two are duties of the
// department map; where nobody is named the zone itself stands there.
import type { Db } from '../../../platform/db.ts';
import { officeIn, type Ground } from '../ground.ts';
import type { Owner } from '../life/life.ts';
import type { Tier } from '../life/steps.ts';
import { readKinds } from '../pool/reads.ts';
import { above } from './rules.ts';

const DUTY: Readonly<Partial<Record<Tier, string>>> = { 4: 'leader_in_charge', 5: 'main_leaders' };

/** Who does it again, one level higher than it was done. */
export async function higherOwner(db: Db, ground: Pick<Ground, 'map' | 'rootId'>, problem: { readonly kind: string; readonly life: { readonly tier: Tier; readonly owner: Owner } }): Promise<{ readonly owner: Owner; readonly tier: Tier }> {
  const tier = above(problem.life.tier);
  const duty = tier === 2 ? (await readKinds(db)).find((one) => one.code === problem.kind)?.duty : DUTY[tier];
  return { owner: { orgId: standing(ground, tier, duty) ?? problem.life.owner.orgId, userId: null }, tier };
}

/** The organisation that stands on a tier with a duty. */
function standing(ground: Pick<Ground, 'map' | 'rootId'>, tier: Tier, duty: string | undefined): string | undefined {
  const named = duty === undefined ? undefined : ground.map[duty];
  return named ?? (tier <= 3 ? officeIn(ground) : ground.rootId === '' ? undefined : ground.rootId);
}
