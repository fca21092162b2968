-- People: organisations as a tree, users, roles as data, sessions, machine tokens.

create table people_organisations (
  id         uuid primary key,
  parent_id  uuid references people_organisations,
  -- Ids from the root down to this organisation, itself included: the reader keys under which its projects are found.
  path       uuid[] not null check (path[cardinality(path)] = id),
  kind       text not null check (kind in ('zone', 'department', 'town', 'park', 'enterprise', 'other')),
  name       text not null check (length(name) between 1 and 200),
  short_name text,
  name_en    text,
  pinyin     text not null default '',
  code       text,
  -- What the body is answerable for (development, statistics, land, …): in Jiyuan one body holds several.
  duties     text[] not null default '{}',
  sort       int not null default 0,
  active     boolean not null default true,
  version    int not null default 1 check (version > 0),
  check ((parent_id is null) = (kind = 'zone'))
);
create unique index people_organisations_root on people_organisations ((true)) where parent_id is null;
create unique index people_organisations_name on people_organisations (parent_id, name) where active;
create index people_organisations_parent on people_organisations (parent_id);
create index people_organisations_path on people_organisations using gin (path);

create table people_users (
  id            uuid primary key,
  org_id        uuid not null references people_organisations,
  login         text not null check (login ~ '^[^[:space:]]{2,60}$'),
  name          text not null check (length(name) between 1 and 60),
  pinyin        text not null default '',
  phone         text,
  locale        text not null default 'zh-CN' check (locale in ('zh-CN', 'en')),
  password_hash text,
  must_change   boolean not null default true,
  -- Chain codes that a chain chief looks after.
  chains        text[] not null default '{}',
  active        boolean not null default true,
  demo          boolean not null default false,
  version       int not null default 1 check (version > 0)
);
create unique index people_users_login on people_users (lower(login));
create index people_users_org on people_users (org_id);

create table people_roles (
  id          uuid primary key,
  code        text not null unique check (code ~ '^[a-z][a-z0-9_]*$'),
  name_zh     text not null,
  name_en     text not null,
  permissions text[] not null default '{}',
  scope       text not null check (scope in ('all', 'organisation', 'projects', 'chain', 'enterprise')),
  builtin     boolean not null default false,
  active      boolean not null default true,
  sort        int not null default 0,
  version     int not null default 1 check (version > 0)
);

create table people_user_roles (
  user_id uuid not null references people_users,
  role_id uuid not null references people_roles,
  primary key (user_id, role_id)
);
create index people_user_roles_role on people_user_roles (role_id);

create table people_sessions (
  id           uuid primary key,
  user_id      uuid not null references people_users,
  token_hash   bytea not null unique,
  created_at   timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at   timestamptz not null,
  address      text not null default '',
  agent        text not null default '',
  ended_at     timestamptz
);
create index people_sessions_user on people_sessions (user_id) where ended_at is null;

create table people_tokens (
  id           uuid primary key,
  user_id      uuid not null references people_users,
  name         text not null check (length(name) between 1 and 80),
  token_hash   bytea not null unique,
  created_at   timestamptz not null,
  created_by   uuid not null,
  expires_at   timestamptz not null,
  last_used_at timestamptz,
  ended_at     timestamptz
);
create index people_tokens_user on people_tokens (user_id);

-- Failed sign-ins, counted by the name that was tried (as a digest: people type passwords into the wrong field, and a name that does
-- not exist must count like one that does) and by where they came from.
create table people_attempts (
  key           text primary key check (length(key) between 1 and 200),
  failures      int not null check (failures >= 0),
  blocked_until timestamptz,
  last_at       timestamptz not null
);
create index people_attempts_last on people_attempts (last_at);
