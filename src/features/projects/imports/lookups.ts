// Names of organisations and people as a ledger writes them: 五龙口 and 五龙口镇, 发改统计局 and 发展改革和统计局 are found by full or
// short name; nothing is found by half a name that two could mean. Pure.
import type { Lookups } from './fate.ts';

export interface Known {
  readonly organisations: readonly { readonly id: string; readonly name: string; readonly short_name: string | null; readonly kind: string; readonly path: readonly string[] }[];
  readonly users: readonly { readonly id: string; readonly name: string }[];
}

const SUFFIX = /(街道办事处|街道办|街道|镇|乡|管委会|管理委员会|开发区)$/;

export function lookupsOf(known: Known): Lookups {
  const exact = index(known, (name) => name);
  const bare = index(known, (name) => name.replace(SUFFIX, ''));
  const paths = new Map(known.organisations.map((one) => [one.id, one.path]));
  const users = new Map(known.users.map((user) => [user.name, user.id]));
  return {
    organisation: (kind, name) => {
      const plain = tidy(name);
      const fits = (one: { kind: string }): boolean => kind === 'any' ? one.kind !== 'enterprise' : one.kind === kind;
      const whole = (exact.get(plain) ?? []).filter(fits);
      if (whole.length === 1) return whole[0]?.id;
      if (kind === 'enterprise') return undefined;
      const part = (bare.get(plain.replace(SUFFIX, '')) ?? []).filter(fits);
      return part.length === 1 ? part[0]?.id : undefined;
    },
    commissioner: (name) => users.get(tidy(name)),
    pathOf: (id) => paths.get(id) ?? [id],
  };
}

function index(known: Known, key: (name: string) => string): Map<string, { id: string; kind: string }[]> {
  const found = new Map<string, { id: string; kind: string }[]>();
  for (const one of known.organisations) {
    for (const name of new Set([one.name, ...(one.short_name === null ? [] : [one.short_name])].map((text) => key(tidy(text))))) {
      const list = found.get(name) ?? [];
      list.push({ id: one.id, kind: one.kind });
      found.set(name, list);
    }
  }
  return found;
}

function tidy(name: string): string {
  return name.normalize('NFKC').replaceAll(/\s/g, '');
}
