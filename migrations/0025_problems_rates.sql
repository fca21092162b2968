-- Closing of problems: what was called back and by whom it is to be done; how the rates are defined.

-- On which day somebody was called back, and under which number: not in any event.
alter table problems_answers add column called_day date, add column called_number text check (length(called_number) <= 40);

-- What is to be called back of what ended in a month: the sample, every complaint, everything that nobody answered.
create table problems_callbacks (
  problem_id  uuid not null references problems_problems,
  round       int not null check (round > 0),
  month       text not null check (month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  reason      text not null check (reason in ('sample', 'complaint', 'no_answer')),
  ended_at    timestamptz not null,
  due_day     date not null,
  assigned_to uuid references people_users,
  drawn_by    uuid not null,
  drawn_at    timestamptz not null,
  primary key (problem_id, round)
);
create index problems_callbacks_month on problems_callbacks (month, due_day, problem_id);
create index problems_callbacks_assigned on problems_callbacks (assigned_to, due_day, problem_id) where assigned_to is not null;
create index problems_problems_ended on problems_problems (ended_at, id) where state in ('solved', 'closed');

-- Definitions of rates. A new version holds from its day on and never changes an old one.
create table problems_definitions (
  code      text not null check (code ~ '^[a-z][a-z0-9_]{0,39}$'),
  version   int not null check (version > 0),
  body      jsonb not null check (jsonb_typeof(body) = 'object'),
  from_day  date not null,
  by_id     uuid not null,
  by_name   text not null,
  reason    text not null check (length(reason) between 1 and 500),
  at        timestamptz not null,
  primary key (code, version)
);

-- When the solution of each step was due, as it was known then: for rates as at a moment that is past.
alter table problems_steps add column solve_due_at timestamptz;

update people_roles r set permissions = array(select distinct p from unnest(r.permissions || n.added) p order by p), version = version + 1
from (values
  ('admin', array['problems.rates']), ('office', array['problems.rates']), ('leader', array['problems.rates']), ('commissioner', array['problems.rates']), ('department', array['problems.rates']),
  ('desk', array['problems.rates']), ('town', array['problems.rates']), ('chain_chief', array['problems.rates']), ('auditor', array['problems.rates'])
) as n (code, added) where r.code = n.code and r.builtin and not n.added <@ r.permissions;
