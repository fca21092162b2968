// Organisations as a tree: the zone, its departments, towns, parks, enterprises.
import Type from 'typebox';
import { commandContract, queryContract } from '../../../kernel/contract.ts';
import { Changed, closed, Id, Limit, ORG_KINDS, Query, textOrNull, Version, words } from '../fields.ts';

const BELOW_ZONE = ['department', 'town', 'park', 'enterprise', 'other'] as const;
const Name = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' });
const Short = textOrNull({ maxLength: 60 });
const Sort = Type.Integer({ minimum: 0, maximum: 1_000_000 });

export const Organisation = Type.Object({
  id: Type.String(), parentId: textOrNull(), kind: words(ORG_KINDS), name: Type.String(), shortName: textOrNull(), nameEn: textOrNull(), code: textOrNull(),
  duties: Type.Array(Type.String()), sort: Type.Integer(), active: Type.Boolean(), version: Version,
  /** 0 for the zone. */
  depth: Type.Integer(),
  /** Active people in it, and organisations directly below it. */
  users: Type.Integer(), children: Type.Integer(),
}, closed);

/** The tree from the top, each organisation followed by what is below it. */
export const listOrganisations = queryContract('people.organisations', {
  input: Type.Object({
    q: Query,
    kinds: Type.Optional(Type.Array(words(ORG_KINDS), { maxItems: 6 })),
    /** This organisation and everything below it. */
    under: Type.Optional(Id),
    /** Closed ones too. */
    closed: Type.Optional(Type.Boolean()),
    after: Type.Optional(Id),
    limit: Limit,
  }, closed),
  output: Type.Object({
    items: Type.Array(Organisation), next: textOrNull(), total: Type.Integer(),
    kinds: Type.Array(Type.Object({ kind: words(ORG_KINDS), count: Type.Integer() }, closed)),
  }, closed),
});

export const createOrganisation = commandContract('people.create_organisation', {
  input: Type.Object({
    id: Type.Optional(Id), parentId: Id, kind: words(BELOW_ZONE), name: Name, shortName: Type.Optional(Short), nameEn: Type.Optional(textOrNull({ maxLength: 200 })),
    code: Type.Optional(Short), sort: Type.Optional(Sort), duties: Type.Optional(Type.Array(Type.String({ maxLength: 40 }), { maxItems: 40, uniqueItems: true })),
  }, closed),
  output: Changed,
});

/** What is left out stays. Another parent moves it with everything below. */
export const editOrganisation = commandContract('people.edit_organisation', {
  input: Type.Object({
    id: Id, parentId: Type.Optional(Id), kind: Type.Optional(words(BELOW_ZONE)), name: Type.Optional(Name), shortName: Type.Optional(Short),
    nameEn: Type.Optional(textOrNull({ maxLength: 200 })), code: Type.Optional(Short), sort: Type.Optional(Sort),
  }, closed),
  output: Changed,
  versioned: true,
});

export const closeOrganisation = commandContract('people.close_organisation', { input: Type.Object({ id: Id }, closed), output: Changed, versioned: true });
export const reopenOrganisation = commandContract('people.reopen_organisation', { input: Type.Object({ id: Id }, closed), output: Changed, versioned: true });

const Picked = Type.Object({ id: Type.String(), name: Type.String(), shortName: textOrNull(), kind: words(ORG_KINDS), parentName: textOrNull() }, closed);

/** For fields in which an organisation is chosen. `ids` gives the names of those that are chosen already. */
export const pickOrganisations = queryContract('people.pick_organisations', {
  input: Type.Object({
    q: Query, kinds: Type.Optional(Type.Array(words(ORG_KINDS), { maxItems: 6 })), ids: Type.Optional(Type.Array(Id, { maxItems: 200 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  }, closed),
  output: Type.Object({ items: Type.Array(Picked) }, closed),
});
