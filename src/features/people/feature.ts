// 人员与权限: organisations, people, roles, sign-in. It knows the permissions of every feature only by being told them, for roles
// are made of them.
import { feature, type Feature } from '../../platform/feature.ts';
import { chainQueries } from './chain/feature.ts';
import { dutyCommands, dutyQueries } from './duties/feature.ts';
import { organisationCommands, organisationQueries, type OrganisationHooks } from './organisations/feature.ts';
import { roleCommands, roleQueries } from './roles/feature.ts';
import { signInCommands, signInQueries } from './signin/feature.ts';
import { tokenCommands, tokenQueries } from './tokens/feature.ts';
import { userCommands, userQueries } from './users/feature.ts';

const OWN = ['people.manage', 'people.read', 'people.audit'] as const;

export interface PeopleParts {
  /** The features after this one: their permissions can be given to roles. */
  readonly others: readonly Pick<Feature, 'permissions'>[];
  readonly organisationHooks: OrganisationHooks;
}

export function makePeople(parts: PeopleParts): Feature {
  // Several capabilities of one feature may declare the same permission.
  const known = (): readonly string[] => [...new Set([...OWN, ...parts.others.flatMap((one) => one.permissions)])];
  return feature('people', {
    permissions: OWN,
    queries: [...signInQueries, ...organisationQueries, ...userQueries, ...roleQueries(known), ...tokenQueries, ...dutyQueries, ...chainQueries],
    commands: [...signInCommands, ...organisationCommands(parts.organisationHooks), ...userCommands, ...roleCommands(known), ...tokenCommands, ...dutyCommands],
  });
}
