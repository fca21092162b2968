-- What a change of a project has to write, made less. A record is changed in place (HOT) when none of its indexed columns changes:
-- the order of the last changes moves to a narrow table of its own.
create table projects_recent (
  project_id uuid primary key references projects_projects on delete cascade,
  at         timestamptz not null,
  seq        int not null
);
insert into projects_recent (project_id, at, seq) select id, updated_at, seq from projects_projects;
create index projects_recent_at on projects_recent (at, seq);
drop index projects_projects_updated;
-- Room on each page for the next version of a row. Every index below is one that no statement needs: a town's projects are read under its own key.
alter table projects_projects set (fillfactor = 85);
drop index projects_projects_town;
drop index projects_access_town;

-- One row for all cells of a reader key that a change moves by the same amounts.
alter table projects_total_changes add column dimensions text[], add column cell_values text[];
update projects_total_changes set dimensions = array[dimension], cell_values = array[value];
alter table projects_total_changes alter column dimensions set not null, alter column cell_values set not null, drop column dimension, drop column value,
  add check (cardinality(dimensions) = cardinality(cell_values));

-- The truth of the totals, cell by cell: what was folded plus what has changed since. Sum it by key, dimension and value.
create view projects_cells as
  select key, dimension, value, projects, total_fen, plan_fen, done_fen, stat_fen from projects_totals
  union all
  select c.key, d.dimension, d.value, c.projects, c.total_fen, c.plan_fen, c.done_fen, c.stat_fen
  from projects_total_changes c cross join lateral unnest(c.dimensions, c.cell_values) as d (dimension, value);

-- Characters and pairs as numbers (grams.ts says how): exact, and a third of the work and of the room of an index of texts.
alter table projects_projects add column pairs bigint[] not null default '{}';
update projects_projects p set pairs = (
  select coalesce(array_agg(distinct case length(g)
      when 1 then ascii(g)::bigint
      when 2 then ascii(g)::bigint * 2097152 + ascii(substr(g, 2))
      else 4398046511104 + ascii(substr(g, 2))::bigint * 2097152 + ascii(substr(g, 3)) end), '{}')
  from unnest(p.grams) as g);
drop index projects_projects_grams;
alter table projects_projects drop column grams;
alter table projects_projects rename column pairs to grams;
create index projects_projects_grams on projects_projects using gin (grams);
