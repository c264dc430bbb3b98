-- The case engine: matters, duty lists, cases, their entries, reporters, search terms, calendar.

create table calendar_years (
  year integer primary key,
  source text not null
);
comment on table calendar_years is 'Years whose holidays and make-up days are known. A deadline that reaches into a missing year is refused, never guessed.';
create table calendar_days (
  day date primary key,
  working boolean not null,
  name text
);
comment on table calendar_days is 'Days that differ from the weekday rule: holidays on weekdays, make-up work on weekends. A reference table.';
grant select, insert, update, delete on calendar_years, calendar_days to linli_app;
grant select on calendar_years, calendar_days to linli_worker;

create table matters (
  street_id integer not null references streets,
  id uuid not null,
  standard text not null,
  code text not null,
  class_code text not null,
  class_name text not null,
  name text not null,
  name_en text not null,
  resident_words text,
  keywords text[] not null default '{}',
  level text not null check (level in ('grid', 'community', 'street', 'department')),
  kind text not null,
  urgency text not null check (urgency in ('P0', 'P1', 'P2', 'P3')),
  is_public boolean not null,
  sensitive boolean not null,
  on_site_check boolean not null,
  local_extension boolean not null,
  extra_fields jsonb,
  clock jsonb,
  valid_from date not null,
  valid_to date,
  primary key (street_id, id),
  unique (street_id, standard, code, valid_from)
);
comment on table matters is 'The catalogue 事项目录, in dated versions. A code is a class of cases, never one case.';
comment on column matters.resident_words is 'What a resident would call it; null for the street-space standard, whose names residents never see.';
comment on column matters.clock is 'Overrides the default clock of kind and urgency: {response, finish, source}.';

create table duty_rules (
  street_id integer not null references streets,
  level text not null,
  organisation_kind text not null,
  matter_prefix text not null,
  duty text not null check (duty in ('must', 'may', 'refuse')),
  turn_to text,
  basis_zh text not null,
  basis_en text not null,
  primary key (street_id, level, organisation_kind, matter_prefix)
);
comment on table duty_rules is 'Duty lists 职责清单 per level and kind of organisation; the longest matching prefix of a matter''s code decides. What a community''s list refuses or does not hold can not be pushed down to it.';

create table cases (
  street_id integer not null references streets,
  id uuid not null,
  number text not null,
  kind text,
  matter_id uuid,
  title text not null,
  text text not null,
  channel text not null,
  state text not null,
  outcome text,
  urgency text not null,
  desk text not null check (desk in ('community', 'street')),
  area_id uuid not null,
  area ltree not null,
  lng double precision,
  lat double precision,
  source_datum text,
  place_text text,
  building_id uuid,
  organisation_id uuid,
  shared_organisations uuid[] not null default '{}',
  holder_post_id uuid,
  holder_account_id uuid,
  reporter_id uuid,
  filed_by uuid not null,
  on_behalf boolean not null default false,
  confidential boolean not null default false,
  accepted_at timestamptz,
  assigned_at timestamptz,
  response_due_at timestamptz,
  responded_at timestamptz,
  due_at timestamptz,
  clock_start_at timestamptz,
  clock_rule jsonb,
  suspended_until timestamptz,
  suspended_at timestamptz,
  paused_minutes integer not null default 0,
  draft_answer text,
  answer text,
  answered_at timestamptz,
  closed_at timestamptz,
  review_on date,
  rating jsonb,
  pending_approval jsonb,
  supervised boolean not null default false,
  reopen_count integer not null default 0,
  rework_count integer not null default 0,
  handled_by uuid[] not null default '{}',
  handled_organisations uuid[] not null default '{}',
  assigned_by uuid[] not null default '{}',
  parent_case_id uuid,
  outside_source text,
  outside_number text,
  version integer not null default 1,
  created_at timestamptz not null,
  primary key (street_id, id),
  unique (street_id, number),
  foreign key (street_id, area_id) references areas (street_id, id),
  foreign key (street_id, matter_id) references matters (street_id, id),
  foreign key (street_id, organisation_id) references organisations (street_id, id),
  foreign key (street_id, parent_case_id) references cases (street_id, id),
  check (state in ('pending', 'accepted', 'assigned', 'in-progress', 'result-submitted', 'answered', 'closed', 'declined', 'merged')),
  check (outcome in ('solved', 'partly', 'unsolved')),
  -- An unsolved matter is never closed in silence: it has a day on which it is looked at again.
  check (state <> 'closed' or outcome is distinct from 'unsolved' or review_on is not null)
);
comment on table cases is 'One record from a word to its end 诉求/事件/工单. Finished (state), solved (outcome) and satisfied (rating) are three facts.';
comment on column cases.area is 'ltree path of the area; the street''s own path when no place is known, which puts the case into the street desk''s queue.';
comment on column cases.handled_by is 'Accounts that handled it in this round: they may neither check nor close.';
comment on column cases.assigned_by is 'Accounts that dispatched it in this round: they may not close.';

create index cases_newest on cases (street_id, created_at desc, id desc);
create index cases_by_state on cases (street_id, state, created_at desc, id desc);
create index cases_by_organisation on cases (street_id, organisation_id, state, created_at desc, id desc);
create index cases_by_area on cases (street_id, area_id, state, created_at desc, id desc);
create index cases_by_reporter on cases (street_id, reporter_id, created_at desc, id desc) where reporter_id is not null;
create index cases_open_by_due on cases (street_id, due_at, id) where state in ('accepted', 'assigned', 'in-progress', 'result-submitted');
create index cases_open_by_organisation_due on cases (street_id, organisation_id, due_at, id) where state in ('accepted', 'assigned', 'in-progress', 'result-submitted');
create index cases_held_by_account on cases (street_id, holder_account_id, state) where holder_account_id is not null;
create index cases_for_review on cases (street_id, review_on) where review_on is not null;
create unique index cases_by_outside_number on cases (street_id, outside_source, outside_number) where outside_number is not null;
create index cases_by_parent on cases (street_id, parent_case_id) where parent_case_id is not null;

alter table cases enable row level security;
alter table cases force row level security;
-- The second wall: what the operation layer forgets to ask, the rows refuse (rights.md, Rows).
create policy within_scope on cases for select to linli_app, linli_reader, linli_worker using (
  street_id = nullif(current_setting('app.street', true), '')::int
  and (area <@ any (nullif(current_setting('app.areas', true), '')::ltree[])
    or organisation_id = any (nullif(current_setting('app.organisations', true), '')::uuid[])
    or shared_organisations && nullif(current_setting('app.organisations', true), '')::uuid[]
    or holder_account_id = nullif(current_setting('app.actor', true), '')::uuid
    or reporter_id = nullif(current_setting('app.actor', true), '')::uuid));
create policy change_within_scope on cases for update to linli_app, linli_worker using (
  street_id = nullif(current_setting('app.street', true), '')::int
  and (area <@ any (nullif(current_setting('app.areas', true), '')::ltree[])
    or organisation_id = any (nullif(current_setting('app.organisations', true), '')::uuid[])
    or shared_organisations && nullif(current_setting('app.organisations', true), '')::uuid[]
    or holder_account_id = nullif(current_setting('app.actor', true), '')::uuid
    or reporter_id = nullif(current_setting('app.actor', true), '')::uuid))
  with check (street_id = nullif(current_setting('app.street', true), '')::int);
create policy file_as_oneself on cases for insert to linli_app with check (
  street_id = nullif(current_setting('app.street', true), '')::int
  and (filed_by = nullif(current_setting('app.actor', true), '')::uuid
    -- The system files for others what happened elsewhere or before: imports and the demo.
    or nullif(current_setting('app.actor', true), '')::uuid = '00000000-0000-7000-8000-000000000000'));
grant select, insert, update on cases to linli_app;
grant select on cases to linli_reader;
grant select, update on cases to linli_worker;

create table case_entries (
  street_id integer not null references streets,
  id uuid not null,
  case_id uuid not null,
  at timestamptz not null,
  act text not null,
  actor_id uuid not null,
  post_id uuid,
  from_state text,
  to_state text,
  words text,
  detail jsonb not null default '{}',
  file_ids uuid[] not null default '{}',
  internal boolean not null default false,
  primary key (street_id, case_id, id),
  foreign key (street_id, case_id) references cases (street_id, id)
);
comment on table case_entries is 'The history of a case, added to and never changed. Actors are ids; names stand in contact tables.';
comment on column case_entries.internal is 'For staff only: notes of dispatch and approval that a resident does not read.';
alter table case_entries enable row level security;
alter table case_entries force row level security;
create policy add_in_street on case_entries for insert to linli_app, linli_worker
  with check (street_id = nullif(current_setting('app.street', true), '')::int
    and (actor_id = nullif(current_setting('app.actor', true), '')::uuid
      -- What an act makes the system do stands beside it, and the system writes down what happened before.
      or actor_id = '00000000-0000-7000-8000-000000000000'
      or nullif(current_setting('app.actor', true), '')::uuid = '00000000-0000-7000-8000-000000000000'));
create policy read_in_street on case_entries for select to linli_reader
  using (street_id = nullif(current_setting('app.street', true), '')::int);
grant insert on case_entries to linli_app, linli_worker;
grant select on case_entries to linli_reader;

create function entries_of_case(p_case uuid) returns setof case_entries
language sql stable security definer set search_path = public, pg_temp as $$
  -- The case itself is read under the caller's own scope: whoever may not see it gets no entries.
  select e.* from cases c join case_entries e on e.street_id = c.street_id and e.case_id = c.id
  where c.street_id = nullif(current_setting('app.street', true), '')::int and c.id = p_case
  order by e.at, e.id
$$;
comment on function entries_of_case is 'Entries are visible exactly when their case is; a policy may hold no sub-select, so this function is the door.';

create table case_reporters (
  street_id integer not null references streets,
  case_id uuid not null,
  confidential boolean not null,
  name_encrypted text,
  phone_encrypted text,
  address_encrypted text,
  phone_index text,
  phone_tail_index text,
  erased_at timestamptz,
  primary key (street_id, case_id),
  foreign key (street_id, case_id) references cases (street_id, id)
);
comment on table case_reporters is 'Who reported: apart from the case, encrypted by column, erased on request while the case stays.';
create index case_reporters_by_phone on case_reporters (street_id, phone_index);
create index case_reporters_by_tail on case_reporters (street_id, phone_tail_index);
alter table case_reporters enable row level security;
alter table case_reporters force row level security;
create policy add_in_street on case_reporters for insert to linli_app
  with check (street_id = nullif(current_setting('app.street', true), '')::int);
create policy read_in_street on case_reporters for select to linli_reader
  using (street_id = nullif(current_setting('app.street', true), '')::int);
create policy erase_in_street on case_reporters for all to linli_worker using (true);
grant insert on case_reporters to linli_app;
grant select on case_reporters to linli_reader;
grant select, update on case_reporters to linli_worker;

create function reporter_of_case(p_case uuid) returns setof case_reporters
language sql stable security definer set search_path = public, pg_temp as $$
  -- A confidential reporter is hidden from whoever reaches the case only through an organisation.
  select r.* from cases c join case_reporters r on r.street_id = c.street_id and r.case_id = c.id
  where c.street_id = nullif(current_setting('app.street', true), '')::int and c.id = p_case
    and (not r.confidential
      or c.area <@ any (nullif(current_setting('app.areas', true), '')::ltree[])
      or c.reporter_id = nullif(current_setting('app.actor', true), '')::uuid)
$$;
comment on function reporter_of_case is 'The reporter of a case that the caller may see; none when the reporter asked for confidence and the caller is a handler.';

create function cases_by_phone(p_index text, p_tail_index text, p_limit integer) returns table (case_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select r.case_id from case_reporters r join cases c on c.street_id = r.street_id and c.id = r.case_id
  where r.street_id = nullif(current_setting('app.street', true), '')::int
    and (r.phone_index = p_index or r.phone_tail_index = p_tail_index)
    and c.area <@ any (nullif(current_setting('app.areas', true), '')::ltree[])
  order by c.created_at desc limit p_limit
$$;
comment on function cases_by_phone is 'Cases of a phone by blind index, within the areas of the caller.';

create table case_search (
  street_id integer not null references streets,
  case_id uuid not null,
  area ltree not null,
  created_at timestamptz not null,
  terms text[] not null,
  primary key (street_id, case_id),
  foreign key (street_id, case_id) references cases (street_id, id)
);
comment on table case_search is 'Character pairs of title, text and place. Two-character words are the usual Chinese search and no trigram index finds them.';
create index case_search_terms on case_search using gin (terms);
alter table case_search enable row level security;
alter table case_search force row level security;
create policy add_in_street on case_search for insert to linli_app
  with check (street_id = nullif(current_setting('app.street', true), '')::int);
create policy search_in_street on case_search for select to linli_search
  using (street_id = nullif(current_setting('app.street', true), '')::int);
create policy move_in_street on case_search for update to linli_search
  using (street_id = nullif(current_setting('app.street', true), '')::int);
grant insert on case_search to linli_app;
grant select, update (area) on case_search to linli_search;

create function search_cases(p_terms text[], p_before timestamptz, p_limit integer) returns table (case_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.case_id from case_search s
  where s.street_id = nullif(current_setting('app.street', true), '')::int
    and s.terms @> p_terms and s.created_at <= p_before
    and s.area <@ any (nullif(current_setting('app.areas', true), '')::ltree[])
  order by s.created_at desc limit p_limit
$$;
create function move_case_in_search(p_case uuid, p_area ltree) returns void
language sql security definer set search_path = public, pg_temp as $$
  update case_search s set area = p_area
  where s.street_id = nullif(current_setting('app.street', true), '')::int and s.case_id = p_case
    and s.area <@ any (nullif(current_setting('app.areas', true), '')::ltree[])
    and p_area <@ any (nullif(current_setting('app.areas', true), '')::ltree[])
$$;
comment on function move_case_in_search is 'A case whose place was corrected or that was sent down is found where it now lies; both places must be the caller''s.';

comment on function search_cases is 'Candidates by their character pairs, newest first, within the caller''s areas; the caller joins them to the guarded table and checks the text itself.';

create table case_files (
  street_id integer not null references streets,
  case_id uuid not null,
  file_id uuid not null,
  primary key (street_id, case_id, file_id),
  foreign key (street_id, case_id) references cases (street_id, id),
  foreign key (street_id, file_id) references files (street_id, id)
);
comment on table case_files is 'Which files belong to a case: a file is served only through the rights of its case.';
alter table case_files enable row level security;
alter table case_files force row level security;
create policy add_in_street on case_files for insert to linli_app
  with check (street_id = nullif(current_setting('app.street', true), '')::int);
create policy read_in_street on case_files for select to linli_reader
  using (street_id = nullif(current_setting('app.street', true), '')::int);
grant insert on case_files to linli_app;
grant select on case_files to linli_reader;

create function files_of_case(p_case uuid) returns setof files
language sql stable security definer set search_path = public, pg_temp as $$
  select f.* from cases c
    join case_files l on l.street_id = c.street_id and l.case_id = c.id
    join files f on f.street_id = l.street_id and f.id = l.file_id
  where c.street_id = nullif(current_setting('app.street', true), '')::int and c.id = p_case
  order by f.uploaded_at, f.id
$$;
comment on function files_of_case is 'Files are visible exactly when their case is.';

create table case_number_counters (
  street_id integer not null references streets,
  day date not null,
  next_number integer not null,
  primary key (street_id, day)
);
comment on table case_number_counters is 'Next free number of a street''s day; taken in blocks of 20 outside the act''s transaction, so gaps are normal.';
alter table case_number_counters enable row level security;
alter table case_number_counters force row level security;
create policy own_street on case_number_counters to linli_app
  using (street_id = nullif(current_setting('app.street', true), '')::int);
grant select, insert, update on case_number_counters to linli_app;

create table case_notices (
  street_id integer not null references streets,
  case_id uuid not null,
  notice text not null,
  round integer not null,
  due_at timestamptz not null,
  at timestamptz not null,
  primary key (street_id, case_id, notice, round, due_at),
  foreign key (street_id, case_id) references cases (street_id, id)
);
comment on table case_notices is 'Each notice of a clock, once: the key refuses a second.';
alter table case_notices enable row level security;
alter table case_notices force row level security;
create policy own_street on case_notices to linli_app, linli_worker
  using (street_id = nullif(current_setting('app.street', true), '')::int);
grant select, insert on case_notices to linli_app, linli_worker;

do $$
declare t text;
begin
  foreach t in array array['matters', 'duty_rules'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_street on %I to linli_app, linli_worker using (street_id = nullif(current_setting(''app.street'', true), '''')::int)', t);
    execute format('grant select, insert, update on %I to linli_app', t);
    execute format('grant select on %I to linli_worker', t);
  end loop;
end $$;

grant create on schema public to linli_reader, linli_search;
alter function entries_of_case owner to linli_reader;
alter function reporter_of_case owner to linli_reader;
alter function cases_by_phone owner to linli_reader;
alter function files_of_case owner to linli_reader;
alter function search_cases owner to linli_search;
alter function move_case_in_search owner to linli_search;
revoke create on schema public from linli_reader, linli_search;
revoke execute on function entries_of_case, reporter_of_case, cases_by_phone, files_of_case, search_cases, move_case_in_search from public;
grant execute on function entries_of_case, reporter_of_case, cases_by_phone, files_of_case, search_cases, move_case_in_search to linli_app;
