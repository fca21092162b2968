-- What an applicant attaches to an application: a name and a file each. Only ever appended; a newer file of a name stands beside the older one.
create table approvals_case_materials (
  case_id     uuid not null references approvals_cases on delete cascade,
  seq         int not null check (seq between 1 and 300),
  name        text not null check (length(name) between 1 and 300),
  -- Whether the catalogue lists it as a main material; null: it does not list it.
  main        boolean,
  sha         text not null references platform_files,
  day         date not null,
  added_by    uuid not null,
  added_name  text not null,
  at          timestamptz not null,
  primary key (case_id, seq)
);
create index approvals_case_materials_sha on approvals_case_materials (sha);

-- The body whose person gave a guidance: it sees its own, whoever may know the project. Of older ones the body that the person has now.
alter table approvals_guidance add column org_id uuid references people_organisations;
update approvals_guidance g set org_id = u.org_id from people_users u where u.id = g.given_by;
create index approvals_guidance_org on approvals_guidance (org_id, day desc, id desc) where org_id is not null;
