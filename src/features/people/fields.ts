// The shapes that contracts of people share: ids, names, kinds of organisation, scopes. No values, no decisions.
import Type from 'typebox';

export const closed = { additionalProperties: false } as const;
export const Id = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' });
export const Version = Type.Integer({ minimum: 1 });
export const Nothing = Type.Object({}, closed);
export const Changed = Type.Object({ id: Type.String(), version: Version }, closed);

export const words = <const Words extends readonly string[]>(list: Words) => Type.Unsafe<Words[number]>({ type: 'string', enum: [...list] });
export const textOrNull = (rule: Readonly<Record<string, unknown>> = {}) => Type.Unsafe<string | null>({ type: ['string', 'null'], ...rule });

export const ORG_KINDS = ['zone', 'department', 'town', 'park', 'enterprise', 'other'] as const;
export type OrgKind = (typeof ORG_KINDS)[number];
/** How far a role sees: everything; its organisation and what is below; the person's own projects; own chains; own enterprise. */
export const SCOPES = ['all', 'organisation', 'projects', 'chain', 'enterprise'] as const;
export type ScopeKind = (typeof SCOPES)[number];
export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Rows of one page: a zone of two hundred enterprises stands on one. */
export const LIST_LIMIT = 500;
export const Limit = Type.Optional(Type.Integer({ minimum: 1, maximum: LIST_LIMIT }));
export const Query = Type.Optional(Type.String({ maxLength: 200 }));

/** An address as it stands between angle brackets: one part before the @ and one behind, nothing that ends it. */
export const Email = Type.String({ minLength: 3, maxLength: 254, pattern: '^[^\\s@<>",;:\\\\()\\[\\]]+@[^\\s@<>",;:\\\\()\\[\\]]+$' });
