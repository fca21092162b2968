-- 企业服务110: what was filed together, complaints by a code, intake of other systems, rooms with resident departments, duty, joint rooms, templates of answers.
-- The problems themselves lie in the pool.

create table service_filing_numbers (
  year int primary key check (year between 1990 and 2200),
  last int not null check (last > 0)
);

-- One call, one page or one message: up to four problems.
create table service_filings (
  id             uuid primary key,
  seq            bigint generated always as identity unique,
  number         text not null unique check (number ~ '^F[0-9]{4}-[0-9]{4,7}$'),
  channel        text not null check (channel in ('phone', 'web', 'mobile', 'counter', 'api')),
  enterprise_id  uuid references people_organisations,
  by_id          uuid references people_users,
  contact_name   text check (length(contact_name) between 1 and 60),
  contact_phone  text check (length(contact_phone) between 1 and 40),
  -- The digits of the number, by which an earlier caller is found.
  phone_digits   text check (phone_digits ~ '^[0-9]{3,20}$'),
  system         text check (system ~ '^[a-z0-9_]{2,30}$'),
  outside_number text check (length(outside_number) between 1 and 60),
  -- SHA-256 of the code of an anonymous complaint; the code itself is never kept.
  code_hash      text unique check (length(code_hash) = 64),
  -- An anonymous one has its day alone: the minute would be a trace.
  filed_at       timestamptz not null,
  created_at     timestamptz not null,
  unique (system, outside_number),
  check ((system is null) = (outside_number is null)),
  constraint service_filings_anonymous check (code_hash is null or (enterprise_id is null and by_id is null and contact_name is null and contact_phone is null and phone_digits is null))
);
create index service_filings_enterprise on service_filings (enterprise_id, seq) where enterprise_id is not null;
create index service_filings_phone on service_filings (phone_digits text_pattern_ops, seq) where phone_digits is not null;
create index service_filings_by on service_filings (by_id, seq) where by_id is not null;

create table service_filed (
  filing_id  uuid not null references service_filings,
  problem_id uuid not null unique references problems_problems,
  nth        smallint not null check (nth between 1 and 4),
  primary key (filing_id, nth)
);

-- Rooms, and who sits in them for a department and how long.
create table service_rooms (
  id         uuid primary key,
  version    int not null default 1 check (version > 0),
  name       text not null unique check (length(name) between 1 and 60),
  place      text check (length(place) between 1 and 120),
  ended_day  date,
  created_at timestamptz not null
);
create table service_residents (
  id         uuid primary key,
  version    int not null default 1 check (version > 0),
  room_id    uuid not null references service_rooms,
  org_id     uuid not null references people_organisations,
  user_id    uuid not null references people_users,
  from_day   date not null,
  until_day  date not null check (until_day >= from_day),
  created_at timestamptz not null
);
create index service_residents_room on service_residents (room_id, until_day);
create index service_residents_until on service_residents (until_day, id);
create index service_residents_user on service_residents (user_id, until_day);

-- Who has duty when and as what: 指挥长 研判员 督办员 受理员.
create table service_duties (
  id         uuid primary key,
  version    int not null default 1 check (version > 0),
  day        date not null,
  shift      text not null check (shift in ('office', 'night', 'whole')),
  function   text not null check (function in ('commander', 'analyst', 'supervisor', 'operator')),
  user_id    uuid not null references people_users,
  -- Whose duty it was before it was swapped.
  for_id     uuid references people_users,
  reason     text check (length(reason) between 1 and 500),
  created_at timestamptz not null,
  unique (day, shift, function, user_id)
);

-- A hard case that several departments take up together.
create table service_joints (
  id          uuid primary key,
  version     int not null default 1 check (version > 0),
  problem_id  uuid not null references problems_problems,
  lead_org_id uuid not null references people_organisations,
  meets_at    timestamptz not null,
  place       text check (length(place) between 1 and 120),
  agenda      text check (length(agenda) between 1 and 1000),
  result      text check (length(result) between 1 and 2000),
  closed_at   timestamptz,
  by_id       uuid not null,
  created_at  timestamptz not null,
  check ((result is null) = (closed_at is null))
);
create unique index service_joints_one on service_joints (problem_id) where closed_at is null;
create index service_joints_list on service_joints (meets_at desc, id desc);

-- Words that answer often, to be fitted to the case.
create table service_phrases (
  id         uuid primary key,
  version    int not null default 1 check (version > 0),
  title      text not null check (length(title) between 1 and 80),
  text       text not null check (length(text) between 1 and 2000),
  kind       text check (length(kind) between 1 and 40),
  retired    boolean not null default false,
  created_at timestamptz not null
);

update people_roles r set permissions = array(select distinct p from unnest(r.permissions || n.added) p order by p), version = version + 1
from (values
  ('office', array['service.file', 'service.desk']), ('desk', array['service.read', 'service.file', 'service.desk']), ('commissioner', array['service.file']), ('enterprise', array['service.file'])
) as n (code, added) where r.code = n.code and r.builtin and not n.added <@ r.permissions;
