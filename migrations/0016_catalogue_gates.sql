-- The hard gates that no stage asked for, in zones whose rules of the life cycle are still the ones that came with the program: word for word,
-- or it is the zone's own rule and stays. Zones that stored nothing read the new rules anyway. Tasks of a contractor's schedule get a name by
-- which they are found again in a file of the other program.

update platform_settings set version = version + 1, value =
  jsonb_insert(jsonb_insert(jsonb_set(jsonb_set(value, '{stages,8,conditions,4,kinds}', '["enterprise", "government"]'), '{stages,8,conditions,5,kinds}', '["enterprise", "government"]'),
    '{stages,5,conditions,6}', '{"code": "approvals_land", "name": {"zh": "农用地转用和土地征收已正式批准（占用农用地、林地的）", "en": "Conversion and expropriation of the land approved, where it is farmland or forest"}, "hint": {"zh": "只认正式办结的审批：模拟审批意见、容缺未补、承诺未核查均不算", "en": "Only formal approvals count: none that is simulated, that owes materials or that was promised and not checked"}, "kinds": ["enterprise", "government"], "test": {"type": "external", "feature": "approvals", "question": "land_right", "silent": "met"}, "waivedBy": null}'),
    '{stages,8,conditions,6}', '{"code": "approvals_discharge", "name": {"zh": "排污许可已正式办结（需要排污许可的）", "en": "Discharge permit, where one is needed"}, "hint": {"zh": "只认正式办结的审批：模拟审批意见、容缺未补、承诺未核查均不算", "en": "Only formal approvals count: none that is simulated, that owes materials or that was promised and not checked"}, "kinds": ["enterprise", "government"], "test": {"type": "external", "feature": "approvals", "question": "discharge", "silent": "met"}, "waivedBy": null}')
where name = 'projects.lifecycle' and md5(value::text) = '6a027c4667c828028b04a9401d6e07f2';

-- Its own name below that of what it stands in, where no other task of the version bears both: programs number tasks each in its own way and
-- agree on names alone. Kept by features/approvals/schedules/store.ts with the same statement.
alter table approvals_schedule_tasks add column named text;
update approvals_schedule_tasks t set named = n.named
from (
  select schedule_id, place, named, count(*) over (partition by schedule_id, named) as alike
  from (
    select o.schedule_id, o.place, lower(regexp_replace(trim(o.name), '\s+', ' ', 'g')) || chr(31) || coalesce((
      select lower(regexp_replace(trim(p.name), '\s+', ' ', 'g')) from approvals_schedule_tasks p where p.schedule_id = o.schedule_id and p.place < o.place and p.level < o.level order by p.place desc limit 1), '') as named
    from approvals_schedule_tasks o where trim(o.name) <> ''
  ) every
) n where n.alike = 1 and t.schedule_id = n.schedule_id and t.place = n.place;
create index approvals_schedule_tasks_named on approvals_schedule_tasks (schedule_id, named) where named is not null;
