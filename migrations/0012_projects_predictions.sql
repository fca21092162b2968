-- What another feature expects of a project, so that the warnings can show it: when works will begin, and which of its approvals wait. Filled by
-- approvals (features/projects/foreseen.ts is the way in), read with the other facts of a project.
create table projects_predictions (
  project_id  uuid primary key references projects_projects on delete cascade,
  begin_day   date not null,
  -- The day that was agreed, for a project without a planned start in the register.
  agreed_day  date,
  -- What decides: {"item": "L06", "itemZh": …, "itemEn": …, "department": …, "whose": "department"}.
  numbers     jsonb not null check (jsonb_typeof(numbers) = 'object')
);

-- One row for each approval in hand that has a day by which it is due, or on which it came to a stop. Whether that day is past is asked when lights are made.
create table projects_pending (
  subject       uuid primary key,
  project_id    uuid not null references projects_projects on delete cascade,
  promised_day  date,
  statutory_day date,
  stopped_day   date,
  numbers       jsonb not null check (jsonb_typeof(numbers) = 'object'),
  check (num_nonnulls(promised_day, statutory_day, stopped_day) > 0)
);
create index projects_pending_project on projects_pending (project_id);

alter table projects_lights drop constraint projects_lights_object_check;
alter table projects_lights add constraint projects_lights_object_check
  check (object in ('start', 'completion', 'investment', 'milestone', 'statistics', 'report', 'prediction', 'approval'));

-- A zone that has forecasts and cases already: its next turn of the job makes the forecasts anew, its next turn of the day tells the cases.
update approvals_plans set computed_on = null where computed_on is not null;
delete from platform_settings where name = 'projects.kept_for';
