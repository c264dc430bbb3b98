-- Seals: what was written into the history of cases, the audit trail and the ledger is taken into a tree of hashes
-- (RFC 6962) whose root is signed outside the database, so that a later change of the past is found.

create table seal_queue (
  street_id integer not null,
  source text not null check (source in ('audit', 'case', 'ledger')),
  entry_id uuid not null,
  line smallint not null,
  case_id uuid,
  primary key (street_id, source, entry_id, line)
);
comment on table seal_queue is 'What was written and is not sealed yet. Filled by triggers in the writing transaction, so that an entry whose transaction commits late is sealed late, whatever its time or id; drained by the sealing job.';
comment on column seal_queue.street_id is 'Without a foreign key: the rows come from triggers on tables that have it, and every act writes here.';
comment on column seal_queue.entry_id is 'The id of an audit or case entry; of a line of the ledger its transfer.';
comment on column seal_queue.line is 'The line of a transfer; 0 for entries that have no lines.';

-- What stands before seals begin is sealed as it stands.
alter table audit_entries no force row level security;
alter table case_entries no force row level security;
alter table ledger_entries no force row level security;
insert into seal_queue select street_id, 'audit', id, 0, null from audit_entries;
insert into seal_queue select street_id, 'case', id, 0, case_id from case_entries;
insert into seal_queue select street_id, 'ledger', transfer_id, line, null from ledger_entries;
alter table audit_entries force row level security;
alter table case_entries force row level security;
alter table ledger_entries force row level security;

create function queue_audit_seals() returns trigger language plpgsql as $$
begin
  insert into seal_queue select street_id, 'audit', id, 0, null from fresh;
  return null;
end $$;
create function queue_case_seals() returns trigger language plpgsql as $$
begin
  insert into seal_queue select street_id, 'case', id, 0, case_id from fresh;
  return null;
end $$;
create function queue_ledger_seals() returns trigger language plpgsql as $$
begin
  insert into seal_queue select street_id, 'ledger', transfer_id, line, null from fresh;
  return null;
end $$;
comment on function queue_audit_seals is 'Every new entry waits to be sealed, whoever wrote it and however.';

create trigger seal after insert on audit_entries referencing new table as fresh
  for each statement execute function queue_audit_seals();
create trigger seal after insert on case_entries referencing new table as fresh
  for each statement execute function queue_case_seals();
create trigger seal after insert on ledger_entries referencing new table as fresh
  for each statement execute function queue_ledger_seals();

create table seal_leaves (
  street_id integer not null references streets,
  leaf_index bigint not null check (leaf_index >= 0),
  source text not null,
  entry_id uuid not null,
  line smallint not null,
  case_id uuid,
  at timestamptz not null,
  hash bytea not null check (length(hash) = 32),
  primary key (street_id, leaf_index),
  unique (street_id, source, entry_id, line)
);
comment on table seal_leaves is 'The leaves of a street''s tree in their order: which entry each stands for, and the hash of what it held when it was sealed.';
comment on column seal_leaves.at is 'The time that the entry gives itself; within one checkpoint the leaves stand in this order.';

create table seal_checkpoints (
  street_id integer not null references streets,
  size bigint not null check (size > 0),
  at timestamptz not null,
  peaks bytea not null,
  note text not null,
  primary key (street_id, size)
);
comment on table seal_checkpoints is 'The signed state of a street''s tree after each sealing. Its note is what leaves the machine.';
comment on column seal_checkpoints.size is 'How many leaves the tree then had.';
comment on column seal_checkpoints.peaks is 'Roots of the whole subtrees, 32 bytes each, the largest first: all that the next sealing needs of the past. They fold into the root that the note names.';
comment on column seal_checkpoints.note is 'A signed note as witnesses of transparency logs read it (C2SP tlog-checkpoint): origin, size, root, our own lines, signature in Ed25519.';

create table seal_deliveries (
  street_id integer not null references streets,
  size bigint not null,
  sent_at timestamptz not null,
  sent_to text not null,
  primary key (street_id, size),
  foreign key (street_id, size) references seal_checkpoints (street_id, size)
);
comment on table seal_deliveries is 'Which checkpoints have left this machine, and through which port.';

create function seals_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'seals are added to and never changed' using errcode = 'LP009';
end $$;
comment on function seals_refuse_change is 'Also for who owns the tables. Whoever takes this away is found by the recount.';

do $$
declare t text;
begin
  foreach t in array array['seal_leaves', 'seal_checkpoints', 'seal_deliveries'] loop
    execute format('create trigger no_change before update or delete on %I for each row execute function seals_refuse_change()', t);
    execute format('create trigger no_truncate before truncate on %I for each statement execute function seals_refuse_change()', t);
    execute format('grant select, insert on %I to linli_worker', t);
  end loop;
  foreach t in array array['seal_queue', 'seal_leaves', 'seal_checkpoints', 'seal_deliveries'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy seal_own_street on %I to linli_worker using (street_id = nullif(current_setting(''app.street'', true), '''')::int)', t);
  end loop;
  foreach t in array array['seal_checkpoints', 'seal_deliveries'] loop
    execute format('create policy read_own_street on %I for select to linli_app using (street_id = nullif(current_setting(''app.street'', true), '''')::int)', t);
    execute format('grant select on %I to linli_app', t);
  end loop;
end $$;
create policy add_own on seal_queue for insert to linli_app, linli_reader
  with check (street_id = nullif(current_setting('app.street', true), '')::int);
grant insert on seal_queue to linli_app, linli_reader;
grant select, insert, delete on seal_queue to linli_worker;

-- The sealing job reads what it seals.
create policy read_to_seal on case_entries for select to linli_worker
  using (street_id = nullif(current_setting('app.street', true), '')::int);
grant select on case_entries to linli_worker;
create policy read_to_seal on ledger_entries for select to linli_worker
  using (street_id = nullif(current_setting('app.street', true), '')::int);
create policy read_to_seal on ledger_transfers for select to linli_worker
  using (street_id = nullif(current_setting('app.street', true), '')::int);
grant select on ledger_entries, ledger_transfers to linli_worker;
