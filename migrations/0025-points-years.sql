-- Points: a lighter way through the ledger, the end of a year, organisations as earners, honours.

-- The ledger with fewer questions for each transfer ------------------------------------------------------------------
-- A foreign key asks by locking the row that it finds, and here that was the one row of the street and the one row of the
-- popular account, for every transfer. What the keys held is held by triggers that ask once for all lines of a statement;
-- an account that is never removed and never renamed needs no lock.

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

drop trigger whole on ledger_transfers;
drop trigger whole on ledger_entries;
drop trigger whole on ledger_holds;
drop trigger whole on ledger_settlements;
drop function ledger_transfer_is_whole();
drop function ledger_line_is_whole();
drop function ledger_settlement_is_whole();
drop function ledger_must_be_whole(integer, uuid);

grant create on schema public to linli_reader;
set local role linli_reader;

create function ledger_lines_are_whole() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  one record;
begin
  -- All lines of a transfer come in one statement: as many as it says, numbered from one on, of known accounts, and even.
  for one in
    select u.transfer_id, u.known, t.id is null or u.lines <> t.lines or u.first <> 1 or u.last <> t.lines or u.uneven
        or t.pending <> (tg_table_name = 'ledger_holds' or s.outcome is not null) or coalesce(s.outcome, 'posted') <> 'posted' as wrong
    from (
      select street_id, transfer_id, sum(lines) as lines, min(first) as first, max(last) as last, bool_and(known) as known,
        bool_or(total <> 0) as uneven
      from (
        select n.street_id, n.transfer_id, count(*) as lines, min(n.line) as first, max(n.line) as last, sum(n.amount) as total,
          bool_and(a.id is not null) as known
        from new_lines n left join ledger_accounts a on a.street_id = n.street_id and a.id = n.account_id and a.unit = n.unit
        group by n.street_id, n.transfer_id, n.unit) by_unit
      group by street_id, transfer_id) u
    left join ledger_transfers t on t.street_id = u.street_id and t.id = u.transfer_id
    left join ledger_settlements s on s.street_id = u.street_id and s.transfer_id = u.transfer_id
  loop
    if not one.known then
      raise exception 'transfer % has a line of an account that is not known', one.transfer_id using errcode = 'LP004';
    elsif one.wrong then
      raise exception 'transfer % has not the lines it says, or they do not sum to zero', one.transfer_id using errcode = 'LP002';
    end if;
  end loop;
  return null;
end $$;
comment on function ledger_lines_are_whole is 'After every statement that adds entries or holds: each transfer in it has the lines it says, and they sum to zero for each unit.';
create function ledger_has_its_lines() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_there boolean;
begin
  -- Lines come whole or not at all, so that the first of them speaks for all.
  if tg_table_name = 'ledger_settlements' then
    v_there := new.outcome = 'voided'
      or exists (select from ledger_entries where street_id = new.street_id and transfer_id = new.transfer_id and line = 1);
  elsif new.pending then
    v_there := exists (select from ledger_holds where street_id = new.street_id and transfer_id = new.id and line = 1);
  else
    v_there := exists (select from ledger_entries where street_id = new.street_id and transfer_id = new.id and line = 1);
  end if;
  if not v_there then
    raise exception 'a transfer has not the lines it says' using errcode = 'LP002';
  end if;
  return null;
end $$;
comment on function ledger_has_its_lines is 'At the end of every transaction that made a transfer or settled one: its lines are there.';
create or replace function ledger_take(p_street integer, p_account uuid, p_amount bigint, p_held bigint) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from ledger_balances where street_id = p_street and account_id = p_account for update;
  -- Folded here and now: with the row locked nobody else folds it, and the constraint then speaks of all there is.
  with come as (delete from ledger_deltas where street_id = p_street and account_id = p_account returning amount)
  update ledger_balances set posted = posted + (select coalesce(sum(amount), 0) from come) + p_amount, held = held + p_held
  where street_id = p_street and account_id = p_account
    and posted + (select coalesce(sum(amount), 0) from come) + p_amount - held - p_held >= 0;
  if not found then
    raise exception 'account % holds too little', p_account using errcode = 'LP001';
  end if;
end $$;

create or replace function ledger_post(p jsonb) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_street integer := nullif(current_setting('app.street', true), '')::int;
  v_id uuid := (p ->> 'id')::uuid;
  v_at timestamptz := (p ->> 'at')::timestamptz;
  v_pending boolean := coalesce((p ->> 'pending')::boolean, false);
  v_content text := md5((p ->> 'cause') || (p -> 'lines')::text || coalesce(p ->> 'reverses', '') || v_pending::text);
  v_known text;
  v_payers uuid[];
  v_amounts bigint[];
begin
  insert into ledger_transfers (street_id, id, cause, pending, lines, subject_type, subject_id, reverses, content, at, made_by, made_post)
  values (v_street, v_id, p ->> 'cause', v_pending, jsonb_array_length(p -> 'lines'), p ->> 'subjectType', (p ->> 'subjectId')::uuid,
    (p ->> 'reverses')::uuid, v_content, v_at, (p ->> 'by')::uuid, (p ->> 'post')::uuid)
  on conflict (street_id, id) do nothing;
  if not found then
    select content into v_known from ledger_transfers where street_id = v_street and id = v_id;
    if v_known <> v_content then
      raise exception 'transfer % was made with other content', v_id using errcode = 'LP003';
    end if;
    return 'again';
  end if;
  -- Lines, what comes to whom, and who has to pay, in one statement; an account that is not known has no unit.
  with said as materialized (
      select (e.value ->> 0)::uuid as account, (e.value ->> 1)::bigint as amount, e.ordinality::smallint as line,
        coalesce(a.unit, '?') as unit, a.bounded
      from jsonb_array_elements(p -> 'lines') with ordinality e
      left join ledger_accounts a on a.street_id = v_street and a.id = (e.value ->> 0)::uuid),
    sums as materialized (select account, bounded, sum(amount)::bigint as amount, min(line) as line from said group by account, bounded),
    held as (insert into ledger_holds (street_id, transfer_id, line, account_id, unit, amount)
      select v_street, v_id, line, account, unit, amount from said where v_pending),
    posted as (insert into ledger_entries (street_id, transfer_id, line, account_id, unit, amount, at)
      select v_street, v_id, line, account, unit, amount, v_at from said where not v_pending),
    come as (insert into ledger_deltas (street_id, account_id, transfer_id, line, amount)
      select v_street, account, v_id, line, amount from sums where not v_pending and amount <> 0 and not (bounded and amount < 0))
  select array_agg(account order by account), array_agg(amount order by account) into v_payers, v_amounts
  from sums where bounded and amount < 0;
  for i in 1 .. coalesce(array_length(v_payers, 1), 0) loop
    perform ledger_take(v_street, v_payers[i], case when v_pending then 0 else v_amounts[i] end,
      case when v_pending then -v_amounts[i] else 0 end);
  end loop;
  if v_payers is not null and (p ->> 'cause') not in ('correction', 'void')
    and coalesce((select differences <> '[]' from ledger_checks where street_id = v_street order by at desc, id desc limit 1), false) then
    raise exception 'the ledger differs from itself, nothing is spent' using errcode = 'LP005';
  end if;
  return case when v_pending then 'pending' else 'posted' end;
end $$;

reset role;
revoke create on schema public from linli_reader;
create trigger whole after insert on ledger_entries referencing new table as new_lines
  for each statement execute function ledger_lines_are_whole();
create trigger whole after insert on ledger_holds referencing new table as new_lines
  for each statement execute function ledger_lines_are_whole();
create constraint trigger whole after insert on ledger_transfers deferrable initially deferred
  for each row execute function ledger_has_its_lines();
create constraint trigger whole after insert on ledger_settlements deferrable initially deferred
  for each row execute function ledger_has_its_lines();

set local role linli_reader;
revoke execute on function ledger_lines_are_whole(), ledger_has_its_lines() from public;
reset role;
