// What a command or a query takes and gives, as data that server, browser, API description and tests share.
// Only types of typebox are used here: the schemas themselves are made by the features.
import type { Static, TSchema } from 'typebox';

export interface QueryContract<Input extends TSchema = TSchema, Output extends TSchema = TSchema> {
  readonly kind: 'query';
  readonly name: string;
  readonly input: Input;
  readonly output: Output;
  /** What is asked is itself a secret (a code, the token of a link): it is sent in the body of a POST and stands in no address that a proxy writes down. */
  readonly inBody: boolean;
}

export interface CommandContract<Input extends TSchema = TSchema, Output extends TSchema = TSchema> {
  readonly kind: 'command';
  readonly name: string;
  readonly input: Input;
  readonly output: Output;
  /** True: the caller must say with If-Match which version it saw. */
  readonly versioned: boolean;
}

export type InputOf<C extends { input: TSchema }> = Static<C['input']>;
export type OutputOf<C extends { output: TSchema }> = Static<C['output']>;

/** Describes a read. The input is flat (scalars and arrays of scalars): it travels as a query string, unless it is a secret (`inBody`). */
export function queryContract<Input extends TSchema, Output extends TSchema>(
  name: string,
  parts: { readonly input: Input; readonly output: Output; readonly inBody?: boolean },
): QueryContract<Input, Output> {
  return { kind: 'query', name, input: parts.input, output: parts.output, inBody: parts.inBody ?? false };
}

/** Describes a change. `versioned` says that it acts on a record that others may have changed meanwhile. */
export function commandContract<Input extends TSchema, Output extends TSchema>(
  name: string,
  parts: { readonly input: Input; readonly output: Output; readonly versioned?: boolean },
): CommandContract<Input, Output> {
  return { kind: 'command', name, input: parts.input, output: parts.output, versioned: parts.versioned ?? false };
}
