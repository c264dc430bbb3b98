-- Orders from above 上级工单, and what the loop of cases left open.

-- Extensions -------------------------------------------------------------------------------------------------

alter table cases add column extended_from timestamptz;
comment on column cases.extended_from is 'The deadline before it was first put off; what may still be put off is counted from here.';

-- Orders from above ------------------------------------------------------------------------------------------

create table upstream_sources (
  street_id integer not null references streets,
  id uuid not null,
  code text not null,
  name text not null,
  name_en text not null,
  kind text not null,
  mapping jsonb not null default '{}',
  inside_amount integer not null check (inside_amount between 0 and 3650),
  inside_unit text not null check (inside_unit in ('hours', 'working-days')),
  reply_template text not null,
  rating_scale text[] not null,
  contact text,
  active boolean not null default true,
  version integer not null default 1,
  changed_at timestamptz not null,
  changed_by uuid not null,
  primary key (street_id, id),
  unique (street_id, code)
);
comment on table upstream_sources is 'Who sends orders from above 上级来源: hotline, district centre, petitions. Its words, times and answers are data.';
comment on column upstream_sources.mapping is 'Its classification to a code of our catalogue: {"城市管理-市容环境": "LX01005"}.';
comment on column upstream_sources.inside_amount is 'How long before its deadline our own one ends 内部时限.';
comment on column upstream_sources.reply_template is 'The text to paste back 回填, with {answer}, {outcome}, {number} and the like.';
comment on column upstream_sources.contact is 'Where to ask when an order is unclear; an office, not a person.';
alter table upstream_sources enable row level security;
alter table upstream_sources force row level security;
create policy own_street on upstream_sources to linli_app, linli_worker
  using (street_id = nullif(current_setting('app.street', true), '')::int);
grant select, insert, update on upstream_sources to linli_app;
grant select on upstream_sources to linli_worker;

alter table cases add column outside_due_at timestamptz;
alter table cases add column outside_class text;
alter table cases add column outside_rating jsonb;
alter table cases add column order_return jsonb;
alter table cases add column order_replied_at timestamptz;
alter table cases add column import_batch uuid;
alter table cases add column withdrawn_at timestamptz;
comment on column cases.outside_due_at is 'The deadline of whoever sent the order; due_at is our own, earlier one.';
comment on column cases.outside_class is 'Its class in the words of whoever sent it.';
comment on column cases.outside_rating is 'How the resident rated it there; then nobody asks again here.';
comment on column cases.order_return is 'Asked to send it back 申请退单, and what came of it.';
comment on column cases.order_replied_at is 'When its answer was last pasted back 回填; each time stands in the entries.';
comment on column cases.withdrawn_at is 'Its import was undone: the row stays, and no list, figure or act reaches it.';

-- An order that was imported by mistake may be imported again.
drop index cases_by_outside_number;
create unique index cases_by_outside_number on cases (street_id, outside_source, outside_number)
  where outside_number is not null and withdrawn_at is null;
create index cases_by_import on cases (street_id, import_batch) where import_batch is not null;
create index cases_by_outside_number_alone on cases (street_id, outside_number) where outside_number is not null;

alter policy within_scope on cases using (
  street_id = nullif(current_setting('app.street', true), '')::int
  and withdrawn_at is null
  and (area <@ any (nullif(current_setting('app.areas', true), '')::ltree[])
    or organisation_id = any (nullif(current_setting('app.organisations', true), '')::uuid[])
    or shared_organisations && nullif(current_setting('app.organisations', true), '')::uuid[]
    or holder_account_id = nullif(current_setting('app.actor', true), '')::uuid
    or reporter_id = nullif(current_setting('app.actor', true), '')::uuid));

-- A sheet of orders is put in by a job, as the system.
create policy file_orders on cases for insert to linli_worker with check (
  street_id = nullif(current_setting('app.street', true), '')::int
  and nullif(current_setting('app.actor', true), '')::uuid = '00000000-0000-7000-8000-000000000000');
grant insert on cases to linli_worker;
create policy add_orders on case_search for insert to linli_worker
  with check (street_id = nullif(current_setting('app.street', true), '')::int);
grant insert on case_search to linli_worker;
grant insert on case_reporters to linli_worker;
create policy number_orders on case_number_counters to linli_worker
  using (street_id = nullif(current_setting('app.street', true), '')::int);
grant select, insert, update on case_number_counters to linli_worker;
create policy attach_to_orders on case_files for insert to linli_worker
  with check (street_id = nullif(current_setting('app.street', true), '')::int);
grant insert on case_files to linli_worker;

-- Search also finds what somebody reaches through an organisation -----------------------------------------------

create policy find_own on cases for select to linli_search using (
  street_id = nullif(current_setting('app.street', true), '')::int
  and (area <@ any (nullif(current_setting('app.areas', true), '')::ltree[])
    or organisation_id = any (nullif(current_setting('app.organisations', true), '')::uuid[])
    or shared_organisations && nullif(current_setting('app.organisations', true), '')::uuid[]
    or holder_account_id = nullif(current_setting('app.actor', true), '')::uuid));
create policy withdraw on cases for update to linli_search
  using (street_id = nullif(current_setting('app.street', true), '')::int);
grant select, update (withdrawn_at, version) on cases to linli_search;
create policy forget_withdrawn on case_reporters for update to linli_search
  using (street_id = nullif(current_setting('app.street', true), '')::int);
create policy find_withdrawn on case_reporters for select to linli_search
  using (street_id = nullif(current_setting('app.street', true), '')::int);
-- Its functions give out none of it; what is sealed stays sealed for them.
grant select, update (name_encrypted, phone_encrypted, address_encrypted, phone_index, phone_tail_index, erased_at)
  on case_reporters to linli_search;

grant create on schema public to linli_reader, linli_search;

set local role linli_search;

create or replace function search_cases(p_terms text[], p_before timestamptz, p_limit integer) returns table (case_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select found.case_id from (
    (select s.case_id, s.created_at from case_search s
      where s.street_id = nullif(current_setting('app.street', true), '')::int
        and s.terms @> p_terms and s.created_at <= p_before
        and s.area <@ any (nullif(current_setting('app.areas', true), '')::ltree[])
      order by s.created_at desc limit p_limit)
    union
    (select s.case_id, s.created_at from cases c
      join case_search s on s.street_id = c.street_id and s.case_id = c.id
      where c.street_id = nullif(current_setting('app.street', true), '')::int
        and (c.organisation_id = any (nullif(current_setting('app.organisations', true), '')::uuid[])
          or c.shared_organisations && nullif(current_setting('app.organisations', true), '')::uuid[]
          or c.holder_account_id = nullif(current_setting('app.actor', true), '')::uuid)
        and s.terms @> p_terms and s.created_at <= p_before
      order by s.created_at desc limit p_limit)
  ) found order by found.created_at desc limit p_limit
$$;
comment on function search_cases is 'Candidates by their character pairs, newest first, within the caller''s areas, organisations and tasks; the caller joins them to the guarded table and checks the text itself.';

reset role;

create function withdraw_orders(p_cases uuid[], p_at timestamptz) returns setof uuid
language sql security definer set search_path = public, pg_temp as $$
  -- Only what nobody has worked on; the caller reaches it by its place.
  with gone as (
    update cases c set withdrawn_at = p_at, version = c.version + 1
    where c.street_id = nullif(current_setting('app.street', true), '')::int and c.id = any (p_cases)
      and c.import_batch is not null and c.state = 'pending' and c.version = 1 and c.withdrawn_at is null
      and c.area <@ any (nullif(current_setting('app.areas', true), '')::ltree[])
    returning c.street_id, c.id),
  forgotten as (
    update case_reporters r set name_encrypted = null, phone_encrypted = null, address_encrypted = null, phone_index = null,
      phone_tail_index = null, erased_at = p_at
    from gone where r.street_id = gone.street_id and r.case_id = gone.id)
  select id from gone
$$;
comment on function withdraw_orders is 'Undoes the import of orders on which nobody has worked yet and forgets their contacts; gives those that it took out.';

create function similar_orders(p_case uuid, p_since timestamptz) returns table (case_id uuid, why text)
language sql stable security definer set search_path = public, pg_temp as $$
  select o.id, w.why from cases c
  join cases o on o.street_id = c.street_id and o.id <> c.id and o.state <> 'merged' and o.created_at >= p_since
  left join case_reporters r on r.street_id = c.street_id and r.case_id = c.id
  left join case_reporters s on s.street_id = o.street_id and s.case_id = o.id
  cross join lateral (select case
    when o.outside_number is not null and o.outside_number = c.outside_number then 'same-number'
    when s.phone_index is not null and s.phone_index = r.phone_index and (o.matter_id is not distinct from c.matter_id
      or o.matter_id is null or c.matter_id is null or o.area_id = c.area_id) then 'same-phone'
    when o.matter_id = c.matter_id and (o.place_text = c.place_text
      or (abs(o.lat - c.lat) < 0.0005 and abs(o.lng - c.lng) < 0.0005)) then 'same-place' end as why) w
  where c.street_id = nullif(current_setting('app.street', true), '')::int and c.id = p_case and w.why is not null
    and o.street_id = nullif(current_setting('app.street', true), '')::int
  order by o.created_at desc limit 10
$$;
comment on function similar_orders is 'Cases that may be the same order from another source; both are read under the caller''s own scope.';

alter function withdraw_orders owner to linli_search;
alter function similar_orders owner to linli_reader;
revoke create on schema public from linli_reader, linli_search;
revoke execute on function withdraw_orders, similar_orders from public;
grant execute on function withdraw_orders to linli_app, linli_worker;
grant execute on function similar_orders to linli_app;
