-- Projects: register, years, people on projects, life cycle, evidence, milestones, monthly reports, lights, totals, imports.
-- Money is bigint fen. A date that people give as a month or a year is stored as the last day of it, with its grain.

create table projects_projects (
  id             uuid primary key,
  version        int not null default 1 check (version > 0),
  -- Order in the zone's own list; unique, so that a list can be read page by page.
  seq            int not null unique,
  parent_id      uuid references projects_projects check (parent_id <> id),
  code           text,
  name           text not null check (length(name) between 1 and 500),
  pinyin         text not null default '',
  -- Pairs of neighbouring characters of name, code and initials: what makes a search for two characters an index look-up.
  grams          text[] not null default '{}',
  kind           text not null default 'enterprise' check (kind in ('enterprise', 'government', 'purchase')),
  level          text check (level in ('provincial', 'municipal', 'county', 'zone')),
  list_year      int check (list_year between 1990 and 2100),
  batch          text,
  category       text,
  nature         text check (nature in ('new', 'continuing', 'completing', 'preliminary')),
  industry_code  text,
  chain          text,
  chain_link     text,
  builder_id     uuid references people_organisations,
  builder_name   text,
  town_id        uuid references people_organisations,
  park_id        uuid references people_organisations,
  place          text,
  lon            double precision check (lon between -180 and 180),
  lat            double precision check (lat between -90 and 90),
  content        text,
  land_mu        numeric(14, 4) check (land_mu >= 0),
  total_fen      bigint check (total_fen >= 0),
  accumulated_fen bigint check (accumulated_fen >= 0),
  planned_start date, planned_start_grain text, actual_start date, actual_start_grain text,
  planned_completion date, planned_completion_grain text, actual_completion date, actual_completion_grain text,
  planned_production date, planned_production_grain text, actual_production date, actual_production_grain text,
  planned_effect date, planned_effect_grain text, actual_effect date, actual_effect_grain text,
  leader         text,
  responsible_org_id uuid references people_organisations,
  responsible_person text,
  phone          text,
  commissioner_id uuid references people_users,
  stage          text not null default 'planned' check (stage in ('planned', 'reserved', 'signed', 'performed', 'preliminary', 'started', 'building', 'completed', 'producing', 'effective')),
  stage_day      date,
  side_state     text check (side_state in ('paused', 'removed', 'terminated')),
  side_reason    text,
  in_statistics  boolean not null default false,
  statistics_day date,
  statistics_code text,
  factor_needs   text,
  progress       text,
  problems       text,
  remarks        text,
  promised_output_fen bigint check (promised_output_fen >= 0),
  promised_revenue_fen bigint check (promised_revenue_fen >= 0),
  promised_tax_fen bigint check (promised_tax_fen >= 0),
  promised_jobs  int check (promised_jobs >= 0),
  tags           text[] not null default '{}',
  custom         jsonb not null default '{}',
  -- Kept in the same transaction by keep.ts from years, reports and lights, for the zone's focus year.
  plan_fen       bigint not null default 0,
  done_fen       bigint not null default 0,
  stat_fen       bigint not null default 0,
  light          smallint not null default 0 check (light between 0 and 3),
  last_report_month date,
  -- Amounts by month of the focus year as they are counted in the totals: {"2023-01": [dispatch, statistics]}, fen.
  kept_months    jsonb not null default '{}',
  created_at     timestamptz not null,
  updated_at     timestamptz not null
);
create unique index projects_projects_code on projects_projects (code text_pattern_ops) where code is not null;
create index projects_projects_parent on projects_projects (parent_id) where parent_id is not null;
create index projects_projects_commissioner on projects_projects (commissioner_id);
create index projects_projects_town on projects_projects (town_id);
create index projects_projects_name on projects_projects (name text_pattern_ops);
create index projects_projects_pinyin on projects_projects (pinyin collate "C", seq);
create index projects_projects_updated on projects_projects (updated_at, seq);
create index projects_projects_grams on projects_projects using gin (grams);

create table projects_codes (
  project_id uuid not null references projects_projects on delete cascade,
  system     text not null check (length(system) between 1 and 60),
  code       text not null check (length(code) between 1 and 120),
  primary key (project_id, system, code)
);
create index projects_codes_code on projects_codes (code);

create table projects_years (
  project_id uuid not null references projects_projects on delete cascade,
  year       int not null check (year between 1990 and 2100),
  plan_fen   bigint check (plan_fen >= 0),
  target     text,
  primary key (project_id, year)
);

-- Who has worked on a project, and from when to when. Exactly one active commissioner.
create table projects_assignments (
  id         uuid primary key,
  project_id uuid not null references projects_projects,
  user_id    uuid not null references people_users,
  duty       text not null check (duty in ('commissioner', 'leader', 'member')),
  from_day   date not null,
  to_day     date check (to_day >= from_day),
  note       text
);
create unique index projects_assignments_commissioner on projects_assignments (project_id) where duty = 'commissioner' and to_day is null;
create unique index projects_assignments_once on projects_assignments (project_id, user_id, duty) where to_day is null;
create index projects_assignments_project on projects_assignments (project_id);
create index projects_assignments_user on projects_assignments (user_id) where to_day is null;

-- The reader keys under which a project is found, with what a list filters and sorts by: a list is one range of one index for
-- an administrator (the root's key) and for a commissioner (his own key) alike. Kept by keep.ts.
create table projects_access (
  key        uuid not null,
  project_id uuid not null references projects_projects on delete cascade,
  seq        int not null,
  stage      text not null,
  side_state text,
  category   text,
  level      text,
  nature     text,
  list_year  int,
  town_id    uuid,
  park_id    uuid,
  light      smallint not null,
  in_statistics boolean not null,
  -- Part of another project: reachable, but never listed beside it or counted twice.
  package    boolean not null,
  total_fen  bigint not null,
  plan_fen   bigint not null,
  done_fen   bigint not null,
  stat_fen   bigint not null,
  -- Completion of the year's plan in basis points (1/100 of a percent); null without a plan.
  rate_bp    int,
  primary key (project_id, key)
);
create index projects_access_seq on projects_access (key, seq);
-- Largest first as the negative, so that one direction of the index has equal values in the order of the list.
create index projects_access_total on projects_access (key, (-total_fen), seq);
create index projects_access_plan on projects_access (key, (-plan_fen), seq);
create index projects_access_done on projects_access (key, (-done_fen), seq);
create index projects_access_rate on projects_access (key, (coalesce(rate_bp, 2147483647)), seq);
create index projects_access_rate_down on projects_access (key, (-coalesce(rate_bp, -1)), seq);
create index projects_access_stage on projects_access (key, stage, seq);
create index projects_access_town on projects_access (key, town_id, seq);
create index projects_access_light on projects_access (key, (-light), seq);

-- Totals by reader key, dimension and value. Changes are appended as differences by the transaction that makes them, so that
-- no two writers wait for each other, and folded later: the truth is always totals plus differences.
create table projects_totals (
  key       uuid not null,
  dimension text not null,
  value     text not null,
  projects  int not null,
  total_fen bigint not null,
  plan_fen  bigint not null,
  done_fen  bigint not null,
  stat_fen  bigint not null,
  primary key (key, dimension, value)
);
create table projects_total_changes (
  seq       bigint generated always as identity primary key,
  key       uuid not null,
  dimension text not null,
  value     text not null,
  projects  int not null,
  total_fen bigint not null,
  plan_fen  bigint not null,
  done_fen  bigint not null,
  stat_fen  bigint not null
);
create index projects_total_changes_key on projects_total_changes (key);

-- Life cycle: every move, with what it rested on.
create table projects_moves (
  id         uuid primary key,
  seq        bigint generated always as identity,
  project_id uuid not null references projects_projects,
  from_stage text not null,
  to_stage   text not null,
  side_state text,
  day        date not null,
  backward   boolean not null default false,
  reason     text,
  waived     text[] not null default '{}',
  -- Each waived condition with its reason; what was declared (works begun), and a remark.
  waivers    jsonb not null default '[]',
  works      text,
  note       text,
  evidence   uuid[] not null default '{}',
  moved_by   uuid not null,
  moved_at   timestamptz not null,
  check (not backward or reason is not null)
);
create index projects_moves_project on projects_moves (project_id, seq);

create table projects_evidence (
  id          uuid primary key,
  project_id  uuid not null references projects_projects,
  kind        text not null,
  sha256      text references platform_files,
  file_name   text,
  media_type  text,
  bytes       bigint,
  -- What the paper says: its number, its day, an amount, the parties.
  number      text,
  day         date,
  amount_fen  bigint check (amount_fen >= 0),
  parties     text,
  note        text,
  taken_at    timestamptz,
  lon         double precision,
  lat         double precision,
  place       text,
  report_id   uuid,
  milestone_id uuid,
  verified_by uuid,
  verified_at timestamptz,
  removed_by  uuid,
  removed_at  timestamptz,
  removed_reason text,
  added_by    uuid not null,
  added_at    timestamptz not null
);
create index projects_evidence_project on projects_evidence (project_id, added_at);
create index projects_evidence_sha on projects_evidence (sha256);

create table projects_milestones (
  id           uuid primary key,
  project_id   uuid not null references projects_projects,
  name         text not null check (length(name) between 1 and 200),
  kind         text not null default 'other',
  sort         int not null default 0,
  planned_from date,
  planned_day  date not null check (planned_from is null or planned_from <= planned_day),
  forecast_day date,
  actual_day   date,
  weight       int not null default 1 check (weight between 0 and 1000),
  note         text,
  removed_at   timestamptz
);
create index projects_milestones_project on projects_milestones (project_id, sort) where removed_at is null;
create index projects_milestones_due on projects_milestones (planned_day) where removed_at is null and actual_day is null;

create table projects_baselines (
  id         uuid primary key,
  project_id uuid not null references projects_projects,
  number     int not null,
  name       text not null,
  reason     text not null,
  frozen_by  uuid not null,
  frozen_at  timestamptz not null,
  day        date not null,
  unique (project_id, number)
);
create table projects_baseline_days (
  baseline_id  uuid not null references projects_baselines,
  milestone_id uuid not null references projects_milestones,
  name         text not null,
  planned_from date,
  planned_day  date not null,
  primary key (baseline_id, milestone_id)
);

-- Monthly reports. kind opening: the amount since January that a ledger brought, standing for all months up to this one.
create table projects_reports (
  id            uuid primary key,
  project_id    uuid not null references projects_projects,
  month         date not null check (extract(day from month) = 1),
  kind          text not null default 'monthly' check (kind in ('monthly', 'opening')),
  -- Two series that are never added together: what the dispatch office counts, and what statistics counts.
  dispatch_fen  bigint not null check (dispatch_fen >= 0),
  stat_fen      bigint check (stat_fen >= 0),
  progress      text,
  problems      text,
  next_steps    text,
  late          boolean not null default false,
  revision      int not null default 1 check (revision > 0),
  corrected_reason text,
  submitted_by  uuid not null,
  submitted_at  timestamptz not null,
  submitted_day date not null,
  version       int not null default 1 check (version > 0),
  unique (project_id, month)
);
create index projects_reports_month on projects_reports (month);

create table projects_reminders (
  id         uuid primary key,
  project_id uuid not null references projects_projects,
  month      date not null,
  to_user_id uuid references people_users,
  to_org_id  uuid references people_organisations,
  sent_by    uuid not null,
  sent_at    timestamptz not null,
  sent_day   date not null,
  -- Once a day for each project and month.
  unique (project_id, month, sent_day)
);
create index projects_reminders_user on projects_reminders (to_user_id, month);
create index projects_reminders_org on projects_reminders (to_org_id, month);

-- Actual output after production, compared with what was promised until 达效 is decided.
create table projects_results (
  id           uuid primary key,
  project_id   uuid not null references projects_projects,
  from_month   date not null,
  to_month     date not null check (to_month >= from_month),
  output_fen   bigint check (output_fen >= 0),
  revenue_fen  bigint check (revenue_fen >= 0),
  tax_fen      bigint check (tax_fen >= 0),
  jobs         int check (jobs >= 0),
  note         text,
  entered_by   uuid not null,
  entered_at   timestamptz not null,
  unique (project_id, from_month, to_month)
);

-- Each verdict on 达效: reached, or not yet and by when instead.
create table projects_effects (
  id         uuid primary key,
  seq        bigint generated always as identity,
  project_id uuid not null references projects_projects,
  effective  boolean not null,
  day        date not null,
  reason     text,
  agreed_day date,
  new_day    date,
  decided_by uuid not null,
  decided_at timestamptz not null,
  check (effective or (reason is not null and new_day is not null))
);
create index projects_effects_project on projects_effects (project_id, seq);

-- A light that is on: the rule, the numbers that lit it, and since when. Off lights stay as history.
create table projects_lights (
  id          uuid primary key,
  project_id  uuid not null references projects_projects on delete cascade,
  rule        text not null,
  subject     text not null default '',
  object      text not null check (object in ('start', 'completion', 'investment', 'milestone', 'statistics', 'report')),
  level       smallint not null check (level between 1 and 3),
  since       date not null,
  level_since date not null,
  numbers     jsonb not null,
  cleared     date
);
create unique index projects_lights_on on projects_lights (project_id, rule, subject) where cleared is null;
create index projects_lights_project on projects_lights (project_id);

create table projects_views (
  id         uuid primary key,
  user_id    uuid not null references people_users,
  page       text not null,
  name       text not null check (length(name) between 1 and 60),
  query      text not null check (length(query) <= 4000),
  shared     boolean not null default false,
  sort       int not null default 0,
  version    int not null default 1,
  unique (user_id, page, name)
);
create table projects_follows (
  user_id    uuid not null references people_users,
  project_id uuid not null references projects_projects on delete cascade,
  primary key (user_id, project_id)
);

-- Imports: a file, its mapping, every row's fate before anything is written, and what was committed.
create table projects_imports (
  id          uuid primary key,
  version     int not null default 1 check (version > 0),
  user_id     uuid not null,
  file_name   text not null,
  sha256      text references platform_files,
  source      text not null check (source in ('xlsx', 'csv', 'paste')),
  state       text not null check (state in ('reading', 'mapping', 'previewing', 'preview', 'committing', 'done', 'failed', 'cancelled')),
  done_rows   int not null default 0,
  all_rows    int not null default 0,
  tables      jsonb,
  mapping     jsonb,
  profile_id  uuid,
  counts      jsonb,
  error       jsonb,
  -- A worker holds the import until then; when it dies, another takes over.
  claimed_until timestamptz,
  created_at  timestamptz not null,
  updated_at  timestamptz not null
);
create index projects_imports_waiting on projects_imports (created_at) where state in ('reading', 'previewing', 'committing');
create index projects_imports_user on projects_imports (user_id, created_at desc);
create table projects_import_rows (
  import_id  uuid not null references projects_imports on delete cascade,
  n          int not null,
  sheet      text not null,
  row        int not null,
  fate       text not null check (fate in ('new', 'changed', 'unchanged', 'refused', 'doubtful', 'skipped', 'committed')),
  project_id uuid,
  -- For a doubtful match: candidates; chosen by the person.
  candidates jsonb,
  values     jsonb not null,
  changes    jsonb,
  problems   jsonb,
  primary key (import_id, n)
);
create index projects_import_rows_fate on projects_import_rows (import_id, fate, n);
create table projects_import_profiles (
  id         uuid primary key,
  name       text not null unique check (length(name) between 1 and 80),
  signature  text not null default '',
  mapping    jsonb not null,
  made_by    uuid not null,
  version    int not null default 1,
  updated_at timestamptz not null
);
