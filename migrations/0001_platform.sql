-- What every zone has: events, idempotency keys, settings, files. A zone is one schema; nothing here names another schema.

create table platform_events (
  seq          bigint generated always as identity primary key,
  id           uuid not null unique,
  at           timestamptz not null,
  day          date not null,
  actor_id     uuid not null,
  actor_name   text not null,
  command      text not null,
  key          text not null,
  kind         text not null,
  subject_type text not null,
  subject_id   uuid not null,
  project_id   uuid,
  before       jsonb,
  after        jsonb,
  reason       text,
  -- The version of the subject that this event made, where it has one: what changed since a version is a range of it.
  version      int
);
create index platform_events_subject on platform_events (subject_id, seq desc);
create index platform_events_project on platform_events (project_id, seq desc) where project_id is not null;
create index platform_events_actor on platform_events (actor_id, seq desc);

create table platform_keys (
  actor_id   uuid not null,
  key        text not null check (length(key) between 1 and 200),
  command    text not null,
  input_hash text not null,
  reply      jsonb,
  version    int,
  at         timestamptz not null,
  primary key (actor_id, key)
);
create index platform_keys_at on platform_keys (at);

-- Settings are data that an administrator reads and changes: clock, life cycle, warning rules, report calendar, …
create table platform_settings (
  name       text primary key check (name ~ '^[a-z][a-z0-9_.]*$'),
  value      jsonb not null,
  version    int not null default 1 check (version > 0),
  updated_at timestamptz not null default now(),
  updated_by uuid
);

-- A file is stored once by its content; who may see it is decided by what refers to it.
create table platform_files (
  sha256     text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes      bigint not null check (bytes >= 0),
  media_type text not null,
  width      int,
  height     int,
  taken_at   timestamptz,
  lon        double precision,
  lat        double precision,
  stored_at  timestamptz not null,
  stored_by  uuid not null
);
-- Who uploaded it may use it before anything refers to it.
create table platform_uploads (
  sha256  text not null references platform_files,
  user_id uuid not null,
  name    text not null,
  at      timestamptz not null,
  primary key (sha256, user_id)
);
