// Values of a record as the start of a form: what is not there is left out.

export type Present<T> = { [K in keyof T]?: NonNullable<T[K]> };

export function present<T extends object>(values: T): Present<T> {
  // An object out of its own entries, without some of them, is wider for the compiler than it is.
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined)) as Present<T>;
}
