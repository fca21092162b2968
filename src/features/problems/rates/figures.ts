// The figures of rates: one scan of the facts for the total, for every group and for every month. What the reader may not know is not counted.
import type { Now } from '../../../kernel/clock.ts';
import type { InputOf, OutputOf } from '../../../kernel/contract.ts';
import { dayOfNumber } from '../../../kernel/epoch.ts';
import type { Actor } from '../../../platform/actor.ts';
import { settled, sql, type Db, type Sql } from '../../../platform/db.ts';
import { dayNumberOf, type Hours } from '../clocks/basis.ts';
import { held } from '../pool/access.ts';
import { readGround, type Ground } from '../store.ts';
import { allOf, asAtOf, facts, keyOf, momentOf, within, type AsAt } from './conditions.ts';
import type { Defined, Figure, getRates, getRatesTotal, Line } from './contract.ts';
import { CODES, inForce, shareBp, type Condition, type Group, type Versioned } from './definitions.ts';
import { namesOf } from './names.ts';
import { readDefinitions } from './store.ts';

type Rates = OutputOf<typeof getRates>;
const MOST_GROUPS = 300;

/** `only`: a further condition on `p problems_problems`, for whoever shows the figures of a part (one's own requests, what the service took in) by the same definitions. */
export async function readRates(db: Db, actor: Actor, input: InputOf<typeof getRates>, now: Now, only: Sql = sql`true`): Promise<Rates> {
  const asAt = asAtOf(input.at, now);
  const [ground, all, first] = await settled([readGround(db), readDefinitions(db), db.row<{ first: string | null }>(sql`select min(raised_at) as first from problems_problems`)]);
  const definitions = inForce(all, input.at ?? now.day);
  const by = input.by ?? 'raised';
  const found = await db.rows<Row>(counted({ definitions, asAt, by, group: input.group ?? 'department', ground, first: first?.first ?? null, where: sql`${scoped(actor, input)} and ${only}`, slice: within({ by, since: input.since, until: input.until }) }));
  const times = new Map(found.filter((row) => row.level >= 4).map((row) => [row.level === 5 ? '' : `g${row.g ?? ''}`, row]));
  const rows = found.filter((row) => row.level < 4).map((row) => ({ ...row, ...timesOf(times.get(row.level === 3 ? '' : row.level === 1 ? `g${row.g ?? ''}` : '—')) }));
  const line = (row: Row, value: string, name: string | null = null): Line => ({ value, name, all: row.n, figures: figuresOf(definitions, row) });
  const grouped = rows.filter((row) => row.level === 1).sort((a, b) => b.n - a.n);
  const names = await namesOf(db, input.group ?? 'department', grouped.slice(0, MOST_GROUPS).map((row) => row.g ?? ''), actor.locale);
  const total = rows.find((row) => row.level === 3);
  if (total === undefined) throw new Error('an aggregate gives a total');
  return {
    at: asAt.at.toISOString(), past: asAt.past, total: line(total, ''), groups: grouped.slice(0, MOST_GROUPS).map((row) => line(row, input.group === 'month' ? monthIn(row.g ?? '') : (row.g ?? ''), names.get(row.g ?? '') ?? null)), more: grouped.length > MOST_GROUPS,
    months: rows.filter((row) => row.level === 2 && row.m !== null).sort((a, b) => (a.m ?? 0) - (b.m ?? 0)).map((row) => line(row, monthIn(String(row.m)))),
    definitions: definedOf(definitions),
  };
}

/** The line of the total as `readRates` gives it, of the shares alone: no group, no month, no times, and so no calendar. */
export async function readTotal(db: Db, actor: Actor, now: Now): Promise<OutputOf<typeof getRatesTotal>> {
  const asAt = asAtOf(undefined, now);
  const definitions = inForce(await readDefinitions(db), now.day).filter(({ body }) => body.form === 'share');
  const { at } = asAt;
  const row = await db.row<Pick<Row, 'n' | 'c'>>(sql`
    with alike as (
      select state, open, round, handbacks, settled_tier, late, verdict, limit_at, first_reply_at, count(*) as n from (select ${reduced(at)}, ${REPLIED} as first_reply_at from ${facts(asAt, scoped(actor, {}))}) as f
      group by state, open, round, handbacks, settled_tier, late, verdict, limit_at, first_reply_at
    )
    select coalesce(sum(f.n), 0)::int as n, array[${sql.join(countsOf(definitions, at))}] as c from alike f`);
  return { at: at.toISOString(), definitions: definedOf(definitions), total: { value: '', name: null, all: row?.n ?? 0, figures: figuresOf(definitions, { c: row?.c ?? null, work: null, plain: null }) } };
}

function definedOf(definitions: readonly Versioned[]): Defined[] {
  return definitions.flatMap((one) => {
    const code = CODES.find((each) => each === one.code);
    return code === undefined ? [] : [{ ...one.body, code, version: one.version, fromDay: one.fromDay }];
  });
}

function scoped(actor: Actor, { by, since, until }: InputOf<typeof getRates>): Sql {
  const days = by === 'ended' ? [] : [...(since === undefined ? [] : [sql`p.raised_at >= ${`${since}T00:00:00+08:00`}::timestamptz`]), ...(until === undefined ? [] : [sql`p.raised_at < ${`${until}T00:00:00+08:00`}::timestamptz + interval '1 day'`])];
  return sql.all([...(actor.isSystem || actor.scope.all ? [] : [sql`p.id in (select a.problem_id from problems_access a where ${held(actor, sql`a.key`)})`]), ...days]);
}

/** Level 1 a group, 2 a month, 3 the total; 4 and 5 the times of a group and of all. */
interface Row { readonly level: number; readonly g: string | null; readonly m: number | null; readonly n: number; readonly c: readonly number[] | null; readonly work: readonly number[] | null; readonly plain: readonly number[] | null }

type Counts = Pick<Row, 'c' | 'work' | 'plain'>;

interface Counting {
  readonly definitions: readonly Versioned[]; readonly asAt: AsAt; readonly by: 'raised' | 'ended'; readonly group: Group; readonly ground: Ground; readonly first: string | null; readonly where: Sql; readonly slice: Sql;
}

/**
 * All counts of a row travel as one array, in the order of `counters`. Every problem is looked at once and reduced to what conditions ask of it; those that
 * are alike in all of that are counted as one line, so that the many conditions are asked of few lines. Each month has no times: the page shows none.
 */
function counted({ definitions, asAt, by, group, ground, first, where, slice }: Counting): Sql {
  const policy = ground.policy(ground.current.code, ground.current.version);
  const { at } = asAt;
  const time = definitions.find(({ body }) => body.form === 'time');
  const timed = time === undefined ? sql`false` : allOf(time.body.base, at);
  const days = officeDays(policy.hours, ground, first === null ? at.getTime() : new Date(first).getTime(), at.getTime());
  // In a zone that stands on a day the hour comes round again: what was raised later than now has waited for nothing.
  const until = sql`greatest(coalesce(f.first_reply_at, ${at}), f.raised_at)`;
  const percentiles = (column: Sql): Sql => sql`percentile_disc(array[0.5, 0.9]) within group (order by ${column})`;
  return sql`
    with looked as materialized (
      select ${group === 'month' ? days.month(momentOf(by)) : keyOf(group)} as g, ${days.month(momentOf(by))} as m, ${reduced(at)}, f.raised_at, f.first_reply_at
      from ${facts(asAt, where)} where ${slice}
    ), alike as (
      select g, m, state, open, round, handbacks, settled_tier, late, verdict, limit_at, ${REPLIED} as first_reply_at, count(*) as n
      from looked f group by g, m, state, open, round, handbacks, settled_tier, late, verdict, limit_at, f.first_reply_at is not null
    ), timed as (
      select f.g, (date_part('epoch', ${until} - f.raised_at) / 60)::int as plain, (${days.mark(until)} - ${days.mark(sql`f.raised_at`)})::int as work from looked f where ${timed}
    )
    select grouping(g, m) as level, g::text as g, m, coalesce(sum(n), 0)::int as n, array[${sql.join(countsOf(definitions, at))}] as c, null::int[] as work, null::int[] as plain from alike f group by grouping sets ((), (g), (m))
    union all select 4 + grouping(g), g::text, null, 0, null, ${percentiles(sql`work`)}, ${percentiles(sql`plain`)} from timed group by grouping sets ((), (g))`;
}

/** What conditions ask of a problem, no finer than they ask: whether its limit is past and whether there was a reply, not when. */
function reduced(at: Date): Sql {
  return sql`f.state, f.open, least(f.round, 2) as round, least(f.handbacks, 1) as handbacks, f.settled_tier, f.late, f.verdict, case when f.limit_at < ${at} then timestamptz '-infinity' end as limit_at`;
}
const REPLIED = sql`case when f.first_reply_at is not null then timestamptz '-infinity' end`;

function countsOf(definitions: readonly Versioned[], at: Date): readonly Sql[] {
  return definitions.flatMap(({ body }) => counters(body)).map((names) => sql`coalesce(sum(f.n) filter (where ${allOf(names, at)}), 0)::int`);
}

function counters(body: Versioned['body']): readonly (readonly Condition[])[] {
  return [[...body.base, ...body.hit], body.base, ...body.beside.flatMap((one) => [[...(one.base ?? body.base), ...one.hit], one.base ?? body.base]), ...body.apart.map((one) => [one])];
}

/** 202306 is 2023-06. */
function monthIn(text: string): string {
  return text === '' ? '' : `${text.slice(0, 4)}-${text.slice(4)}`;
}

function timesOf(row: Row | undefined): Pick<Row, 'work' | 'plain'> {
  return { work: row?.work ?? null, plain: row?.plain ?? null };
}

function figuresOf(definitions: readonly Versioned[], row: Counts): Figure[] {
  let taken = 0;
  return definitions.map((one) => {
    const counts = (row.c ?? []).slice(taken);
    taken += counters(one.body).length;
    return figureOf(one, counts, row);
  });
}

function figureOf({ code, body }: Versioned, counts: readonly number[], row: Counts): Figure {
  const of = (index: number): { hit: number; base: number; bp: number | null } => {
    const [hit = 0, base = 0] = counts.slice(index * 2, index * 2 + 2);
    return { hit, base, bp: shareBp(hit, base) };
  };
  const after = 2 + body.beside.length * 2;
  const [work, plain] = body.form === 'time' ? [row.work, row.plain] : [null, null];
  return {
    code: CODES.find((one) => one === code) ?? 'raw', ...of(0), beside: body.beside.map((one, index) => ({ code: one.code, ...of(index + 1) })), apart: body.apart.map((one, index) => ({ code: one, hit: counts[after + index] ?? 0 })),
    p50: work?.[0] ?? null, p90: work?.[1] ?? null, p50Plain: plain?.[0] ?? null, p90Plain: plain?.[1] ?? null,
  };
}

/** Days after the last one of which a month is known: limits that are still to come. */
const AHEAD_DAYS = 800;

/**
 * Every day from the first on as arrays: its month, the minutes of office hours before it, whether it is worked. A place in an array of whole numbers is found at
 * once, where a join sorts all problems by their day; and in floating point, where exact numbers cost several times as much and a minute is rounded in the end.
 */
function officeDays(hours: Hours, { calendar }: Ground, from: number, to: number): { month(instant: Sql): Sql; mark(instant: Sql): Sql } {
  const first = dayNumberOf(from);
  const perDay = hours.reduce((sum, [open, close]) => sum + close - open, 0);
  const [months, before, works]: [number[], number[], number[]] = [[], [], []];
  for (let day = first, sum = 0; day <= dayNumberOf(to) + AHEAD_DAYS; day += 1) {
    const work = calendar.numbers.isWorkday(day);
    months.push(Number(dayOfNumber(day).slice(0, 7).replace('-', '')));
    before.push(sum);
    works.push(work ? 1 : 0);
    if (work) sum += perDay;
  }
  const seconds = (instant: Sql): Sql => sql`(date_part('epoch', ${instant}) + 28800)`;
  const place = (instant: Sql): Sql => sql`(floor(${seconds(instant)} / 86400)::int - ${first - 1}::int)`;
  const minute = (instant: Sql): Sql => sql`((${seconds(instant)} - floor(${seconds(instant)} / 86400) * 86400) / 60)`;
  return {
    month: (instant) => sql`(${months}::int[])[${place(instant)}]`,
    mark: (instant) => sql`((${before}::int[])[${place(instant)}] + (${works}::int[])[${place(instant)}] * (${sql.join(hours.map(([open, close]) => sql`greatest(0, least(${minute(instant)}, ${close}) - ${open})`), ' + ')}))`,
  };
}
