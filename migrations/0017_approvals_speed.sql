-- A new day changes numbers of nearly every open case. Nothing that changes with the day alone is in an index, so that such a change stays within
-- its page (a heap-only tuple), and pages keep room for it.
alter table approvals_cases set (fillfactor = 70);

-- What the pace of departments is counted from: of finished cases that were counted here, and of no others. What counts on is not in it.
alter table approvals_cases
  add column took          int     generated always as (case when decided_day is not null and source = 'own' then used + statutory_over end) stored,
  add column broke_promise boolean generated always as (case when decided_day is not null and source = 'own' then promised_over > 0 end) stored,
  add column broke_law     boolean generated always as (case when decided_day is not null and source = 'own' then statutory_over > 0 end) stored;
create index approvals_cases_pace on approvals_cases (decided_day) include (org_id, item, unit, took, promised_limit, statutory_limit, broke_promise, broke_law, project_id, lead_org_id, id) where took is not null;
-- What lies on the desks now: counted without the cases themselves. Levels change some times in the life of a case.
create index approvals_cases_board on approvals_cases (org_id, item, level, side, source, decided_day) include (unit, project_id, lead_org_id, id) where closed_day is null;

-- Queues go by the day by which something is owed, which stays, and not by the days left, which do not. What owes nothing comes last.
drop index approvals_cases_queue;
drop index approvals_cases_left;
create index approvals_cases_queue on approvals_cases (org_id, coalesce(owed_day, date '9999-12-31'), id) where closed_day is null;
create index approvals_cases_owed on approvals_cases (coalesce(owed_day, date '9999-12-31'), id) where closed_day is null;
create index approvals_cases_queue_decided on approvals_cases (org_id, coalesce(owed_day, date '9999-12-31'), id) where decided_day is not null;
create index approvals_cases_owed_decided on approvals_cases (coalesce(owed_day, date '9999-12-31'), id) where decided_day is not null;
