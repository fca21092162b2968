-- Knowledge, policies, the programme of actions and the matchings of the Enterprise Service. What a reader counts (uses of an answer, progress of
-- a measure, sums of deals) is counted from these rows; nothing of it is entered as a number.

-- Answers to frequent questions. A row is what holds now; what it was stands in the versions.
create table service_answers (
  id            uuid primary key,
  version       int not null default 1 check (version > 0),
  question      text not null check (length(question) between 2 and 300),
  answer        text not null check (length(answer) between 2 and 8000),
  kind          text not null check (kind ~ '^[a-z_]{2,30}$'),
  department_id uuid references people_organisations,
  audience      text not null check (audience in ('public', 'officers')),
  valid_from    date not null,
  valid_until   date check (valid_until >= valid_from),
  -- [{"name", "number"}]
  sources       jsonb not null check (jsonb_typeof(sources) = 'array'),
  reviewed_day  date not null,
  reviewed_by   uuid not null,
  reviewed_name text not null,
  review_due    date not null check (review_due >= reviewed_day),
  withdrawn_day date,
  -- Pairs of neighbouring characters, and pinyin initials: what a search asks for.
  grams         bigint[] not null,
  created_at    timestamptz not null,
  updated_at    timestamptz not null
);
create index service_answers_grams on service_answers using gin (grams);
create index service_answers_list on service_answers (review_due, id) where withdrawn_day is null;
create index service_answers_kind on service_answers (kind, review_due, id) where withdrawn_day is null;
create index service_answers_department on service_answers (department_id, review_due, id) where withdrawn_day is null;

create table service_answer_versions (
  answer_id uuid not null references service_answers on delete cascade,
  number    int not null check (number > 0),
  body      jsonb not null check (jsonb_typeof(body) = 'object'),
  note      text check (length(note) between 1 and 1000),
  by_id     uuid not null,
  by_name   text not null,
  at        timestamptz not null,
  day       date not null,
  primary key (answer_id, number)
);

-- In how many answers a pair stands: a text is looked for by its rarest pairs, so that it costs the same among many answers as among few.
create table service_grams (
  gram    bigint primary key,
  answers int not null
);

-- Each vote and each question that an answer settled, once for a person, answer and day or for what was asked.
create table service_answer_uses (
  id         uuid primary key,
  answer_id  uuid not null references service_answers on delete cascade,
  use        text not null check (use in ('useful', 'not_useful', 'settled')),
  -- What was asked: a problem; null where somebody voted, or was told by telephone.
  subject_id uuid,
  comment    text check (length(comment) between 1 and 1000),
  day        date not null,
  actor_id   uuid not null,
  actor_name text not null,
  at         timestamptz not null
);
create index service_answer_uses_answer on service_answer_uses (answer_id, use);
create unique index service_answer_uses_vote on service_answer_uses (answer_id, actor_id, day) where use <> 'settled';
create unique index service_answer_uses_subject on service_answer_uses (answer_id, subject_id) where use = 'settled' and subject_id is not null;

-- What is known of an enterprise, as policies ask for it. `traits` holds the same values by code, for conditions in SQL.
create table service_enterprises (
  org_id     uuid primary key references people_organisations on delete cascade,
  version    int not null default 1 check (version > 0),
  traits     jsonb not null default '{}' check (jsonb_typeof(traits) = 'object'),
  updated_at timestamptz not null
);

create table service_traits (
  org_id        uuid not null references service_enterprises on delete cascade,
  trait         text not null check (trait ~ '^[a-z_]{2,30}$'),
  value         jsonb not null,
  source        text not null check (source in ('enterprise', 'officer')),
  -- The paper that it rests on.
  document      text check (length(document) between 1 and 200),
  day           date not null,
  said_by       uuid not null,
  said_name     text not null,
  verified_day  date,
  verified_name text,
  primary key (org_id, trait),
  check ((verified_day is null) = (verified_name is null))
);

create table service_policies (
  id            uuid primary key,
  version       int not null default 1 check (version > 0),
  name          text not null check (length(name) between 2 and 300),
  number        text not null check (length(number) <= 200),
  issuer        text not null check (length(issuer) between 1 and 200),
  level         text not null check (level in ('national', 'provincial', 'municipal', 'zone')),
  valid_from    date not null,
  valid_until   date check (valid_until >= valid_from),
  apply_from    date,
  apply_until   date check (apply_until >= apply_from),
  gives         text not null check (gives in ('subsidy', 'reward', 'tax', 'loan', 'rent', 'talent', 'service')),
  amount_fen    bigint check (amount_fen > 0),
  benefit       text not null check (length(benefit) between 1 and 2000),
  how           text not null check (length(how) between 1 and 4000),
  department_id uuid references people_organisations,
  -- All of these groups, of each group any test: [{"any": [{"trait", "op", …}]}]; null: nobody has entered them yet, and it is not known whom it suits.
  conditions    jsonb check (jsonb_typeof(conditions) = 'array'),
  withdrawn_day date,
  grams         bigint[] not null,
  created_at    timestamptz not null,
  updated_at    timestamptz not null
);
create unique index service_policies_named on service_policies (name, number) where withdrawn_day is null;
create index service_policies_grams on service_policies using gin (grams);
-- Without a last day of its window a policy stands after those that have one.
create index service_policies_list on service_policies ((coalesce(apply_until, date '9999-12-31')), id) where withdrawn_day is null;

create table service_policy_versions (
  policy_id uuid not null references service_policies on delete cascade,
  number    int not null check (number > 0),
  body      jsonb not null check (jsonb_typeof(body) = 'object'),
  note      text check (length(note) between 1 and 1000),
  by_id     uuid not null,
  by_name   text not null,
  at        timestamptz not null,
  day       date not null,
  primary key (policy_id, number)
);

-- Which enterprises of whom something is known may get which policy: kept with each change of a policy or of a trait. Whom it surely does not
-- suit has no row.
create table service_matches (
  policy_id uuid not null references service_policies on delete cascade,
  org_id    uuid not null references service_enterprises on delete cascade,
  fits      text not null check (fits in ('yes', 'unknown')),
  primary key (policy_id, fits, org_id)
);
create index service_matches_org on service_matches (org_id, fits, policy_id);

-- 政策直达: whom a policy was told, who applied, who received what.
create table service_deliveries (
  id           uuid primary key,
  version      int not null default 1 check (version > 0),
  policy_id    uuid not null references service_policies,
  org_id       uuid not null references people_organisations,
  told_day     date not null,
  told_name    text not null,
  applied_day  date check (applied_day >= told_day),
  received_day date check (received_day >= applied_day),
  amount_fen   bigint check (amount_fen > 0),
  declined_day date,
  note         text check (length(note) between 1 and 1000),
  unique (policy_id, org_id),
  check (received_day is null or declined_day is null)
);
create index service_deliveries_policy on service_deliveries (policy_id, told_day, id);
create index service_deliveries_org on service_deliveries (org_id, told_day, id);

-- The actions of a year (八项行动): actions, measures with their owners, quarter reports.
create table service_programmes (
  id         uuid primary key,
  version    int not null default 1 check (version > 0),
  year       int not null unique check (year between 2000 and 2100),
  name_zh    text not null check (length(name_zh) between 1 and 200),
  name_en    text not null check (length(name_en) between 1 and 200),
  -- Reports of a quarter are due so many days after its end.
  due_days   int not null check (due_days between 1 and 60),
  created_at timestamptz not null
);

create table service_actions (
  programme_id uuid not null references service_programmes on delete cascade,
  code         text not null check (code ~ '^[a-z_]{2,30}$'),
  seq          int not null,
  name_zh      text not null check (length(name_zh) between 1 and 100),
  name_en      text not null check (length(name_en) between 1 and 100),
  primary key (programme_id, code)
);

create table service_measures (
  id            uuid primary key,
  version       int not null default 1 check (version > 0),
  programme_id  uuid not null,
  action_code   text not null,
  text          text not null check (length(text) between 2 and 500),
  org_id        uuid not null references people_organisations,
  due_day       date not null,
  indicator     text not null check (length(indicator) between 1 and 100),
  unit          text not null check (length(unit) between 1 and 20),
  target        numeric(16, 2) not null check (target > 0),
  withdrawn_day date,
  created_day   date not null,
  foreign key (programme_id, action_code) references service_actions
);
create index service_measures_programme on service_measures (programme_id, action_code, due_day, id) where withdrawn_day is null;
create index service_measures_org on service_measures (org_id, programme_id) where withdrawn_day is null;

create table service_measure_reports (
  id           uuid primary key,
  version      int not null default 1 check (version > 0),
  measure_id   uuid not null references service_measures on delete cascade,
  quarter      int not null check (quarter between 1 and 4),
  -- Reached by the end of the quarter, since the year began.
  value        numeric(16, 2) not null check (value >= 0),
  text         text not null check (length(text) between 2 and 2000),
  due_day      date not null,
  -- The day of the first submission tells whether it was late; a report that was sent back and comes again keeps it.
  first_day    date not null,
  day          date not null,
  by_id        uuid not null,
  by_name      text not null,
  state        text not null check (state in ('submitted', 'approved', 'returned')),
  decided_day  date,
  decided_name text,
  reason       text check (length(reason) between 1 and 1000),
  unique (measure_id, quarter),
  check ((state = 'submitted') = (decided_day is null))
);
create index service_measure_reports_waiting on service_measure_reports (day, id) where state = 'submitted';

create table service_project_actions (
  project_id  uuid not null references projects_projects on delete cascade,
  action_code text not null check (action_code ~ '^[a-z_]{2,30}$'),
  day         date not null,
  by_name     text not null,
  primary key (project_id, action_code)
);
create index service_project_actions_code on service_project_actions (action_code, project_id);

-- Counterparts that are no organisation of the zone: banks, universities, buyers elsewhere. No telephone numbers: whoever matches knows them.
create table service_counterparts (
  id         uuid primary key,
  version    int not null default 1 check (version > 0),
  name       text not null unique check (length(name) between 2 and 200),
  kind       text not null check (kind in ('bank', 'university', 'institute', 'school', 'enterprise', 'agency', 'other')),
  place      text check (length(place) between 1 and 100),
  pinyin     text not null,
  created_at timestamptz not null
);
create index service_counterparts_pinyin on service_counterparts (pinyin text_pattern_ops);

-- Needs and offers of the four matchings (四项对接).
create table service_listings (
  id             uuid primary key,
  version        int not null default 1 check (version > 0),
  side           text not null check (side in ('need', 'offer')),
  kind           text not null check (kind in ('sales', 'finance', 'labour', 'research')),
  org_id         uuid references people_organisations,
  counterpart_id uuid references service_counterparts,
  title          text not null check (length(title) between 2 and 200),
  text           text not null check (length(text) between 1 and 4000),
  industry       text check (industry ~ '^[A-T]([0-9]{2})?$'),
  amount_fen     bigint check (amount_fen > 0),
  people         int check (people > 0),
  -- The town or park where it is.
  place_id       uuid references people_organisations,
  opened_day     date not null,
  until_day      date check (until_day >= opened_day),
  -- Everybody may see it; and whose it is.
  published      boolean not null,
  named          boolean not null,
  -- The first offer or deal that answered it.
  answered_day   date,
  closed_day     date,
  closed_reason  text check (closed_reason in ('met', 'withdrawn', 'expired', 'no_match')),
  closed_note    text check (length(closed_note) between 1 and 1000),
  grams          bigint[] not null,
  created_at     timestamptz not null,
  check ((org_id is null) <> (counterpart_id is null)),
  check ((closed_day is null) = (closed_reason is null))
);
create index service_listings_list on service_listings (opened_day desc, id desc);
create index service_listings_open on service_listings (side, kind, opened_day desc, id desc) where closed_day is null;
create index service_listings_industry on service_listings (side, kind, industry, opened_day desc) where closed_day is null;
create index service_listings_org on service_listings (org_id, opened_day desc, id desc);
create index service_listings_public on service_listings (opened_day desc, id desc) where published and closed_day is null;
create index service_listings_unanswered on service_listings (opened_day, id) where side = 'need' and closed_day is null and answered_day is null;
create index service_listings_grams on service_listings using gin (grams);

create table service_fairs (
  id         uuid primary key,
  version    int not null default 1 check (version > 0),
  kind       text not null check (kind in ('sales', 'finance', 'labour', 'research')),
  name       text not null check (length(name) between 2 and 200),
  day        date not null,
  place      text not null check (length(place) between 1 and 200),
  text       text check (length(text) between 1 and 4000),
  cancelled_reason text check (length(cancelled_reason) between 1 and 1000),
  created_at timestamptz not null
);
create index service_fairs_day on service_fairs (day desc, id desc);

create table service_fair_parties (
  fair_id        uuid not null references service_fairs on delete cascade,
  seq            int not null,
  org_id         uuid references people_organisations,
  counterpart_id uuid references service_counterparts,
  offered        text check (length(offered) between 1 and 1000),
  primary key (fair_id, seq),
  check ((org_id is null) <> (counterpart_id is null))
);
create index service_fair_parties_org on service_fair_parties (org_id, fair_id) where org_id is not null;

create table service_deals (
  id            uuid primary key,
  version       int not null default 1 check (version > 0),
  kind          text not null check (kind in ('sales', 'finance', 'labour', 'research')),
  need_id       uuid not null references service_listings,
  offer_id      uuid not null references service_listings,
  fair_id       uuid references service_fairs,
  state         text not null check (state in ('intention', 'signed', 'fulfilled', 'fallen')),
  intention_day date not null,
  amount_fen    bigint check (amount_fen > 0),
  people        int check (people > 0),
  signed_day    date check (signed_day >= intention_day),
  signed_fen    bigint check (signed_fen > 0),
  document      text check (length(document) between 1 and 200),
  fulfilled_day date check (fulfilled_day >= signed_day),
  fulfilled_fen bigint check (fulfilled_fen > 0),
  fallen_day    date,
  fallen_reason text check (length(fallen_reason) between 1 and 1000),
  created_at    timestamptz not null,
  unique (need_id, offer_id),
  check ((state = 'fallen') = (fallen_reason is not null))
);
create index service_deals_list on service_deals (intention_day desc, id desc);
create index service_deals_state on service_deals (kind, state, intention_day desc, id desc);
create index service_deals_offer on service_deals (offer_id);
create index service_deals_fair on service_deals (fair_id) where fair_id is not null;

-- Roles that came with the program get what their new zones get.
update people_roles r set permissions = array(select distinct p from unnest(r.permissions || n.added) p order by p), version = version + 1
from (values
  ('admin', array['service.read']), ('leader', array['service.read']), ('commissioner', array['service.read']), ('auditor', array['service.read']), ('desk', array['service.read']),
  ('office', array['service.read', 'service.keep_knowledge', 'service.keep_programme', 'service.match', 'service.offer']),
  ('department', array['service.read', 'service.keep_knowledge', 'service.match', 'service.offer']),
  ('town', array['service.read', 'service.match', 'service.offer']), ('chain_chief', array['service.read', 'service.match', 'service.offer']), ('enterprise', array['service.read', 'service.offer'])
) as n (code, added) where r.code = n.code and r.builtin and not n.added <@ r.permissions;

create index people_organisations_enterprises on people_organisations (pinyin, id) where kind = 'enterprise';
