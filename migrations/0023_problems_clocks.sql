-- Clocks of problems: since when its owner has it, what turns by itself in great numbers, what raises problems by rule.
alter table problems_problems add column held_at timestamptz;
update problems_problems set held_at = round_at;

-- What raises by rule raises once: two workers at once break on it.
create unique index problems_problems_once on problems_problems (origin_type, origin_id) where source = 'automatic' and origin_id is not null;
-- Open problems by what counts them: lists of policies, counting anew.
create index problems_problems_policy on problems_problems (policy, policy_version, id) where step is not null;
create index problems_files_update on problems_files (update_id) where update_id is not null;
