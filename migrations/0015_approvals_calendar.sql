-- The working-day calendar as the zone keeps it: each change is an edition that holds the whole of what was entered, and no edition is ever
-- changed. Without one the notices that came with the program hold alone.
create table approvals_calendars (
  id           uuid primary key,
  -- Counts from 1; the highest holds. What is kept of cases and plans names the one by which it was counted; 0: none had been entered.
  number       int not null unique check (number > 0),
  -- {"notices": [...], "local": [...]}, features/approvals/calendar/shape.ts.
  body         json not null,
  kind         text not null check (kind in ('notice_entered', 'notice_withdrawn', 'days_entered', 'days_withdrawn')),
  -- The year of the notice, or the reason of the local days.
  subject      text not null check (length(subject) between 1 and 200),
  reason       text check (length(reason) between 1 and 1000),
  day          date not null,
  created_by   uuid not null,
  created_name text not null,
  created_at   timestamptz not null
);

alter table approvals_cases add column calendar int not null default 0;
alter table approvals_plans add column calendar int not null default 0;
-- What is still counted by an earlier edition: nothing, but for the moments after a change.
create index approvals_cases_calendar on approvals_cases (calendar) where closed_day is null;

-- Roles that came with the program get what their new zones get.
update people_roles r set permissions = array(select distinct p from unnest(r.permissions || n.added) p order by p), version = version + 1
from (values ('admin', array['approvals.keep_calendar']), ('office', array['approvals.keep_calendar'])) as n (code, added)
where r.code = n.code and r.builtin and not n.added <@ r.permissions;
