-- By which edition of the working-day calendar a problem is counted: after a change of the calendar what an earlier one counted is found and counted anew. 0 is the calendar that
-- came with the program; -1: by no edition as it is counted now.
create domain problems_edition as int check (value >= -1);
alter table problems_problems add column calendar problems_edition not null default 0;
-- Updates that nobody has judged yet, for whoever approves them.
create index problems_updates_waiting on problems_updates (problem_id) where verdict is null;

-- What was waiting had no limit; now a limit that had run out before the pause stands, and an agreed day passes whatever is waited for. The program counts these once.
update problems_problems set calendar = -1 where step is not null and paused_at is not null;
insert into platform_settings (name, value) select 'problems.counted_by', '-1' where exists (select 1 from problems_problems where calendar = -1);
