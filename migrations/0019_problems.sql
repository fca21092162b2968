-- The one pool of problems 难题: what stands in the way of a project or an enterprise, its owner, its clock, and every step that was taken.
-- Instants named *_at are moments of the zone's own time (kernel/clock.ts `moment`); created_at, updated_at and recorded_at are the machine's.

create table problems_problems (
  id             uuid primary key,
  version        int not null default 1 check (version > 0),
  seq            bigint generated always as identity unique,
  -- 2023-0483: gapless within its year.
  number         text not null unique check (number ~ '^[0-9]{4}-[0-9]{4,7}$'),
  title          text not null check (length(title) between 1 and 200),
  ask            text not null default '' check (length(ask) <= 4000),
  source         text not null check (source in ('commissioner', 'service', 'visit', 'meeting', 'instruction', 'automatic')),
  channel        text check (channel in ('phone', 'web', 'mobile', 'counter', 'api')),
  -- What raised it, where that is a record here: a visit, a decision, a light, a case.
  origin_type    text check (length(origin_type) <= 60),
  origin_id      uuid,
  kind           text not null check (length(kind) between 1 and 40),
  severity       text not null default 'ordinary' check (severity in ('ordinary', 'urgent', 'complex')),
  project_id     uuid references projects_projects,
  enterprise_id  uuid references people_organisations,
  raised_by      uuid,
  raised_name    text not null check (length(raised_name) between 1 and 120),
  raised_org_id  uuid references people_organisations,
  contact_name   text check (length(contact_name) <= 60),
  contact_phone  text check (length(contact_phone) <= 40),
  anonymous      boolean not null default false,
  complaint      boolean not null default false,
  action_code    text check (length(action_code) <= 40),
  state          text not null check (state in ('received', 'accepted', 'assigned', 'handling', 'submitted', 'ruling', 'solved', 'closed', 'withdrawn', 'declined', 'merged')),
  -- The clock that runs: sign, forward, reply, solve, confirm; none once it has ended.
  step           text check (step in ('sign', 'forward', 'reply', 'solve', 'confirm')),
  tier           smallint not null default 1 check (tier between 1 and 5),
  round          int not null default 1 check (round > 0),
  owner_org_id   uuid not null references people_organisations,
  owner_user_id  uuid references people_users,
  measure        text check (length(measure) <= 2000),
  criterion      text check (length(criterion) <= 1000),
  -- The last day agreed for it by a meeting or with the asker; counts instead of the policy's limit.
  agreed_day     date,
  policy         text not null check (length(policy) between 1 and 40),
  policy_version int not null check (policy_version > 0),
  raised_at      timestamptz not null,
  signed_at      timestamptz,
  forwarded_at   timestamptz,
  replied_at     timestamptz,
  submitted_at   timestamptz,
  solved_at      timestamptz,
  ended_at       timestamptz,
  -- When this round began: it was raised, or had to be done again.
  round_at       timestamptz not null,
  due_at         timestamptz,
  solve_due_at   timestamptz,
  -- When it next does something by itself: runs out, climbs, is closed without an answer, a pause ends.
  turn_at        timestamptz,
  provisional    boolean not null default false,
  paused_at      timestamptz,
  pause_kind     text check (pause_kind in ('enterprise', 'upper_level')),
  pause_until    timestamptz,
  paused_minutes int not null default 0 check (paused_minutes >= 0),
  used_minutes   int check (used_minutes >= 0),
  handbacks      int not null default 0 check (handbacks >= 0),
  reopened       int not null default 0 check (reopened >= 0),
  redone         int not null default 0 check (redone >= 0),
  -- Times that a step ran out; the second is a bulletin.
  overdues       int not null default 0 check (overdues >= 0),
  -- Steps that ran out and were told, as round:step: one warning each.
  told           text[] not null default '{}',
  -- The solution was submitted after its limit; null while nobody can say.
  late           boolean,
  satisfaction   text check (satisfaction in ('satisfied', 'basically', 'dissatisfied', 'no_answer')),
  confirmed_by   text check (confirmed_by in ('commissioner', 'enterprise', 'callback')),
  settled_tier   smallint check (settled_tier between 1 and 5),
  for_meeting    boolean not null default false,
  merged_into    uuid references problems_problems,
  pinyin         text not null default '',
  grams          bigint[] not null default '{}',
  created_at     timestamptz not null,
  updated_at     timestamptz not null,
  constraint problems_clock check ((state in ('received', 'accepted', 'assigned', 'handling', 'submitted', 'ruling')) = (step is not null)),
  constraint problems_open_due check (step is null or due_at is not null or paused_at is not null),
  constraint problems_pause check ((paused_at is null) = (pause_kind is null) and (paused_at is null) = (pause_until is null) and (paused_at is null or state in ('assigned', 'handling'))),
  constraint problems_solved check ((state = 'solved') = (solved_at is not null) and (state = 'solved') = (settled_tier is not null) and (state <> 'solved' or confirmed_by is not null)),
  constraint problems_ended check ((step is null) = (ended_at is not null)),
  constraint problems_merged check ((state = 'merged') = (merged_into is not null) and merged_into <> id)
);
create index problems_problems_turn on problems_problems (turn_at, id) where step is not null;
create index problems_problems_project on problems_problems (project_id, seq) where project_id is not null;
create index problems_problems_enterprise on problems_problems (enterprise_id, seq) where enterprise_id is not null;
create index problems_problems_origin on problems_problems (origin_id) where origin_id is not null;
create index problems_problems_merged on problems_problems (merged_into) where merged_into is not null;
create index problems_problems_meeting on problems_problems (seq) where for_meeting and step is not null;
create index problems_problems_owner on problems_problems (owner_org_id, due_at, id) where step is not null;
create index problems_problems_raised on problems_problems (raised_at, id);
create index problems_problems_solved on problems_problems (solved_at, id) where solved_at is not null;
create index problems_problems_action on problems_problems (action_code, seq) where action_code is not null;
create index problems_problems_grams on problems_problems using gin (grams);

-- The last number given in each year.
create table problems_numbers (
  year int primary key check (year between 1990 and 2200),
  last int not null check (last > 0)
);

-- Every step that was taken, in order. Never changed.
create table problems_steps (
  problem_id   uuid not null references problems_problems,
  seq          int not null check (seq > 0),
  id           uuid not null unique,
  kind         text not null check (kind in ('raised', 'signed', 'forwarded', 'returned', 'ruled', 'claimed', 'replied', 'updated', 'paused', 'resumed', 'submitted', 'answered', 'redone', 'closed', 'solved',
                 'reopened', 'withdrawn', 'declined', 'merged', 'absorbed', 'escalated', 'reclassified', 'decided', 'overdue', 'noted')),
  at           timestamptz not null,
  state        text not null,
  owner_org_id uuid not null references people_organisations,
  owner_user_id uuid,
  tier         smallint not null,
  round        int not null,
  by_id        uuid,
  by_name      text not null,
  by_org_id    uuid,
  text         text check (length(text) <= 4000),
  details      jsonb not null default '{}',
  recorded_at  timestamptz not null,
  primary key (problem_id, seq)
);
create index problems_steps_by on problems_steps (by_id, at) where by_id is not null;

create table problems_pauses (
  problem_id uuid not null references problems_problems,
  seq        int not null check (seq > 0),
  kind       text not null check (kind in ('enterprise', 'upper_level')),
  reason     text not null check (length(reason) between 1 and 1000),
  from_at    timestamptz not null,
  to_at      timestamptz check (to_at >= from_at),
  until_at   timestamptz not null check (until_at >= from_at),
  primary key (problem_id, seq)
);
create unique index problems_pauses_open on problems_pauses (problem_id) where to_at is null;

-- Who works on it beside the owner.
create table problems_owners (
  problem_id uuid not null references problems_problems,
  org_id     uuid not null references people_organisations,
  task       text check (length(task) <= 500),
  primary key (problem_id, org_id)
);
create index problems_owners_org on problems_owners (org_id, problem_id);

-- All projects that it serves; the first stands in project_id too.
create table problems_projects (
  problem_id uuid not null references problems_problems,
  project_id uuid not null references projects_projects,
  primary key (problem_id, project_id)
);
create index problems_projects_project on problems_projects (project_id, problem_id);

-- What is told of its progress; where the zone asks for it, an update enters a report only when it was approved.
create table problems_updates (
  id          uuid primary key,
  problem_id  uuid not null references problems_problems,
  text        text not null check (length(text) between 1 and 4000),
  at          timestamptz not null,
  by_id       uuid not null,
  by_name     text not null,
  by_org_id   uuid,
  verdict     text check (verdict in ('approved', 'refused')),
  verdict_by  uuid,
  verdict_name text,
  verdict_at  timestamptz,
  verdict_reason text check (length(verdict_reason) <= 500),
  recorded_at timestamptz not null,
  check ((verdict is null) = (verdict_at is null) and (verdict is null) = (verdict_by is null))
);
create index problems_updates_problem on problems_updates (problem_id, at, id);

create table problems_files (
  problem_id  uuid not null references problems_problems,
  sha256      text not null,
  name        text not null check (length(name) between 1 and 255),
  purpose     text not null check (purpose in ('attachment', 'proof', 'update')),
  update_id   uuid references problems_updates,
  round       int not null,
  by_id       uuid,
  by_name     text not null,
  at          timestamptz not null,
  primary key (problem_id, sha256, purpose, round)
);
create index problems_files_sha on problems_files (sha256);

-- Whoever is asked whether it is solved, and what he said. Of each side one answer in each round.
create table problems_answers (
  id          uuid primary key,
  problem_id  uuid not null references problems_problems,
  round       int not null check (round > 0),
  side        text not null check (side in ('commissioner', 'enterprise', 'callback')),
  asked_at    timestamptz not null,
  due_at      timestamptz not null,
  -- SHA-256 of the secret of the link that needs no account; the secret itself is never kept.
  token_hash  text unique,
  verdict     text check (verdict in ('satisfied', 'basically', 'dissatisfied', 'no_answer')),
  via         text check (via in ('link', 'page', 'callback')),
  remark      text check (length(remark) <= 2000),
  answered_at timestamptz,
  by_id       uuid,
  by_name     text,
  recorded_at timestamptz not null,
  unique (problem_id, round, side),
  check ((verdict is null) = (answered_at is null))
);
create index problems_answers_waiting on problems_answers (due_at, id) where verdict is null;

-- The reader keys under which a problem is found, with what queues and lists filter and sort by: kept in the same transaction (pool/access.ts).
create table problems_access (
  key        uuid not null,
  problem_id uuid not null references problems_problems,
  seq        bigint not null,
  open       boolean not null,
  -- When its running clock runs out; infinity while it stands or has ended.
  due_at     timestamptz not null,
  state      text not null,
  kind       text not null,
  severity   text not null,
  source     text not null,
  tier       smallint not null,
  owner_org_id uuid not null,
  -- The key is its owner's, or that of somebody above him.
  owned      boolean not null,
  raised_at  timestamptz not null,
  primary key (problem_id, key)
);
create index problems_access_queue on problems_access (key, open, due_at, problem_id);
create index problems_access_seq on problems_access (key, seq);
create index problems_access_owned on problems_access (key, due_at, problem_id) where owned and open;
create index problems_access_state on problems_access (key, state, seq);
create index problems_access_kind on problems_access (key, kind, seq);

-- Clock policies: limits, office hours, ladder. A new version never changes an old one.
create table problems_policies (
  code       text not null check (code ~ '^[a-z][a-z0-9_]{0,39}$'),
  version    int not null check (version > 0),
  body       jsonb not null,
  by_id      uuid not null,
  by_name    text not null,
  reason     text check (length(reason) <= 500),
  at         timestamptz not null,
  primary key (code, version)
);

-- The desk of the Enterprise Service 110, and what the roles that came with the program get.
insert into people_roles (id, code, name_zh, name_en, scope, sort, permissions, builtin)
select 'd106c2f5-13b5-8175-9149-caf2269d4b7e'::uuid, 'desk', '企业服务坐席', 'Service desk', 'organisation', 55, array[]::text[], true
where exists (select 1 from people_roles where builtin) and not exists (select 1 from people_roles where code = 'desk');
update people_roles r set permissions = array(select distinct p from unnest(r.permissions || n.added) p order by p), version = version + 1
from (values
  ('admin', array['problems.read', 'problems.keep_policies']),
  ('office', array['problems.read', 'problems.raise', 'problems.desk', 'problems.handle', 'problems.rule', 'problems.confirm', 'problems.keep_policies', 'problems.export']),
  ('leader', array['problems.read', 'problems.raise', 'problems.export']),
  ('commissioner', array['problems.read', 'problems.raise', 'problems.handle', 'problems.confirm', 'problems.export']),
  ('department', array['problems.read', 'problems.raise', 'problems.handle', 'problems.export']),
  ('desk', array['projects.read', 'problems.read', 'problems.raise', 'problems.desk', 'problems.handle', 'problems.export']),
  ('town', array['problems.read', 'problems.raise', 'problems.handle', 'problems.export']),
  ('chain_chief', array['problems.read', 'problems.raise', 'problems.export']),
  ('enterprise', array['problems.read', 'problems.raise', 'problems.confirm']),
  ('auditor', array['problems.read', 'problems.export'])
) as n (code, added) where r.code = n.code and r.builtin and not n.added <@ r.permissions;
