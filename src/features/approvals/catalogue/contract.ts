// The catalogue as others call it: what holds on a day and where each value comes from, its layers and versions, and the changes that an
// administrator makes. Shared by server, browser and API description; holds no decision.
import Type, { type Static } from 'typebox';
import { commandContract, queryContract } from '../../../kernel/contract.ts';
import { Catalogue, FRAME_FIELDS, Frame, FramePatch, Item, ItemPatch, Overlay, Regional, Source, Words } from './shape.ts';
import { PLACE } from './places.ts';

const closed = { additionalProperties: false } as const;
const maybe = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const Day = Type.String({ pattern: '^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' });
const Id = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' });
const LayerCode = Type.String({ pattern: '^[a-z][a-z0-9_-]{1,39}$' });
const ItemCode = Type.String({ pattern: '^[A-Z][0-9]{2}$' });
const Note = Type.String({ minLength: 2, maxLength: 1000 });
/** Version 0: the layer is as it came with the program. */
const LayerVersion = Type.Integer({ minimum: 0 });

/** Every field of an item that a layer can give. */
export const FIELDS = [
  'name', 'stage', 'departments', 'statutory', 'promised', 'outside', 'tracks', 'group', 'simulatable', 'deferrable', 'promise', 'promiseWhen', 'silentConsent', 'regional', 'validity', 'materials',
  'quota', 'gates', 'note',
] as const;
export type Field = (typeof FIELDS)[number];
const Field = Type.Enum(FIELDS);

export const LayerLine = Type.Object({
  code: Type.String(), kind: Type.Enum(['base', 'overlay']), name: Words, version: LayerVersion, sort: Type.Integer(),
  /** On the day that was asked for. */
  laid: Type.Boolean(),
  periods: Type.Array(Type.Object({ from: Type.String(), until: maybe(Type.String()) }, closed)),
  /** The version in force on the day; of an overlay that begins later there is none. */
  inForce: maybe(Type.Object({ number: Type.Integer(), label: Type.String(), fromDay: Type.String(), until: maybe(Type.String()) }, closed)),
  /** The first day of the next version. */
  nextDay: maybe(Type.String()),
}, closed);
export type LayerLine = Static<typeof LayerLine>;

/** Which layer gives a field; fields of the base are left out. */
const From = Type.Record(Type.String(), Type.String());

export const getCatalogue = queryContract('approvals.catalogue', {
  input: Type.Object({ day: Type.Optional(Day) }, closed),
  output: Type.Object({
    day: Type.String(),
    /** national@2026.1+henan@2020.1: the same label is the same content. */
    label: Type.String(),
    name: Words, layers: Type.Array(LayerLine), sources: Type.Array(Source), regional: Type.Array(Regional),
    items: Type.Array(Type.Object({ item: Item, from: From }, closed)),
  }, closed),
});

/** `frame`: what is no item; `fields` are then flows, milestones, bundles, simulation, promiseDays. */
const Change = Type.Object({ code: Type.String(), kind: Type.Enum(['added', 'removed', 'changed', 'frame']), fields: Type.Array(Type.String()) }, closed);

const VersionLine = Type.Object({
  layer: Type.String(), number: Type.Integer(), label: Type.String(), fromDay: Type.String(), state: Type.Enum(['in_force', 'future', 'past', 'withdrawn', 'replaced']),
  source: Type.Enum(['shipped', 'edited', 'imported']), note: maybe(Type.String()), createdBy: maybe(Type.String()), createdAt: maybe(Type.String()),
  withdrawnBy: maybe(Type.String()), withdrawnReason: maybe(Type.String()), replacedBy: maybe(Type.Integer()),
  /** Against the version before it that stands. */
  changes: Type.Array(Change),
}, closed);
export type VersionLine = Static<typeof VersionLine>;

export const getItem = queryContract('approvals.catalogue_item', {
  input: Type.Object({ code: ItemCode, day: Type.Optional(Day) }, closed),
  output: Type.Object({
    day: Type.String(), item: Item, from: From, sources: Type.Array(Source), regional: Type.Array(Regional),
    /**
     * The item as it is seen through each layer and those below it, and as it would be without the layer; `says`: the fields that the layer
     * itself gives; `sources`: those that its values may rest on.
     */
    layers: Type.Array(Type.Object({ layer: LayerLine, item: maybe(Item), below: maybe(Item), says: Type.Array(Field), sources: Type.Array(Source) }, closed)),
    /** All items and milestones, to name prerequisites with. */
    names: Type.Array(Type.Object({ code: Type.String(), name: Words, stage: maybe(Type.String()) }, closed)),
    /** What waits for this item. */
    followers: Type.Array(Type.Object({ code: Type.String(), tracks: Type.Array(Type.String()) }, closed)),
    /** Versions that changed it, the newest first. */
    history: Type.Array(VersionLine),
  }, closed),
});

export const getVersions = queryContract('approvals.catalogue_versions', {
  input: Type.Object({}, closed),
  output: Type.Object({ day: Type.String(), layers: Type.Array(Type.Object({ layer: LayerLine, items: Type.Integer(), versions: Type.Array(VersionLine) }, closed)) }, closed),
});

const Body = Type.Union([Catalogue, Overlay]);

/** One version whole, as it can be sent back by `approvals.save_catalogue_version`. */
export const getVersion = queryContract('approvals.catalogue_version', {
  input: Type.Object({ layer: LayerCode, number: Type.Integer({ minimum: 1, maximum: 100_000 }) }, closed),
  output: Type.Object({ layer: Type.String(), number: Type.Integer(), fromDay: Type.String(), body: Body }, closed),
});

const itemChange = {
  code: ItemCode,
  /** The fields that are to be so; a new item of the base gives name, stage, departments and tracks at least. */
  patch: ItemPatch,
  /** Of an overlay: fields that show again what lies below. */
  reset: Type.Optional(Type.Array(Field, { maxItems: 20 })),
  /** Sources that the new values rest on and the layer does not have. */
  sources: Type.Optional(Type.Array(Source, { maxItems: 20 })),
} as const;

const FrameField = Type.Enum(FRAME_FIELDS);
const frameChange = {
  /** The parts that are to be so, each whole. */
  patch: FramePatch,
  /** Of an overlay: parts that show again what lies below. */
  reset: Type.Optional(Type.Array(FrameField, { maxItems: 5 })),
  sources: Type.Optional(Type.Array(Source, { maxItems: 20 })),
} as const;

/** A layer without its items: flows, milestones, bundles, policy; as it is seen through it, as it would be without it, and what it says itself. */
export const getFrame = queryContract('approvals.catalogue_frame', {
  input: Type.Object({ layer: LayerCode, day: Type.Optional(Day) }, closed),
  output: Type.Object({
    day: Type.String(), layer: LayerLine, frame: maybe(Frame), below: maybe(Frame), says: Type.Array(FrameField), sources: Type.Array(Source), ownBundles: Type.Array(Type.String()),
    names: Type.Array(Type.Object({ code: Type.String(), name: Words, stage: maybe(Type.String()), tracks: Type.Array(Type.String()) }, closed)),
    /** Items by how they may be handled faster, which is said of each item. */
    faster: Type.Array(Type.Object({ code: Type.String(), simulatable: Type.String(), deferrable: Type.Boolean(), promise: Type.String(), silentConsent: Type.Boolean() }, closed)),
  }, closed),
});

export const Draft = Type.Union([
  Type.Object({ kind: Type.Literal('frame'), fromDay: Day, ...frameChange }, closed),
  Type.Object({ kind: Type.Literal('item'), fromDay: Day, ...itemChange }, closed),
  Type.Object({ kind: Type.Literal('drop'), fromDay: Day, code: ItemCode }, closed),
  Type.Object({ kind: Type.Literal('switch'), fromDay: Day, laid: Type.Boolean() }, closed),
  Type.Object({ kind: Type.Literal('body'), fromDay: Day, body: Body }, closed),
]);
export type Draft = Static<typeof Draft>;

const Fault = Type.Object({ path: Type.String(), code: Type.String(), what: Type.String(), day: Type.String() }, closed);
export type FaultLine = Static<typeof Fault>;

/** `days`: calendar days later; negative: earlier; null where one of both is not known. */
const Moved = Type.Object({ before: maybe(Type.String()), after: maybe(Type.String()), days: maybe(Type.Integer()) }, closed);

const Preview = Type.Object({
  faults: Type.Array(Fault),
  /** False: the layer is not laid on that day, so that nothing changes before it is. */
  laid: Type.Boolean(),
  /** What is different in the catalogue on the first day. */
  items: Type.Array(Change),
  /** Running projects whose approvals change, by pages. */
  projects: Type.Array(Type.Object({
    id: Type.String(), name: Type.String(), appears: Type.Array(Type.String()), disappears: Type.Array(Type.String()),
    limits: Type.Array(Type.Object({ code: Type.String(), kind: Type.Enum(['statutory', 'promised']), before: Type.Integer(), after: Type.Integer() }, closed)),
    /** The expected days of the construction permit and of the start of works; left out where they do not move. */
    permit: maybe(Moved), begin: maybe(Moved),
  }, closed)),
  next: maybe(Type.String()),
  /** Over all running projects; on later pages null. */
  counts: maybe(Type.Object({ touched: Type.Integer(), appear: Type.Integer(), disappear: Type.Integer(), limits: Type.Integer(), move: Type.Integer() }, closed)),
  running: Type.Integer(),
  names: Type.Array(Type.Object({ code: Type.String(), name: Words }, closed)),
  /** The version of the layer upon which it was counted. */
  version: LayerVersion,
  /** Later versions of the layer, which do not hold the change. */
  later: Type.Array(Type.Object({ number: Type.Integer(), fromDay: Type.String() }, closed)),
  replaces: maybe(Type.Integer()),
}, closed);
export type Preview = Static<typeof Preview>;

/** Says what a change would do; holds no lock while it counts, and stores nothing but that it was asked. `after`: the project after which the next page begins. */
export const previewCatalogue = commandContract('approvals.preview_catalogue', { input: Type.Object({ layer: LayerCode, draft: Draft, after: Type.Optional(Id), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })) }, closed), output: Preview });

const Saved = Type.Object({ layer: Type.String(), version: Type.Integer(), number: maybe(Type.Integer()) }, closed);

/** A whole layer from a day on; under a code that there is not yet it makes a new overlay, which is not laid before someone says so. */
export const saveVersion = commandContract('approvals.save_catalogue_version', { input: Type.Object({ layer: LayerCode, fromDay: Day, body: Body, note: Note }, closed), output: Saved, versioned: true });
/** One item of a layer, as a new version from a day on. */
export const saveItem = commandContract('approvals.save_item', { input: Type.Object({ layer: LayerCode, fromDay: Day, note: Note, ...itemChange }, closed), output: Saved, versioned: true });
/** Flows, milestones, bundles and policy of a layer, as a new version from a day on. */
export const saveFrame = commandContract('approvals.save_frame', { input: Type.Object({ layer: LayerCode, fromDay: Day, note: Note, ...frameChange }, closed), output: Saved, versioned: true });
/** Marks a value of an item as looked up: article, and the law's own words or where they stand. Who and when is said by the program. */
export const confirmBasis = commandContract('approvals.confirm_basis', {
  input: Type.Object({
    layer: LayerCode, fromDay: Day, code: ItemCode, place: Type.String({ pattern: PLACE }), source: Type.String({ pattern: '^[a-z][a-z0-9_-]{1,39}$' }), article: Type.Optional(Type.String({ minLength: 1, maxLength: 20 })),
    /** In the text of the law, or in another published document. */
    read: Type.Enum(['law', 'sourced']),
    quote: Type.Optional(Type.String({ minLength: 2, maxLength: 1000 })), link: Type.Optional(Type.String({ pattern: '^https?://[^\\s]{3,500}$' })),
    sources: Type.Optional(Type.Array(Source, { maxItems: 20 })),
  }, closed),
  output: Saved, versioned: true,
});
/** Takes an item out of the base, or out of an overlay what it says of the item. */
export const dropItem = commandContract('approvals.drop_item', { input: Type.Object({ layer: LayerCode, fromDay: Day, note: Note, code: ItemCode }, closed), output: Saved, versioned: true });
/** Lays an overlay or takes it away, from a day on; or moves it in the order in which overlays are laid, which holds for all days. */
export const setLayer = commandContract('approvals.set_layer', {
  input: Type.Object({ layer: LayerCode, note: Note, laid: Type.Optional(Type.Boolean()), fromDay: Type.Optional(Day), sort: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })) }, closed),
  output: Saved, versioned: true,
});
/** Takes back a version whose day has not come. */
export const withdrawVersion = commandContract('approvals.withdraw_version', {
  input: Type.Object({ layer: LayerCode, number: Type.Integer({ minimum: 1, maximum: 100_000 }), reason: Note }, closed), output: Saved, versioned: true,
});

// --- a list of items as an office publishes it ---

const list = {
  layer: LayerCode, name: Words, fromDay: Day, fileName: Type.String({ minLength: 1, maxLength: 255 }),
  /** An uploaded file, or the text of a pasted table; one of both. */
  sha256: Type.Optional(Type.String({ pattern: '^[0-9a-f]{64}$' })), text: Type.Optional(Type.String({ minLength: 1, maxLength: 500_000 })),
} as const;

const ListRow = Type.Object({
  row: Type.Integer(), name: Type.String(), department: Type.String(), days: maybe(Type.Integer()), materials: Type.Integer(),
  state: Type.Enum(['matched', 'doubtful', 'unmatched']), code: maybe(Type.String()),
  /** Likeness of the names in percent. */
  percent: Type.Integer(), why: maybe(Type.Enum(['similar', 'ambiguous', 'taken'])),
}, closed);
export type ListRow = Static<typeof ListRow>;

/** Reads a list and says of every row which item it is, or that a person must say; stores nothing but that it was asked. */
export const readOverlay = commandContract('approvals.read_overlay', {
  input: Type.Object(list, closed),
  output: Type.Object({ rows: Type.Array(ListRow), counts: Type.Object({ matched: Type.Integer(), doubtful: Type.Integer(), unmatched: Type.Integer(), materials: Type.Integer() }, closed) }, closed),
});

/**
 * Reads the list again and stores promised days and documents of its items as a version of an overlay, of a new one or of one that there
 * is, whose other values stay. `choices`: which item a row is, null: none; rows without a choice are taken where they are matched.
 */
export const importOverlay = commandContract('approvals.import_overlay', {
  input: Type.Object({ ...list, note: Note, choices: Type.Array(Type.Object({ row: Type.Integer({ minimum: 1, maximum: 1_000_000 }), code: maybe(ItemCode) }, closed), { maxItems: 2000 }) }, closed),
  output: Type.Object({ layer: Type.String(), version: Type.Integer(), number: maybe(Type.Integer()), items: Type.Integer() }, closed),
  versioned: true,
});
