// The very problems behind a figure: the condition by which a list shows what was counted.
import type { Now } from '../../../kernel/clock.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { sql, type Db, type Sql } from '../../../platform/db.ts';
import { allOf, asAtOf, facts, within, type Slice } from './conditions.ts';
import { inForce, partOf } from './definitions.ts';
import { readDefinitions } from './store.ts';

export interface FigureFilter {
  readonly figure?: string | undefined;
  readonly part?: string | undefined;
  readonly figureAt?: string | undefined;
  readonly by?: Slice['by'] | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly group?: Slice['group'] | undefined;
  readonly value?: string | undefined;
}

/** A condition on `p problems_problems`; nothing where no figure is asked for. @throws Refusal `platform.not_found` for a figure or part that there is not. */
export async function figureCondition(db: Db, filter: FigureFilter, now: Now): Promise<Sql | undefined> {
  if (filter.figure === undefined) return undefined;
  const asAt = asAtOf(filter.figureAt, now);
  const slice = within({ by: filter.by ?? 'raised', since: filter.since, until: filter.until, group: filter.group, value: filter.value });
  // Everything that came in, of which a figure is a part.
  if (filter.figure === 'all') return rows(sql.all([slice]));
  const body = inForce(await readDefinitions(db), filter.figureAt ?? now.day).find((one) => one.code === filter.figure)?.body;
  const part = body === undefined ? undefined : partOf(body, filter.part ?? 'base');
  if (part === undefined) refuse('platform.not_found', {});
  return rows(sql.all([slice, allOf(part.all, asAt.at), ...(part.not === undefined ? [] : [sql`not (${allOf(part.not, asAt.at)})`])]));

  function rows(condition: Sql): Sql {
    // As it is now: all are read once. As it was then: each by its steps, so only those that the reader's list comes to.
    return asAt.past ? sql`exists (select 1 from ${facts(asAt, sql`p.id = a.problem_id`)} where ${condition})` : sql`a.problem_id in (select f.id from ${facts(asAt, sql`true`)} where ${condition})`;
  }
}
