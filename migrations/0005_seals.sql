-- The seal of the event log: each event's link in a chain of hashes, written by one sealer in the order of `seq`, a moment after the event.
-- Apart from the events, so that these are written once and never again.
create table platform_seals (
  seq  bigint primary key references platform_events,
  hash bytea not null check (length(hash) = 32),
  at   timestamptz not null default now()
);

-- Who may see the chain and its head. Zones that exist already get it for the roles that came with the program.
update people_roles set permissions = permissions || 'people.audit'::text, version = version + 1
where builtin and code in ('admin', 'auditor') and not 'people.audit' = any(permissions);
