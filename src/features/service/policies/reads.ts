// What of policies is read: lists for officers and for an enterprise, one policy with whom it suits, deliveries, what is known of enterprises.
import { refuse } from '../../../kernel/refuse.ts';
import { may, type Actor } from '../../../platform/actor.ts';
import { downloadHandler, readHandler, type DownloadHandler, type QueryHandler } from '../../../platform/feature.ts';
import type { Db } from '../../../platform/db.ts';
import { fileOf } from '../listing.ts';
import { PAGE, paging, pastOf } from '../reading.ts';
import { speaksFor, standingOf, type Standing } from '../standing.ts';
import { copyOf, judge, type Traits } from './conditions.ts';
import * as contract from './contract.ts';
import { deliveryColumns, exported, policyColumns } from './export.ts';
import * as known from './known.ts';
import { effectOf, examplesOf } from './match.ts';
import { parsed } from './parse.ts';
import { deliveryState, windowOf } from './rules.ts';
import * as store from './store.ts';

const READ = 'service.read';
const EXAMPLES = 20;

/** The enterprise that is asked about: one's own where an enterprise asks, whomever an officer names. */
function askedOf(standing: Standing, actor: Actor, orgId: string | undefined): string | undefined {
  if (standing.officer) return orgId;
  return orgId !== undefined && speaksFor(standing, orgId) ? orgId : actor.orgId;
}

async function page(db: Db, actor: Actor, filter: store.Filter, after: string | undefined, limit: number, day: string) {
  const standing = await standingOf(db, actor);
  const orgId = askedOf(standing, actor, filter.orgId);
  const traits = orgId === undefined ? undefined : await known.valuesOf(db, orgId);
  const { rows, total, cursorOf } = await store.list(db, { ...filter, orgId }, standing.officer, after, limit + 1, day);
  return { ...paging(rows, limit, (row) => lineOf(row, traits, day), cursorOf), total };
}

export const policyQueries: readonly QueryHandler[] = [
  readHandler(contract.listPolicies, { permission: READ, read: async ({ db, actor, input: { after, limit = PAGE, ...filter }, now }) => page(db, actor, filter, after, limit, now.day) }),
  readHandler(contract.readPolicy, {
    permission: READ,
    read: async ({ db, actor, input, now }) => {
      const standing = await standingOf(db, actor);
      const orgId = askedOf(standing, actor, undefined);
      const row = (await store.one(db, input.id, orgId, standing.officer)) ?? refuse('platform.not_found', {});
      const traits = orgId === undefined ? undefined : await known.valuesOf(db, orgId);
      const [versions, history, receivedFen, places] = await Promise.all([standing.officer ? store.versionsOf(db, input.id) : [], standing.officer ? pastOf(db, input.id) : [], standing.officer ? store.receivedFen(db, input.id) : 0, store.placesOf(db)]);
      return {
        policy: lineOf(row, traits, now.day), how: row.how, conditions: row.conditions === null ? null : row.conditions.map((group) => ({ any: group.any.map(copyOf) })), withdrawnDay: row.withdrawn_day, mayKeep: may(actor, 'service.keep_knowledge'), mayTell: may(actor, 'service.match'),
        failed: traits === undefined || row.conditions === null ? [] : [...judge(row.conditions, traits).failed], receivedFen, places, versions, history,
      };
    },
  }),
  readHandler(contract.policyEnterprises, {
    permission: READ,
    read: async ({ db, actor, input: { id, fits, after, limit = PAGE } }) => {
      const standing = await standingOf(db, actor);
      const policy = standing.officer ? await store.one(db, id, undefined, true) : undefined;
      if (policy === undefined) refuse('platform.not_found', {});
      const { rows, total } = await store.enterprisesFor(db, id, fits, after, limit + 1);
      return {
        ...paging(rows, limit, (row) => ({
          id: row.id, name: row.name, fits: row.fits, missing: [...judge(policy.conditions ?? [], row.traits).unknown], verified: row.verified, delivery: row.told_day === null ? null : deliveryState(row),
        }), (row) => `${row.fits}~${row.id}`), total,
      };
    },
  }),
  readHandler(contract.listDeliveries, { permission: READ, read: async ({ db, actor, input: { after, limit = PAGE, ...filter } }) => deliveries(db, actor, filter, after, limit) }),
  readHandler(contract.previewPolicy, {
    permission: 'service.keep_knowledge',
    read: async ({ db, input }) => {
      const conditions = parsed(input.conditions);
      return { ...(await effectOf(db, conditions, input.policyId)), examples: await examplesOf(db, conditions, EXAMPLES) };
    },
  }),
  readHandler(contract.listEnterprises, {
    permission: READ,
    read: async ({ db, actor, input: { after, limit = PAGE, ...filter } }) => {
      if (!(await standingOf(db, actor)).officer) return { items: [], next: null, total: 0 };
      const { rows, total } = await known.list(db, filter, after, limit + 1);
      return { ...paging(rows, limit, ({ pinyin: _pinyin, ...row }) => row, (row) => `${row.pinyin}~${row.id}`), total };
    },
  }),
  readHandler(contract.readEnterprise, {
    permission: READ,
    read: async ({ db, actor, input }) => {
      const standing = await standingOf(db, actor);
      const own = speaksFor(standing, input.id);
      const found = standing.officer || own ? await known.enterprise(db, input.id) : undefined;
      if (found === undefined) refuse('platform.not_found', {});
      const [traits, places, history] = await Promise.all([known.traitsOf(db, input.id), store.placesOf(db), pastOf(db, input.id)]);
      return {
        ...found, mayState: may(actor, 'service.offer') && (own || may(actor, 'service.match')), mayVerify: may(actor, 'service.match'), places, history: history.filter((one) => one.kind.startsWith('service.')),
        traits: traits.map(({ verified_day: verifiedDay, verified_by: verifiedBy, ...one }) => ({ ...one, verifiedDay, verifiedBy })),
      };
    },
  }),
];

export const policyDownloads: readonly DownloadHandler[] = [
  downloadHandler(contract.exportPolicies, {
    permission: READ,
    make: async ({ db, actor, input: { format, ...filter }, now }) => fileOf({ ...exported('policies', now.day), format, day: now.day, columns: policyColumns, read: (after) => page(db, actor, filter, after, PAGE, now.day) }),
  }),
  downloadHandler(contract.exportDeliveries, {
    permission: READ,
    make: async ({ db, actor, input: { format, ...filter }, now }) => fileOf({ ...exported('deliveries', now.day), format, day: now.day, columns: deliveryColumns, read: (after) => deliveries(db, actor, filter, after, PAGE) }),
  }),
];

async function deliveries(db: Db, actor: Actor, filter: store.DeliveryFilter, after: string | undefined, limit: number) {
  const standing = await standingOf(db, actor);
  const { rows, total } = await store.deliveriesOf(db, filter, standing.officer ? undefined : standing.orgs, after, limit + 1);
  return {
    ...paging(rows, limit, (row) => ({
      id: row.id, version: row.version, policyId: row.policy_id, policyName: row.policy_name, orgId: row.org_id, orgName: row.org_name, state: deliveryState(row), toldDay: row.told_day, toldBy: row.told_name, appliedDay: row.applied_day, receivedDay: row.received_day,
      declinedDay: row.declined_day, amountFen: row.amount_fen, note: row.note, mayNote: may(actor, 'service.offer'),
    }), (row) => `${row.told_day}~${row.id}`), total,
  };
}

function lineOf(row: store.PolicyRow, traits: Traits | undefined, day: string) {
  const verdict = traits === undefined || row.conditions === null ? undefined : judge(row.conditions, traits);
  const fits = traits === undefined ? null : verdict === undefined || verdict.truth === null ? 'unknown' as const : verdict.truth ? 'yes' as const : 'no' as const;
  return {
    id: row.id, version: row.version, name: row.name, number: row.number, issuer: row.issuer, level: row.level, gives: row.gives, amountFen: row.amount_fen, benefit: row.benefit, validFrom: row.valid_from, validUntil: row.valid_until,
    applyFrom: row.apply_from, applyUntil: row.apply_until, ...windowOf(row, day), departmentId: row.department_id, departmentName: row.department_name, unstated: row.conditions === null,
    yes: row.yes, unknown: row.unknown, told: row.told, applied: row.applied, received: row.received, fits, missing: [...(verdict?.unknown ?? [])], delivery: row.told_day === null ? null : deliveryState(row),
  };
}
