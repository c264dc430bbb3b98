-- Words are looked for among the newest cases and then in the newest months of the street (decision 0058): an index over all streets
-- and years gave each case that ever held the word, to keep the newest of them.
create index case_search_keyed on case_search using gin ((terms || array[
  '@' || street_id::text || '/' || extract(year from (created_at at time zone 'UTC'))::text,
  '@' || street_id::text || '/' || extract(year from (created_at at time zone 'UTC'))::text || '-' || extract(month from (created_at at time zone 'UTC'))::text]));
drop index case_search_terms;
-- Of an expression nothing is known before.
analyze case_search;

grant create on schema public to linli_search;
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
  v_first constant timestamptz := (select s.created_at from case_search s where s.street_id = v_street order by s.created_at limit 1);
  -- Frequent words fill a page from so many of the newest cases.
  v_newest constant integer := least(20 * p_limit, 1200);
  v_edge constant timestamptz := coalesce((select s.created_at from case_search s where s.street_id = v_street and s.created_at <= p_before
    order by s.created_at desc offset v_newest - 1 limit 1), '-infinity');
  -- Up to here is still to be looked at; each span ends where the one before began. Instants are whole microseconds.
  v_to timestamptz := v_edge - interval '1 microsecond';
  v_from timestamptz;
  v_key text;
  v_spans integer := 0;
  v_ids uuid[] := '{}';
  v_times timestamptz[] := '{}';
  v_more_ids uuid[];
  v_more_times timestamptz[];
begin
  select coalesce(array_agg(f.case_id), '{}'), coalesce(array_agg(f.created_at), '{}') into v_ids, v_times from (
    select n.case_id, n.created_at from (
      select s.case_id, s.created_at, s.area, s.terms from case_search s
      where s.street_id = v_street and s.created_at >= v_edge and s.created_at <= p_before
      order by s.created_at desc offset 0) n
    where n.terms @> p_terms and n.area <@ any (v_areas)
    order by n.created_at desc limit p_limit) f;
  -- Then two months by themselves and whole years, by the pairs together with the key of the span. Without a limit of its own the
  -- look at a span is made by its pairs: the planner takes rare words for frequent ones and would walk through the year.
  while v_to >= v_first and cardinality(v_ids) < p_limit loop
    v_from := date_trunc(case when v_spans < 2 then 'month' else 'year' end, v_to, 'UTC');
    v_key := '@' || v_street || '/' || extract(year from v_to at time zone 'UTC')
      || case when v_spans < 2 then '-' || extract(month from v_to at time zone 'UTC') else '' end;
    execute 'with hits as materialized (select s.case_id, s.created_at from case_search s
        where s.street_id = $1 and (s.terms || array[
            ''@'' || s.street_id::text || ''/'' || extract(year from (s.created_at at time zone ''UTC''))::text,
            ''@'' || s.street_id::text || ''/'' || extract(year from (s.created_at at time zone ''UTC''))::text || ''-'' || extract(month from (s.created_at at time zone ''UTC''))::text
          ]) @> $2
          and s.created_at >= $3 and s.created_at <= $4 and case when s.area <@ any ($5) then true else false end)
      select coalesce(array_agg(f.case_id), ''{}''), coalesce(array_agg(f.created_at), ''{}'')
      from (select h.case_id, h.created_at from hits h order by h.created_at desc limit $6) f'
      into v_more_ids, v_more_times
      using v_street, p_terms || v_key, v_from, v_to, v_areas, p_limit - cardinality(v_ids);
    v_ids := v_ids || v_more_ids;
    v_times := v_times || v_more_times;
    v_to := v_from - interval '1 microsecond';
    v_spans := v_spans + 1;
  end loop;
  if not v_own then
    return query select f.id from unnest(v_ids, v_times) f(id, at) order by f.at desc;
    return;
  end if;
  return query select found.id from (
    select f.id, f.at from unnest(v_ids, v_times) f(id, at)
    union
    (select s.case_id, s.created_at from cases c join case_search s on s.street_id = c.street_id and s.case_id = c.id
      where c.street_id = v_street and s.street_id = v_street
        and (c.organisation_id = any (v_organisations) or c.shared_organisations && v_organisations or c.holder_account_id = v_actor)
        and s.terms @> p_terms and s.created_at <= p_before
      order by s.created_at desc limit p_limit)) found(id, at) order by found.at desc limit p_limit;
end $$;

reset role;
revoke create on schema public from linli_search;
