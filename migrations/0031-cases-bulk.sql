-- Cases: bulk work, taking an act back, templates for replies.

-- What the last act changed, so that whoever did it can take it back while nobody acted after it.
alter table cases add column undo jsonb;
comment on column cases.undo is 'What the last act of the desk changed: which acts, by whom, at which version, and the values before. Worth nothing once the version has moved on; the entries of the act stay, and taking it back is an entry of its own.';

-- Many cases at once -------------------------------------------------------------------------------------------------
create table case_batches (
  street_id integer not null references streets,
  id uuid not null,
  act text not null,
  said jsonb not null check (jsonb_typeof(said) = 'object'),
  undoes uuid,
  made_by uuid not null,
  made_at timestamptz not null,
  ended_at timestamptz,
  primary key (street_id, id),
  foreign key (street_id, undoes) references case_batches (street_id, id)
);
comment on table case_batches is 'One act of one person on many cases: what is to be done, and when all of them were settled. Each case goes through the act itself, with its rights, its version and its entry.';
comment on column case_batches.said is 'What the form said, the same for every case.';
comment on column case_batches.undoes is 'The batch that this one takes back.';
create index case_batches_own on case_batches (street_id, made_by, made_at desc, id desc);

create table case_batch_items (
  street_id integer not null references streets,
  batch_id uuid not null,
  case_id uuid not null,
  made_by uuid not null,
  seen_version integer not null,
  state text not null check (state in ('waiting', 'done', 'partly', 'refused')),
  why text,
  why_fill jsonb,
  settled_at timestamptz,
  undone_at timestamptz,
  primary key (street_id, batch_id, case_id),
  foreign key (street_id, batch_id) references case_batches (street_id, id),
  check ((state = 'waiting') = (settled_at is null)),
  check (why is not null or state not in ('partly', 'refused'))
);
comment on table case_batch_items is 'One case of a batch: settled in the same transaction as the act itself, so that a killed server leaves each case done once or not at all.';
comment on column case_batch_items.case_id is 'What the person asked for, with no key to cases: whether there is such a case and whether they may see it is said when the batch runs, and never by the refusal of a key.';
comment on column case_batch_items.seen_version is 'The version that the person saw when they chose the case; a newer one is refused.';
comment on column case_batch_items.state is 'partly: it was accepted and could not be given out.';
comment on column case_batch_items.why is 'The code of the refusal; what its words name in braces stands in why_fill.';
comment on column case_batch_items.undone_at is 'When the act was taken back; what it would have told people is then never told.';
create index case_batch_items_waiting on case_batch_items (street_id, batch_id, case_id) where state = 'waiting';

do $$
declare t text;
begin
  foreach t in array array['case_batches', 'case_batch_items'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own on %I to linli_app using (
      street_id = nullif(current_setting(''app.street'', true), '''')::int
      and made_by = nullif(current_setting(''app.actor'', true), '''')::uuid)', t);
    execute format('create policy own_street on %I to linli_worker using (
      street_id = nullif(current_setting(''app.street'', true), '''')::int)', t);
    execute format('grant select, insert on %I to linli_app', t);
    execute format('grant select on %I to linli_worker', t);
  end loop;
end $$;
grant update (undone_at) on case_batch_items to linli_app, linli_worker;
grant update (state, why, why_fill, settled_at) on case_batch_items to linli_worker;
grant update (ended_at) on case_batches to linli_worker;

-- The acts of a batch run in the worker, each in the name and within the scope of whoever made it.
grant execute on function move_case_in_search, similar_orders to linli_worker;

-- Templates for replies -----------------------------------------------------------------------------------------------
create table reply_templates (
  street_id integer not null references streets,
  id uuid not null,
  version integer not null check (version > 0),
  title text not null,
  acts text[] not null,
  matter_codes text[] not null,
  words text not null,
  retired boolean not null,
  written_by uuid not null,
  written_post uuid,
  written_at timestamptz not null,
  primary key (street_id, id, version)
);
comment on table reply_templates is 'Words for replies with fields in braces, kept by the street desk. Every change is a version of its own and none is ever changed; the newest counts.';
comment on column reply_templates.matter_codes is 'The matters that it is for; empty: all.';
alter table reply_templates enable row level security;
alter table reply_templates force row level security;
create policy own_street on reply_templates to linli_app, linli_worker
  using (street_id = nullif(current_setting('app.street', true), '')::int);
grant select, insert on reply_templates to linli_app;
grant select on reply_templates to linli_worker;
