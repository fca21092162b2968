// The list of the 182 projects as it was written down by hand (data/projects.json), read into records.
// Figures of the named projects are the published ones; everything else is invented and says so in its name.
import book from './data/projects.json';

/**
 * What has become of a project by the end of June 2023: P in production, D completed, E in effect; under construction A ahead of
 * time, O on time, B behind, F far behind; S started this year as planned, L started late; not started: U due later this
 * year, Y late by more than a month, Q by more than a quarter, R by more than half a year; Z paused; N preliminary work only.
 */
export const CASES = ['P', 'D', 'E', 'A', 'O', 'B', 'F', 'S', 'L', 'U', 'Y', 'Q', 'R', 'Z', 'N'] as const;
export type Case = (typeof CASES)[number];

export interface Seed {
  readonly serial: number;
  readonly name: string;
  /** The name without the mark of invention: what the random streams are named by. */
  readonly key: string;
  readonly published: boolean;
  readonly category: string;
  readonly group: string;
  readonly chain: string;
  readonly town: string;
  readonly park: string | undefined;
  readonly totalWan: number;
  readonly landMu: number | undefined;
  readonly builder: string;
  readonly fate: Case;
  readonly content: string;
}

export function readSeeds(): readonly Seed[] {
  let serial = 0;
  return book.groups.flatMap((group) =>
    group.lines.map((line) => {
      serial += 1;
      return seedOf(line, serial, group.category, group.title);
    }),
  );
}

function seedOf(line: string, serial: number, category: string, group: string): Seed {
  const [written, chain, town, park, yi, mu, builder, fate, content] = line.split('|');
  const known = CASES.find((one) => one === fate);
  if (written === undefined || chain === undefined || town === undefined || builder === undefined || content === undefined || known === undefined) {
    throw new Error(`not a project line: ${line}`);
  }
  const published = written.startsWith('!');
  const key = published ? written.slice(1) : written;
  return {
    serial, key, published, category, group, chain, town, content,
    name: published ? key : `${key}（演示）`,
    park: park === '' ? undefined : park,
    totalWan: Math.round(Number(yi) * 10_000),
    landMu: mu === '' ? undefined : Number(mu),
    builder: builderOf(builder),
    fate: known,
  };
}

function builderOf(written: string): string {
  return /^[!=]/.test(written) ? written.slice(1) : `济源市${written}有限公司（演示）`;
}
