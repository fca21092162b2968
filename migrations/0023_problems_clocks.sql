-- Clocks of problems: since when its owner has it, what turns by itself in great numbers, what raises problems by rule.
alter table problems_problems add column held_at timestamptz;
update problems_problems set held_at = round_at;
