// Marks of having been looked up in the law: which values bear one, how one is put, and that none is put by sending it. Pure.
import { refuse } from '../../../kernel/refuse.ts';
import type { Body } from './layers.ts';
import type { Basis, Bundle, Checked, Item, ItemPatch, Track } from './shape.ts';

export interface Confirmation {
  readonly source: string;
  readonly article?: string | undefined;
  readonly read: 'law' | 'sourced';
  readonly checked: Checked;
}

/** The item with one value marked. Refuses `approvals.no_place` where there is no such value. */
export function confirmed(item: ItemPatch, place: string, { source, article, read, checked }: Confirmation): ItemPatch {
  const basis = (before: Basis | undefined): Basis => ({ source, ...(article === undefined ? {} : { article }), read, ...(before?.byDefault === true && before.source === source ? { byDefault: true } : {}), checked });
  const [field = '', part = ''] = place.split('.');
  if (field === 'validity') return item.validity === undefined || item.validity === null ? nowhere(place) : { validity: { ...item.validity, basis: basis(item.validity.basis) } };
  if (field === 'tracks') {
    const track: Track = part === 'government' ? 'government' : 'enterprise';
    const use = item.tracks?.[track] ?? nowhere(place);
    return { tracks: { ...item.tracks, [track]: { ...use, needRead: read, needBasis: basis(use.needBasis) } } };
  }
  const at = Number(part);
  const put = <One extends { basis: Basis }>(list: readonly One[] | undefined): One[] => (list?.[at] === undefined ? nowhere(place) : list.map((one, i) => (i === at ? { ...one, basis: basis(one.basis) } : one)));
  if (field === 'outside') return { outside: put(item.outside) };
  return field === 'statutory' ? { statutory: put(item.statutory) } : { promised: put(item.promised) };
}

function nowhere(place: string): never {
  return refuse('approvals.no_place', { place });
}

/** Places whose mark no known version bears with the same value: whoever changes a value has it looked up anew. */
export function strangeChecks(body: Body, known: readonly Body[]): string[] {
  const marks = marksIn(body);
  if (marks.length === 0) return [];
  const borne = new Set(known.flatMap((one) => marksIn(one).map(({ what }) => what)));
  return marks.filter(({ what }) => !borne.has(what)).map(({ place }) => place);
}

interface Mark {
  readonly place: string;
  /** The value with its mark; the same for the same value, wherever it stands. */
  readonly what: string;
}

function marksIn(body: Body): Mark[] {
  const items: readonly (readonly [string, ItemPatch | Item])[] = 'until' in body ? Object.entries(body.items) : body.items.map((item) => [item.code, item] as const);
  const bundles: readonly Bundle[] = body.bundles ?? [];
  return [
    ...items.flatMap(([code, item]) => marksOf(item).map(({ place, what }) => ({ place: `items.${code}.${place}`, what: `${code} ${what}` }))),
    ...bundles.filter((one) => one.basis.checked !== undefined).map((one) => ({ place: `bundles.${one.code}`, what: JSON.stringify(one) })),
    ...(body.simulation?.basis.checked === undefined ? [] : [{ place: 'simulation', what: JSON.stringify(body.simulation) }]),
  ];
}

function marksOf({ statutory = [], promised = [], outside = [], validity, tracks }: ItemPatch): Mark[] {
  const values: [string, { readonly basis?: Basis | undefined } | null | undefined, unknown][] = [
    ...statutory.map((one, i): [string, { basis: Basis }, unknown] => [`statutory.${String(i)}`, one, one]), ...promised.map((one, i): [string, { basis: Basis }, unknown] => [`promised.${String(i)}`, one, one]),
    ...outside.map((one, i): [string, { basis: Basis }, unknown] => [`outside.${String(i)}`, one, one]), ['validity', validity, validity],
    ...(['enterprise', 'government'] as const).map((track): [string, { basis?: Basis | undefined }, unknown] => [`tracks.${track}`, { basis: tracks?.[track]?.needBasis }, [tracks?.[track]?.need, tracks?.[track]?.needBasis]]),
  ];
  return values.flatMap(([place, one, what]) => (one?.basis?.checked === undefined ? [] : [{ place, what: `${place.replace(/\.\d$/, '')} ${JSON.stringify(what)}` }]));
}
