-- The turn of the clocks writes steps of very many problems at once. How many steps a problem has and when the last was taken stands on its row, where it
-- is read with the lock; it was looked for among the steps, twice for each problem.
alter table problems_problems add column steps int not null default 0, add column last_at timestamptz;
update problems_problems p set steps = s.steps, last_at = s.at from (select problem_id, max(seq) as steps, max(at) as at from problems_steps group by problem_id) as s where s.problem_id = p.id;

-- A step is written with its problem under lock, with an owner that the problem's own row refers to, and neither is ever deleted: a foreign key looks both up
-- again for each row, and takes a lock on the organisation that everybody shares.
alter table problems_steps drop constraint problems_steps_problem_id_fkey, drop constraint problems_steps_owner_org_id_fkey;

-- What a column of a problem may hold is said by its type (docs/decisions/0016-domains.md): every step of a problem changes its row, and PostgreSQL read all
-- constraints of the table anew for each of these statements.
create domain problems_version as int check (value > 0);
create domain problems_count as int check (value >= 0);
create domain problems_tier as smallint check (value between 1 and 5);
create domain problems_number as text check (value ~ '^[0-9]{4}-[0-9]{4,7}$');
create domain problems_title as text check (length(value) between 1 and 200);
create domain problems_ask as text check (length(value) <= 4000);
create domain problems_source as text check (value in ('commissioner', 'service', 'visit', 'meeting', 'instruction', 'automatic'));
create domain problems_channel as text check (value in ('phone', 'web', 'mobile', 'counter', 'api'));
create domain problems_origin as text check (length(value) <= 60);
create domain problems_code as text check (length(value) between 1 and 40);
create domain problems_severity as text check (value in ('ordinary', 'urgent', 'complex'));
create domain problems_name as text check (length(value) between 1 and 120);
create domain problems_contact as text check (length(value) <= 60);
create domain problems_short as text check (length(value) <= 40);
create domain problems_state as text check (value in ('received', 'accepted', 'assigned', 'handling', 'submitted', 'ruling', 'solved', 'closed', 'withdrawn', 'declined', 'merged'));
create domain problems_step as text check (value in ('sign', 'forward', 'reply', 'solve', 'confirm'));
create domain problems_measure as text check (length(value) <= 2000);
create domain problems_criterion as text check (length(value) <= 1000);
create domain problems_pause_kind as text check (value in ('enterprise', 'upper_level'));
create domain problems_satisfaction as text check (value in ('satisfied', 'basically', 'dissatisfied', 'no_answer'));
create domain problems_side as text check (value in ('commissioner', 'enterprise', 'callback'));

alter table problems_problems
  drop constraint problems_problems_version_check, drop constraint problems_problems_number_check, drop constraint problems_problems_title_check, drop constraint problems_problems_ask_check,
  drop constraint problems_problems_source_check, drop constraint problems_problems_channel_check, drop constraint problems_problems_origin_type_check, drop constraint problems_problems_kind_check,
  drop constraint problems_problems_severity_check, drop constraint problems_problems_raised_name_check, drop constraint problems_problems_contact_name_check, drop constraint problems_problems_contact_phone_check,
  drop constraint problems_problems_action_code_check, drop constraint problems_problems_state_check, drop constraint problems_problems_step_check, drop constraint problems_problems_tier_check,
  drop constraint problems_problems_round_check, drop constraint problems_problems_measure_check, drop constraint problems_problems_criterion_check, drop constraint problems_problems_policy_check,
  drop constraint problems_problems_policy_version_check, drop constraint problems_problems_pause_kind_check, drop constraint problems_problems_paused_minutes_check, drop constraint problems_problems_used_minutes_check,
  drop constraint problems_problems_handbacks_check, drop constraint problems_problems_reopened_check, drop constraint problems_problems_redone_check, drop constraint problems_problems_overdues_check,
  drop constraint problems_problems_satisfaction_check, drop constraint problems_problems_confirmed_by_check, drop constraint problems_problems_settled_tier_check,
  alter column version type problems_version, alter column number type problems_number, alter column title type problems_title, alter column ask type problems_ask, alter column source type problems_source,
  alter column channel type problems_channel, alter column origin_type type problems_origin, alter column kind type problems_code, alter column severity type problems_severity, alter column raised_name type problems_name,
  alter column contact_name type problems_contact, alter column contact_phone type problems_short, alter column action_code type problems_short, alter column state type problems_state, alter column step type problems_step,
  alter column tier type problems_tier, alter column round type problems_version, alter column measure type problems_measure, alter column criterion type problems_criterion, alter column policy type problems_code,
  alter column policy_version type problems_version, alter column pause_kind type problems_pause_kind, alter column paused_minutes type problems_count, alter column used_minutes type problems_count,
  alter column handbacks type problems_count, alter column reopened type problems_count, alter column redone type problems_count, alter column overdues type problems_count, alter column steps type problems_count,
  alter column satisfaction type problems_satisfaction, alter column confirmed_by type problems_side, alter column settled_tier type problems_tier;
