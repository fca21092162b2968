-- Joint completion acceptance (竣工联合验收): its parts are cases of their own that take every step of the one they are part of. Opinions that
-- were given before a window for rectification stay readable. A case's public line may be withheld, with the kind of secret and its basis; and
-- nothing of a project is public before the zone has said so.
alter table approvals_cases add column part_of uuid references approvals_cases;
alter table approvals_cases add column withheld text check (withheld in ('state_secret', 'business_secret', 'personal'));
alter table approvals_cases add column withheld_basis text check (length(withheld_basis) between 1 and 1000);
update approvals_cases set withheld = 'business_secret', withheld_basis = '-' where not public;
alter table approvals_cases add check (public = (withheld is null) and public = (withheld_basis is null));
create index approvals_cases_part on approvals_cases (part_of) where part_of is not null;

-- [{"view": …, "opinion": …, "day": …, "name": …}], the oldest first.
alter table approvals_case_reviews add column earlier jsonb not null default '[]' check (jsonb_typeof(earlier) = 'array');

-- Projects whose lines everybody may read.
create table approvals_public_projects (
  project_id  uuid primary key references projects_projects on delete cascade,
  shown_by    uuid not null,
  shown_at    timestamptz not null
);
