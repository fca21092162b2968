-- 调度会: meetings, what they dealt with and decided, the slips that carry it out, the minutes. Numbers are given without gaps under a lock of
-- the series and are unique by constraint; what a slip, a checkpoint or an issued version of minutes said is never changed afterwards.

create table dispatch_meetings (
  id          uuid primary key,
  version     int not null default 1 check (version > 0),
  -- The series that numbers it and the kind (调度会, 早餐会, …): codes of the zone's rules of meetings.
  series      text not null check (series ~ '^[a-z][a-z0-9_]{0,29}$'),
  kind        text not null check (kind ~ '^[a-z][a-z0-9_]{0,29}$'),
  state       text not null default 'planned' check (state in ('planned', 'agenda_sent', 'in_session', 'held', 'minutes_issued', 'cancelled')),
  day         date not null,
  time        text not null check (time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  minutes     int not null check (minutes between 5 and 1440),
  place       text not null check (length(place) between 1 and 200),
  chair       text check (length(chair) between 1 and 100),
  topic       text check (length(topic) between 1 and 200),
  -- Given when it opens: cumulative over the series, and within the year. A meeting that is cancelled never had one.
  number      int check (number > 0),
  year        int generated always as (extract(year from day)::int) stored,
  year_number int check (year_number > 0),
  -- Of a recurrence: its code and the day on which it fell before holidays moved it.
  recurs      text,
  occurrence  date,
  cancelled_reason text check (length(cancelled_reason) between 1 and 500),
  frozen      boolean not null default false,
  current_item uuid,
  opened_at   timestamptz,
  closed_at   timestamptz,
  issued_day  date,
  -- RFC 5545: rises with every change that a calendar must take over.
  sequence    int not null default 0 check (sequence >= 0),
  created_by  uuid not null,
  created_at  timestamptz not null,
  updated_at  timestamptz not null,
  check ((number is null) = (year_number is null)),
  check ((number is null) = (state in ('planned', 'agenda_sent', 'cancelled'))),
  check ((state = 'cancelled') = (cancelled_reason is not null)),
  unique (series, number),
  unique (series, year, year_number),
  unique (recurs, occurrence)
);
create index dispatch_meetings_day on dispatch_meetings (day desc, id desc);
create index dispatch_meetings_open on dispatch_meetings (day, id) where state in ('planned', 'agenda_sent', 'in_session', 'held');

-- Who was invited and who came. A unit has one row; people beside the units have one each.
create table dispatch_attendees (
  id          uuid primary key,
  meeting_id  uuid not null references dispatch_meetings on delete cascade,
  org_id      uuid references people_organisations,
  name        text check (length(name) between 1 and 60),
  presence    text not null default 'invited' check (presence in ('invited', 'present', 'late', 'excused', 'absent')),
  arrived     text check (arrived ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  reason      text check (length(reason) between 1 and 200),
  sort        int not null default 0,
  check (org_id is not null or name is not null),
  unique (meeting_id, org_id)
);
create index dispatch_attendees_org on dispatch_attendees (org_id, meeting_id);

create table dispatch_items (
  id          uuid primary key,
  meeting_id  uuid not null references dispatch_meetings on delete cascade,
  -- What proposed it: the rule's code, and the thing (a problem, a decision, a light): the same thing is proposed once for each meeting.
  rule        text not null,
  source      text not null,
  sort        int not null,
  place       text not null check (place in ('listed', 'cut', 'sent_back', 'removed')),
  place_reason text check (length(place_reason) between 1 and 500),
  project_id  uuid references projects_projects,
  problem_id  uuid,
  -- The decision of an earlier meeting that is not fulfilled.
  decision_id uuid,
  title       text not null check (length(title) between 1 and 500),
  status_line text not null default '' check (length(status_line) <= 1000),
  ask         text not null default '' check (length(ask) <= 1000),
  -- [{"code": …, "values": {…}, "href": …}]: what the sentence says stands in the locales.
  facts       jsonb not null default '[]' check (jsonb_typeof(facts) = 'array'),
  owner_org_id uuid references people_organisations,
  minutes     int not null check (minutes between 0 and 600),
  spent_seconds int not null default 0 check (spent_seconds >= 0),
  edited      boolean not null default false,
  unique (meeting_id, source)
);
create index dispatch_items_meeting on dispatch_items (meeting_id, sort, id);
create index dispatch_items_project on dispatch_items (project_id) where project_id is not null;

create table dispatch_decisions (
  id          uuid primary key,
  version     int not null default 1 check (version > 0),
  meeting_id  uuid not null references dispatch_meetings,
  -- One decision for each item; what is decided anew replaces it while the minutes are not issued.
  item_id     uuid not null unique references dispatch_items,
  kind        text not null check (kind in ('measure', 'escalate', 'none')),
  -- Its place among the decisions with a measure of the meeting: 第45-03号.
  ordinal     int check (ordinal > 0),
  project_id  uuid references projects_projects,
  problem_id  uuid,
  measure     text check (length(measure) between 1 and 2000),
  owner_org_id uuid references people_organisations,
  co_org_ids  uuid[] not null default '{}',
  criterion   text check (length(criterion) between 1 and 1000),
  -- The deadline as it was decided: every rate counts by it. The present one stands beside it.
  original_due date,
  due_day     date,
  extensions  int not null default 0 check (extensions >= 0),
  urgent      boolean not null default false,
  escalate_to text check (escalate_to in ('leader', 'main', 'meeting')),
  escalate_user_id uuid references people_users,
  answered_day date,
  reason      text check (length(reason) between 1 and 1000),
  -- Derived from its problem by followProblems(): the day on which it was solved and confirmed.
  done_day    date,
  issued_day  date,
  decided_day date not null,
  decided_by  uuid not null,
  decided_name text not null,
  decided_at  timestamptz not null,
  check ((kind = 'measure') = (measure is not null and owner_org_id is not null and original_due is not null and due_day is not null)),
  check (kind <> 'escalate' or escalate_to is not null),
  check (kind = 'measure' or reason is not null),
  check (extensions = 0 or due_day >= original_due),
  unique (meeting_id, ordinal)
);
create index dispatch_decisions_owner on dispatch_decisions (owner_org_id, due_day, id) where kind = 'measure' and issued_day is not null and done_day is null;
create index dispatch_decisions_due on dispatch_decisions (due_day, id) where kind = 'measure' and issued_day is not null and done_day is null;
create index dispatch_decisions_list on dispatch_decisions (decided_day desc, id desc);
create index dispatch_decisions_meeting on dispatch_decisions (meeting_id, ordinal);
create index dispatch_decisions_problem on dispatch_decisions (problem_id) where problem_id is not null;
create index dispatch_decisions_escalated on dispatch_decisions (decided_day, id) where kind = 'escalate' and answered_day is null;

-- 交办单, 督办单, 通报, 约谈: each of a decision once for its kind and ordinal, each with its own number.
create table dispatch_slips (
  id          uuid primary key,
  decision_id uuid not null references dispatch_decisions,
  kind        text not null check (kind in ('assign', 'supervise', 'bulletin', 'interview')),
  ordinal     int not null check (ordinal > 0),
  number      text not null unique check (length(number) between 1 and 100),
  owner_org_id uuid not null references people_organisations,
  issued_day  date not null,
  issued_at   timestamptz not null,
  issued_by   uuid not null,
  issued_name text not null,
  -- The deadline that it names, and by how many days it was over.
  due_day     date not null,
  overdue_days int not null default 0 check (overdue_days >= 0),
  copy_org_ids uuid[] not null default '{}',
  -- Of an interview: who was spoken to, what was said.
  record      text check (length(record) between 1 and 4000),
  -- What stands on the paper, as it stood when it was issued.
  content     jsonb not null check (jsonb_typeof(content) = 'object'),
  receipt_due date not null,
  received_at timestamptz,
  received_day date,
  received_by uuid,
  received_name text,
  reminded_day date,
  unique (decision_id, kind, ordinal),
  check ((received_at is null) = (received_name is null))
);
create index dispatch_slips_unsigned on dispatch_slips (owner_org_id, receipt_due, id) where received_at is null;
create index dispatch_slips_remind on dispatch_slips (receipt_due, id) where received_at is null;

create table dispatch_checkpoints (
  id          uuid primary key,
  decision_id uuid not null references dispatch_decisions,
  day         date not null,
  reported_day date,
  reported_at timestamptz,
  reported_name text,
  text        text check (length(text) between 1 and 2000),
  unique (decision_id, day),
  check ((reported_day is null) = (text is null))
);
create index dispatch_checkpoints_due on dispatch_checkpoints (day, decision_id) where reported_day is null;

-- 延期申请: asked before the deadline, decided by the office; the old deadline stays in each row.
create table dispatch_extensions (
  id          uuid primary key,
  decision_id uuid not null references dispatch_decisions,
  ordinal     int not null check (ordinal > 0),
  old_due     date not null,
  wanted_day  date not null check (wanted_day > old_due),
  reason      text not null check (length(reason) between 1 and 1000),
  asked_day   date not null,
  asked_name  text not null,
  granted     boolean,
  decided_day date,
  decided_name text,
  answer      text check (length(answer) between 1 and 1000),
  unique (decision_id, ordinal),
  check ((granted is null) = (decided_day is null))
);
-- One question at a time.
create unique index dispatch_extensions_open on dispatch_extensions (decision_id) where granted is null;

create table dispatch_minutes (
  id          uuid primary key,
  meeting_id  uuid not null references dispatch_meetings,
  number      int not null check (number > 0),
  state       text not null check (state in ('draft', 'issued')),
  -- The text as blocks that are edited; an issued version is what its files hold.
  blocks      jsonb not null check (jsonb_typeof(blocks) = 'array'),
  reason      text check (length(reason) between 1 and 500),
  docx_sha256 text check (docx_sha256 ~ '^[0-9a-f]{64}$'),
  pdf_sha256  text check (pdf_sha256 ~ '^[0-9a-f]{64}$'),
  issued_day  date,
  issued_at   timestamptz,
  issued_name text,
  unique (meeting_id, number),
  check (number = 1 or reason is not null),
  check ((state = 'issued') = (docx_sha256 is not null and pdf_sha256 is not null and issued_day is not null))
);
create unique index dispatch_minutes_draft on dispatch_minutes (meeting_id) where state = 'draft';

-- The secret address of a person's calendar: only its digest is kept.
create table dispatch_feeds (
  id          uuid primary key,
  user_id     uuid not null references people_users,
  secret_hash bytea not null unique,
  created_at  timestamptz not null,
  revoked_at  timestamptz
);
create unique index dispatch_feeds_user on dispatch_feeds (user_id) where revoked_at is null;

-- Roles that came with the program get what their new zones get.
update people_roles r set permissions = array(select distinct p from unnest(r.permissions || n.added) p order by p), version = version + 1
from (values
  ('admin', array['dispatch.read']), ('office', array['dispatch.read', 'dispatch.meet', 'dispatch.receive', 'dispatch.answer']), ('leader', array['dispatch.read', 'dispatch.answer']),
  ('commissioner', array['dispatch.read', 'dispatch.receive']), ('department', array['dispatch.read', 'dispatch.receive']), ('town', array['dispatch.read', 'dispatch.receive']),
  ('chain_chief', array['dispatch.read']), ('auditor', array['dispatch.read'])
) as n (code, added) where r.code = n.code and r.builtin and not n.added <@ r.permissions;
