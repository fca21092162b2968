-- Handling of approval items: a case is one application of a project for one item. What happened stands in its events, which are only ever
-- appended; the days used, left and due are kept beside it from the events (features/approvals/cases/kept.ts) and can be counted again.
create table approvals_cases (
  id             uuid primary key,
  version        int not null default 1 check (version > 0),
  project_id     uuid not null references projects_projects,
  item           text not null check (item ~ '^[A-Z][0-9]{2}$'),
  -- An item may be applied for again after it was refused, withdrawn or not accepted.
  round          int not null default 1 check (round > 0),
  -- The body that handles it, by the department map on the day of receipt.
  org_id         uuid not null references people_organisations,
  -- Accepted with others at one window for a stage, and who leads them.
  joint_id       uuid,
  lead_org_id    uuid references people_organisations,
  -- Who applies: the enterprise itself, a commissioner as its agent with a power of attorney, the window for it.
  via            text not null check (via in ('self', 'agent', 'window', 'outside')),
  agent_id       uuid references people_users,
  attorney_sha   text references platform_files,
  -- own: handled here, the events are the truth. import, api: told by another system, verified on a day.
  source         text not null default 'own' check (source in ('own', 'import', 'api')),
  system         text,
  verified_day   date,
  -- Shown on the public line of the item.
  public         boolean not null default true,
  note           text,
  -- Until acceptance the catalogue's limits hold, from then on the ones of that day: {"versions": [...]}.
  limits         jsonb not null,

  status         text not null check (status in ('received', 'correction', 'accepted', 'special', 'suspended', 'rectifying', 'not_accepted', 'decided', 'delivered', 'withdrawn', 'returned', 'recalled', 'revoked')),
  outcome        text check (outcome in ('approved', 'approved_deferred', 'refused')),
  document       text,
  received_day   date,
  accepted_day   date,
  deemed         boolean not null default false,
  decided_day    date,
  delivered_day  date,
  closed_day     date,

  -- Kept for kept_day.
  kept_day       date not null,
  -- Numbers with which a new day is a subtraction (clocks/refresh.ts); null: no limit counts down.
  kept           jsonb,
  -- From this day on the numbers no longer hold and the events are read again: silence has accepted, a window has ended.
  turns_day      date,
  -- Whose day it is; null: nobody's, the case is over.
  side           text check (side in ('department', 'applicant', 'special', 'suspension')),
  side_day       date,
  unit           text check (unit in ('working', 'calendar')),
  used           int,
  statutory_left int, statutory_over int, statutory_limit int, statutory_due date,
  promised_left  int, promised_over  int, promised_limit  int, promised_due  date,
  provisional    boolean not null default false,
  level          text not null default 'none' check (level in ('none', 'calm', 'soon', 'urgent', 'promise_over', 'over')),
  -- What the handling body owes next and the working days left for it, negative when it is late; null: it owes nothing now.
  owes           text check (owes in ('answer', 'decision', 'resumption', 'delivery')),
  owed_day       date,
  days_left      int,
  created_at     timestamptz not null,
  updated_at     timestamptz not null,
  unique (project_id, item, round),
  check (accepted_day is not null or status in ('received', 'correction', 'not_accepted', 'withdrawn') or source <> 'own'),
  check ((source = 'own') = (verified_day is null)),
  check ((via = 'agent') = (agent_id is not null))
);
-- What owes nothing comes last.
create index approvals_cases_queue on approvals_cases (org_id, coalesce(days_left, 1000000), id) where closed_day is null;
create index approvals_cases_left on approvals_cases (coalesce(days_left, 1000000), id) where closed_day is null;
create index approvals_cases_open on approvals_cases (id) where closed_day is null;
create index approvals_cases_joint on approvals_cases (joint_id) where joint_id is not null;
create index approvals_cases_decided on approvals_cases (item, decided_day) where decided_day is not null;
create index approvals_cases_attorney on approvals_cases (attorney_sha) where attorney_sha is not null;

create table approvals_case_events (
  case_id        uuid not null references approvals_cases,
  seq            int not null check (seq > 0),
  id             uuid not null unique,
  kind           text not null check (kind in ('received', 'correction_asked', 'correction_supplied', 'accepted', 'not_accepted', 'special_begun', 'special_ended', 'suspended', 'resumed',
                   'rectification_begun', 'rectification_ended', 'extended', 'decided', 'delivered', 'withdrawn', 'returned', 'recalled', 'revoked')),
  day            date not null,
  by_side        text not null check (by_side in ('department', 'applicant')),
  actor_id       uuid not null,
  actor_name     text not null,
  reason         text,
  document       text,
  procedure      text,
  days           int check (days between 1 and 1000),
  outcome        text check (outcome in ('approved', 'approved_deferred', 'refused')),
  at             timestamptz not null,
  primary key (case_id, seq)
);

-- What a department says that is asked by the one that handles the case; without an answer the policy of the item says what silence means.
create table approvals_case_reviews (
  case_id        uuid not null references approvals_cases,
  org_id         uuid not null references people_organisations,
  asked_day      date not null,
  due_day        date not null,
  -- Silence counts as consent once due_day is over, and the body answers for it.
  silence        boolean not null,
  view           text check (view in ('consent', 'objection')),
  opinion        text,
  answered_day   date,
  answered_by    uuid,
  answered_name  text,
  primary key (case_id, org_id),
  check ((view is null) = (answered_day is null))
);
create index approvals_case_reviews_org on approvals_case_reviews (org_id, due_day) where view is null;

-- Roles that came with the program get what their new zones get.
update people_roles r set permissions = array(select distinct p from unnest(r.permissions || n.added) p order by p), version = version + 1
from (values
  ('admin', array['approvals.read', 'approvals.handle']), ('office', array['approvals.read', 'approvals.apply', 'approvals.handle']), ('leader', array['approvals.read']),
  ('commissioner', array['approvals.read', 'approvals.apply']), ('department', array['approvals.read', 'approvals.handle']), ('town', array['approvals.read']),
  ('chain_chief', array['approvals.read']), ('enterprise', array['approvals.read', 'approvals.apply']), ('auditor', array['approvals.read'])
) as n (code, added) where r.code = n.code and r.builtin and not n.added <@ r.permissions;
