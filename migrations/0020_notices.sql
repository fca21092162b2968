-- Notices: what a command tells people, where each of them reads it, and what is still to be sent out of the house. Notice, inbox and delivery
-- are written in the transaction of the command that causes them; the delivering job only moves states of deliveries and messages.

create table notices_notices (
  id           uuid primary key,
  -- The same key is the same notice, whoever tells it and however often.
  key          text not null unique check (length(key) between 1 and 200),
  kind         text not null check (kind ~ '^[a-z]+(\.[a-z_]+)+$' and length(kind) <= 100),
  -- By which people choose how they are told: the part of the kind before its first dot.
  topic        text not null,
  subject_type text not null,
  subject_id   text not null,
  project_id   uuid,
  href         text not null check (href ~ '^/([^/\\]|$)' and length(href) <= 500),
  -- For its sentence. Nothing secret: it may leave by e-mail.
  facts        jsonb not null check (jsonb_typeof(facts) = 'object'),
  urgent       boolean not null,
  day          date not null,
  at           timestamptz not null
);
create index notices_notices_subject on notices_notices (subject_type, subject_id);

-- Who reads it. People and notices are written before their row here and never deleted before it: no foreign keys, for many rows are written at once.
create table notices_inbox (
  user_id   uuid not null,
  notice_id uuid not null,
  topic     text not null,
  day       date not null,
  read_at   timestamptz,
  primary key (user_id, notice_id)
);
-- Topics are few: a list of all is the merged heads of each.
create index notices_inbox_list on notices_inbox (user_id, topic, day desc, notice_id desc);
create index notices_inbox_unread on notices_inbox (user_id, topic, day desc, notice_id desc) where read_at is null;

-- How a person wants to be told. Without a row: in the application alone.
create table notices_preferences (
  user_id     uuid primary key references people_users,
  email       text check (length(email) between 3 and 254),
  -- The mail of each topic: {"projects": "now" | "digest" | "off"}; a topic that is not named is told at once.
  topics      jsonb not null default '{}' check (jsonb_typeof(topics) = 'object'),
  digest_minute int not null default 480 check (digest_minute between 0 and 1439),
  -- Minutes of the day in the zone's time zone between which only what is urgent is sent; both or neither.
  quiet_from  int check (quiet_from between 0 and 1439),
  quiet_to    int check (quiet_to between 0 and 1439),
  language    text not null check (language in ('zh-CN', 'en')),
  version     int not null default 1 check (version > 0),
  -- Why no more mail is sent to the address: its server refused it for good.
  refused     text,
  -- A test was sent to it: one a minute.
  tested_at   timestamptz,
  check ((quiet_from is null) = (quiet_to is null) and quiet_from is distinct from quiet_to or quiet_from is null)
);

-- Robots and receivers of the zone. Address and secret are sealed with the key of this installation and never read back.
create table notices_receivers (
  id          uuid primary key,
  name        text not null check (length(name) between 1 and 80),
  kind        text not null check (kind in ('wecom', 'dingtalk', 'webhook')),
  -- Whose: it gets what this organisation is told. Null: all that is told in the zone.
  org_id      uuid references people_organisations,
  host        text not null,
  sealed_url  text not null,
  sealed_secret text,
  topics      text[] not null check (cardinality(topics) > 0),
  language    text not null check (language in ('zh-CN', 'en')),
  state       text not null default 'active' check (state in ('active', 'parked', 'removed')),
  reason      text,
  since       timestamptz,
  failures    int not null default 0 check (failures >= 0),
  -- Not before: a robot takes only so many messages a minute.
  next_at     timestamptz,
  version     int not null default 1 check (version > 0),
  check ((state = 'active') = (since is null))
);
create index notices_receivers_org on notices_receivers (org_id) where state <> 'removed';

-- A notice for one recipient (a person's address, a receiver) beside the inbox.
create table notices_deliveries (
  notice_id    uuid not null,
  channel      text not null check (channel in ('mail', 'wecom', 'dingtalk', 'webhook')),
  -- A person's id, or a receiver's.
  recipient_id uuid not null,
  due_at       timestamptz not null,
  -- It may stand together with others in one message.
  digest       boolean not null,
  state        text not null default 'waiting' check (state in ('waiting', 'sent', 'parked', 'skipped')),
  message_id   uuid,
  primary key (notice_id, recipient_id, channel)
);
create index notices_deliveries_waiting on notices_deliveries (channel, recipient_id, due_at, notice_id) where state = 'waiting' and message_id is null;
create index notices_deliveries_due on notices_deliveries (due_at) where state = 'waiting' and message_id is null;
create index notices_deliveries_message on notices_deliveries (message_id) where message_id is not null;

-- What leaves the house at once: one notice or several. At most one to a recipient is on its way, so that they arrive in their order.
create table notices_messages (
  id           uuid primary key,
  channel      text not null,
  recipient_id uuid not null,
  notices      int not null check (notices > 0),
  state        text not null check (state in ('waiting', 'sent', 'failed', 'parked', 'skipped')),
  attempts     int not null default 0 check (attempts >= 0),
  due_at       timestamptz not null,
  -- Somebody is sending it until then.
  taken_until  timestamptz,
  taken_by     uuid,
  error        text,
  created_at   timestamptz not null,
  ended_at     timestamptz
);
create unique index notices_messages_open on notices_messages (channel, recipient_id) where state in ('waiting', 'failed');
create index notices_messages_due on notices_messages (due_at, id) where state in ('waiting', 'failed');
create index notices_messages_recipient on notices_messages (recipient_id, created_at desc, id desc);
create index notices_messages_list on notices_messages (created_at desc, id desc);
create index notices_messages_state on notices_messages (state, created_at desc, id desc);

-- A way out that is down as a whole: nothing is tried through it until then.
create table notices_outages (
  channel  text primary key,
  failures int not null check (failures > 0),
  until    timestamptz not null,
  since    timestamptz not null,
  error    text not null
);

-- Zones that exist already: who administers them administers this.
update people_roles set permissions = array(select distinct p from unnest(permissions || array['notices.manage']) p order by p), version = version + 1
where code = 'admin' and builtin and not 'notices.manage' = any(permissions);

-- What turned red since a day is told at the turn of the day.
create index projects_lights_red on projects_lights (level_since, id) where cleared is null and level = 3;
