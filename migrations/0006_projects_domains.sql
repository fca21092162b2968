-- What a column of the register may hold, said by its type instead of by a constraint of the table: PostgreSQL reads every constraint of a
-- table anew for each statement that changes a row, whatever it changes, but a type's only for a value that is written, once for a connection.
create domain projects_version as int check (value > 0);
create domain projects_name as text check (length(value) between 1 and 500);
create domain projects_kind as text check (value in ('enterprise', 'government', 'purchase'));
create domain projects_level as text check (value in ('provincial', 'municipal', 'county', 'zone'));
create domain projects_year as int check (value between 1990 and 2100);
create domain projects_nature as text check (value in ('new', 'continuing', 'completing', 'preliminary'));
create domain projects_lon as double precision check (value between -180 and 180);
create domain projects_lat as double precision check (value between -90 and 90);
create domain projects_mu as numeric(14, 4) check (value >= 0);
create domain projects_fen as bigint check (value >= 0);
create domain projects_count as int check (value >= 0);
create domain projects_stage as text check (value in ('planned', 'reserved', 'signed', 'performed', 'preliminary', 'started', 'building', 'completed', 'producing', 'effective'));
create domain projects_side as text check (value in ('paused', 'removed', 'terminated'));
create domain projects_light as smallint check (value between 0 and 3);

alter table projects_projects
  drop constraint projects_projects_version_check, drop constraint projects_projects_name_check, drop constraint projects_projects_kind_check,
  drop constraint projects_projects_level_check, drop constraint projects_projects_list_year_check, drop constraint projects_projects_nature_check,
  drop constraint projects_projects_lon_check, drop constraint projects_projects_lat_check, drop constraint projects_projects_land_mu_check,
  drop constraint projects_projects_total_fen_check, drop constraint projects_projects_accumulated_fen_check, drop constraint projects_projects_stage_check,
  drop constraint projects_projects_side_state_check, drop constraint projects_projects_promised_output_fen_check, drop constraint projects_projects_promised_revenue_fen_check,
  drop constraint projects_projects_promised_tax_fen_check, drop constraint projects_projects_promised_jobs_check, drop constraint projects_projects_light_check,
  alter column version type projects_version, alter column name type projects_name, alter column kind type projects_kind,
  alter column level type projects_level, alter column list_year type projects_year, alter column nature type projects_nature,
  alter column lon type projects_lon, alter column lat type projects_lat, alter column land_mu type projects_mu,
  alter column total_fen type projects_fen, alter column accumulated_fen type projects_fen, alter column stage type projects_stage,
  alter column side_state type projects_side, alter column promised_output_fen type projects_fen, alter column promised_revenue_fen type projects_fen,
  alter column promised_tax_fen type projects_fen, alter column promised_jobs type projects_count, alter column light type projects_light;

-- Every change writes its key.
create domain platform_key as text check (length(value) between 1 and 200);
alter table platform_keys drop constraint platform_keys_key_check, alter column key type platform_key;
