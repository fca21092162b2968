// Importing a ledger: a file is read, its columns are mapped by a person, every row's fate is shown, and only then is anything written.
import Type from 'typebox';
import { commandContract, queryContract } from '../../../kernel/contract.ts';
import { FIELDS, type Target } from '../ledger/fields.ts';

const closed = { additionalProperties: false } as const;
const Id = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$' });
const maybe = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const Unit = Type.Union([Type.Literal('yuan'), Type.Literal('thousand'), Type.Literal('wan'), Type.Literal('million'), Type.Literal('tenmillion'), Type.Literal('yi')]);
const Order = Type.Union([Type.Literal('dmy'), Type.Literal('mdy')]);
const Month = Type.String({ pattern: '^(19|20)\\d{2}-(0[1-9]|1[0-2])$' });

export const STATES = ['reading', 'mapping', 'previewing', 'preview', 'committing', 'done', 'failed', 'cancelled'] as const;
export const FATES = ['new', 'changed', 'unchanged', 'refused', 'doubtful', 'skipped', 'committed'] as const;
const Fate = Type.Unsafe<(typeof FATES)[number]>({ type: 'string', enum: [...FATES] });
const State = Type.Unsafe<(typeof STATES)[number]>({ type: 'string', enum: [...STATES] });
const Field = Type.Unsafe<Target>({ type: 'string', enum: [...FIELDS.map((field) => field.name), 'custom', 'skip'] });

export const ColumnMap = Type.Object({
  index: Type.Integer({ minimum: 0, maximum: 20_000 }),
  /** A field of the register, `custom` (kept under its heading) or `skip`. */
  field: Field,
  unit: Type.Optional(maybe(Unit)), year: Type.Optional(maybe(Type.Integer({ minimum: 1990, maximum: 2100 }))), order: Type.Optional(maybe(Order)),
  custom: Type.Optional(Type.Union([Type.Literal('text'), Type.Literal('date'), Type.Literal('money'), Type.Literal('number')])),
}, closed);

export const TableMap = Type.Object({
  id: Type.String({ maxLength: 40 }), use: Type.Boolean(),
  columns: Type.Array(ColumnMap, { maxItems: 2000 }),
  year: maybe(Type.Integer({ minimum: 1990, maximum: 2100 })),
  level: Type.Optional(maybe(Type.Union([Type.Literal('provincial'), Type.Literal('municipal'), Type.Literal('county'), Type.Literal('zone')]))),
}, closed);

export const ImportMapping = Type.Object({
  tables: Type.Array(TableMap, { minItems: 1, maxItems: 200 }),
  /** The month that the amounts since January stand for (YYYY-MM). */
  month: maybe(Month),
  /** Make organisations and commissioners that the ledger names and the zone does not know. */
  createMissing: Type.Boolean(),
}, closed);

const Counts = Type.Record(Type.String(), Type.Integer());

export const ImportState = Type.Object({
  id: Id, fileName: Type.String(), source: Type.String(), state: State, doneRows: Type.Integer(), allRows: Type.Integer(),
  userName: maybe(Type.String()), counts: maybe(Counts), error: maybe(Type.Object({ code: Type.String(), title: Type.String(), details: Type.Record(Type.String(), Type.Unknown()) }, closed)),
  createdAt: Type.String(), updatedAt: Type.String(),
}, closed);

/** Reads a file that was uploaded (sha256), or a pasted table (text). */
export const startImport = commandContract('projects.start_import', {
  input: Type.Object({ id: Id, sha256: Type.Optional(Type.String({ pattern: '^[0-9a-f]{64}$' })), text: Type.Optional(Type.String({ minLength: 1, maxLength: 900_000 })), fileName: Type.String({ minLength: 1, maxLength: 255 }) }, closed),
  output: Type.Object({ id: Id, state: Type.String() }, closed),
});

/** Takes the mapping and computes every row's fate. Nothing of the register is written. */
export const previewImport = commandContract('projects.preview_import', {
  input: Type.Object({ id: Id, mapping: ImportMapping }, closed),
  output: Type.Object({ id: Id, state: Type.String() }, closed),
});

/** Writes the rows that are new or changed (all, or those named) and those doubtful ones for which a choice is given. */
export const commitImport = commandContract('projects.commit_import', {
  input: Type.Object({
    id: Id, rows: Type.Optional(Type.Array(Type.Integer({ minimum: 0 }), { maxItems: 100_000 })),
    /** For doubtful rows: the project that it is, or null for a new one. */
    choices: Type.Optional(Type.Array(Type.Object({ n: Type.Integer({ minimum: 0 }), projectId: maybe(Id) }, closed), { maxItems: 10_000 })),
  }, closed),
  output: Type.Object({ id: Id, state: Type.String() }, closed),
});

export const cancelImport = commandContract('projects.cancel_import', {
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({ id: Id, state: Type.String() }, closed),
});

/** One batch of a commit: the rows from n to n of an import, written in one transaction with one event each. */
export const applyRows = commandContract('projects.apply_import_rows', {
  input: Type.Object({ importId: Id, from: Type.Integer({ minimum: 0 }), to: Type.Integer({ minimum: 0 }) }, closed),
  output: Type.Object({ created: Type.Integer(), changed: Type.Integer(), refused: Type.Integer() }, closed),
});

export const saveProfile = commandContract('projects.save_import_profile', {
  input: Type.Object({ id: Id, importId: Id, name: Type.String({ minLength: 1, maxLength: 80 }), mapping: ImportMapping }, closed),
  output: Type.Object({ id: Id, name: Type.String() }, closed),
});

export const deleteProfile = commandContract('projects.delete_import_profile', {
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({ id: Id }, closed),
});

export const listImports = queryContract('projects.imports', {
  input: Type.Object({ after: Type.Optional(Type.String({ maxLength: 100 })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })) }, closed),
  output: Type.Object({ items: Type.Array(ImportState), next: maybe(Type.String()) }, closed),
});

/** One import: where it stands, what was found in the file (tables with their columns and proposals), the mapping, the counts. */
export const getImport = queryContract('projects.import', {
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({ item: ImportState, tables: Type.Unknown(), mapping: maybe(ImportMapping), profileId: maybe(Id) }, closed),
});

const CellChange = Type.Object({ field: Type.String(), before: Type.Unknown(), after: Type.Unknown() }, closed);
const RowProblem = Type.Object({ code: Type.String(), message: Type.String(), refuses: Type.Boolean(), letter: maybe(Type.String()), heading: maybe(Type.String()), text: Type.String() }, closed);

export const listImportRows = queryContract('projects.import_rows', {
  input: Type.Object({ id: Id, fate: Type.Optional(Type.Array(Fate)), warned: Type.Optional(Type.Boolean()), /** Key of one kind of note. */ problem: Type.Optional(Type.String({ maxLength: 1000 })), after: Type.Optional(Type.String({ maxLength: 20 })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })) }, closed),
  output: Type.Object({
    items: Type.Array(Type.Object({
      n: Type.Integer(), sheet: Type.String(), row: Type.Integer(), fate: Fate, projectId: maybe(Id), name: maybe(Type.String()), code: maybe(Type.String()),
      candidates: Type.Array(Type.Object({ id: Id, name: Type.String(), code: maybe(Type.String()), builderName: maybe(Type.String()), townName: maybe(Type.String()), why: Type.String() }, closed)),
      changes: Type.Array(CellChange), problems: Type.Array(RowProblem), values: Type.Record(Type.String(), Type.Unknown()),
    }, closed)),
    next: maybe(Type.String()),
  }, closed),
});

/** What the rows are noted for, each kind with its number of rows, the rarest first: those are most often the mistakes. */
export const listImportProblems = queryContract('projects.import_problems', {
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({ items: Type.Array(Type.Object({ key: Type.String(), code: Type.String(), message: Type.String(), refuses: Type.Boolean(), letter: maybe(Type.String()), heading: maybe(Type.String()), rows: Type.Integer() }, closed)) }, closed),
});

export const listProfiles = queryContract('projects.import_profiles', {
  input: Type.Object({}, closed),
  output: Type.Object({ items: Type.Array(Type.Object({ id: Id, name: Type.String(), mapping: Type.Unknown(), updatedAt: Type.String(), signature: Type.String() }, closed)) }, closed),
});

/** The file again, with what was refused or warned about marked in its cells (xlsx). */
export const importReport = queryContract('projects.import_report', {
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({}, closed),
});
