-- Settings a street changes itself 设置: every change is a dated row that stays; an undo is a row too.

create table street_settings (
  street_id integer not null references streets,
  key text not null,
  id uuid not null,
  act text not null,
  value jsonb,
  in_force_from timestamptz,
  changed_at timestamptz not null,
  changed_by uuid not null,
  undoes uuid,
  primary key (street_id, key, id),
  constraint street_settings_undone_change foreign key (street_id, key, undoes) references street_settings (street_id, key, id),
  constraint street_settings_shape check (
    (act = 'set' and value is not null and in_force_from is not null and undoes is null)
    or (act = 'reset' and value is null and in_force_from is not null and undoes is null)
    or (act = 'undo' and value is null and in_force_from is null and undoes is not null))
);
comment on table street_settings is 'What a street changed of its settings: numbers, lists and words. Rows are added, never changed; in force is the latest change that is not undone and whose time has come. Meanings, limits and defaults stand in the code that reads them.';
comment on column street_settings.key is 'The setting, module.whatItIs.';
comment on column street_settings.act is 'set: this value from then on; reset: back to what the program ships; undo: as if the change named in undoes had not been made.';
comment on column street_settings.in_force_from is 'From when the change counts; a later one replaces it when its own time comes.';
comment on column street_settings.changed_by is 'The account that did it, or the system.';
comment on constraint street_settings_undone_change on street_settings is 'An undo names a change of the same setting.';
comment on constraint street_settings_shape on street_settings is 'A value only with set; an undo has no time of its own, for it counts at once.';
create unique index street_settings_undone_once on street_settings (street_id, key, undoes) where undoes is not null;

-- What streets had set so far moves over; the table it stood in keeps only what it is still used for.
alter table settings no force row level security;
insert into street_settings (street_id, key, id, act, value, in_force_from, changed_at, changed_by)
  select street_id, name, gen_random_uuid(), 'set', value, changed_at, changed_at, changed_by
  from settings where name like 'cases.%';
delete from settings where name like 'cases.%';
alter table settings force row level security;
alter table settings rename to demo_progress;
alter index settings_pkey rename to demo_progress_pkey;
comment on table demo_progress is 'How far the making of a demo street has come, so that a start broken off is taken up again. Empty in a real street.';

alter table street_settings enable row level security;
alter table street_settings force row level security;
create policy own_street on street_settings to linli_app, linli_worker
  using (street_id = nullif(current_setting('app.street', true), '')::int);
grant select, insert on street_settings to linli_app;
grant select on street_settings to linli_worker;

-- The calendar: every notice that was imported stays, and every street counts its deadlines again for each.

create table calendar_changes (
  id uuid primary key,
  year integer not null check (year between 2020 and 2100),
  act text not null,
  source text not null,
  days jsonb not null,
  undoes uuid unique references calendar_changes,
  changed_at timestamptz not null,
  changed_by uuid not null,
  constraint calendar_changes_shape check (act = 'import' and undoes is null or act = 'undo' and undoes is not null)
);
comment on table calendar_changes is 'Yearly notices on days off as they were imported, and imports undone. Rows are added, never changed; calendar_years and calendar_days hold what follows from them. A reference table: the notice is one for the whole country.';
comment on column calendar_changes.days is 'List of day, working, name, as read from the notice.';
comment on constraint calendar_changes_shape on calendar_changes is 'An undo names the import that it takes back; an import names none.';
create index calendar_changes_in_order on calendar_changes (changed_at, id);
grant select, insert on calendar_changes to linli_app;
grant select on calendar_changes to linli_worker;

create table calendar_recounts (
  street_id integer not null references streets,
  change_id uuid not null references calendar_changes,
  counted_at timestamptz not null,
  moved integer not null,
  primary key (street_id, change_id)
);
comment on table calendar_recounts is 'Which changes of the calendar a street has counted its running deadlines again for, and how many cases that changed. Written with the cases in one transaction, so each change counts once.';
alter table calendar_recounts enable row level security;
alter table calendar_recounts force row level security;
create policy own_street on calendar_recounts to linli_app, linli_worker
  using (street_id = nullif(current_setting('app.street', true), '')::int);
grant select, insert on calendar_recounts to linli_app;
grant select, insert on calendar_recounts to linli_worker;
