// How a feature tells the program what it can do: its permissions, commands and queries as plain objects, in one registry that
// HTTP, command line, tests and the API description all read.
import type { CommandContract, InputOf, OutputOf, QueryContract } from '../kernel/contract.ts';
import type { Now } from '../kernel/clock.ts';
import type { TSchema } from 'typebox';
import type { Readable } from 'node:stream';
import type { Actor } from './actor.ts';
import type { Db, Sql, Transaction } from './db.ts';
import { checker, reader, type Check } from './validate.ts';

/** A permission name, `signed-in` (anyone with a session) or `public`. */
export type Permission = string;

export interface Env {
  readonly files: import('./files.ts').Files;
  /** What the operator settled about the world outside; absent where nothing may leave (the demonstration's story). */
  readonly outward?: import('./outgoing/outward.ts').Outward;
  /** A file that has just been stored, for platform.upload_file; no request can set it. */
  readonly arrived?: import('./types.ts').ArrivedFile;
  readonly requestId: string;
  /** Address and agent of the caller, for sign-in records. */
  readonly address: string;
  readonly agent: string;
}

export interface EventRecord {
  readonly kind: string;
  readonly subjectType: string;
  readonly subjectId: string;
  /** The project whose history shows this event. */
  readonly projectId?: string;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly reason?: string;
}

/** A text that the last statements of a transaction make; `token`, which nobody else can have written, stands for it until then. */
export interface Late {
  readonly token: string;
  /** Gives the text, after what `save` has left to be sent last: nothing that JSON would write otherwise (quotes, backslashes). */
  readonly value: Sql;
}

export interface CommandParts<C extends CommandContract, Subject, Changes, Prepared = unknown> {
  readonly permission: Permission;
  /** Whoever calls is nobody: his session is not looked at, so that nothing which is written down names him. */
  readonly nobody?: true;
  /** Slow work that needs no lock (checking a password), done before the transaction begins and handed to load. */
  readonly prepare?: (context: { db: Db; actor: Actor; input: InputOf<C>; now: Now; env: Env }) => Promise<Prepared>;
  /** Loads and locks what the command acts on, within the actor's scope. Undefined = not found. */
  readonly load: (context: { tx: Db; actor: Actor; input: InputOf<C>; now: Now; prepared: Prepared }) => Promise<Subject | undefined>;
  /** The subject's version: present on commands whose contract is versioned. */
  readonly version?: (subject: Subject) => number;
  /** A further condition on the actor beyond the permission; false = not allowed. */
  readonly allow?: (actor: Actor, subject: Subject, input: InputOf<C>) => boolean;
  /** The pure decision: what changes, or a refusal. */
  readonly decide: (context: { subject: Subject; input: InputOf<C>; actor: Actor; now: Now }) => Changes;
  readonly save: (context: { tx: Transaction; changes: Changes; subject: Subject; input: InputOf<C>; actor: Actor; now: Now; env: Env }) => Promise<OutputOf<C>>;
  /** What history says. An empty list is a bug unless `quiet`. */
  readonly event: (context: {
    changes: Changes; subject: Subject; input: InputOf<C>; output: OutputOf<C>; actor: Actor;
  }) => EventRecord | readonly EventRecord[];
  /** What the output and its event name by a token, because it is known only with the commit: a number for which all who want one wait is then held for that moment alone. */
  readonly late?: (context: { subject: Subject; output: OutputOf<C> }) => Late | undefined;
  /** The new version after the change, for the ETag of the reply. */
  readonly newVersion?: (output: OutputOf<C>) => number;
  /** What changed since the version that the caller saw, for the reader of a conflict. */
  readonly staleDetails?: (context: { tx: Db; subject: Subject; input: InputOf<C>; sent: number }) => Promise<Readonly<Record<string, unknown>>>;
  /** Fields of the stored reply that must not be kept (secrets shown once). */
  readonly forget?: readonly string[];
  /** Fields of the input that are secrets: they are left out of the digest that is kept with the idempotency key. */
  readonly secrets?: readonly string[];
  /** A refusal that must leave its trace (a failed sign-in counts): the caller is refused after what was saved is committed. */
  readonly refused?: (output: OutputOf<C>) => { readonly code: string; readonly details?: Readonly<Record<string, unknown>> } | undefined;
  /** Called once after the commit, for what this process holds in memory. Must not fail and must not write. */
  readonly committed?: (context: { output: OutputOf<C>; subject: Subject }) => void;
}

export interface CommandHandler {
  readonly contract: CommandContract;
  readonly permission: Permission;
  readonly check: Check<TSchema>;
  readonly parts: CommandParts<CommandContract, unknown, unknown>;
}

export interface QueryParts<C extends QueryContract> {
  readonly permission: Permission;
  readonly read: (context: { actor: Actor; input: InputOf<C>; db: Db; now: Now; env: Env }) => Promise<OutputOf<C>>;
}

export interface QueryHandler {
  readonly contract: QueryContract;
  readonly permission: Permission;
  readonly check: Check<TSchema>;
  readonly parse: (query: Readonly<Record<string, unknown>>) => Record<string, unknown>;
  readonly parts: QueryParts<QueryContract>;
}

/** A read that answers with a file: GET /api/downloads/<name>?… */
export interface DownloadHandler {
  readonly contract: QueryContract;
  readonly permission: Permission;
  readonly check: Check<TSchema>;
  readonly parse: (query: Readonly<Record<string, unknown>>) => Record<string, unknown>;
  readonly parts: DownloadParts<QueryContract>;
}

export interface DownloadParts<C extends QueryContract> {
  readonly permission: Permission;
  readonly make: (context: { actor: Actor; input: InputOf<C>; db: Db; now: Now; env: Env }) => Promise<{ fileName: string; mediaType: string; content: Readable }>;
}

export interface Feature {
  readonly name: string;
  readonly permissions: readonly string[];
  readonly commands: readonly CommandHandler[];
  readonly queries: readonly QueryHandler[];
  readonly downloads: readonly DownloadHandler[];
}

/** Binds a command's contract to what the server does. The types meet here and are erased for the registry. */
export function handler<C extends CommandContract, Subject, Changes, Prepared = undefined>(contract: C, parts: CommandParts<C, Subject, Changes, Prepared>): CommandHandler {
  if (contract.versioned !== (parts.version !== undefined)) throw new Error(`${contract.name}: contract and handler disagree on the version`);
  return erase<CommandHandler>({ contract, permission: parts.permission, check: checker(contract.input), parts });
}

/** Binds a query's contract to what the server reads. */
export function readHandler<C extends QueryContract>(contract: C, parts: QueryParts<C>): QueryHandler {
  return erase<QueryHandler>({ contract, permission: parts.permission, check: checker(contract.input), parse: reader(contract.input), parts });
}

/** Binds a contract to a file that is made on request. The contract's output is not used. */
export function downloadHandler<C extends QueryContract>(contract: C, parts: DownloadParts<C>): DownloadHandler {
  return erase<DownloadHandler>({ contract, permission: parts.permission, check: checker(contract.input), parse: reader(contract.input), parts });
}

export function feature(name: string, parts: Partial<Omit<Feature, 'name'>>): Feature {
  return { name, permissions: parts.permissions ?? [], commands: parts.commands ?? [], queries: parts.queries ?? [], downloads: parts.downloads ?? [] };
}

// The registry holds handlers of many types side by side; each is only ever called with the input that its own check passed.
function erase<Target>(value: unknown): Target {
  return value as Target;
}

export interface Registry {
  readonly features: readonly Feature[];
  readonly commands: ReadonlyMap<string, CommandHandler>;
  readonly queries: ReadonlyMap<string, QueryHandler>;
  readonly downloads: ReadonlyMap<string, DownloadHandler>;
  readonly permissions: readonly string[];
}

/** Puts the features together; a name that is taken twice or a permission that nobody declared is a bug. */
export function registry(features: readonly Feature[]): Registry {
  const commands = new Map<string, CommandHandler>();
  const queries = new Map<string, QueryHandler>();
  const downloads = new Map<string, DownloadHandler>();
  const permissions = features.flatMap((each) => each.permissions);
  const known = new Set([...permissions, 'public', 'signed-in']);
  for (const each of features) {
    for (const command of each.commands) add(commands, command.contract.name, command, known);
    for (const query of each.queries) add(queries, query.contract.name, query, known);
    for (const download of each.downloads) add(downloads, download.contract.name, download, known);
  }
  return { features, commands, queries, downloads, permissions };
}

function add<Handler extends { permission: Permission }>(into: Map<string, Handler>, name: string, one: Handler, known: ReadonlySet<string>): void {
  if (into.has(name)) throw new Error(`two handlers are named ${name}`);
  if (!known.has(one.permission)) throw new Error(`${name} asks for the undeclared permission ${one.permission}`);
  into.set(name, one);
}
