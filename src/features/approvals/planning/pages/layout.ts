// The places of a network drawing: steps in columns, each to the right of all that it waits for; ties that pass a column get a lane of their
// own there, so that none runs through a step. The critical path stands in the first row. Pure; draws nothing. For some dozen nodes.

export interface Node {
  readonly id: string;
  /** Ids of the nodes that it waits for; what is not a node is passed over. */
  readonly after: readonly string[];
  /** Stands as early as it can, in the first row: the critical path. */
  readonly main: boolean;
}

export interface Spot {
  readonly column: number;
  /** From the top, in heights of a step. */
  readonly top: number;
}

export interface Placed extends Spot {
  readonly id: string;
}

export interface Tie {
  readonly from: string;
  readonly to: string;
  /** Where it passes columns between the two. */
  readonly through: readonly Spot[];
}

export interface Layout {
  readonly placed: readonly Placed[];
  readonly columns: number;
  readonly rows: number;
  /** The ties that are drawn: those that do not follow from others. */
  readonly ties: readonly Tie[];
}

/** What a lane takes of a column, in heights of a step. */
const LANE = 0.3;
const SWEEPS = 8;

/** Nodes must make no circle; those on one are placed somewhere. */
export function layoutOf(nodes: readonly Node[]): Layout {
  const known = new Set(nodes.map((one) => one.id));
  const plain = reduced(nodes.map((one) => ({ ...one, after: one.after.filter((id) => known.has(id) && id !== one.id) })));
  const column = columnsOf(nodes, listed(nodes.map((one) => one.id), plain, 'to', 'from'), listed(nodes.map((one) => one.id), plain, 'from', 'to'));
  const main = new Set(nodes.filter((one) => one.main).map((one) => one.id));
  const { cells, links, routes } = woven(nodes, plain, column, main);
  const top = topsOf(cells, links);
  const spot = (id: string): Spot => ({ column: cells.get(id)?.column ?? 0, top: top.get(id) ?? 0 });
  const placed = nodes.map(({ id }) => ({ id, ...spot(id) }));
  return {
    placed, columns: Math.max(-1, ...placed.map((one) => one.column)) + 1, rows: Math.max(0, ...[...cells].map(([id, one]) => (top.get(id) ?? 0) + one.size)),
    ties: plain.map(({ from, to }) => ({ from, to, through: (routes.get(`${from} ${to}`) ?? []).map(spot) })),
  };
}

interface Pair {
  readonly from: string;
  readonly to: string;
}
type Lists = ReadonlyMap<string, readonly string[]>;

/** A step, or the lane that ties to one target share in a column. */
interface Cell {
  readonly column: number;
  readonly size: number;
  readonly main: boolean;
}

/** Without ties that follow from a longer way (transitive reduction). */
function reduced(nodes: readonly Node[]): readonly Pair[] {
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

function listed(ids: Iterable<string>, ties: readonly Pair[], key: keyof Pair, value: keyof Pair): Lists {
  const lists = new Map<string, string[]>([...ids].map((id) => [id, []]));
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
  for (const one of nodes.toSorted((a, b) => (depth.get(a.id) ?? 0) - (depth.get(b.id) ?? 0) || Number(b.main) - Number(a.main))) {
    const low = Math.max(0, ...(before.get(one.id) ?? []).map((id) => (column.get(id) ?? 0) + 1));
    const high = Math.max(low, last - (height.get(one.id) ?? 0));
    let best = low;
    if (!one.main) for (let at = low; at <= high; at += 1) if ((load[at] ?? 0) < (load[best] ?? 0)) best = at;
    column.set(one.id, best);
    load[best] = (load[best] ?? 0) + 1;
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

/** Steps and lanes as cells, what is tied to what from column to column, and for each tie the lanes that it passes. */
function woven(nodes: readonly Node[], ties: readonly Pair[], column: ReadonlyMap<string, number>, main: ReadonlySet<string>) {
  const cells = new Map<string, Cell>(nodes.map((one) => [one.id, { column: column.get(one.id) ?? 0, size: 1, main: one.main }]));
  const links = new Map<string, Pair>();
  const routes = new Map<string, readonly string[]>();
  for (const { from, to } of ties) {
    const critical = main.has(from) && main.has(to);
    const lanes: string[] = [];
    for (let at = (column.get(from) ?? 0) + 1; at < (column.get(to) ?? 0); at += 1) {
      const lane = `${critical ? 'main' : 'lane'} ${to} ${String(at)}`;
      lanes.push(lane);
      if (!cells.has(lane)) cells.set(lane, { column: at, size: critical ? 1 : LANE, main: critical });
    }
    routes.set(`${from} ${to}`, lanes);
    [...lanes, to].forEach((id, i) => links.set(`${lanes[i - 1] ?? from} ${id}`, { from: lanes[i - 1] ?? from, to: id }));
  }
  return { cells, links: [...links.values()], routes };
}

/** Sweeps to and fro: each stands at the middle of its neighbours (barycentre). The first row is kept for the critical path. */
function topsOf(cells: ReadonlyMap<string, Cell>, links: readonly Pair[]): ReadonlyMap<string, number> {
  const before = listed(cells.keys(), links, 'to', 'from');
  const behind = listed(cells.keys(), links, 'from', 'to');
  const columns: string[][] = [];
  for (const [id, cell] of cells) (columns[cell.column] ??= []).push(id);
  const reserved = [...cells.values()].some((one) => one.main);
  const top = new Map<string, number>();
  const settle = (column: readonly string[]): void => {
    let at = reserved ? 1 : 0;
    let first = true;
    for (const id of column) {
      const cell = cells.get(id);
      const inFirst: boolean = cell?.main === true && first;
      top.set(id, inFirst ? 0 : at);
      if (inFirst) first = false;
      else at += cell?.size ?? 0;
    }
  };
  for (const column of columns) column.sort((a, b) => Number(cells.get(b)?.main) - Number(cells.get(a)?.main));
  columns.forEach(settle);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const right = sweep % 2 === 0;
    for (const column of right ? columns : columns.toReversed()) {
      const middle = new Map(column.map((id) => [id, cells.get(id)?.main === true ? -1 : middleOf((right ? before : behind).get(id) ?? [], top, top.get(id) ?? 0)]));
      column.sort((a, b) => (middle.get(a) ?? 0) - (middle.get(b) ?? 0));
      settle(column);
    }
  }
  return top;
}

function middleOf(neighbours: readonly string[], top: ReadonlyMap<string, number>, otherwise: number): number {
  return neighbours.length === 0 ? otherwise : neighbours.reduce((sum, id) => sum + (top.get(id) ?? 0), 0) / neighbours.length;
}
