-- Points: a ledger in double entry 积分账. What counts as truth is added and never changed, and the database itself
-- refuses what does not balance, what would fall below nothing, and what would alter the past.

create table ledger_accounts (
  street_id integer not null references streets,
  id uuid not null,
  kind text not null check (kind in ('person', 'organisation', 'pool', 'reserve', 'issuance', 'redeemed', 'expired', 'vouchers', 'outside')),
  unit text not null check (unit in ('points', 'minutes', 'fen')),
  holder_id uuid not null,
  area ltree not null,
  organisation_id uuid,
  number text,
  bounded boolean not null generated always as (kind in ('person', 'organisation', 'pool', 'reserve')) stored,
  opened_at timestamptz not null,
  primary key (street_id, id),
  unique (street_id, kind, unit, holder_id),
  unique (street_id, id, unit),
  unique (street_id, number),
  foreign key (street_id, organisation_id) references organisations (street_id, id)
);
comment on table ledger_accounts is 'Between whom value moves: people, organisations, the common pool 公益池 of a community, the reserve of a sponsor, and the system''s own counterparts.';
comment on column ledger_accounts.holder_id is 'A person, an organisation or an area, as the kind says. An opaque id: no name stands here.';
comment on column ledger_accounts.area is 'Path of the community that keeps the account; the street''s own for what belongs to the whole street.';
comment on column ledger_accounts.number is 'What stands on the passbook 存折 of a person.';
comment on column ledger_accounts.bounded is 'May never fall below nothing. The others are counterparts, such as what was ever issued: they are appended to and never locked.';
create index ledger_accounts_by_area on ledger_accounts (street_id, kind, unit, area, id);
create index ledger_accounts_by_holder on ledger_accounts (street_id, holder_id);

create table ledger_transfers (
  street_id integer not null references streets,
  id uuid not null,
  cause text not null check (cause ~ '^[a-z][a-z-]{1,40}$'),
  pending boolean not null,
  lines smallint not null check (lines between 2 and 200),
  subject_type text,
  subject_id uuid,
  reverses uuid,
  content text not null,
  at timestamptz not null,
  made_by uuid not null,
  made_post uuid,
  primary key (street_id, id),
  unique (street_id, reverses),
  foreign key (street_id, reverses) references ledger_transfers (street_id, id)
);
comment on table ledger_transfers is 'One movement of value with its cause. Its id comes from whoever makes it, so that the same one twice is once.';
comment on column ledger_transfers.pending is 'Held back on the paying accounts until it is settled: posted or voided.';
comment on column ledger_transfers.reverses is 'The transfer that this one takes back; each is taken back once at most.';
comment on column ledger_transfers.content is 'Hash of cause and lines: the same id with other content is refused.';
create index ledger_transfers_by_subject on ledger_transfers (street_id, subject_id);

create table ledger_entries (
  street_id integer not null references streets,
  transfer_id uuid not null,
  line smallint not null,
  account_id uuid not null,
  unit text not null,
  amount bigint not null check (amount <> 0),
  at timestamptz not null,
  primary key (street_id, transfer_id, line),
  foreign key (street_id, transfer_id) references ledger_transfers (street_id, id),
  foreign key (street_id, account_id, unit) references ledger_accounts (street_id, id, unit)
);
comment on table ledger_entries is 'What a posted transfer did to an account. For each transfer and unit they sum to zero.';
create index ledger_entries_by_account on ledger_entries (street_id, account_id, at, transfer_id, line);

create table ledger_holds (
  street_id integer not null references streets,
  transfer_id uuid not null,
  line smallint not null,
  account_id uuid not null,
  unit text not null,
  amount bigint not null check (amount <> 0),
  primary key (street_id, transfer_id, line),
  foreign key (street_id, transfer_id) references ledger_transfers (street_id, id),
  foreign key (street_id, account_id, unit) references ledger_accounts (street_id, id, unit)
);
comment on table ledger_holds is 'What a pending transfer will do when it is posted. Stays as it was said; the settlement says what became of it.';
create index ledger_holds_by_account on ledger_holds (street_id, account_id);

create table ledger_settlements (
  street_id integer not null references streets,
  transfer_id uuid not null,
  outcome text not null check (outcome in ('posted', 'voided')),
  at timestamptz not null,
  settled_by uuid not null,
  settled_post uuid,
  primary key (street_id, transfer_id),
  foreign key (street_id, transfer_id) references ledger_transfers (street_id, id)
);
comment on table ledger_settlements is 'What became of a pending transfer: once, by the key.';

create table ledger_balances (
  street_id integer not null references streets,
  account_id uuid not null,
  bounded boolean not null,
  posted bigint not null default 0,
  held bigint not null default 0 check (held >= 0),
  primary key (street_id, account_id),
  foreign key (street_id, account_id) references ledger_accounts (street_id, id),
  constraint never_below_nothing check (not bounded or posted - held >= 0)
) with (fillfactor = 60);
comment on table ledger_balances is 'The folded part of a balance. The rest lies in ledger_deltas; both together are the sum of the entries.';
comment on column ledger_balances.held is 'Held back by pending transfers out of the account.';

create table ledger_deltas (
  street_id integer not null references streets,
  account_id uuid not null,
  transfer_id uuid not null,
  line smallint not null,
  amount bigint not null,
  primary key (street_id, account_id, transfer_id, line)
);
comment on table ledger_deltas is 'What came to an account and is not folded into its balance yet. Added without a lock, so that an account to which everybody pays is no row for which everybody waits.';

create table ledger_checks (
  street_id integer not null references streets,
  id uuid not null,
  at timestamptz not null,
  transfers bigint not null,
  differences jsonb not null check (jsonb_typeof(differences) = 'array'),
  primary key (street_id, id)
);
comment on table ledger_checks is 'Each check of the whole ledger against itself. While the newest one found a difference, nothing is spent.';
create index ledger_checks_newest on ledger_checks (street_id, at desc, id desc);

do $$
declare t text;
begin
  foreach t in array array['ledger_accounts', 'ledger_transfers', 'ledger_entries', 'ledger_holds', 'ledger_settlements',
    'ledger_balances', 'ledger_deltas', 'ledger_checks'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_street on %I to linli_reader using (street_id = nullif(current_setting(''app.street'', true), '''')::int)', t);
    execute format('grant select, insert on %I to linli_reader', t);
  end loop;
end $$;
grant update (posted, held) on ledger_balances to linli_reader;
grant delete on ledger_deltas to linli_reader;
grant select on streets, organisations to linli_reader;
create policy within_scope on ledger_accounts for select to linli_app
  using (street_id = nullif(current_setting('app.street', true), '')::int
    and (area <@ any (nullif(current_setting('app.areas', true), '')::ltree[])
      or organisation_id = any (nullif(current_setting('app.organisations', true), '')::uuid[])));
grant select on ledger_accounts to linli_app;
create policy read_own_street on ledger_checks for select to linli_app, linli_worker
  using (street_id = nullif(current_setting('app.street', true), '')::int);
grant select on ledger_checks to linli_app, linli_worker;

-- The past stays ------------------------------------------------------------------------------------------------

create function ledger_refuses_change() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger is added to and never changed' using errcode = 'LP009';
end $$;
comment on function ledger_refuses_change is 'Also for who owns the tables: truth is append-only.';

do $$
declare t text;
begin
  foreach t in array array['ledger_transfers', 'ledger_entries', 'ledger_holds', 'ledger_settlements', 'ledger_checks'] loop
    execute format('create trigger no_change before update or delete on %I for each row execute function ledger_refuses_change()', t);
    execute format('create trigger no_truncate before truncate on %I for each statement execute function ledger_refuses_change()', t);
  end loop;
end $$;

-- Whole or not at all ---------------------------------------------------------------------------------------------

create function ledger_must_be_whole(p_street integer, p_transfer uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_pending boolean;
  v_lines integer;
  v_wanted integer;
  v_settled text;
  v_count integer;
  v_last integer;
  v_uneven boolean;
begin
  select pending, lines into v_pending, v_lines from ledger_transfers where street_id = p_street and id = p_transfer;
  v_wanted := v_lines;
  if v_pending then
    select coalesce(sum(n), 0), max(last), coalesce(bool_or(total <> 0), false) into v_count, v_last, v_uneven
    from (select count(*) as n, max(line) as last, sum(amount) as total from ledger_holds
      where street_id = p_street and transfer_id = p_transfer group by unit) u;
    if v_uneven or v_count is distinct from v_lines or v_last is distinct from v_lines then
      raise exception 'pending transfer % is not what it says', p_transfer using errcode = 'LP002';
    end if;
    select outcome into v_settled from ledger_settlements where street_id = p_street and transfer_id = p_transfer;
    v_wanted := case v_settled when 'posted' then v_lines else 0 end;
  end if;
  select coalesce(sum(n), 0), coalesce(max(last), 0), coalesce(bool_or(total <> 0), false) into v_count, v_last, v_uneven
  from (select count(*) as n, max(line) as last, sum(amount) as total from ledger_entries
    where street_id = p_street and transfer_id = p_transfer group by unit) u;
  -- As many as it says and none numbered above: so the lines are one to the last, and none can be added later.
  if v_uneven or v_count is distinct from v_wanted or v_last is distinct from v_wanted then
    raise exception 'transfer % has not the lines it says, or they do not sum to zero', p_transfer using errcode = 'LP002';
  end if;
end $$;
comment on function ledger_must_be_whole is 'At the end of every transaction that touched a transfer: it has the lines it says, and they sum to zero for each unit.';

create function ledger_transfer_is_whole() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform ledger_must_be_whole(new.street_id, new.id);
  return null;
end $$;
create function ledger_line_is_whole() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- A transfer that is posted at once is asked about by its own trigger, and its first two lines are taken from then on.
  if new.line <= 2 and exists (select from ledger_transfers
      where street_id = new.street_id and id = new.transfer_id and not pending) then
    return null;
  end if;
  perform ledger_must_be_whole(new.street_id, new.transfer_id);
  return null;
end $$;
create function ledger_settlement_is_whole() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform ledger_must_be_whole(new.street_id, new.transfer_id);
  return null;
end $$;
create constraint trigger whole after insert on ledger_transfers deferrable initially deferred
  for each row execute function ledger_transfer_is_whole();
create constraint trigger whole after insert on ledger_entries deferrable initially deferred
  for each row execute function ledger_line_is_whole();
create constraint trigger whole after insert on ledger_holds deferrable initially deferred
  for each row execute function ledger_line_is_whole();
create constraint trigger whole after insert on ledger_settlements deferrable initially deferred
  for each row execute function ledger_settlement_is_whole();
