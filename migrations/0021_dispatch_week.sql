-- The commissioner's week: hand-overs, task forces, visits, weekly lines and the diary. A text that was corrected keeps its earlier words in
-- dispatch_corrections; nothing is deleted. Three times stand beside each other where a phone tells something: done_at by the phone's clock,
-- recorded_at by the server's, happened_at in the zone's time, worked out from both (features/dispatch/week/rules.ts).

-- A formal hand-over of a project. What is open was listed on the day of the proposal, as both signed it.
create table dispatch_handovers (
  id            uuid primary key,
  project_id    uuid not null references projects_projects on delete cascade,
  -- Null: nobody looked after it.
  from_id       uuid references people_users,
  to_id         uuid not null references people_users,
  -- The agreed day; the successor answers from the later of it and the day of the last confirmation.
  day           date not null,
  open          jsonb not null check (jsonb_typeof(open) = 'array'),
  remarks       text check (length(remarks) between 1 and 2000),
  state         text not null check (state in ('proposed', 'agreed', 'done', 'refused', 'withdrawn')),
  handed_at     timestamptz,
  accepted_at   timestamptz,
  -- The office decided instead of them, or somebody refused: why.
  reason        text check (length(reason) between 1 and 500),
  decided_name  text,
  done_day      date,
  proposed_by   uuid not null,
  proposed_name text not null,
  proposed_day  date not null,
  proposed_at   timestamptz not null,
  check ((state = 'done') = (done_day is not null))
);
create unique index dispatch_handovers_open on dispatch_handovers (project_id) where state in ('proposed', 'agreed');
create index dispatch_handovers_to on dispatch_handovers (to_id, id) where state = 'proposed' and accepted_at is null;
create index dispatch_handovers_from on dispatch_handovers (from_id, id) where state = 'proposed' and handed_at is null;
create index dispatch_handovers_agreed on dispatch_handovers (day, id) where state = 'agreed';
create index dispatch_handovers_project on dispatch_handovers (project_id, id desc);

-- 专班. The leader in charge is often nobody who signs in: then his name alone.
create table dispatch_taskforces (
  id          uuid primary key,
  version     int not null default 1 check (version > 0),
  name        text not null check (length(name) between 1 and 200),
  leader_id   uuid references people_users,
  leader_name text check (length(leader_name) between 1 and 100),
  lead_org_id uuid references people_organisations,
  head_name   text check (length(head_name) between 1 and 100),
  note        text check (length(note) between 1 and 2000),
  from_day    date not null,
  to_day      date check (to_day >= from_day),
  created_at  timestamptz not null
);
create index dispatch_taskforces_list on dispatch_taskforces (from_day desc, id desc);

create table dispatch_taskforce_projects (
  taskforce_id uuid not null references dispatch_taskforces on delete cascade,
  project_id   uuid not null references projects_projects on delete cascade,
  from_day     date not null,
  to_day       date check (to_day >= from_day)
);
create unique index dispatch_taskforce_projects_once on dispatch_taskforce_projects (taskforce_id, project_id) where to_day is null;
create index dispatch_taskforce_projects_project on dispatch_taskforce_projects (project_id, taskforce_id);

create table dispatch_taskforce_members (
  id           uuid primary key,
  taskforce_id uuid not null references dispatch_taskforces on delete cascade,
  user_id      uuid references people_users,
  org_id       uuid references people_organisations,
  name         text not null check (length(name) between 1 and 100),
  -- What he does in it: land, environmental approval, power …
  duty         text not null check (length(duty) between 1 and 200),
  from_day     date not null,
  to_day       date check (to_day >= from_day)
);
create index dispatch_taskforce_members_force on dispatch_taskforce_members (taskforce_id, from_day, id);

-- 现场打卡, 走访, 调研, 连心桥座谈: planned or done.
create table dispatch_visits (
  id           uuid primary key,
  version      int not null default 1 check (version > 0),
  kind         text not null check (kind in ('check_in', 'visit', 'research', 'roundtable')),
  state        text not null check (state in ('planned', 'done', 'cancelled')),
  project_id   uuid references projects_projects on delete cascade,
  org_id       uuid references people_organisations,
  user_id      uuid not null references people_users,
  -- The day on which it is planned or was made.
  day          date not null,
  done_at      timestamptz,
  happened_at  timestamptz,
  recorded_at  timestamptz not null,
  lon          double precision check (lon between -180 and 180),
  lat          double precision check (lat between -90 and 90),
  accuracy_m   int check (accuracy_m >= 0),
  place        text check (length(place) between 1 and 200),
  participants text check (length(participants) between 1 and 1000),
  policies     text check (length(policies) between 1 and 2000),
  said         text check (length(said) between 1 and 4000),
  reason       text check (length(reason) between 1 and 500),
  check (num_nonnulls(project_id, org_id) > 0),
  check ((lon is null) = (lat is null)),
  check ((state = 'done') = (happened_at is not null))
);
create index dispatch_visits_list on dispatch_visits (day desc, id desc);
create index dispatch_visits_project on dispatch_visits (project_id, day desc, id desc) where project_id is not null;
create index dispatch_visits_org on dispatch_visits (org_id, day desc, id desc) where org_id is not null;
create index dispatch_visits_user on dispatch_visits (user_id, day desc, id desc);
create index dispatch_visits_planned on dispatch_visits (user_id, day, id) where state = 'planned';

create table dispatch_photos (
  visit_id   uuid not null references dispatch_visits on delete cascade,
  seq        int not null check (seq > 0),
  sha256     text not null references platform_files,
  file_name  text not null,
  primary key (visit_id, seq)
);
create index dispatch_photos_sha on dispatch_photos (sha256);

-- One line each for what was done, what is next, and what stands in the way: one row for a project, a person and a week (its Monday).
create table dispatch_lines (
  id          uuid primary key,
  version     int not null default 1 check (version > 0),
  project_id  uuid not null references projects_projects on delete cascade,
  user_id     uuid not null references people_users,
  week        date not null check (extract(isodow from week) = 1),
  day         date not null,
  done        text not null check (length(done) between 1 and 500),
  next        text check (length(next) between 1 and 500),
  problem     text check (length(problem) between 1 and 500),
  done_at     timestamptz not null,
  happened_at timestamptz not null,
  recorded_at timestamptz not null,
  unique (project_id, user_id, week)
);
create index dispatch_lines_latest on dispatch_lines (project_id, week desc, happened_at desc);
create index dispatch_lines_user on dispatch_lines (user_id, day desc, id desc);
create index dispatch_lines_list on dispatch_lines (day desc, id desc);

-- Own remarks in the diary.
create table dispatch_notes (
  id          uuid primary key,
  version     int not null default 1 check (version > 0),
  user_id     uuid not null references people_users,
  project_id  uuid references projects_projects on delete cascade,
  day         date not null,
  text        text not null check (length(text) between 1 and 2000),
  done_at     timestamptz not null,
  happened_at timestamptz not null,
  recorded_at timestamptz not null
);
create index dispatch_notes_user on dispatch_notes (user_id, day desc, id desc);
create index dispatch_notes_list on dispatch_notes (day desc, id desc);

-- The words that stood there before.
create table dispatch_corrections (
  id         uuid primary key,
  subject    text not null check (subject in ('visit', 'line', 'note')),
  subject_id uuid not null,
  earlier    jsonb not null check (jsonb_typeof(earlier) = 'object'),
  reason     text,
  by_id      uuid not null,
  by_name    text not null,
  at         timestamptz not null
);
create index dispatch_corrections_subject on dispatch_corrections (subject_id, id);

-- What was raised on a visit or with a weekly line: each becomes a problem in the pool.
create table dispatch_raised (
  id         uuid primary key,
  visit_id   uuid references dispatch_visits on delete cascade,
  line_id    uuid references dispatch_lines on delete cascade,
  project_id uuid references projects_projects on delete cascade,
  text       text not null check (length(text) between 1 and 500),
  -- Null: the pool was not there when it was raised.
  problem_id uuid,
  at         timestamptz not null,
  check (num_nonnulls(visit_id, line_id) = 1)
);
create index dispatch_raised_visit on dispatch_raised (visit_id) where visit_id is not null;
create index dispatch_raised_line on dispatch_raised (line_id) where line_id is not null;
create index dispatch_raised_problem on dispatch_raised (problem_id) where problem_id is not null;

-- The diary shows what stands in the record: by person and day, and of everybody by day.
create index platform_events_diary on platform_events (actor_id, day desc, id desc)
  where kind in ('projects.reported', 'projects.report_corrected', 'projects.milestone_completed', 'projects.evidence_added', 'projects.moved');
create index platform_events_diaries on platform_events (day desc, id desc)
  where kind in ('projects.reported', 'projects.report_corrected', 'projects.milestone_completed', 'projects.evidence_added', 'projects.moved');

-- Which projects are key is asked by level: coverage is a range of this index, however long the register is.
create index projects_access_level on projects_access (key, level, seq) where level is not null;

update people_roles r set permissions = array(select distinct p from unnest(r.permissions || n.added) p order by p), version = version + 1
from (values
  ('office', array['dispatch.read', 'dispatch.report_week', 'dispatch.assign']), ('commissioner', array['dispatch.read', 'dispatch.report_week']),
  ('admin', array['dispatch.read']), ('leader', array['dispatch.read']), ('department', array['dispatch.read']), ('town', array['dispatch.read']),
  ('chain_chief', array['dispatch.read']), ('auditor', array['dispatch.read'])
) as n (code, added) where r.code = n.code and r.builtin and not n.added <@ r.permissions;
