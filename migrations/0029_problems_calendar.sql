-- By which edition of the working-day calendar a problem is counted: after a change of the calendar what an earlier one counted is found and counted anew.
alter table problems_problems add column calendar int not null default 0 check (calendar >= 0);
-- Updates that nobody has judged yet, for whoever approves them.
create index problems_updates_waiting on problems_updates (problem_id) where verdict is null;
