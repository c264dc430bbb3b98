-- Cases: petitions, mandatory reports, repeats, duty tasks, ratings that can be believed.

-- Petitions 信访: received and registered here, passed on to whoever may decide, on the clocks of their regulation.
alter table cases add column petition jsonb;
comment on column cases.petition is 'Set when a case was registered as a petition: number, day received, to whom it was passed on, what was told and when. Ordinary acts and figures leave such a case alone.';
create unique index cases_petitions on cases (street_id, (petition ->> 'number')) where petition is not null;

-- Harm to a minor: the mandatory report 强制报告, and the walls around it. ------------------------------------------

-- Who made the report; from then on the case is in nobody's sight but the supervising posts', the maker's and the reporter's.
alter table cases add column guarded_by uuid;
comment on column cases.guarded_by is 'Account that made a mandatory report about this case. While it is set, place and organisation open the case to nobody: only supervisors and duty heads of the place, the maker and the reporter see it.';

alter policy within_scope on cases using (
  street_id = nullif(current_setting('app.street', true), '')::int
  and withdrawn_at is null
  and (reporter_id = nullif(current_setting('app.actor', true), '')::uuid
    or guarded_by is null
      and (area <@ any (nullif(current_setting('app.areas', true), '')::ltree[])
        or organisation_id = any (nullif(current_setting('app.organisations', true), '')::uuid[])
        or shared_organisations && nullif(current_setting('app.organisations', true), '')::uuid[]
        or holder_account_id = nullif(current_setting('app.actor', true), '')::uuid)
    or guarded_by is not null
      and (area <@ any (nullif(current_setting('app.supervised', true), '')::ltree[])
        or guarded_by = nullif(current_setting('app.actor', true), '')::uuid)));
alter policy change_within_scope on cases using (
  street_id = nullif(current_setting('app.street', true), '')::int
  and (reporter_id = nullif(current_setting('app.actor', true), '')::uuid
    or guarded_by is null
      and (area <@ any (nullif(current_setting('app.areas', true), '')::ltree[])
        or organisation_id = any (nullif(current_setting('app.organisations', true), '')::uuid[])
        or shared_organisations && nullif(current_setting('app.organisations', true), '')::uuid[]
        or holder_account_id = nullif(current_setting('app.actor', true), '')::uuid)
    or guarded_by is not null
      and (area <@ any (nullif(current_setting('app.supervised', true), '')::ltree[])
        or guarded_by = nullif(current_setting('app.actor', true), '')::uuid)));
alter policy find_own on cases using (
  street_id = nullif(current_setting('app.street', true), '')::int
  and guarded_by is null
  and (area <@ any (nullif(current_setting('app.areas', true), '')::ltree[])
    or organisation_id = any (nullif(current_setting('app.organisations', true), '')::uuid[])
    or shared_organisations && nullif(current_setting('app.organisations', true), '')::uuid[]
    or holder_account_id = nullif(current_setting('app.actor', true), '')::uuid));

create table harm_reports (
  street_id integer not null references streets,
  id uuid not null,
  case_id uuid,
  area_id uuid not null,
  area ltree not null,
  concern text not null check (concern in ('violence', 'sexual', 'neglect', 'abandoned', 'trafficked', 'bullied', 'self-harm', 'other')),
  words_encrypted text not null,
  made_by uuid not null,
  made_post uuid,
  made_at timestamptz not null,
  primary key (street_id, id),
  foreign key (street_id, case_id) references cases (street_id, id),
  foreign key (street_id, area_id) references areas (street_id, id)
);
comment on table harm_reports is 'A mandatory report 强制报告 that a minor is or may be harmed: who made it, when, about what. Seen by whoever made it and by the supervising posts of the place, and by nobody else.';
comment on column harm_reports.words_encrypted is 'Sealed by column: what was seen of a minor is sensitive whoever reads the disk.';
create index harm_reports_newest on harm_reports (street_id, made_at desc, id desc);

create table harm_report_entries (
  street_id integer not null references streets,
  id uuid not null,
  report_id uuid not null,
  area ltree not null,
  made_by uuid not null,
  at timestamptz not null,
  act text not null check (act in ('told', 'noted', 'opened', 'released')),
  actor_id uuid not null,
  actor_post uuid,
  authority text check (authority in ('police', 'civil-affairs', 'procuratorate', 'education')),
  told_at timestamptz,
  words_encrypted text,
  primary key (street_id, id),
  foreign key (street_id, report_id) references harm_reports (street_id, id),
  check ((act = 'told') = (authority is not null and told_at is not null))
);
comment on table harm_report_entries is 'The trail of a mandatory report, apart from the common one: which authority was told when, what was added, who opened it. Added to and never changed.';
comment on column harm_report_entries.made_by is 'Who made the report, kept here so that the same people see report and trail.';
create index harm_report_entries_of_report on harm_report_entries (street_id, report_id, at, id);

do $$
declare t text;
begin
  foreach t in array array['harm_reports', 'harm_report_entries'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy supervised_or_own on %I for select to linli_app using (
      street_id = nullif(current_setting(''app.street'', true), '''')::int
      and (made_by = nullif(current_setting(''app.actor'', true), '''')::uuid
        or area <@ any (nullif(current_setting(''app.supervised'', true), '''')::ltree[])))', t);
    execute format('grant select, insert on %I to linli_app', t);
  end loop;
end $$;
create policy report_as_oneself on harm_reports for insert to linli_app with check (
  street_id = nullif(current_setting('app.street', true), '')::int
  and made_by = nullif(current_setting('app.actor', true), '')::uuid);
create policy add_as_oneself on harm_report_entries for insert to linli_app with check (
  street_id = nullif(current_setting('app.street', true), '')::int
  and actor_id = nullif(current_setting('app.actor', true), '')::uuid
  and (made_by = nullif(current_setting('app.actor', true), '')::uuid
    or area <@ any (nullif(current_setting('app.supervised', true), '')::ltree[])));

-- What search finds a case by lies by its place; a guarded case lies nowhere.
create function guard_case_in_search(p_case uuid, p_area ltree) returns void
language sql security definer set search_path = public, pg_temp as $$
  update case_search s set area = coalesce(p_area, 'guarded')
  where s.street_id = nullif(current_setting('app.street', true), '')::int and s.case_id = p_case
    and case when p_area is null
      then s.area <@ any (nullif(current_setting('app.areas', true), '')::ltree[])
        or s.case_id in (select c.id from cases c where c.street_id = s.street_id and c.id = p_case)
      else s.area = 'guarded' and p_area <@ any (nullif(current_setting('app.supervised', true), '')::ltree[]) end
$$;
comment on function guard_case_in_search is 'Takes a case out of search, by whoever has it in sight; with a place brings it back there, by a supervising post of that place.';
grant create on schema public to linli_search;
alter function guard_case_in_search owner to linli_search;
revoke create on schema public from linli_search;
revoke execute on function guard_case_in_search from public;
grant execute on function guard_case_in_search to linli_app;

-- Repeats: what the same person reported before. -------------------------------------------------------------------
create function earlier_cases_of_person(p_case uuid, p_limit integer) returns table (case_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  -- Both cases are read under the caller's own scope, and both have to lie in the caller's areas: not for handlers.
  select found.id from cases c, lateral (
    select e.id, e.created_at from cases e
      where e.street_id = c.street_id and e.reporter_id = c.reporter_id
    union
    select e.id, e.created_at from case_reporters rc
      join case_reporters re on re.street_id = rc.street_id and re.phone_index = rc.phone_index
      join cases e on e.street_id = re.street_id and e.id = re.case_id
      where rc.street_id = c.street_id and rc.case_id = c.id
        and e.area <@ any (nullif(current_setting('app.areas', true), '')::ltree[])
  ) found
  where c.street_id = nullif(current_setting('app.street', true), '')::int and c.id = p_case
    and c.area <@ any (nullif(current_setting('app.areas', true), '')::ltree[])
    and found.id <> c.id and found.created_at < c.created_at
  order by found.created_at desc limit p_limit
$$;
comment on function earlier_cases_of_person is 'Earlier cases of whoever reported this one, by account or by phone, newest first; within the caller''s areas.';
grant create on schema public to linli_reader;
alter function earlier_cases_of_person owner to linli_reader;
revoke create on schema public from linli_reader;
revoke execute on function earlier_cases_of_person from public;
grant execute on function earlier_cases_of_person to linli_app;

-- Grid duty tasks 网格任务: given to posts of grids, with an end day; cases of the same engine that nobody reported. ------
alter table cases add column task jsonb;
comment on column cases.task is 'Set for a duty task of a grid: what kind, until which day, what has to be shown, and which others were given with it. Ordinary acts, lists and figures of cases leave it alone.';
create index cases_tasks on cases (street_id, (task ->> 'batch'), id) where task is not null;
create index cases_tasks_open on cases (street_id, due_at) where task is not null and state = 'assigned';

-- Ratings that can be believed. --------------------------------------------------------------------------------------
alter table cases add column finding jsonb;
comment on column cases.finding is 'A reviewed finding that the demand is unlawful or impossible 不合理诉求: kind, reason, who asked and who approved. Its rating counts in a figure of its own.';

create table rating_traces (
  street_id integer not null references streets,
  case_id uuid not null,
  round integer not null,
  at timestamptz not null,
  area ltree not null,
  way text not null check (way in ('app', 'link', 'call-back', 'desk')),
  person_key text not null,
  phone_index text,
  session_key text,
  organisation_id uuid,
  content boolean not null,
  primary key (street_id, case_id, round),
  foreign key (street_id, case_id) references cases (street_id, id)
);
comment on table rating_traces is 'How each rating came in: blind index of the phone, key of the session that this system itself gave out. No device is recognised. For signs of coaxed ratings alone.';
create index rating_traces_by_time on rating_traces (street_id, at);

create table rating_flags (
  street_id integer not null references streets,
  case_id uuid not null,
  round integer not null,
  sign text not null check (sign in ('one-phone', 'one-session', 'burst')),
  area ltree not null,
  organisation_id uuid,
  flagged_at timestamptz not null,
  rating jsonb not null,
  barred uuid[] not null,
  called_at timestamptz,
  called_by uuid,
  called_post uuid,
  reached boolean,
  solved boolean,
  satisfaction text check (satisfaction in ('satisfied', 'mostly', 'fair', 'dissatisfied')),
  words text,
  primary key (street_id, case_id, round, sign),
  foreign key (street_id, case_id) references cases (street_id, id),
  check ((called_at is null) = (called_by is null))
);
comment on table rating_flags is 'A rating that looks coaxed or given for others: it stays, and another person asks again without knowing it. Shown per organisation, never per member of staff.';
comment on column rating_flags.barred is 'Who handled, gave out, checked or wrote down: they do not call back.';
create index rating_flags_open on rating_flags (street_id, flagged_at) where called_at is null;

do $$
declare t text;
begin
  foreach t in array array['rating_traces', 'rating_flags'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy of_the_place on %I for select to linli_app using (
      street_id = nullif(current_setting(''app.street'', true), '''')::int
      and area <@ any (nullif(current_setting(''app.areas'', true), '''')::ltree[]))', t);
    execute format('create policy add_at_the_place on %I for insert to linli_app with check (
      street_id = nullif(current_setting(''app.street'', true), '''')::int
      and area <@ any (nullif(current_setting(''app.areas'', true), '''')::ltree[]))', t);
    execute format('grant select, insert on %I to linli_app', t);
  end loop;
end $$;
create policy call_back_at_the_place on rating_flags for update to linli_app using (
  street_id = nullif(current_setting('app.street', true), '')::int
  and area <@ any (nullif(current_setting('app.areas', true), '')::ltree[]));
grant update (called_at, called_by, called_post, reached, solved, satisfaction, words) on rating_flags to linli_app;
