-- Schedules of contractors: each imported file is a version that is never changed, with its tasks as they stand in the file and as they were
-- computed again. The newest that is not withdrawn is the current one.

-- Local time to the minute, as files have it. As text it sorts like the time that it is.
create domain approvals_minute as text check (value ~ '^\d{4}-\d\d-\d\dT\d\d:\d\d$');

create table approvals_schedules (
  id               uuid primary key,
  project_id       uuid not null references projects_projects on delete cascade,
  number           int not null check (number > 0),
  -- The file as it came.
  sha256           text not null references platform_files,
  file_name        text not null,
  format           text not null check (format in ('mspdi', 'xer')),
  name             text not null,
  -- The day whose state the file tells, where it says so.
  data_day         date,
  -- Of a working day.
  day_minutes      int not null check (day_minutes > 0),
  -- What is no task: {"start", "minutesPerDay", "calendar", "lagCalendar", "calendars"}.
  head             jsonb not null check (jsonb_typeof(head) = 'object'),
  -- What the file says and the program does not keep: the first ones, and how many there are.
  losses           jsonb not null check (jsonb_typeof(losses) = 'array'),
  loss_count       int not null check (loss_count >= 0),
  -- First start and last finish, in the file and computed.
  file_start       approvals_minute,
  file_finish      approvals_minute,
  start            approvals_minute,
  finish           approvals_minute,
  -- Summaries are not counted as tasks.
  task_count       int not null check (task_count >= 0),
  row_count        int not null check (row_count >= task_count),
  link_count       int not null check (link_count >= 0),
  critical_count   int not null check (critical_count between 0 and task_count),
  differing_count  int not null check (differing_count between 0 and row_count),
  baseline         boolean not null default false,
  imported_by      uuid not null,
  imported_at      timestamptz not null,
  withdrawn_by     uuid,
  withdrawn_at     timestamptz,
  withdrawn_reason text check (length(withdrawn_reason) between 1 and 1000),
  unique (project_id, number),
  check ((withdrawn_at is null) = (withdrawn_by is null) and (withdrawn_at is null) = (withdrawn_reason is null)),
  check (not baseline or withdrawn_at is null)
);
create unique index approvals_schedules_file on approvals_schedules (project_id, sha256) where withdrawn_at is null;
create unique index approvals_schedules_baseline on approvals_schedules (project_id) where baseline;
create index approvals_schedules_sha on approvals_schedules (sha256);

create table approvals_schedule_tasks (
  schedule_id      uuid not null references approvals_schedules on delete cascade,
  -- From 1, in the order of the file: the tasks below a summary follow it.
  place            int not null check (place > 0),
  task             text not null,
  -- By which it is found again in another version of the same programme: the UID of MSPDI, the code of XER.
  key              text not null,
  wbs              text not null,
  name             text not null,
  level            int not null check (level >= 0),
  summary          boolean not null,
  milestone        boolean not null,
  duration_minutes bigint not null check (duration_minutes >= 0),
  elapsed          boolean not null,
  calendar         text,
  constraint_type  text check (constraint_type in ('ASAP', 'ALAP', 'MSO', 'MFO', 'SNET', 'SNLT', 'FNET', 'FNLT')),
  constraint_at    approvals_minute,
  percent          int not null check (percent between 0 and 100),
  actual_start     approvals_minute,
  actual_finish    approvals_minute,
  baseline_start   approvals_minute,
  baseline_finish  approvals_minute,
  unscheduled      text check (unscheduled in ('manual', 'inactive')),
  -- What it waits for: [[task, type, lag, unit], …].
  links            jsonb not null check (jsonb_typeof(links) = 'array'),
  file_start       approvals_minute,
  file_finish      approvals_minute,
  -- Computed.
  start            approvals_minute,
  finish           approvals_minute,
  late_start       approvals_minute,
  late_finish      approvals_minute,
  float_minutes    bigint,
  free_minutes     bigint,
  critical         boolean not null,
  driving          boolean not null,
  -- Where the dates differ: calendar days, ours minus the file's, and why.
  start_days       int,
  finish_days      int,
  reasons          text[] check (cardinality(reasons) > 0),
  primary key (schedule_id, place),
  unique (schedule_id, key),
  check ((reasons is null) = (start_days is null) and (reasons is null) = (finish_days is null))
);
create index approvals_schedule_tasks_critical on approvals_schedule_tasks (schedule_id, place) where critical;
create index approvals_schedule_tasks_differing on approvals_schedule_tasks (schedule_id, place) where reasons is not null;
create index approvals_schedule_tasks_outline on approvals_schedule_tasks (schedule_id, level, place);

-- Roles that came with the program get what their new zones get.
update people_roles r set permissions = array(select distinct p from unnest(r.permissions || n.added) p order by p), version = version + 1
from (values
  ('admin', array['approvals.import_schedule']), ('office', array['approvals.import_schedule']), ('commissioner', array['approvals.import_schedule']),
  ('enterprise', array['approvals.import_schedule'])
) as n (code, added) where r.code = n.code and r.builtin and not n.added <@ r.permissions;
