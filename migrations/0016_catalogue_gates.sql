-- The hard gates that no stage asked for, in zones whose rules of the life cycle are still the ones that came with the program: word for word,
-- or it is the zone's own rule and stays. Zones that stored nothing read the new rules anyway. Tasks of a contractor's schedule get a name by
-- which they are found again in a file of the other program.

update platform_settings set version = version + 1, value =
  jsonb_insert(jsonb_insert(jsonb_set(jsonb_set(value, '{stages,8,conditions,4,kinds}', '["enterprise", "government"]'), '{stages,8,conditions,5,kinds}', '["enterprise", "government"]'),
    '{stages,5,conditions,6}', '{"code": "approvals_land", "name": {"zh": "农用地转用和土地征收已正式批准（占用农用地、林地的）", "en": "Conversion and expropriation of the land approved, where it is farmland or forest"}, "hint": {"zh": "只认正式办结的审批：模拟审批意见、容缺未补、承诺未核查均不算", "en": "Only formal approvals count: none that is simulated, that owes materials or that was promised and not checked"}, "kinds": ["enterprise", "government"], "test": {"type": "external", "feature": "approvals", "question": "land_right", "silent": "met"}, "waivedBy": null}'),
    '{stages,8,conditions,6}', '{"code": "approvals_discharge", "name": {"zh": "排污许可已正式办结（需要排污许可的）", "en": "Discharge permit, where one is needed"}, "hint": {"zh": "只认正式办结的审批：模拟审批意见、容缺未补、承诺未核查均不算", "en": "Only formal approvals count: none that is simulated, that owes materials or that was promised and not checked"}, "kinds": ["enterprise", "government"], "test": {"type": "external", "feature": "approvals", "question": "discharge", "silent": "met"}, "waivedBy": null}')
where name = 'projects.lifecycle' and md5(value::text) = '6a027c4667c828028b04a9401d6e07f2';

-- Its own name and that of what it stands in, where no other task of the version bears both: programs number tasks each in its own way and
-- agree on names alone. New versions get it from features/approvals/schedules/rows.ts. Walked once in the order of the file, because each task
-- stands in the last one above it that is less deep.
alter table approvals_schedule_tasks add column named text;
do $$
declare
  t record;
  at uuid;
  above text[] := '{}';
  own text;
begin
  for t in select schedule_id, place, level, name from approvals_schedule_tasks order by schedule_id, place loop
    if at is distinct from t.schedule_id then
      above := '{}';
      at := t.schedule_id;
    end if;
    own := left(lower(regexp_replace(trim(t.name), '\s+', ' ', 'g')), 120);
    above := above[1:least(t.level, 200)];
    update approvals_schedule_tasks set named = case when own = '' then null else own || chr(31) || coalesce(above[array_length(above, 1)], '') end where schedule_id = t.schedule_id and place = t.place;
    -- Levels that the file leaves out have the name of the one above them.
    while coalesce(array_length(above, 1), 0) < least(t.level, 200) loop
      above := above || coalesce(above[array_length(above, 1)], '');
    end loop;
    above := above || own;
  end loop;
end $$;
update approvals_schedule_tasks t set named = null
from (select schedule_id, named from approvals_schedule_tasks where named is not null group by schedule_id, named having count(*) > 1) n where t.schedule_id = n.schedule_id and t.named = n.named;
create index approvals_schedule_tasks_named on approvals_schedule_tasks (schedule_id, named) where named is not null;
