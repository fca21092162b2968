-- The turn of the clocks writes steps of very many problems at once. How many steps a problem has and when the last was taken stands on its row, where it
-- is read with the lock; it was looked for among the steps, twice for each problem.
alter table problems_problems add column steps int not null default 0, add column last_at timestamptz;
update problems_problems p set steps = s.steps, last_at = s.at from (select problem_id, max(seq) as steps, max(at) as at from problems_steps group by problem_id) as s where s.problem_id = p.id;

-- A step is written with its problem under lock, with an owner that the problem's own row refers to, and neither is ever deleted: a foreign key looks both up
-- again for each row, and takes a lock on the organisation that everybody shares.
alter table problems_steps drop constraint problems_steps_problem_id_fkey, drop constraint problems_steps_owner_org_id_fkey;
