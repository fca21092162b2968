// The figures of rates: one scan of the facts for the total, for every group and for every month. What the reader may not know is not counted.
import type { Now } from '../../../kernel/clock.ts';
import type { InputOf, OutputOf } from '../../../kernel/contract.ts';
import { dayOfNumber } from '../../../kernel/epoch.ts';
import type { Actor } from '../../../platform/actor.ts';
import { settled, sql, type Db, type Sql } from '../../../platform/db.ts';
import { dayNumberOf, midnight, type Hours } from '../clocks/basis.ts';
import { held } from '../pool/access.ts';
import { readGround, type Ground } from '../store.ts';
import { allOf, asAtOf, dayOf, facts, groupOf, within, type AsAt } from './conditions.ts';
import type { Figure, getRates, Line } from './contract.ts';
import { CODES, inForce, shareBp, type Condition, type Group, type Versioned } from './definitions.ts';
import { namesOf } from './names.ts';
import { readDefinitions } from './store.ts';

type Rates = OutputOf<typeof getRates>;
const MOST_GROUPS = 300;

export async function readRates(db: Db, actor: Actor, input: InputOf<typeof getRates>, now: Now): Promise<Rates> {
  const asAt = asAtOf(input.at, now);
  const [ground, all, first] = await settled([readGround(db), readDefinitions(db), db.row<{ first: string | null }>(sql`select min(raised_at) as first from problems_problems`)]);
  const definitions = inForce(all, input.at ?? now.day);
  const by = input.by ?? 'raised';
  const rows = await db.rows<Row>(counted({ definitions, asAt, by, group: input.group ?? 'department', ground, first: first?.first ?? null, where: scoped(actor, input), slice: within({ by, since: input.since, until: input.until }) }));
  const line = (row: Row, value: string, name: string | null = null): Line => ({ value, name, all: row.n, figures: figuresOf(definitions, row) });
  const grouped = rows.filter((row) => row.level === 1).sort((a, b) => b.n - a.n);
  const names = await namesOf(db, input.group ?? 'department', grouped.slice(0, MOST_GROUPS).map((row) => row.g ?? ''), actor.locale);
  const total = rows.find((row) => row.level === 3);
  if (total === undefined) throw new Error('an aggregate gives a total');
  return {
    at: asAt.at.toISOString(), past: asAt.past, total: line(total, ''), groups: grouped.slice(0, MOST_GROUPS).map((row) => line(row, row.g ?? '', names.get(row.g ?? '') ?? null)), more: grouped.length > MOST_GROUPS,
    months: rows.filter((row) => row.level === 2 && row.m !== '').sort((a, b) => ((a.m ?? '') < (b.m ?? '') ? -1 : 1)).map((row) => line(row, row.m ?? '')),
    definitions: definitions.flatMap((one) => {
      const code = CODES.find((each) => each === one.code);
      return code === undefined ? [] : [{ ...one.body, code, version: one.version, fromDay: one.fromDay }];
    }),
  };
}

function scoped(actor: Actor, { by, since, until }: InputOf<typeof getRates>): Sql {
  const days = by === 'ended' ? [] : [...(since === undefined ? [] : [sql`p.raised_at >= ${`${since}T00:00:00+08:00`}::timestamptz`]), ...(until === undefined ? [] : [sql`p.raised_at < ${`${until}T00:00:00+08:00`}::timestamptz + interval '1 day'`])];
  return sql.all([...(actor.isSystem || actor.scope.all ? [] : [sql`p.id in (select a.problem_id from problems_access a where ${held(actor, sql`a.key`)})`]), ...days]);
}

interface Row { readonly level: number; readonly g: string | null; readonly m: string | null; readonly n: number; readonly c: readonly number[]; readonly work: readonly number[] | null; readonly plain: readonly number[] | null }

interface Counting {
  readonly definitions: readonly Versioned[]; readonly asAt: AsAt; readonly by: 'raised' | 'ended'; readonly group: Group; readonly ground: Ground; readonly first: string | null; readonly where: Sql; readonly slice: Sql;
}

/** All counts of a row travel as one array, in the order of `counters`. */
function counted({ definitions, asAt, by, group, ground, first, where, slice }: Counting): Sql {
  const policy = ground.policy(ground.current.code, ground.current.version);
  const { at } = asAt;
  const counts = definitions.flatMap(({ body }) => counters(body)).map((names) => sql`count(*) filter (where ${allOf(names, at)})::int`);
  const time = definitions.find(({ body }) => body.form === 'time');
  const base = time === undefined ? sql`false` : allOf(time.body.base, at);
  const until = sql`coalesce(f.first_reply_at, ${at})`;
  const percentiles = (column: Sql): Sql => sql`percentile_disc(array[0.5, 0.9]) within group (order by ${column}) filter (where ${base})`;
  return sql`
    with days as materialized (${officeDays(policy.hours, ground, first === null ? at.getTime() : new Date(first).getTime(), at.getTime())})
    select grouping(g, m) as level, g, m, count(*)::int as n, array[${sql.join(counts)}] as c, ${percentiles(sql`f.work`)} as work, ${percentiles(sql`f.plain`)} as plain from (
      select f.*, ${groupOf(group, by)} as g, coalesce(to_char(${dayOf(by)}, 'YYYY-MM'), '') as m, round(extract(epoch from ${until} - f.raised_at) / 60)::int as plain,
        round(${mark(sql`b`, until, policy.hours)} - ${mark(sql`a`, sql`f.raised_at`, policy.hours)})::int as work
      from ${facts(asAt, where)} left join days a on a.day = ${dayIn(sql`f.raised_at`)} left join days b on b.day = ${dayIn(until)} where ${slice}
    ) as f group by grouping sets ((), (g), (m))`;
}

function counters(body: Versioned['body']): readonly (readonly Condition[])[] {
  return [[...body.base, ...body.hit], body.base, ...body.beside.flatMap((one) => [[...(one.base ?? body.base), ...one.hit], one.base ?? body.base]), ...body.apart.map((one) => [one])];
}

function figuresOf(definitions: readonly Versioned[], row: Row): Figure[] {
  let taken = 0;
  return definitions.map((one) => {
    const counts = row.c.slice(taken);
    taken += counters(one.body).length;
    return figureOf(one, counts, row);
  });
}

function figureOf({ code, body }: Versioned, counts: readonly number[], row: Row): Figure {
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

/** Every day from the first to the last with the minutes of office hours before it. */
function officeDays(hours: Hours, { calendar }: Ground, from: number, to: number): Sql {
  const first = dayNumberOf(from);
  const perDay = hours.reduce((sum, [open, close]) => sum + close - open, 0);
  const days: string[] = [];
  const before: number[] = [];
  const works: boolean[] = [];
  for (let day = first, sum = 0; midnight(day) <= to; day += 1) {
    const work = calendar.numbers.isWorkday(day);
    days.push(dayOfNumber(day));
    before.push(sum);
    works.push(work);
    if (work) sum += perDay;
  }
  return sql`select * from unnest(${days}::date[], ${before}::int[], ${works}::boolean[]) as d (day, before, work)`;
}

const dayIn = (instant: Sql): Sql => sql`((${instant} at time zone 'UTC') + interval '8 hours')::date`;

/** Minutes of office hours from the first day on to an instant that lies in the day `d`. */
function mark(d: Sql, instant: Sql, hours: Hours): Sql {
  const minute = sql`(extract(epoch from (${instant} at time zone 'UTC') + interval '8 hours') % 86400 / 60)`;
  const within = sql.join(hours.map(([open, close]) => sql`greatest(0, least(${minute}, ${close}) - ${open})`), ' + ');
  return sql`(${d}.before + case when ${d}.work then ${within} else 0 end)`;
}
