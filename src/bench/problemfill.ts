// Problems for measuring: so many, spread over two years, departments, states, actions and enterprises where there are any, with their steps and reader keys.
// Written by SQL, not by commands.
import type { App } from '../app.ts';
import { sql, type Db } from '../platform/db.ts';
import { keepAccess } from '../features/problems/pool/access.ts';

const BATCH = 5000;

export async function fillProblems(app: App, count: number): Promise<void> {
  await app.database.transaction(async (tx) => {
    await insertProblems(tx, count);
    await insertSteps(tx);
  });
  const ids = (await app.database.rows<{ id: string }>(sql`select id from problems_problems order by id`)).map((row) => row.id);
  for (let from = 0; from < ids.length; from += BATCH) await app.database.transaction((tx) => keepAccess(tx, ids.slice(from, from + BATCH)));
  await app.database.run(sql`analyze problems_problems, problems_steps, problems_access`);
}

// Of a hundred: 70 solved, 5 closed, 5 wait for their confirmation, 16 are in hand, 2 new, 1 withdrawn, 1 declined.
async function insertProblems(tx: Db, count: number): Promise<void> {
  await tx.run(sql`
    with made as (
      select i, i % 100 as c, timestamptz '2021-07-01 09:00+08' + (i * interval '1 day' * 720 / ${count}) as at, owners.ids[1 + i % cardinality(owners.ids)] as owner, served.ids[1 + i % cardinality(served.ids)] as project, firms.ids[1 + i % cardinality(firms.ids)] as firm, actions.codes[1 + i % cardinality(actions.codes)] as action
      from (select array_agg(id order by id) as ids from people_organisations where kind in ('department', 'town')) as owners, (select array_agg(id) as ids from (select id from projects_projects order by seq limit 500) as p) as served,
        (select array_agg(id order by id) as ids from people_organisations where kind = 'enterprise') as firms, (select array_agg(distinct code) as codes from service_actions) as actions,
        generate_series(1, ${count}::int) as g (i)
    ), stated as (
      select *, case when c < 70 then 'solved' when c < 75 then 'closed' when c < 80 then 'submitted' when c < 93 then 'handling' when c < 96 then 'assigned' when c < 98 then 'received' when c = 98 then 'withdrawn' else 'declined' end as state from made
    )
    insert into problems_problems (id, number, title, source, kind, severity, project_id, raised_name, state, step, tier, round, owner_org_id, policy, policy_version, raised_at, signed_at, forwarded_at, replied_at, submitted_at, solved_at, ended_at,
      round_at, held_at, due_at, solve_due_at, handbacks, enterprise_id, action_code, steps, last_at, late, satisfaction, confirmed_by, settled_tier, created_at, updated_at)
    select gen_random_uuid(), '2023-' || lpad(i::text, 7, '0'), '难题' || i, (array['commissioner', 'service', 'visit', 'meeting'])[1 + i % 4], (array['land', 'approval', 'money', 'utilities', 'labour', 'policy'])[1 + i % 6], 'ordinary', project, '演示', state,
      case state when 'submitted' then 'confirm' when 'handling' then 'solve' when 'assigned' then 'reply' when 'received' then 'sign' end, 1 + i % 3, 1, owner, 'jiaozuo_13710', 1, at, at + interval '1 hour', at + interval '3 hours',
      case when state in ('solved', 'closed', 'submitted', 'handling') then at + (i % 50) * interval '1 hour' end, case when state in ('solved', 'closed', 'submitted') then at + (i % 12) * interval '1 day' end,
      case when state = 'solved' then at + interval '14 days' end, case when state in ('solved', 'closed', 'withdrawn', 'declined') then at + interval '14 days' end, at, at,
      case when state in ('submitted', 'handling', 'assigned', 'received') then at + interval '9 days' end, at + interval '9 days', (i % 20 = 0)::int, firm, action,
      3 + (state in ('solved', 'closed', 'submitted', 'handling'))::int + (state in ('solved', 'closed', 'submitted'))::int + (state in ('solved', 'closed', 'withdrawn', 'declined'))::int, at + interval '14 days',
      case when state in ('solved', 'closed', 'submitted') then i % 12 > 9 end, case when state = 'solved' then (array['satisfied', 'satisfied', 'satisfied', 'basically', 'no_answer'])[1 + i % 5] when state = 'closed' then 'no_answer' end,
      case when state = 'solved' then 'enterprise' end, case when state = 'solved' then 1 + i % 3 end, at, at from stated`);
}

async function insertSteps(tx: Db): Promise<void> {
  await tx.run(sql`
    insert into problems_steps (problem_id, seq, id, kind, at, state, owner_org_id, tier, round, by_name, details, solve_due_at, recorded_at)
    select p.id, row_number() over (partition by p.id order by s.nth), gen_random_uuid(), s.kind, s.at, s.state, p.owner_org_id, p.tier, 1, '演示', s.details, p.raised_at + interval '9 days', p.raised_at
    from problems_problems p cross join lateral (values
      (1, 'raised', p.raised_at, 'received', '{}'::jsonb), (2, 'signed', p.signed_at, 'accepted', '{}'), (3, 'forwarded', p.forwarded_at, 'assigned', '{}'), (4, 'replied', p.replied_at, 'handling', '{}'), (5, 'submitted', p.submitted_at, 'submitted', '{}'),
      (6, p.state, p.ended_at, p.state, jsonb_build_object('satisfaction', p.satisfaction))) as s (nth, kind, at, state, details) where s.at is not null`);
}
