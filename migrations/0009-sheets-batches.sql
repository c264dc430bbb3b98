-- Sheets 表格: imported batches, remembered columns, the street's own templates for export.

create table sheet_batches (
  street_id integer not null references streets,
  id uuid not null,
  kind text not null,
  source text,
  file_name text not null,
  state text not null check (state in ('uploaded', 'checked', 'applying', 'applied', 'undoing', 'undone', 'discarded')),
  reading jsonb not null,
  counts jsonb not null default '{}',
  version integer not null default 1,
  created_by uuid not null,
  created_at timestamptz not null,
  confirmed_by uuid,
  confirmed_at timestamptz,
  leave_out_bad boolean not null default false,
  progress_at timestamptz,
  done_rows integer not null default 0,
  total_rows integer not null default 0,
  finished_at timestamptz,
  undo_until timestamptz,
  undone_by uuid,
  undone_at timestamptz,
  forgotten_at timestamptz,
  primary key (street_id, id)
);
comment on table sheet_batches is 'One list that came in as a table, from upload to done or undone. The batch stays as a record; its rows and file do not.';
comment on column sheet_batches.reading is 'Which sheet, which line is the heading, which column is what: {sheet, headingRow, headingLines, matching}.';
comment on column sheet_batches.counts is 'How many rows would be and were added, changed, left alone, left out, failed: numbers only.';
comment on column sheet_batches.progress_at is 'When a chunk was last kept; a batch that stands still is taken up again.';
comment on column sheet_batches.forgotten_at is 'When the rows and the file were deleted: they hold personal data and are needed for undo only.';
create index sheet_batches_by_day on sheet_batches (street_id, created_at desc, id desc);
create index sheet_batches_at_work on sheet_batches (street_id, progress_at) where state in ('applying', 'undoing');

create table sheet_batch_files (
  street_id integer not null references streets,
  batch_id uuid not null,
  content_encrypted text not null,
  preview_encrypted text not null,
  primary key (street_id, batch_id),
  foreign key (street_id, batch_id) references sheet_batches (street_id, id)
);
comment on table sheet_batch_files is 'The file as it was sent and its first lines, encrypted: a changed choice of columns reads it again.';

create table sheet_batch_rows (
  street_id integer not null references streets,
  batch_id uuid not null,
  row integer not null,
  position integer not null,
  state text not null check (state in ('good', 'bad', 'left-out', 'done', 'failed', 'undone', 'kept')),
  act text check (act in ('add', 'change', 'same')),
  key_index text,
  faults integer not null default 0,
  warnings integer not null default 0,
  values_encrypted text not null,
  findings_encrypted text,
  made_encrypted text,
  secret_encrypted text,
  primary key (street_id, batch_id, row),
  foreign key (street_id, batch_id) references sheet_batches (street_id, id)
);
comment on table sheet_batch_rows is 'The rows of a batch with their state, encrypted by column. A chunk of rows changes state in the transaction that puts them in, so that each is put in once.';
comment on column sheet_batch_rows.key_index is 'Blind index of the row''s natural key; the same twice in a sheet is a fault.';
comment on column sheet_batch_rows.made_encrypted is 'What the row made or changed, and what stood there before: undo needs it.';
comment on column sheet_batch_rows.secret_encrypted is 'A one-time password until it was told once.';
create index sheet_batch_rows_to_do on sheet_batch_rows (street_id, batch_id, state, position);

create table sheet_matchings (
  street_id integer not null references streets,
  kind text not null,
  source text not null default '',
  heading_print text not null,
  matching jsonb not null,
  used_at timestamptz not null,
  primary key (street_id, kind, source, heading_print)
);
comment on table sheet_matchings is 'How columns were matched last time, per kind of list, source and heading; holds headings and keys, no rows.';

create table list_templates (
  street_id integer not null references streets,
  id uuid not null,
  list text not null,
  name text not null,
  content bytea not null,
  fields jsonb not null,
  created_by uuid not null,
  created_at timestamptz not null,
  removed_at timestamptz,
  primary key (street_id, id)
);
comment on table list_templates is 'The street''s own workbooks with {{fields}} and one repeated row, which an export fills.';
create index list_templates_by_list on list_templates (street_id, list) where removed_at is null;

do $$
declare t text;
begin
  foreach t in array array['sheet_batches', 'sheet_batch_files', 'sheet_batch_rows', 'sheet_matchings', 'list_templates'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_street on %I to linli_app, linli_worker using (street_id = nullif(current_setting(''app.street'', true), '''')::int)', t);
  end loop;
end $$;
grant select, insert, update on sheet_batches to linli_app;
grant select, update on sheet_batches to linli_worker;
grant select, insert, update, delete on sheet_batch_files, sheet_batch_rows to linli_app;
grant select, delete on sheet_batch_files to linli_worker;
grant select, update, delete on sheet_batch_rows to linli_worker;
grant select, insert, update on sheet_matchings, list_templates to linli_app;

-- The worker puts the rows of a list in and takes them out again: what the kinds of lists write.
grant insert, update, delete on areas, buildings, organisations, posts, matters, duty_rules to linli_worker;
grant insert, update, delete on duty_shifts to linli_worker;
grant insert, delete on organisation_areas to linli_worker;
grant insert, update on area_versions to linli_worker;
grant insert, update, delete on accounts to linli_worker;
grant select, insert, update, delete on account_contacts to linli_worker;
grant select, insert, delete on memberships to linli_worker;
create policy lists_of_street on memberships to linli_worker
  using (street_id = nullif(current_setting('app.street', true), '')::int);
create policy undo_at_desk on duty_shifts for delete to linli_worker using (
  street_id = nullif(current_setting('app.street', true), '')::int
  and desk_path <@ any (nullif(current_setting('app.areas', true), '')::ltree[]));
grant execute on function roles_of_account to linli_worker;

insert into retention_classes (class, days, basis) values
  ('sheet-rows', 3, 'rows and file of a list that was not confirmed; of a confirmed one they go when it can no longer be undone');

-- What no foreign key says: whether an imported thing is at work, so that undo leaves it.
create function building_in_use(p_street integer, p_building uuid) returns boolean
language sql stable set search_path = public, pg_temp as $$
  select exists (select from cases c where c.street_id = p_street and c.building_id = p_building)
$$;
create function organisation_in_use(p_street integer, p_organisation uuid) returns boolean
language sql stable set search_path = public, pg_temp as $$
  select exists (select from cases c where c.street_id = p_street
    and (c.organisation_id = p_organisation or p_organisation = any (c.shared_organisations)))
$$;
create function post_in_use(p_street integer, p_post uuid) returns boolean
language sql stable set search_path = public, pg_temp as $$
  select exists (select from cases c where c.street_id = p_street and c.holder_post_id = p_post)
$$;
comment on function building_in_use is 'Whether a case lies at a building. It looks with the rights of who asks: the worker, whose scope is the whole street.';
comment on function organisation_in_use is 'Whether a case was given to an organisation or shared with it. It looks with the rights of who asks.';
comment on function post_in_use is 'Whether a case is held by a post. It looks with the rights of who asks.';
revoke execute on function building_in_use, organisation_in_use, post_in_use from public;
grant execute on function building_in_use, organisation_in_use, post_in_use to linli_worker;
