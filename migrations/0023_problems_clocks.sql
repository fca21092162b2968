-- Clocks of problems: since when its owner has it, what turns by itself in great numbers, what raises problems by rule.
alter table problems_problems add column held_at timestamptz;
update problems_problems set held_at = round_at;

-- What raises by rule raises once: two workers at once break on it.
create unique index problems_problems_once on problems_problems (origin_type, origin_id) where source = 'automatic' and origin_id is not null;
-- Open problems by what counts them: lists of policies, counting anew.
create index problems_problems_policy on problems_problems (policy, policy_version, id) where step is not null;
create index problems_files_update on problems_files (update_id) where update_id is not null;

-- When a problem next does something by itself stands apart: what turns in great numbers then changes no index of the problems themselves.
create table problems_turns (
  problem_id uuid primary key references problems_problems,
  turn_at    timestamptz not null
);
create index problems_turns_at on problems_turns (turn_at, problem_id);
insert into problems_turns (problem_id, turn_at) select id, turn_at from problems_problems where step is not null and turn_at is not null;
alter table problems_problems drop column turn_at;
-- Half a page is left free: when all rows of a page turn at once their new versions find room beside them, and no index is touched.
alter table problems_problems set (fillfactor = 50);
alter table problems_access set (fillfactor = 85);
-- Nothing is ever looked up by it; a step is found by its problem and place.
alter table problems_steps drop constraint problems_steps_id_key;
