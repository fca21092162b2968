-- The faster ways of approval, kept lawful: guidance, simulation, tolerance, promise, and the formal documents with their validity. What
-- happened is only ever appended or filled in once; what a state is on a day is worked out by features/approvals/clocks.

-- Advice before an application. Whether the application passed at the first attempt is read from its case, so it is not kept twice.
create table approvals_guidance (
  id          uuid primary key,
  project_id  uuid not null references projects_projects on delete cascade,
  item        text not null check (item ~ '^[A-Z][0-9]{2}$'),
  day         date not null,
  -- What was still missing, and what the examiner would have said.
  missing     text[] not null,
  comments    text check (length(comments) between 1 and 4000),
  given_by    uuid not null,
  given_name  text not null,
  at          timestamptz not null,
  check (cardinality(missing) > 0 or comments is not null)
);
create index approvals_guidance_project on approvals_guidance (project_id, item, day);
create index approvals_guidance_day on approvals_guidance (day desc, id desc);

-- One examination of the real file as if the land were there. The columns below the line are kept from the steps.
create table approvals_simulations (
  id          uuid primary key,
  project_id  uuid not null references projects_projects on delete cascade,
  item        text not null check (item ~ '^[A-Z][0-9]{2}$'),
  -- After an opinion has lapsed, failed or become void the item may be examined anew; nothing is ever renewed.
  round       int not null check (round > 0),
  -- The body that examines, by the department map on the day of application; null: nobody is named there.
  org_id      uuid references people_organisations,
  -- Who signed that the risk is the applicant's, and the number of the planning conditions that make the site certain.
  signed_by   text not null check (length(signed_by) between 1 and 100),
  planning    text not null check (length(planning) between 1 and 200),
  -- The rules of the day of application hold for it to its end.
  valid_months int not null check (valid_months > 0),
  convert_days int not null check (convert_days >= 0),
  --
  status      text not null check (status in ('applied', 'opined', 'converting', 'reviewing', 'formal', 'failed', 'void')),
  number      text,
  expires     date,
  due         date,
  -- Its end by time was told to the project's history.
  lapsed_day  date,
  created_at  timestamptz not null,
  unique (project_id, item, round)
);
create index approvals_simulations_open on approvals_simulations (expires, id) where status in ('opined', 'converting') and lapsed_day is null;
create index approvals_simulations_org on approvals_simulations (org_id, project_id);
-- One number is one opinion.
create unique index approvals_simulations_number on approvals_simulations (number) where number is not null;

create table approvals_simulation_steps (
  simulation_id uuid not null references approvals_simulations on delete cascade,
  seq         int not null check (seq > 0),
  kind        text not null check (kind in ('applied', 'opined', 'settled', 'voided', 'contracted', 'reviewed', 'issued')),
  day         date not null,
  -- What the step carries beside its day: {"number": …, "premises": …, "owed": […]}.
  body        jsonb not null check (jsonb_typeof(body) = 'object'),
  actor_id    uuid not null,
  actor_name  text not null,
  at          timestamptz not null,
  primary key (simulation_id, seq)
);

-- Accepted with secondary materials owed.
create table approvals_tolerances (
  id          uuid primary key,
  project_id  uuid not null references projects_projects on delete cascade,
  item        text not null check (item ~ '^[A-Z][0-9]{2}$'),
  org_id      uuid references people_organisations,
  day         date not null,
  -- A day passed without its material: it was sent back then.
  returned_day date,
  accepted_by uuid not null,
  accepted_name text not null,
  at          timestamptz not null
);
create index approvals_tolerances_project on approvals_tolerances (project_id, item, day);
create index approvals_tolerances_org on approvals_tolerances (org_id, project_id);

create table approvals_tolerance_materials (
  tolerance_id uuid not null references approvals_tolerances on delete cascade,
  material    text not null check (length(material) between 1 and 300),
  due         date not null,
  supplied_day date,
  supplied_name text,
  primary key (tolerance_id, material)
);
create index approvals_tolerance_materials_due on approvals_tolerance_materials (due, tolerance_id) where supplied_day is null;

-- Granted at once on a written promise, checked later.
create table approvals_promises (
  id          uuid primary key,
  project_id  uuid not null references projects_projects on delete cascade,
  item        text not null check (item ~ '^[A-Z][0-9]{2}$'),
  org_id      uuid references people_organisations,
  -- The conditions that were told and promised.
  conditions  text not null check (length(conditions) between 1 and 4000),
  signed_by   text not null check (length(signed_by) between 1 and 100),
  signers     text[] not null check (signers <@ array['legal_representative', 'design_unit']),
  day         date not null,
  number      text not null check (length(number) between 1 and 200),
  check_due   date not null,
  checked_day date,
  kept        boolean,
  finding     text check (length(finding) between 1 and 2000),
  -- The decision that took the permit back, where the promise was false.
  revocation  text check (length(revocation) between 1 and 200),
  checked_name text,
  granted_by  uuid not null,
  granted_name text not null,
  at          timestamptz not null,
  check ((checked_day is null) = (kept is null) and (checked_day is null) = (finding is null)),
  check ((kept is false) = (revocation is not null))
);
create index approvals_promises_project on approvals_promises (project_id, item, day);
create index approvals_promises_org on approvals_promises (org_id, project_id);
create index approvals_promises_unchecked on approvals_promises (check_due, id) where checked_day is null;

-- Formal documents that were made or lengthened here. Those of ordinary cases stand in approvals_cases; one of them has a row only once its
-- validity was extended.
create table approvals_results (
  id          uuid primary key,
  project_id  uuid not null references projects_projects on delete cascade,
  item        text not null check (item ~ '^[A-Z][0-9]{2}$'),
  number      text not null check (length(number) between 1 and 200),
  day         date not null,
  -- The last day on which it holds; null: without end.
  until       date,
  extensions  int not null default 0 check (extensions >= 0),
  source      text not null check (source in ('contract', 'simulation', 'case', 'promise')),
  -- The simulation, case or promise that it comes from.
  origin_id   uuid,
  -- It holds no more: its simulation was void, its case was taken back.
  void        boolean not null default false,
  created_at  timestamptz not null,
  unique (project_id, item, number)
);
create index approvals_results_until on approvals_results (until, id) where until is not null and not void;
create index approvals_results_origin on approvals_results (origin_id) where origin_id is not null;

-- Roles that came with the program get what their new zones get.
update people_roles r set permissions = array(select distinct p from unnest(r.permissions || n.added) p order by p), version = version + 1
from (values
  ('office', array['approvals.guide', 'approvals.simulate', 'approvals.examine']), ('department', array['approvals.guide', 'approvals.examine']),
  ('commissioner', array['approvals.guide', 'approvals.simulate']), ('town', array['approvals.guide', 'approvals.simulate']), ('enterprise', array['approvals.simulate'])
) as n (code, added) where r.code = n.code and r.builtin and not n.added <@ r.permissions;
