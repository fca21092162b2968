// How the pages say who answers for an item: a duty of the zone's own departments, or a body beside them.
import type { T } from '../../../../web/i18n.ts';

/** Bodies that answer for an item and are no duty of the zone's own departments. */
export const BODIES = ['government', 'zone', 'politics_law', 'state_security', 'archives', 'trading_centre', 'utilities', 'reviewer', 'owner'] as const;

export function sayDepartment(code: string, t: T): string {
  return BODIES.some((one) => one === code) ? t(`catalogue.body.${code}`) : t(`people:duty.${code}`);
}
