-- What the Enterprise Service needs beside what it has: organisations found by two characters, offers of duty, addresses that their owners have confirmed,
-- links of confirmation that go by mail.

-- Organisations are found as projects are: by single characters, pairs of neighbours and beginnings of their names, initials and code (kernel/grams.ts).
alter table people_organisations add column grams bigint[] not null default '{}';
update people_organisations o set grams = found.grams from (
  select id, array_agg(distinct gram) as grams from (
    select t.id, t.named, c.i, ascii(substr(t.text, c.i, 1))::bigint as one, nullif(ascii(substr(t.text, c.i + 1, 1)), 0)::bigint as two
    from (
      select o.id, v.named, lower(translate(regexp_replace(normalize(v.text, nfkc), '\s', '', 'g'), '【〔［】〕］', '((()))')) as text
      from people_organisations o cross join lateral (values (true, o.name), (true, o.short_name), (true, o.name_en), (false, o.pinyin), (false, o.code)) as v (named, text) where v.text <> '') as t
    cross join lateral generate_series(1, length(t.text)) as c (i)) as pairs
  cross join lateral (values (case when named then one end), (one * 2097152 + two), (case when i = 1 then 4398046511104 + one * 2097152 + two end)) as g (gram)
  where gram is not null group by id) as found where found.id = o.id;
-- Organisations seldom change: what is written goes into the index at once, and no search reads a list of what is still to be put there.
create index people_organisations_grams on people_organisations using gin (grams) with (fastupdate = off);
-- What a picker shows before anything is typed.
create index people_organisations_picked on people_organisations (kind, sort, name, id) where active;

-- A duty that its holder would give to somebody else, until that one has said yes or no, or the desk decides.
alter table service_duties
  add column offered_to     uuid references people_users,
  add column offered_reason text check (length(offered_reason) between 1 and 500),
  add check ((offered_to is null) = (offered_reason is null)),
  add check (offered_to <> user_id);
create index service_duties_user on service_duties (user_id, day, id);
create index service_duties_offered on service_duties (offered_to, day, id) where offered_to is not null;
