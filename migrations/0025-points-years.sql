-- Points: a lighter way through the ledger, the end of a year, organisations as earners, honours.

-- The ledger with fewer questions for each transfer ------------------------------------------------------------------
-- A foreign key asks by locking the row that it finds, and here that was the one row of the street and the one row of the
-- popular account, for every transfer. An account that is never removed and never renamed needs no lock: that every line
-- has a transfer and a known account is asked together with its sum, at the end of the transaction.

create trigger no_change before update or delete on ledger_accounts for each row execute function ledger_refuses_change();
create trigger no_truncate before truncate on ledger_accounts for each statement execute function ledger_refuses_change();
alter table ledger_transfers drop constraint ledger_transfers_street_id_fkey;
alter table ledger_entries drop constraint ledger_entries_street_id_fkey, drop constraint ledger_entries_street_id_transfer_id_fkey,
  drop constraint ledger_entries_street_id_account_id_unit_fkey;
alter table ledger_holds drop constraint ledger_holds_street_id_fkey, drop constraint ledger_holds_street_id_transfer_id_fkey,
  drop constraint ledger_holds_street_id_account_id_unit_fkey;
alter table ledger_deltas drop constraint ledger_deltas_street_id_fkey;
-- Nearly no transfer takes another one back, and an index that holds only those is nearly never written.
alter table ledger_transfers drop constraint ledger_transfers_street_id_reverses_key;
create unique index ledger_transfers_taken_back_once on ledger_transfers (street_id, reverses) where reverses is not null;
drop index ledger_transfers_by_subject;
create index ledger_transfers_by_subject on ledger_transfers (street_id, subject_id) where subject_id is not null;

grant create on schema public to linli_reader;
set local role linli_reader;

create or replace function ledger_must_be_whole(p_street integer, p_transfer uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_pending boolean;
  v_lines integer;
  v_wanted integer;
  v_settled text;
  v_count integer;
  v_first integer;
  v_last integer;
  v_known boolean;
  v_uneven boolean;
begin
  select pending, lines into v_pending, v_lines from ledger_transfers where street_id = p_street and id = p_transfer;
  v_wanted := v_lines;
  if v_pending then
    select coalesce(sum(n), 0), min(first), max(last), bool_and(known), coalesce(bool_or(total <> 0), false)
    into v_count, v_first, v_last, v_known, v_uneven
    from (select count(*) as n, min(h.line) as first, max(h.line) as last, sum(h.amount) as total, bool_and(a.id is not null) as known
      from ledger_holds h left join ledger_accounts a on a.street_id = h.street_id and a.id = h.account_id and a.unit = h.unit
      where h.street_id = p_street and h.transfer_id = p_transfer group by h.unit) u;
    if v_uneven or not v_known or v_count is distinct from v_lines or v_first is distinct from 1 or v_last is distinct from v_lines then
      raise exception 'pending transfer % is not what it says', p_transfer using errcode = 'LP002';
    end if;
    select outcome into v_settled from ledger_settlements where street_id = p_street and transfer_id = p_transfer;
    v_wanted := case v_settled when 'posted' then v_lines else 0 end;
  end if;
  select coalesce(sum(n), 0), coalesce(min(first), 1), coalesce(max(last), 0), bool_and(known), coalesce(bool_or(total <> 0), false)
  into v_count, v_first, v_last, v_known, v_uneven
  from (select count(*) as n, min(e.line) as first, max(e.line) as last, sum(e.amount) as total, bool_and(a.id is not null) as known
    from ledger_entries e left join ledger_accounts a on a.street_id = e.street_id and a.id = e.account_id and a.unit = e.unit
    where e.street_id = p_street and e.transfer_id = p_transfer group by e.unit) u;
  -- As many as it says, numbered from one to the last: so none can be added later. A line without a transfer has no number wanted.
  if v_uneven or not v_known or v_count is distinct from v_wanted or v_first <> 1 or v_last is distinct from v_wanted then
    raise exception 'transfer % has not the lines it says, or they do not sum to zero', p_transfer using errcode = 'LP002';
  end if;
end $$;
comment on function ledger_must_be_whole is 'At the end of every transaction that touched a transfer: it has the lines it says, of accounts that are known, and they sum to zero for each unit.';

create or replace function ledger_post(p jsonb) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_street integer := nullif(current_setting('app.street', true), '')::int;
  v_id uuid := (p ->> 'id')::uuid;
  v_at timestamptz := (p ->> 'at')::timestamptz;
  v_pending boolean := coalesce((p ->> 'pending')::boolean, false);
  v_lines jsonb := p -> 'lines';
  v_content text := md5((p ->> 'cause') || v_lines::text || coalesce(p ->> 'reverses', '') || v_pending::text);
  v_known text;
  v_count integer := jsonb_array_length(v_lines);
  v_accounts uuid[];
  v_amounts bigint[];
  v_units text[];
  v_spends boolean := false;
  one record;
begin
  insert into ledger_transfers (street_id, id, cause, pending, lines, subject_type, subject_id, reverses, content, at, made_by, made_post)
  values (v_street, v_id, p ->> 'cause', v_pending, v_count, p ->> 'subjectType', (p ->> 'subjectId')::uuid,
    (p ->> 'reverses')::uuid, v_content, v_at, (p ->> 'by')::uuid, (p ->> 'post')::uuid)
  on conflict (street_id, id) do nothing;
  if not found then
    select content into v_known from ledger_transfers where street_id = v_street and id = v_id;
    if v_known <> v_content then
      raise exception 'transfer % was made with other content', v_id using errcode = 'LP003';
    end if;
    return 'again';
  end if;
  for i in 0 .. v_count - 1 loop
    v_accounts[i + 1] := (v_lines -> i ->> 0)::uuid;
    v_amounts[i + 1] := (v_lines -> i ->> 1)::bigint;
  end loop;
  -- Each account once, in the order of their ids, so that two transfers never wait for each other crosswise.
  for one in
    select a.id, a.unit, a.bounded from ledger_accounts a where a.street_id = v_street and a.id = any (v_accounts) order by a.id
  loop
    declare
      v_amount bigint := 0;
      v_line smallint;
    begin
      for i in 1 .. v_count loop
        if v_accounts[i] = one.id then
          v_amount := v_amount + v_amounts[i];
          v_line := coalesce(v_line, i);
          v_units[i] := one.unit;
        end if;
      end loop;
      if v_amount < 0 and one.bounded then
        v_spends := true;
        perform ledger_take(v_street, one.id, case when v_pending then 0 else v_amount end, case when v_pending then -v_amount else 0 end);
      elsif v_amount <> 0 and not v_pending then
        insert into ledger_deltas (street_id, account_id, transfer_id, line, amount) values (v_street, one.id, v_id, v_line, v_amount);
      end if;
    end;
  end loop;
  if v_spends and (p ->> 'cause') not in ('correction', 'void')
    and coalesce((select differences <> '[]' from ledger_checks where street_id = v_street order by at desc, id desc limit 1), false) then
    raise exception 'the ledger differs from itself, nothing is spent' using errcode = 'LP005';
  end if;
  for i in 1 .. v_count loop
    if v_units[i] is null then
      raise exception 'account % is not known', v_accounts[i] using errcode = 'LP004';
    end if;
    if v_pending then
      insert into ledger_holds (street_id, transfer_id, line, account_id, unit, amount)
      values (v_street, v_id, i, v_accounts[i], v_units[i], v_amounts[i]);
    else
      insert into ledger_entries (street_id, transfer_id, line, account_id, unit, amount, at)
      values (v_street, v_id, i, v_accounts[i], v_units[i], v_amounts[i], v_at);
    end if;
  end loop;
  return case when v_pending then 'pending' else 'posted' end;
end $$;

reset role;
revoke create on schema public from linli_reader;

-- The end of a year ------------------------------------------------------------------------------------------------------

alter table quarter_runs drop constraint quarter_runs_quarter_check, add constraint quarter_or_year check (quarter ~ '^[0-9]{4}(Q[1-4])?$'),
  alter column frozen_by drop not null, add constraint quarters_are_frozen_by_people check (frozen_by is not null or quarter ~ '^[0-9]{4}$'),
  add column keeps integer not null default 0 check (keeps >= 0);
comment on column quarter_runs.quarter is 'A quarter, 2026Q3, whose points become vouchers; or a year, 2026, the rest of whose points expires.';
comment on column quarter_runs.frozen_by is 'Null where the system prepared it, as it does at the end of a year.';
comment on column quarter_runs.keeps is 'Of a year: so many points of each account are carried over.';
create policy of_the_worker on quarter_runs to linli_worker using (street_id = nullif(current_setting('app.street', true), '')::int);
create policy of_the_worker on quarter_lines to linli_worker using (street_id = nullif(current_setting('app.street', true), '')::int);
grant select, insert on quarter_runs, quarter_lines to linli_worker;

alter table point_requests drop constraint point_requests_act_check, add constraint point_requests_act_check check (act in ('rule',
  'end-rule', 'partner', 'end-partner', 'donation', 'pay-shop', 'award', 'kin', 'end-kin', 'gift', 'correction', 'care', 'honours', 'end-honour', 'year-end'));
comment on column point_requests.act is 'What is asked for. A year was once ended this way and is now a run of its own (quarter_runs).';

create table point_honours (
  street_id integer not null references streets,
  id uuid not null,
  area ltree not null,
  year integer not null check (year between 2000 and 2100),
  account_id uuid not null,
  kind text not null check (kind in ('person', 'organisation')),
  organisation_id uuid,
  points integer not null check (points > 0),
  number text not null,
  given_at timestamptz not null,
  request_id uuid not null,
  revoked_at timestamptz,
  revoked_reason text,
  primary key (street_id, id),
  unique (street_id, number),
  foreign key (street_id, account_id) references ledger_accounts (street_id, id),
  foreign key (street_id, organisation_id) references organisations (street_id, id),
  foreign key (street_id, request_id) references point_requests (street_id, id),
  check ((kind = 'organisation') = (organisation_id is not null)),
  check ((revoked_at is null) = (revoked_reason is null))
);
comment on table point_honours is 'Honours of a year 年度荣誉 for people and organisations, each with a certificate that can be checked and taken back.';
comment on column point_honours.points is 'What was earned in that year, as it stood when the honour was given; spending it later changes nothing.';
create unique index point_honours_once on point_honours (street_id, account_id, year) where revoked_at is null;
create index point_honours_by_area on point_honours (street_id, area, year);
alter table point_honours enable row level security;
alter table point_honours force row level security;
create policy within_scope on point_honours to linli_app using (street_id = nullif(current_setting('app.street', true), '')::int
  and (area <@ any (nullif(current_setting('app.areas', true), '')::ltree[])
    or organisation_id = any (nullif(current_setting('app.organisations', true), '')::uuid[])));
grant select, insert on point_honours to linli_app;
grant update (revoked_at, revoked_reason) on point_honours to linli_app;
create policy of_the_reader on point_awards for select to linli_reader using (street_id = nullif(current_setting('app.street', true), '')::int);
grant select on point_awards to linli_reader;
grant select, insert on point_awards to linli_worker;
grant select on earning_rules to linli_worker;

create function ledger_year_standing(p_area ltree, p_end timestamptz, p_counted timestamptz)
returns table (account_id uuid, standing bigint, gone bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.id, coalesce(e.standing, 0)::bigint, (coalesce(e.gone, 0) + coalesce(h.held, 0))::bigint
  from ledger_accounts a
  left join lateral (select sum(e.amount) filter (where e.at < p_end) as standing, -sum(e.amount) filter (where e.at >= p_end and e.amount < 0) as gone
    from ledger_entries e where e.street_id = a.street_id and e.account_id = a.id and e.at < p_counted) e on true
  left join lateral (select -sum(h.amount) as held from ledger_holds h
    join ledger_transfers t on t.street_id = h.street_id and t.id = h.transfer_id and t.at < p_counted
    left join ledger_settlements s on s.street_id = h.street_id and s.transfer_id = h.transfer_id
    where h.street_id = a.street_id and h.account_id = a.id and h.amount < 0 and (s.at is null or s.at >= p_counted)) h on true
  where a.street_id = nullif(current_setting('app.street', true), '')::int and a.unit = 'points'
    and a.kind in ('person', 'organisation') and a.area <@ p_area and ledger_in_scope(a.area, a.organisation_id)
    and coalesce(e.standing, 0) > 0
  order by a.id
$$;
comment on function ledger_year_standing is 'What people and organisations of a community had when a year ended, and what of it was spent or held since then until an instant: from what was booked alone, the same for ever.';

create function points_earned(p_area ltree, p_from date, p_until date)
returns table (account_id uuid, kind text, points bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.id, a.kind, sum(w.points)::bigint
  from point_awards w join ledger_accounts a on a.street_id = w.street_id and a.id = w.account_id
  where w.street_id = nullif(current_setting('app.street', true), '')::int and w.area <@ p_area
    and w.on_day between p_from and p_until and w.points > 0 and ledger_in_scope(a.area, a.organisation_id)
    and not exists (select from ledger_transfers r where r.street_id = w.street_id and r.reverses = w.id)
  group by a.id, a.kind order by sum(w.points) desc, a.id
$$;
comment on function points_earned is 'Points that people and organisations of a community earned on the days of a period, without what was taken back; spent or not.';

grant create on schema public to linli_reader;
alter function ledger_year_standing(ltree, timestamptz, timestamptz) owner to linli_reader;
alter function points_earned(ltree, date, date) owner to linli_reader;
revoke create on schema public from linli_reader;
revoke execute on function ledger_year_standing(ltree, timestamptz, timestamptz), points_earned(ltree, date, date) from public;
grant execute on function ledger_year_standing(ltree, timestamptz, timestamptz), points_earned(ltree, date, date) to linli_app, linli_worker;
