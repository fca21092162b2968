-- What the Enterprise Service needs beside what it has: organisations found by two characters, offers of duty, addresses that their owners have confirmed,
-- links of confirmation that go by mail.

-- Organisations are found as projects are: by single characters, pairs of neighbours and beginnings of their names, initials and code (kernel/grams.ts).
-- The pairs are made by the program alone: null is what it has still to fill (features/people/organisations/filling.ts).
alter table people_organisations add column grams bigint[];
create index people_organisations_unfilled on people_organisations (id) where grams is null;
-- Organisations seldom change: what is written goes into the index at once, and no search reads a list of what is still to be put there.
create index people_organisations_grams on people_organisations using gin (grams) with (fastupdate = off);
-- What a picker shows before anything is typed.
create index people_organisations_picked on people_organisations (kind, sort, name, id) where active;

-- A duty that its holder would give to somebody else, until that one has said yes or no, or the desk decides.
alter table service_duties
  add column offered_to     uuid references people_users,
  add column offered_reason text check (length(offered_reason) between 1 and 500),
  add check ((offered_to is null) = (offered_reason is null)),
  add check (offered_to <> user_id);
create index service_duties_user on service_duties (user_id, day, id);
create index service_duties_offered on service_duties (offered_to, day, id) where offered_to is not null;

-- Enterprises that a policy came to suit and that are still to be told of it, by a job: written with the matches, deleted with the notices.
create table service_suited (
  policy_id uuid not null references service_policies on delete cascade,
  org_id    uuid not null references service_enterprises on delete cascade,
  primary key (policy_id, org_id)
);

-- Addresses of e-mail as letters go to them: of people who gave one, and of those who called the desk and have no account. Until its owner has confirmed it by the
-- link of a letter, nothing but that letter is sent to one.
create table notices_addresses (
  id           uuid primary key,
  email        text not null check (length(email) between 3 and 254),
  language     text not null check (language in ('zh-CN', 'en')),
  -- Null: somebody without an account.
  user_id      uuid references people_users,
  confirmed_at timestamptz,
  -- Without an account: who gave it and so had the last letter written. Null: the program itself.
  asked_by     uuid references people_users,
  -- Why no more is sent to it: its server refused it for good.
  refused      text,
  -- The letter that asks was written last.
  asked_at     timestamptz not null,
  created_at   timestamptz not null
);
create index notices_addresses_guest on notices_addresses (lower(email)) where user_id is null;
create index notices_addresses_asker on notices_addresses (asked_by, asked_at) where user_id is null;
create index notices_addresses_user on notices_addresses (user_id, created_at) where user_id is not null;
-- Of the secret of each letter that asks the digest alone: it is made when the letter leaves, and whichever arrives holds.
create table notices_links (
  digest     text primary key check (length(digest) = 64),
  address_id uuid not null references notices_addresses on delete cascade,
  made_at    timestamptz not null
);
alter table notices_preferences add column confirmed_at timestamptz, add column address_id uuid references notices_addresses;
create index notices_preferences_address on notices_preferences (address_id) where address_id is not null;
-- Addresses that took mail until now go on getting it: their owners would miss what they are told without a word.
update notices_preferences set confirmed_at = now() where email is not null and refused is null;

-- Links of confirmation that left by mail, beside the one that the desk makes by hand: digests alone, each of one round of one problem.
create table problems_links (
  digest     text primary key check (length(digest) = 64),
  problem_id uuid not null references problems_problems,
  round      int not null check (round > 0),
  made_at    timestamptz not null
);
create index problems_links_problem on problems_links (problem_id);
-- To which address whoever has no account is asked whether his problem is solved.
create table problems_contacts (
  problem_id uuid primary key references problems_problems,
  address_id uuid not null references notices_addresses,
  -- Who gave it: whoever does the work must not have the question sent to himself. Null: the program itself.
  by_id      uuid references people_users
);
