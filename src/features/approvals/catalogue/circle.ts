// Finds a circle among things that wait for each other and names it. Only a bridge from names to the kernel's topology.
import { topologyOf } from '../../../kernel/topology.ts';

/** The names of a circle, the first one again at its end: P01, P02, P01; undefined where there is none. Unknown names are ignored. */
export function circleIn(before: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const names = [...before.keys()];
  const place = new Map(names.map((name, i) => [name, i]));
  const links = names.flatMap((name, to) => (before.get(name) ?? []).flatMap((one) => {
    const from = place.get(one);
    return from === undefined ? [] : [[from, to] as const];
  }));
  const found = topologyOf(names.length, {
    from: Int32Array.from(links, ([from]) => from), to: Int32Array.from(links, ([, to]) => to), types: new Uint8Array(links.length), lags: new Float64Array(links.length),
  });
  if (!('cycle' in found)) return undefined;
  return ringOf(found.cycle.map((at) => names[at] ?? ''));
}

/** The same circle from its first name in the alphabet, closed: P02, P01 gives P01, P02, P01. */
export function ringOf(circle: readonly string[]): string[] {
  const first = circle.reduce((least, name, i) => (name < (circle[least] ?? '') ? i : least), 0);
  const turned = [...circle.slice(first), ...circle.slice(0, first)];
  return [...turned, ...turned.slice(0, 1)];
}
