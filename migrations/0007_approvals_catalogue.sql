-- The approval catalogue of a zone: layers (the base and the overlays of a region), each with versions that hold from a day. A layer that
-- nobody has changed has no row: it is as it came with the program. Bodies are never changed; a version may only be taken back.
create table approvals_layers (
  code    text primary key check (code ~ '^[a-z][a-z0-9_-]{1,39}$'),
  kind    text not null check (kind in ('base', 'overlay')),
  version int not null default 1 check (version > 0),
  -- Overlays are laid in this order, each over the ones before; the base lies under all.
  sort    int not null,
  -- On which days it is laid: [{"from": "2021-01-01", "until": null}], until included. The base is laid always.
  periods jsonb not null default '[]' check (jsonb_typeof(periods) = 'array')
);
create unique index approvals_layers_one_base on approvals_layers (kind) where kind = 'base';

create table approvals_layer_versions (
  id           uuid primary key,
  layer        text not null references approvals_layers,
  number       int not null check (number > 0),
  from_day     date not null,
  -- As text, in the order in which it was written: versions are compared with each other, and nothing is looked for within.
  body         json not null,
  note         text check (length(note) <= 1000),
  source       text not null check (source in ('shipped', 'edited', 'imported')),
  created_by   uuid,
  created_at   timestamptz not null,
  -- Taken back before its day came, or replaced by another version from the same day.
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  withdrawn_reason text check (length(withdrawn_reason) <= 1000),
  replaced_by  int check (replaced_by > number),
  unique (layer, number),
  check (withdrawn_at is not null or replaced_by is null)
);
-- From one day only one version of a layer can hold.
create unique index approvals_layer_versions_day on approvals_layer_versions (layer, from_day) where withdrawn_at is null;

-- The catalogue is read by everyone who has to do with projects. Zones that exist already get it for the roles that came with the program.
update people_roles set permissions = permissions || 'approvals.read'::text, version = version + 1
where builtin and not 'approvals.read' = any(permissions);
update people_roles set permissions = permissions || 'approvals.change_catalogue'::text, version = version + 1
where builtin and code in ('admin', 'office') and not 'approvals.change_catalogue' = any(permissions);
