-- What a project's approvals follow from, how they shall be gone about, what is expected of them now, and what was agreed before.

-- Answers to the questionnaire: each set of answers is a row of its own and is never changed; the newest holds.
create table approvals_facts (
  project_id  uuid not null references projects_projects on delete cascade,
  version     int not null check (version > 0),
  -- What was answered, by the name of the fact. What the register knows is not repeated here.
  facts       jsonb not null check (jsonb_typeof(facts) = 'object'),
  -- Answered with "not known": the register does not answer these either.
  unsure      text[] not null,
  answered_by uuid not null,
  answered_at timestamptz not null,
  primary key (project_id, version)
);

create table approvals_plans (
  project_id  uuid primary key references projects_projects on delete cascade,
  version     int not null check (version > 0),
  -- The way that was chosen.
  start_day   date not null,
  ordering    text not null check (ordering in ('serial', 'parallel')),
  measures    text[] not null check (measures <@ array['simulation', 'tolerance', 'promise', 'regional']),
  limits      text not null check (limits in ('statutory', 'promised')),
  -- Bundles of assessments that are done together.
  combined    text[] not null,
  -- Working days for which an item is expected to stand still, by item: {"L03": 10}.
  stops       jsonb not null check (jsonb_typeof(stops) = 'object'),
  -- Kept: what planning/forecast.ts derives from all of this, from the catalogue and from what is finished, as at computed_on.
  permit_day  date,
  begin_day   date,
  provisional boolean not null default false,
  critical    text[] not null default '{}',
  -- The first item on the critical path that is not finished, and the department that leads it.
  deciding    text,
  department  text,
  -- Items that are still to be clarified.
  open_items  int not null default 0 check (open_items >= 0),
  -- Working days by which the start of works is expected after the agreed day; null while nothing is agreed.
  slip_days   int,
  catalogue   text,
  computed_on date,
  -- When it was derived: what the register says since is not in it yet.
  computed_at timestamptz,
  updated_at  timestamptz not null
);
-- The worst first; what has no agreed plan stands behind everything.
create index approvals_plans_slip on approvals_plans ((-coalesce(slip_days, -100000)), project_id);
create index approvals_plans_permit on approvals_plans ((coalesce(permit_day, date '9999-12-31')), project_id);
create index approvals_plans_computed on approvals_plans (computed_on nulls first, project_id);

-- Agreed plans, write once: the first is frozen, later ones are frozen again or pushed to later days with a reason. The newest is measured against.
create table approvals_baselines (
  project_id  uuid not null references projects_projects on delete cascade,
  number      int not null check (number > 0),
  kind        text not null check (kind in ('frozen', 'pushed')),
  note        text check (length(note) between 1 and 1000),
  permit_day  date,
  begin_day   date,
  plan        jsonb not null check (jsonb_typeof(plan) = 'object'),
  frozen_by   uuid not null,
  frozen_at   timestamptz not null,
  check (kind = 'frozen' or note is not null),
  primary key (project_id, number)
);

-- Roles that came with the program get what their new zones get.
update people_roles r set permissions = array(select distinct p from unnest(r.permissions || n.added) p order by p), version = version + 1
from (values
  ('admin', array['approvals.answer', 'approvals.plan']), ('office', array['approvals.answer', 'approvals.plan']), ('commissioner', array['approvals.answer', 'approvals.plan']),
  ('department', array['approvals.answer', 'approvals.plan']), ('town', array['approvals.answer', 'approvals.plan']), ('enterprise', array['approvals.answer'])
) as n (code, added) where r.code = n.code and r.builtin and not n.added <@ r.permissions;
