// The shapes that contracts of the service share: ids, days, money, kinds. No decisions.
import Type from 'typebox';

export const closed = { additionalProperties: false } as const;
export const maybe = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
export const Id = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' });
export const Sha = Type.String({ pattern: '^[0-9a-f]{64}$' });
export const Day = Type.String({ pattern: '^[12]\\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' });
export const Fen = Type.Integer({ minimum: 1, maximum: 9_000_000_000_000_000 });
export const Line = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' });
export const Text = Type.String({ minLength: 1, maxLength: 1000, pattern: '\\S' });
export const Long = Type.String({ minLength: 2, maxLength: 4000, pattern: '\\S' });
export const Words = Type.Object({ zh: Type.String({ minLength: 1, maxLength: 200 }), en: Type.String({ minLength: 1, maxLength: 200 }) }, closed);
export const Version = Type.Integer();
export const Saved = Type.Object({ id: Id, version: Version }, closed);
export const Query = Type.Optional(Type.String({ maxLength: 200 }));
export const Limit = Type.Optional(Type.Integer({ minimum: 1, maximum: 200 }));
export const After = Type.Optional(Type.String({ maxLength: 200 }));
export const Format = Type.Optional(Type.Enum(['xlsx', 'csv']));
export const paged = <S extends Type.TSchema>(item: S) => Type.Object({ items: Type.Array(item), next: maybe(Type.String()), total: Type.Integer() }, closed);

export const IndustryCode = Type.String({ pattern: '^[A-T]([0-9]{2})?$' });
/** 四项对接. */
export const MATCHINGS = ['sales', 'finance', 'labour', 'research'] as const;
export type Matching = (typeof MATCHINGS)[number];

/** What happened to one record of the service, the newest first. */
export const HistoryLine = Type.Object({ id: Type.String(), at: Type.String(), who: Type.String(), kind: Type.String(), reason: maybe(Type.String()) }, closed);
