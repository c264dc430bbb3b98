-- Figures of cases in full: whether it was accepted in time, each grade of satisfaction, acts that were taken back left out; and
-- sums that are read through one door, where the reader's areas are looked at once for an area and not once for each row.

alter table case_rollups
  add column accepted_in_time integer not null default 0,
  add column rated_fully integer not null default 0,
  add column rated_mostly integer not null default 0,
  add column rated_fair integer not null default 0,
  add column rated_dissatisfied integer not null default 0;

alter table case_figure_checks add column shape integer not null default 1;
comment on column case_figure_checks.shape is 'Which figures there were when it was counted, see figureShape in modules/cases: sums of an older shape lack some and are not read.';

-- What stands now is read from the index alone.
drop index case_rollups_standing;
create index case_rollups_standing on case_rollups (street_id, area_path, split, key, day) include (running, long_term)
  where running <> 0 or long_term <> 0;

create index case_entries_undone on case_entries (street_id, case_id) where act = 'undo';
comment on index case_entries_undone is 'Few, and asked for each act that can be taken back.';

create policy read_in_street on case_rollups for select to linli_reader
  using (street_id = nullif(current_setting('app.street', true), '')::int);
create policy read_in_street on case_times for select to linli_reader
  using (street_id = nullif(current_setting('app.street', true), '')::int);
grant select on case_rollups, case_times to linli_reader;
-- Under any condition of row security the index of character pairs could not be used: its operator is not leakproof. The role can
-- do nothing but what its functions do, and each of them asks for the street and the areas itself.
alter policy search_in_street on case_search using (true);
create index case_search_newest on case_search (street_id, created_at desc);

grant create on schema public to linli_reader, linli_search;
set local role linli_reader;

create or replace function case_acts(p_acts text[], p_from timestamptz, p_to timestamptz)
returns table (case_id uuid, act text, at timestamptz, post_id uuid, to_state text, about text)
language sql stable security definer set search_path = public, pg_temp as $$
  -- Joined to the case under the caller's own scope, like entries_of_case.
  select e.case_id, e.act, e.at, e.post_id, e.to_state, e.detail ->> 'of'
  from case_entries e join cases c on c.street_id = e.street_id and c.id = e.case_id
  where e.street_id = nullif(current_setting('app.street', true), '')::int
    and c.street_id = nullif(current_setting('app.street', true), '')::int
    and e.act = any (p_acts) and e.at between p_from and p_to
    and not exists (select from case_entries u
      where u.street_id = e.street_id and u.case_id = e.case_id and u.act = 'undo' and (u.at, u.id) > (e.at, e.id)
        and e.act = any (string_to_array(u.detail ->> 'acts', ','))
        and not exists (select from case_entries o where o.street_id = e.street_id and o.case_id = e.case_id and o.act = e.act
          and (o.at, o.id) > (e.at, e.id) and (o.at, o.id) < (u.at, u.id)))
$$;
comment on function case_acts is 'Which of these acts were done on cases of the caller between two instants and not taken back; no words. `about` is what an approval was of.';

create or replace function acts_of_cases(p_cases uuid[], p_acts text[])
returns table (case_id uuid, id uuid, at timestamptz, act text, post_id uuid, to_state text, about text)
language sql stable security definer set search_path = public, pg_temp rows 10000 as $$
  -- Joined to the case under the caller's own scope, like case_acts.
  select e.case_id, e.id, e.at, e.act, e.post_id, e.to_state, e.detail ->> 'of'
  from cases c join case_entries e on e.street_id = c.street_id and e.case_id = c.id
  where c.street_id = nullif(current_setting('app.street', true), '')::int
    and e.street_id = nullif(current_setting('app.street', true), '')::int
    and c.id = any (p_cases) and e.case_id = any (p_cases) and e.act = any (p_acts)
    and not exists (select from case_entries u
      where u.street_id = e.street_id and u.case_id = e.case_id and u.act = 'undo' and (u.at, u.id) > (e.at, e.id)
        and e.act = any (string_to_array(u.detail ->> 'acts', ','))
        and not exists (select from case_entries o where o.street_id = e.street_id and o.case_id = e.case_id and o.act = e.act
          and (o.at, o.id) > (e.at, e.id) and (o.at, o.id) < (u.at, u.id)))
$$;
comment on function acts_of_cases is 'Which of these acts were ever done on these cases and not taken back, as far as the caller sees them; no words.';

create function rollups_within(p_paths text[], p_split text, p_keys uuid[], p_from date, p_to date) returns setof case_rollups
language plpgsql stable security definer set search_path = public, pg_temp rows 2500 as $$
declare
  v_street constant integer := nullif(current_setting('app.street', true), '')::int;
  v_areas constant ltree[] := nullif(current_setting('app.areas', true), '')::ltree[];
  v_paths text[];
begin
  v_paths := array(select p from unnest(p_paths) p where p::ltree <@ any (v_areas));
  if p_keys is null then
    return query select r.* from case_rollups r where r.street_id = v_street and r.day between p_from and p_to
      and r.split = p_split and r.area_path = any (v_paths);
  else
    return query select r.* from unnest(v_paths) p(path) cross join unnest(p_keys) k(key) cross join lateral (
      select * from case_rollups r where r.street_id = v_street and r.area_path = p.path and r.split = p_split and r.key = k.key
        and r.day between p_from and p_to offset 0) r;
  end if;
end $$;
comment on function rollups_within is 'Sums of days for these areas, as far as they lie in the caller''s, and these organisations or matters; all of them when null. The areas are compared once each: under row security it would be once for every row.';

create function standing_within(p_paths text[], p_split text, p_keys uuid[])
returns table (area_path text, key uuid, day date, running integer, long_term integer)
language plpgsql stable security definer set search_path = public, pg_temp rows 2500 as $$
declare
  v_street constant integer := nullif(current_setting('app.street', true), '')::int;
  v_areas constant ltree[] := nullif(current_setting('app.areas', true), '')::ltree[];
begin
  return query select r.area_path, r.key, r.day, r.running, r.long_term
    from unnest(p_paths) p(path) cross join lateral (
      select r.area_path, r.key, r.day, r.running, r.long_term from case_rollups r
      where r.street_id = v_street and r.area_path = p.path and r.split = p_split and (p_keys is null or r.key = any (p_keys))
        and (r.running <> 0 or r.long_term <> 0) offset 0) r
    where p.path::ltree <@ any (v_areas);
end $$;
comment on function standing_within is 'What stands now, by the day it is kept under, for these areas as far as they lie in the caller''s.';

create function times_within(p_areas uuid[], p_from date, p_to date) returns setof case_times
language plpgsql stable security definer set search_path = public, pg_temp rows 5000 as $$
declare
  v_street constant integer := nullif(current_setting('app.street', true), '')::int;
  v_scope constant ltree[] := nullif(current_setting('app.areas', true), '')::ltree[];
begin
  return query select t.* from case_times t where t.street_id = v_street and t.day between p_from and p_to
    and t.area_id = any (array(select a.id from areas a where a.street_id = v_street and a.id = any (p_areas) and a.path <@ any (v_scope)));
end $$;
comment on function times_within is 'How long cases put down in these areas took, as far as the areas lie in the caller''s.';

revoke execute on function rollups_within, standing_within, times_within from public;
grant execute on function rollups_within, standing_within, times_within to linli_app;

reset role;
set local role linli_search;

create or replace function search_cases(p_terms text[], p_before timestamptz, p_limit integer) returns table (case_id uuid)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_street constant integer := nullif(current_setting('app.street', true), '')::int;
  v_areas constant ltree[] := nullif(current_setting('app.areas', true), '')::ltree[];
  v_organisations constant uuid[] := nullif(current_setting('app.organisations', true), '')::uuid[];
  v_actor constant uuid := nullif(current_setting('app.actor', true), '')::uuid;
  -- What is reached otherwise than through an area; whoever has neither is spared the question.
  v_own constant boolean := coalesce(cardinality(v_organisations), 0) > 0
    or exists (select from cases c where c.street_id = v_street and c.holder_account_id = v_actor);
begin
  -- Planned anew for the words asked: rare ones are found by their pairs, frequent ones among the newest. As a CASE, the areas
  -- count as half of the rows, and the planner does not take a street's own for hardly any.
  return query execute 'select found.case_id from (
    (select s.case_id, s.created_at from case_search s
      where s.street_id = $1 and s.terms @> $2 and s.created_at <= $3 and case when s.area <@ any ($4) then true else false end
      order by s.created_at desc limit $5)' || case when v_own then '
    union
    (select s.case_id, s.created_at from cases c join case_search s on s.street_id = c.street_id and s.case_id = c.id
      where c.street_id = $1 and s.street_id = $1 and (c.organisation_id = any ($6) or c.shared_organisations && $6 or c.holder_account_id = $7)
        and s.terms @> $2 and s.created_at <= $3
      order by s.created_at desc limit $5)' else '' end || ') found order by found.created_at desc limit $5'
    using v_street, p_terms, p_before, v_areas, p_limit, v_organisations, v_actor;
end $$;

reset role;
revoke create on schema public from linli_reader, linli_search;
