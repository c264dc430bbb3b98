-- The only doors of the ledger: who serves the street opens accounts, moves value and reads it through these functions,
-- and writes no table of it.

create function ledger_open(p jsonb) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_street integer := nullif(current_setting('app.street', true), '')::int;
  v_id uuid;
  v_number text;
begin
  select id into v_id from ledger_accounts
  where street_id = v_street and kind = p ->> 'kind' and unit = p ->> 'unit' and holder_id = (p ->> 'holder')::uuid;
  if found then
    return v_id;
  end if;
  if p ->> 'kind' = 'person' then
    -- Ten digits that say nothing about when or for whom; a clash is one in billions and tries again.
    v_number := lpad(((('x' || encode(gen_random_bytes(6), 'hex'))::bit(48)::bigint) % 10000000000)::text, 10, '0');
  end if;
  insert into ledger_accounts (street_id, id, kind, unit, holder_id, area, organisation_id, number, opened_at)
  values (v_street, (p ->> 'id')::uuid, p ->> 'kind', p ->> 'unit', (p ->> 'holder')::uuid, (p ->> 'area')::ltree,
    (p ->> 'organisation')::uuid, v_number, (p ->> 'at')::timestamptz)
  on conflict (street_id, kind, unit, holder_id) do nothing
  returning id into v_id;
  if v_id is null then
    select id into strict v_id from ledger_accounts
    where street_id = v_street and kind = p ->> 'kind' and unit = p ->> 'unit' and holder_id = (p ->> 'holder')::uuid;
    return v_id;
  end if;
  insert into ledger_balances (street_id, account_id, bounded)
  select street_id, id, bounded from ledger_accounts where street_id = v_street and id = v_id;
  return v_id;
end $$;
comment on function ledger_open is 'The account of a holder for a unit; opened when there is none.';

create function ledger_take(p_street integer, p_account uuid, p_amount bigint, p_held bigint) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_posted bigint;
  v_held bigint;
  v_come bigint;
begin
  select posted, held into v_posted, v_held from ledger_balances
  where street_id = p_street and account_id = p_account for update;
  -- Folded here and now: with the row locked nobody else folds it, and the constraint then speaks of all there is.
  with come as (delete from ledger_deltas where street_id = p_street and account_id = p_account returning amount)
  select coalesce(sum(amount), 0) into v_come from come;
  if v_posted + v_come + p_amount - v_held - p_held < 0 then
    raise exception 'account % holds too little', p_account using errcode = 'LP001';
  end if;
  update ledger_balances set posted = v_posted + v_come + p_amount, held = v_held + p_held
  where street_id = p_street and account_id = p_account;
end $$;
comment on function ledger_take is 'Takes from a bounded account, or holds back on it, or both undoes and does.';

create function ledger_post(p jsonb) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_street integer := nullif(current_setting('app.street', true), '')::int;
  v_id uuid := (p ->> 'id')::uuid;
  v_pending boolean := coalesce((p ->> 'pending')::boolean, false);
  v_content text := md5((p ->> 'cause') || (p -> 'lines')::text || coalesce(p ->> 'reverses', '') || v_pending::text);
  v_known text;
  v_spends boolean := false;
  one record;
begin
  insert into ledger_transfers (street_id, id, cause, pending, lines, subject_type, subject_id, reverses, content, at, made_by, made_post)
  values (v_street, v_id, p ->> 'cause', v_pending, jsonb_array_length(p -> 'lines'), p ->> 'subjectType', (p ->> 'subjectId')::uuid,
    (p ->> 'reverses')::uuid, v_content, (p ->> 'at')::timestamptz, (p ->> 'by')::uuid, (p ->> 'post')::uuid)
  on conflict (street_id, id) do nothing;
  if not found then
    select content into v_known from ledger_transfers where street_id = v_street and id = v_id;
    if v_known <> v_content then
      raise exception 'transfer % was made with other content', v_id using errcode = 'LP003';
    end if;
    return 'again';
  end if;
  for one in
    select l.account, sum(l.amount)::bigint as amount, min(l.line) as line, a.id as known, a.bounded
    from (select (e.value ->> 0)::uuid as account, (e.value ->> 1)::bigint as amount, e.ordinality as line
      from jsonb_array_elements(p -> 'lines') with ordinality e) l
    left join ledger_accounts a on a.street_id = v_street and a.id = l.account
    group by l.account, a.id, a.bounded order by l.account
  loop
    if one.known is null then
      raise exception 'account % is not known', one.account using errcode = 'LP004';
    end if;
    if one.amount < 0 and one.bounded then
      v_spends := true;
      perform ledger_take(v_street, one.account, case when v_pending then 0 else one.amount end,
        case when v_pending then -one.amount else 0 end);
    elsif one.amount <> 0 and not v_pending then
      insert into ledger_deltas (street_id, account_id, transfer_id, line, amount)
      values (v_street, one.account, v_id, one.line, one.amount);
    end if;
  end loop;
  if v_spends and (p ->> 'cause') not in ('correction', 'void')
    and coalesce((select differences <> '[]' from ledger_checks where street_id = v_street order by at desc, id desc limit 1), false) then
    raise exception 'the ledger differs from itself, nothing is spent' using errcode = 'LP005';
  end if;
  if v_pending then
    insert into ledger_holds (street_id, transfer_id, line, account_id, unit, amount)
    select v_street, v_id, l.line, a.id, a.unit, l.amount
    from (select (e.value ->> 0)::uuid as account, (e.value ->> 1)::bigint as amount, e.ordinality as line
      from jsonb_array_elements(p -> 'lines') with ordinality e) l
    join ledger_accounts a on a.street_id = v_street and a.id = l.account;
    return 'pending';
  end if;
  insert into ledger_entries (street_id, transfer_id, line, account_id, unit, amount, at)
  select v_street, v_id, l.line, a.id, a.unit, l.amount, (p ->> 'at')::timestamptz
  from (select (e.value ->> 0)::uuid as account, (e.value ->> 1)::bigint as amount, e.ordinality as line
    from jsonb_array_elements(p -> 'lines') with ordinality e) l
  join ledger_accounts a on a.street_id = v_street and a.id = l.account;
  return 'posted';
end $$;
comment on function ledger_post is 'One transfer, posted or pending; again when the same one was made before. SQLSTATE LP001 too little, LP002 does not balance, LP003 another content under this id, LP004 no such account, LP005 spending is stopped.';

create function ledger_settle(p jsonb) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_street integer := nullif(current_setting('app.street', true), '')::int;
  v_id uuid := (p ->> 'id')::uuid;
  v_post boolean := (p ->> 'outcome') = 'posted';
  v_known text;
  one record;
begin
  insert into ledger_settlements (street_id, transfer_id, outcome, at, settled_by, settled_post)
  values (v_street, v_id, p ->> 'outcome', (p ->> 'at')::timestamptz, (p ->> 'by')::uuid, (p ->> 'post')::uuid)
  on conflict (street_id, transfer_id) do nothing;
  if not found then
    select outcome into v_known from ledger_settlements where street_id = v_street and transfer_id = v_id;
    if v_known <> p ->> 'outcome' then
      raise exception 'transfer % was settled otherwise', v_id using errcode = 'LP006';
    end if;
    return 'again';
  end if;
  for one in
    select h.account_id, sum(h.amount)::bigint as amount, min(h.line) as line, a.bounded from ledger_holds h
    join ledger_accounts a on a.street_id = h.street_id and a.id = h.account_id
    where h.street_id = v_street and h.transfer_id = v_id group by h.account_id, a.bounded order by h.account_id
  loop
    if one.amount < 0 and one.bounded then
      perform ledger_take(v_street, one.account_id, case when v_post then one.amount else 0 end, one.amount);
    elsif one.amount <> 0 and v_post then
      insert into ledger_deltas (street_id, account_id, transfer_id, line, amount)
      values (v_street, one.account_id, v_id, one.line, one.amount);
    end if;
  end loop;
  if v_post then
    insert into ledger_entries (street_id, transfer_id, line, account_id, unit, amount, at)
    select street_id, transfer_id, line, account_id, unit, amount, (p ->> 'at')::timestamptz from ledger_holds
    where street_id = v_street and transfer_id = v_id;
  end if;
  return p ->> 'outcome';
end $$;
comment on function ledger_settle is 'What becomes of a pending transfer. SQLSTATE LP006 when it was settled otherwise before.';

create function ledger_fold(p_accounts integer) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_street integer := nullif(current_setting('app.street', true), '')::int;
  v_ids uuid[];
begin
  -- Whoever spends from an account folds it anyway: what is locked is left to them.
  v_ids := array(select b.account_id from ledger_balances b
    where b.street_id = v_street and b.account_id in (
      select distinct d.account_id from (select account_id from ledger_deltas where street_id = v_street limit 20000) d limit p_accounts)
    order by b.account_id for update skip locked);
  with come as (delete from ledger_deltas where street_id = v_street and account_id = any (v_ids) returning account_id, amount),
    sums as (select account_id, sum(amount) as amount from come group by account_id)
  update ledger_balances b set posted = b.posted + s.amount from sums s
  where b.street_id = v_street and b.account_id = s.account_id;
  return coalesce(array_length(v_ids, 1), 0);
end $$;
comment on function ledger_fold is 'Folds what came to some accounts into their balances; returns how many accounts.';

create function ledger_in_scope(p_area ltree, p_organisation uuid) returns boolean language sql stable as $$
  select coalesce(p_area <@ any (nullif(current_setting('app.areas', true), '')::ltree[]), false)
    or coalesce(p_organisation = any (nullif(current_setting('app.organisations', true), '')::uuid[]), false)
$$;
comment on function ledger_in_scope is 'Whether the caller of a reading function reaches an account: the same as the policy of ledger_accounts.';

create function ledger_sums(p_accounts uuid[]) returns table (account_id uuid, posted bigint, held bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select b.account_id, b.posted + coalesce((select sum(d.amount) from ledger_deltas d
      where d.street_id = b.street_id and d.account_id = b.account_id), 0)::bigint, b.held
  from ledger_balances b join ledger_accounts a on a.street_id = b.street_id and a.id = b.account_id
  where b.street_id = nullif(current_setting('app.street', true), '')::int and b.account_id = any (p_accounts)
    and ledger_in_scope(a.area, a.organisation_id)
$$;
comment on function ledger_sums is 'Balances of accounts within the caller''s scope: what is posted, and what of it is held back.';

create function ledger_entries_of(p_account uuid, p_before timestamptz, p_before_id uuid, p_limit integer)
returns table (transfer_id uuid, line smallint, amount bigint, at timestamptz, cause text, subject_type text, subject_id uuid, reverses uuid, reversed boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select e.transfer_id, e.line, e.amount, e.at, t.cause, t.subject_type, t.subject_id, t.reverses,
    exists (select from ledger_transfers r where r.street_id = t.street_id and r.reverses = t.id)
  from ledger_entries e join ledger_transfers t on t.street_id = e.street_id and t.id = e.transfer_id
  join ledger_accounts a on a.street_id = e.street_id and a.id = e.account_id
  where e.street_id = nullif(current_setting('app.street', true), '')::int and e.account_id = p_account
    and ledger_in_scope(a.area, a.organisation_id)
    and (p_before is null or (e.at, e.transfer_id) < (p_before, p_before_id))
  order by e.at desc, e.transfer_id desc, e.line desc limit p_limit
$$;
comment on function ledger_entries_of is 'Entries of one account within the caller''s scope, newest first.';

create function ledger_totals() returns table (kind text, unit text, area ltree, accounts bigint, amount bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.kind, a.unit, a.area, count(*), sum(b.posted + coalesce(d.amount, 0))::bigint
  from ledger_accounts a join ledger_balances b on b.street_id = a.street_id and b.account_id = a.id
  left join (select account_id, sum(amount) as amount from ledger_deltas
      where street_id = nullif(current_setting('app.street', true), '')::int group by account_id) d on d.account_id = a.id
  where a.street_id = nullif(current_setting('app.street', true), '')::int and ledger_in_scope(a.area, a.organisation_id)
  group by a.kind, a.unit, a.area
$$;
comment on function ledger_totals is 'Sums by kind, unit and community of the accounts within the caller''s scope.';

create function ledger_standing_at(p_area ltree, p_unit text, p_before timestamptz)
returns table (account_id uuid, kind text, holder_id uuid, amount bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.id, a.kind, a.holder_id, sum(e.amount)::bigint
  from ledger_accounts a join ledger_entries e on e.street_id = a.street_id and e.account_id = a.id and e.at < p_before
  where a.street_id = nullif(current_setting('app.street', true), '')::int and a.unit = p_unit
    and a.kind in ('person', 'organisation') and a.area <@ p_area and ledger_in_scope(a.area, a.organisation_id)
  group by a.id, a.kind, a.holder_id having sum(e.amount) <> 0 order by a.id
$$;
comment on function ledger_standing_at is 'What people and organisations of a community had at an instant, from the entries alone: the same for ever.';

create function ledger_differences() returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
  with mine as (select nullif(current_setting('app.street', true), '')::int as street),
  told as (select e.account_id, sum(e.amount) as amount from ledger_entries e, mine where e.street_id = mine.street group by 1),
  come as (select d.account_id, sum(d.amount) as amount from ledger_deltas d, mine where d.street_id = mine.street group by 1),
  open_holds as (select h.account_id, -sum(h.amount) as amount from ledger_holds h join mine on h.street_id = mine.street
    join ledger_accounts a on a.street_id = h.street_id and a.id = h.account_id and a.bounded
    where h.amount < 0 and not exists (select from ledger_settlements s where s.street_id = h.street_id and s.transfer_id = h.transfer_id)
    group by 1),
  found as (
    select 'balance' as what, b.account_id as id, coalesce(t.amount, 0) as wanted, b.posted + coalesce(c.amount, 0) as found
    from ledger_balances b join mine on b.street_id = mine.street left join told t using (account_id) left join come c using (account_id)
    where b.posted + coalesce(c.amount, 0) <> coalesce(t.amount, 0)
    union all
    select 'held', b.account_id, coalesce(o.amount, 0), b.held from ledger_balances b join mine on b.street_id = mine.street
    left join open_holds o using (account_id) where b.held <> coalesce(o.amount, 0)
    union all
    select 'below-nothing', b.account_id, 0, b.posted + coalesce(c.amount, 0) - b.held
    from ledger_balances b join mine on b.street_id = mine.street left join come c using (account_id)
    where b.bounded and b.posted + coalesce(c.amount, 0) - b.held < 0
    union all
    select 'transfer', e.transfer_id, 0, sum(e.amount) from ledger_entries e, mine where e.street_id = mine.street
    group by e.transfer_id, e.unit having sum(e.amount) <> 0
    union all
    select 'lines', t.id, t.lines, (select count(*) from ledger_entries e where e.street_id = t.street_id and e.transfer_id = t.id)
    from ledger_transfers t join mine on t.street_id = mine.street
    where not t.pending and t.lines <> (select count(*) from ledger_entries e where e.street_id = t.street_id and e.transfer_id = t.id)
    limit 20)
  select coalesce(jsonb_agg(jsonb_build_object('what', what, 'id', id, 'wanted', wanted, 'found', found)), '[]') from found
$$;
comment on function ledger_differences is 'Holds the ledger of the street against itself in one snapshot: balances against entries, held against open holds, each transfer against zero. Twenty differences at most; empty is right.';

create function ledger_keep_check(p_id uuid, p_at timestamptz, p_more jsonb) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_street integer := nullif(current_setting('app.street', true), '')::int;
  v_found jsonb := ledger_differences() || coalesce(p_more, '[]');
begin
  insert into ledger_checks (street_id, id, at, transfers, differences)
  values (v_street, p_id, p_at, (select count(*) from ledger_transfers where street_id = v_street), v_found)
  on conflict (street_id, id) do nothing;
  return v_found;
end $$;
comment on function ledger_keep_check is 'Checks the whole ledger and keeps what was found, with what the caller found elsewhere.';

do $$
declare f text;
begin
  grant create on schema public to linli_reader;
  foreach f in array array['ledger_must_be_whole(integer, uuid)', 'ledger_transfer_is_whole()', 'ledger_line_is_whole()', 'ledger_settlement_is_whole()', 'ledger_open(jsonb)',
    'ledger_take(integer, uuid, bigint, bigint)', 'ledger_post(jsonb)', 'ledger_settle(jsonb)', 'ledger_fold(integer)', 'ledger_sums(uuid[])',
    'ledger_entries_of(uuid, timestamptz, uuid, integer)', 'ledger_totals()', 'ledger_standing_at(ltree, text, timestamptz)',
    'ledger_differences()', 'ledger_keep_check(uuid, timestamptz, jsonb)'] loop
    execute format('alter function %s owner to linli_reader', f);
    execute format('revoke execute on function %s from public', f);
  end loop;
  revoke create on schema public from linli_reader;
end $$;
grant execute on function ledger_open(jsonb), ledger_post(jsonb), ledger_settle(jsonb), ledger_fold(integer), ledger_sums(uuid[]),
  ledger_entries_of(uuid, timestamptz, uuid, integer), ledger_totals(), ledger_standing_at(ltree, text, timestamptz),
  ledger_differences(), ledger_keep_check(uuid, timestamptz, jsonb) to linli_app, linli_worker;
