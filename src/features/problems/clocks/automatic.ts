// Problems that are raised by rule: a red light that is on, a case that is about to run out. Off until a zone wants it; once for each light and case; closes
// nothing by itself. Reads what projects keep, so that neither warnings nor approvals know of it.
import { dayOfNumber, numberOfDay } from '../../../kernel/epoch.ts';
import type { Now } from '../../../kernel/clock.ts';
import type { Actor } from '../../../platform/actor.ts';
import { settled, sql, type Db } from '../../../platform/db.ts';
import { handler } from '../../../platform/feature.ts';
import { seesAll } from '../../projects/scope.ts';
import { readGround, type Ground } from '../ground.ts';
import { raiseProblems, type Raising } from '../raise.ts';
import { raiseByRule } from './contract.ts';
import words from './data/automatic.json' with { type: 'json' };
import { readKept, type Kept } from './settings.ts';

const BATCH = 200;
const RED = 3;

interface Cause { readonly id: string; readonly type: 'light' | 'case'; readonly project: string; readonly name: string; readonly what: string }

export const raisingByRule = handler(raiseByRule, {
  permission: 'problems.rule',
  load: async ({ tx, now }) => {
    const [ground, kept] = await settled([readGround(tx), readKept(tx)]);
    // Two workers at once: the second waits, and then finds what the first has raised.
    await tx.run(sql`select pg_advisory_xact_lock(hashtextextended('problems.raise_by_rule', 0))`);
    return { ground, kept, causes: await causesOf(tx, kept, ground, now, BATCH) };
  },
  allow: seesAll,
  decide: ({ subject: { causes, kept } }) => causes.map((cause) => raisingOf(cause, kept)),
  save: async ({ tx, changes, subject, actor, now }) => ({ problems: (await raiseProblems(tx, actor, changes, now, subject.ground)).length }),
  event: ({ changes }) => changes.map((one) => ({
    kind: 'problems.raised', subjectType: one.origin?.type ?? 'problem', subjectId: one.origin?.id ?? '', ...(one.projectIds?.[0] === undefined ? {} : { projectId: one.projectIds[0] }), after: { title: one.title, kind: one.kind, source: one.source },
  })),
});

async function causesOf(db: Db, { rules }: Kept, ground: Ground, now: Now, limit: number): Promise<readonly Cause[]> {
  const [lights, cases] = await settled([rules.red_light.on ? redLights(db, limit) : [], rules.case_due.on ? casesDue(db, ground, rules.case_due.workdays, now, limit) : []]);
  return [...lights, ...cases];
}

const UNRAISED = (id: string) => sql`not exists (select 1 from problems_problems r where r.origin_id = ${sql.id('c')}.${sql.id(id)} and r.source = 'automatic')`;

function redLights(db: Db, limit: number): Promise<Cause[]> {
  return db.rows<Cause>(sql`
    select c.id, 'light' as type, c.project_id as project, p.name, c.object as what from projects_lights c join projects_projects p on p.id = c.project_id
    where c.cleared is null and c.level >= ${RED} and ${UNRAISED('id')} order by c.level_since, c.id limit ${limit}`);
}

function casesDue(db: Db, { calendar }: Ground, workdays: number, now: Now, limit: number): Promise<Cause[]> {
  const until = dayOfNumber(calendar.numbers.add(numberOfDay(now.day) ?? 0, workdays));
  return db.rows<Cause>(sql`
    select c.subject as id, 'case' as type, c.project_id as project, p.name, 'approval' as what from projects_pending c join projects_projects p on p.id = c.project_id
    where least(c.statutory_day, c.promised_day) <= ${until} and ${UNRAISED('subject')} order by least(c.statutory_day, c.promised_day), c.subject limit ${limit}`);
}

const OBJECTS: Readonly<Record<string, string>> = words.objects;
const LONGEST = 200;

function raisingOf({ id, type, project, name, what }: Cause, { rules }: Kept): Raising {
  const rule = type === 'light' ? rules.red_light : rules.case_due;
  const title = (type === 'light' ? words.red_light : words.case_due).replace('{what}', OBJECTS[what] ?? what);
  const room = LONGEST - title.length + '{project}'.length;
  return { title: title.replace('{project}', () => name.slice(0, room)), source: 'automatic', origin: { type, id }, kind: rule.kind, severity: rule.severity, projectIds: [project] };
}

interface Host {
  readonly database: Db;
  readonly system: Actor;
  now(): Now;
  run(actor: Actor, name: string, input: unknown): Promise<{ readonly output: unknown }>;
}

/** The job: raises all that is to be raised by rule. Gives how many. */
export async function raiseAllByRule(app: Host): Promise<number> {
  for (let done = 0; ;) {
    const kept = await readKept(app.database);
    if (!kept.rules.red_light.on && !kept.rules.case_due.on) return done;
    if ((await causesOf(app.database, kept, await readGround(app.database), app.now(), 1)).length === 0) return done;
    const { output } = await app.run(app.system, 'problems.raise_by_rule', {});
    const { problems } = { problems: 0, ...(typeof output === 'object' ? output : {}) };
    if (problems === 0) return done;
    done += problems;
  }
}
