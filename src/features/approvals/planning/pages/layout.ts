// The places of a network drawing: steps in columns, each to the right of all that it waits for, and within a column as near to its
// neighbours as can be. Pure; draws nothing. O(nodes × edges), for some dozen nodes.

export interface Node {
  readonly id: string;
  /** Ids of the nodes that it waits for; what is not a node is passed over. */
  readonly after: readonly string[];
  /** Stands as early as it can, in the row at the top: the critical path. */
  readonly main: boolean;
}

export interface Placed {
  readonly id: string;
  readonly column: number;
  /** Place within the column from the top; whole numbers. */
  readonly row: number;
}

export interface Layout {
  readonly placed: readonly Placed[];
  readonly columns: number;
  readonly rows: number;
  /** The ties that are drawn: those that do not follow from others. */
  readonly ties: readonly { readonly from: string; readonly to: string }[];
}

const SWEEPS = 6;

/** Nodes must make no circle; those on one are placed in the last column that is possible. */
export function layoutOf(nodes: readonly Node[]): Layout {
  const known = new Set(nodes.map((one) => one.id));
  const ties = reduced(nodes.map((one) => ({ ...one, after: one.after.filter((id) => known.has(id) && id !== one.id) })));
  const before = listed(nodes, ties, 'to', 'from');
  const behind = listed(nodes, ties, 'from', 'to');
  const column = columnsOf(nodes, before, behind);
  const columns = Math.max(0, ...column.values()) + 1;
  const lanes: string[][] = Array.from({ length: columns }, () => []);
  for (const one of nodes.toSorted((a, b) => Number(b.main) - Number(a.main))) lanes[column.get(one.id) ?? 0]?.push(one.id);
  order(lanes, new Set(nodes.filter((one) => one.main).map((one) => one.id)), before, behind);
  const placed = lanes.flatMap((lane, at) => lane.map((id, row) => ({ id, column: at, row })));
  return { placed, columns, rows: Math.max(0, ...lanes.map((lane) => lane.length)), ties };
}

type Ties = readonly { readonly from: string; readonly to: string }[];
type Lists = ReadonlyMap<string, readonly string[]>;

/** Without ties that follow from a longer way (transitive reduction). */
function reduced(nodes: readonly Node[]): Ties {
  const after = new Map(nodes.map((one) => [one.id, one.after]));
  const reach = (from: string, seen: Set<string>): Set<string> => {
    for (const id of after.get(from) ?? []) {
      if (seen.has(id)) continue;
      seen.add(id);
      reach(id, seen);
    }
    return seen;
  };
  return nodes.flatMap((one) => {
    const far = new Set(one.after.flatMap((id) => [...reach(id, new Set())]));
    return [...new Set(one.after)].filter((id) => !far.has(id)).map((from) => ({ from, to: one.id }));
  });
}

function listed(nodes: readonly Node[], ties: Ties, key: 'from' | 'to', value: 'from' | 'to'): Lists {
  const lists = new Map<string, string[]>(nodes.map((one) => [one.id, []]));
  for (const tie of ties) lists.get(tie[key])?.push(tie[value]);
  return lists;
}

/** The critical path as early as possible; the rest, between what it waits for and what waits for it, where the fewest stand. */
function columnsOf(nodes: readonly Node[], before: Lists, behind: Lists): ReadonlyMap<string, number> {
  const depth = longest(nodes, before);
  const last = Math.max(0, ...depth.values());
  const height = longest(nodes, behind);
  const load: number[] = [];
  const column = new Map<string, number>();
  const place = (id: string, at: number): void => {
    column.set(id, at);
    load[at] = (load[at] ?? 0) + 1;
  };
  for (const one of nodes.toSorted((a, b) => (depth.get(a.id) ?? 0) - (depth.get(b.id) ?? 0) || Number(b.main) - Number(a.main))) {
    const low = Math.max(0, ...(before.get(one.id) ?? []).map((id) => (column.get(id) ?? 0) + 1));
    const high = Math.max(low, last - (height.get(one.id) ?? 0));
    let best = low;
    if (!one.main) for (let at = low; at <= high; at += 1) if ((load[at] ?? 0) < (load[best] ?? 0)) best = at;
    place(one.id, best);
  }
  return column;
}

function longest(nodes: readonly Node[], lists: Lists): ReadonlyMap<string, number> {
  const known = new Map<string, number>();
  const path = new Set<string>();
  const of = (id: string): number => {
    const found = known.get(id);
    if (found !== undefined || path.has(id)) return found ?? 0;
    path.add(id);
    const value = Math.max(0, ...(lists.get(id) ?? []).map((other) => of(other) + 1));
    path.delete(id);
    known.set(id, value);
    return value;
  };
  for (const one of nodes) of(one.id);
  return known;
}

/** Sweeps to and fro: each stands at the middle of its neighbours (barycentre); the critical path stays at the top. */
function order(lanes: string[][], main: ReadonlySet<string>, before: Lists, behind: Lists): void {
  const row = new Map<string, number>();
  const settle = (lane: readonly string[]): void => lane.forEach((id, at) => row.set(id, at));
  lanes.forEach(settle);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const right = sweep % 2 === 0;
    for (const lane of right ? lanes : lanes.toReversed()) {
      const middle = new Map(lane.map((id, at) => [id, main.has(id) ? -1 : middleOf((right ? before : behind).get(id) ?? [], row, at)]));
      lane.sort((a, b) => (middle.get(a) ?? 0) - (middle.get(b) ?? 0));
      settle(lane);
    }
  }
}

function middleOf(neighbours: readonly string[], row: ReadonlyMap<string, number>, otherwise: number): number {
  return neighbours.length === 0 ? otherwise : neighbours.reduce((sum, id) => sum + (row.get(id) ?? 0), 0) / neighbours.length;
}
