-- The duty roster 值班表: kinds of shifts, shifts, swaps, hand-over notes, call chains, gaps told; and the calls of
-- urgent cases down a chain. A desk is an area: the street's own, or a community's.

create table shift_kinds (
  street_id integer not null references streets,
  code text not null,
  name text not null,
  name_en text not null,
  applies text not null check (applies in ('every-day', 'working-days', 'days-off')),
  start_minute integer not null check (start_minute between 0 and 1439),
  length_minutes integer not null check (length_minutes between 30 and 1440),
  position integer not null,
  changed_at timestamptz not null,
  changed_by uuid not null,
  primary key (street_id, code)
);
comment on table shift_kinds is 'Kinds of shifts 班次 of a street: day, night, holiday. Without rows the shipped three hold.';
comment on column shift_kinds.start_minute is 'Minutes after midnight at UTC+8; with the length it may cross midnight.';
comment on column shift_kinds.applies is 'On which days it is stood; days off come from the working calendar.';

create table duty_shifts (
  street_id integer not null references streets,
  id uuid not null,
  desk_area_id uuid not null,
  desk_path ltree not null,
  day date not null,
  kind text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  head_id uuid not null references accounts,
  member_ids uuid[] not null default '{}',
  source text not null check (source in ('hand', 'pattern', 'sheet', 'swap')),
  put_at timestamptz not null,
  put_by uuid not null,
  primary key (street_id, id),
  unique (street_id, desk_area_id, day, kind),
  foreign key (street_id, desk_area_id) references areas (street_id, id),
  check (ends_at > starts_at)
);
comment on table duty_shifts is 'Who stands a shift at a desk. Its times are kept as they were when it was put: a past shift is a record.';
comment on column duty_shifts.member_ids is 'Accounts beside the head, in order.';
create index duty_shifts_by_time on duty_shifts (street_id, ends_at, starts_at);

create table shift_swaps (
  street_id integer not null references streets,
  id uuid not null,
  desk_area_id uuid not null,
  desk_path ltree not null,
  shift_id uuid not null,
  return_shift_id uuid,
  asked_by uuid not null references accounts,
  with_account uuid not null references accounts,
  state text not null check (state in ('asked', 'agreed', 'approved', 'declined', 'refused', 'withdrawn', 'lapsed')),
  reason text,
  asked_at timestamptz not null,
  answered_at timestamptz,
  settled_at timestamptz,
  settled_by uuid,
  primary key (street_id, id),
  check (settled_by is null or (settled_by <> asked_by and settled_by <> with_account))
);
comment on table shift_swaps is 'Swaps 换班: asked by one, agreed by the other, approved by a third. The check holds what the rights page says of asking and approving.';
comment on column shift_swaps.return_shift_id is 'The shift that the asker stands in return; none when the other only stands in.';
create index shift_swaps_by_desk on shift_swaps (street_id, desk_area_id, asked_at desc);

create table handover_notes (
  street_id integer not null references streets,
  id uuid not null,
  desk_area_id uuid not null,
  desk_path ltree not null,
  shift_id uuid not null,
  shift_ends_at timestamptz not null,
  written_by uuid not null references accounts,
  written_at timestamptz not null,
  words text not null,
  primary key (street_id, id),
  foreign key (street_id, shift_id) references duty_shifts (street_id, id)
);
comment on table handover_notes is 'Hand-over notes 交接班记录, added to and never changed.';
create index handover_notes_by_desk on handover_notes (street_id, desk_area_id, written_at desc);

create table handover_reads (
  street_id integer not null references streets,
  note_id uuid not null,
  account_id uuid not null references accounts,
  read_at timestamptz not null,
  primary key (street_id, note_id, account_id),
  foreign key (street_id, note_id) references handover_notes (street_id, id)
);
comment on table handover_reads is 'Who has read a note: so that it stops asking to be read. Nothing is counted from it.';

create table call_chains (
  street_id integer not null references streets,
  desk_area_id uuid not null,
  position integer not null check (position between 0 and 20),
  desk_path ltree not null,
  account_id uuid references accounts,
  wait_minutes integer not null check (wait_minutes between 1 and 120),
  changed_at timestamptz not null,
  changed_by uuid not null,
  primary key (street_id, desk_area_id, position),
  foreign key (street_id, desk_area_id) references areas (street_id, id),
  check ((position = 0) = (account_id is null))
);
comment on table call_chains is 'Call chains 呼叫顺序: position 0 is whoever heads the shift, then people in order, each with the minutes to wait before the next.';

create table roster_gaps (
  street_id integer not null references streets,
  desk_area_id uuid not null,
  day date not null,
  kind text not null,
  found_at timestamptz not null,
  desk_path ltree not null,
  starts_at timestamptz not null,
  filled_at timestamptz,
  primary key (street_id, desk_area_id, day, kind, found_at),
  foreign key (street_id, desk_area_id) references areas (street_id, id)
);
comment on table roster_gaps is 'Shifts that nobody stands 缺班, each told once; one that was filled and falls empty again is a new one.';
create unique index roster_gaps_open on roster_gaps (street_id, desk_area_id, day, kind) where filled_at is null;

create table call_runs (
  street_id integer not null references streets,
  id uuid not null,
  case_id uuid not null,
  round integer not null,
  area ltree not null,
  desk_area_id uuid not null,
  state text not null check (state in ('calling', 'answered', 'exhausted', 'ended')),
  started_at timestamptz not null,
  next_at timestamptz,
  answered_by uuid,
  answered_post uuid,
  answered_at timestamptz,
  primary key (street_id, id),
  unique (street_id, case_id, round),
  foreign key (street_id, case_id) references cases (street_id, id)
);
comment on table call_runs is 'An urgent case on its way down a call chain, until somebody has it. One run for each round of a case.';
comment on column call_runs.area is 'The area of its case, whose reach it shares.';
create index call_runs_waiting on call_runs (street_id, next_at) where state = 'calling';
create index call_runs_open on call_runs (street_id, started_at desc) where state in ('calling', 'exhausted');

create table call_steps (
  street_id integer not null references streets,
  run_id uuid not null,
  position integer not null,
  account_id uuid not null references accounts,
  part text not null check (part in ('on-duty', 'chain', 'supervisor', 'secretary')),
  called_at timestamptz not null,
  primary key (street_id, run_id, account_id),
  foreign key (street_id, run_id) references call_runs (street_id, id)
);
comment on table call_steps is 'Who was called in a run, and in what part: the key calls nobody twice.';

do $$
declare t text;
begin
  foreach t in array array['shift_kinds', 'duty_shifts', 'shift_swaps', 'handover_notes', 'handover_reads', 'call_chains',
    'roster_gaps', 'call_runs', 'call_steps'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select on %I to linli_app, linli_worker', t);
  end loop;
  -- The roster hangs on the wall: everybody of the street reads who stands where. Child rows hold ids and times only.
  foreach t in array array['shift_kinds', 'duty_shifts', 'call_chains', 'roster_gaps', 'handover_reads', 'call_steps'] loop
    execute format('create policy read_in_street on %I for select to linli_app, linli_worker using (street_id = nullif(current_setting(''app.street'', true), '''')::int)', t);
  end loop;
  -- It is written by whoever's area holds the desk.
  foreach t in array array['duty_shifts', 'call_chains'] loop
    execute format('create policy add_at_desk on %I for insert to linli_app, linli_worker with check (street_id = nullif(current_setting(''app.street'', true), '''')::int and desk_path <@ any (nullif(current_setting(''app.areas'', true), '''')::ltree[]))', t);
  end loop;
  foreach t in array array['duty_shifts', 'call_chains'] loop
    execute format('create policy remove_at_desk on %I for delete to linli_app using (street_id = nullif(current_setting(''app.street'', true), '''')::int and desk_path <@ any (nullif(current_setting(''app.areas'', true), '''')::ltree[]))', t);
  end loop;
end $$;

create policy change_at_desk on duty_shifts for update to linli_app, linli_worker using (
  street_id = nullif(current_setting('app.street', true), '')::int
  and desk_path <@ any (nullif(current_setting('app.areas', true), '')::ltree[]));
-- Gaps are found and filled by the job alone; people read them.
create policy add_at_desk on roster_gaps for insert to linli_worker with check (
  street_id = nullif(current_setting('app.street', true), '')::int
  and desk_path <@ any (nullif(current_setting('app.areas', true), '')::ltree[]));
create policy change_at_desk on roster_gaps for update to linli_worker using (
  street_id = nullif(current_setting('app.street', true), '')::int
  and desk_path <@ any (nullif(current_setting('app.areas', true), '')::ltree[]));

create policy add_in_street on shift_kinds for insert to linli_app
  with check (street_id = nullif(current_setting('app.street', true), '')::int);
create policy remove_in_street on shift_kinds for delete to linli_app
  using (street_id = nullif(current_setting('app.street', true), '')::int);

-- Swaps concern the two and the desk; a person who stands shifts at a desk from a grid below it is one of the two.
create policy read_own_or_desk on shift_swaps for select to linli_app using (
  street_id = nullif(current_setting('app.street', true), '')::int
  and (asked_by = nullif(current_setting('app.actor', true), '')::uuid
    or with_account = nullif(current_setting('app.actor', true), '')::uuid
    or desk_path <@ any (nullif(current_setting('app.areas', true), '')::ltree[])));
create policy ask_oneself on shift_swaps for insert to linli_app with check (
  street_id = nullif(current_setting('app.street', true), '')::int
  and asked_by = nullif(current_setting('app.actor', true), '')::uuid);
create policy settle_own_or_desk on shift_swaps for update to linli_app using (
  street_id = nullif(current_setting('app.street', true), '')::int
  and (asked_by = nullif(current_setting('app.actor', true), '')::uuid
    or with_account = nullif(current_setting('app.actor', true), '')::uuid
    or desk_path <@ any (nullif(current_setting('app.areas', true), '')::ltree[])));

-- Notes speak of cases: the desk reads them, and who stands its shifts from an area below it.
create policy read_at_desk on handover_notes for select to linli_app using (
  street_id = nullif(current_setting('app.street', true), '')::int
  and (desk_path <@ any (nullif(current_setting('app.areas', true), '')::ltree[])
    or nlevel(desk_path) > 1 and desk_path @> any (nullif(current_setting('app.areas', true), '')::ltree[])));
create policy write_oneself on handover_notes for insert to linli_app with check (
  street_id = nullif(current_setting('app.street', true), '')::int
  and written_by = nullif(current_setting('app.actor', true), '')::uuid);
create policy read_mark_oneself on handover_reads for insert to linli_app with check (
  street_id = nullif(current_setting('app.street', true), '')::int
  and account_id = nullif(current_setting('app.actor', true), '')::uuid);

-- A call has the reach of its case.
create policy within_scope on call_runs for select to linli_app, linli_worker using (
  street_id = nullif(current_setting('app.street', true), '')::int
  and area <@ any (nullif(current_setting('app.areas', true), '')::ltree[]));
create policy begin_in_scope on call_runs for insert to linli_worker with check (
  street_id = nullif(current_setting('app.street', true), '')::int
  and area <@ any (nullif(current_setting('app.areas', true), '')::ltree[]));
create policy change_in_scope on call_runs for update to linli_app, linli_worker using (
  street_id = nullif(current_setting('app.street', true), '')::int
  and area <@ any (nullif(current_setting('app.areas', true), '')::ltree[]));
create policy call_in_street on call_steps for insert to linli_worker with check (
  street_id = nullif(current_setting('app.street', true), '')::int);

grant insert, delete on shift_kinds, call_chains to linli_app;
grant insert, update, delete on duty_shifts to linli_app;
grant insert on shift_swaps, handover_notes, handover_reads to linli_app;
grant update (state, answered_at, settled_at, settled_by) on shift_swaps to linli_app;
grant insert on roster_gaps, call_runs, call_steps to linli_worker;
grant update (filled_at) on roster_gaps to linli_worker;
grant update (state, next_at, answered_by, answered_post, answered_at) on call_runs to linli_app, linli_worker;
