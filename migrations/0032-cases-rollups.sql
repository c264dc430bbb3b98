-- Figures of cases from roll-ups (decision 0048): what changed, what each case counts for, and the sums of it by day.

create table case_figure_changes (
  street_id integer not null,
  id uuid not null default gen_random_uuid(),
  case_id uuid not null,
  primary key (street_id, id)
);
comment on table case_figure_changes is 'Cases that changed since their figures were last folded. Added to without a lock by whatever changes a case; emptied by the fold. No key to streets: every act would lock that row.';

create table case_facts (
  street_id integer not null,
  case_id uuid not null,
  day date not null,
  next_day date not null,
  organisation_id uuid not null,
  area_id uuid not null,
  area ltree not null,
  matter_id uuid not null,
  figures text[] not null,
  primary key (street_id, case_id, day, next_day, organisation_id)
);
comment on table case_facts is 'For which figures a case counts on which days, as last folded: the rows that the roll-ups are the sums of.';
comment on column case_facts.next_day is 'The next day on which the case counts for these figures again; infinity for none. In a period a case counts once, on its last day there.';
comment on column case_facts.organisation_id is 'Whom it counts for; all zeros for nobody.';
comment on column case_facts.matter_id is 'All zeros for none.';
create index case_facts_by_area on case_facts (street_id, area_id, day);
create index case_facts_by_day on case_facts (street_id, day);

create table case_times (
  street_id integer not null,
  case_id uuid not null,
  length text not null check (length in ('accept', 'contact', 'answer', 'close')),
  day date not null,
  organisation_id uuid not null,
  area_id uuid not null,
  area ltree not null,
  matter_id uuid not null,
  minutes integer not null check (minutes >= 0),
  unit text check (unit in ('clock-minutes', 'clock-hours', 'natural-days', 'working-days')),
  lawful_minutes integer check (lawful_minutes >= 0),
  primary key (street_id, case_id, length)
);
comment on table case_times is 'How long each case took, on the day on which the step was reached. Medians are exact: they are taken from these.';
comment on column case_times.minutes is 'By the clock on the wall.';
comment on column case_times.lawful_minutes is 'By the clock that its rule sets, pauses left out; for working days only minutes of working days. Null where no rule runs.';
create index case_times_by_day on case_times (street_id, day, length);
create index case_times_by_area on case_times (street_id, area_id, day);

create table case_rollups (
  street_id integer not null,
  area_path text not null,
  split text not null check (split in ('all', 'organisation', 'matter')),
  key uuid not null,
  day date not null,
  next_day date not null,
  area ltree not null,
  filed integer not null default 0,
  declined integer not null default 0,
  reported integer not null default 0,
  accepted integer not null default 0,
  taken_up integer not null default 0,
  contacted integer not null default 0,
  due integer not null default 0,
  due_handled integer not null default 0,
  due_handled_in_time integer not null default 0,
  due_answered integer not null default 0,
  due_answered_in_time integer not null default 0,
  due_answered_late integer not null default 0,
  due_open integer not null default 0,
  running integer not null default 0,
  long_term integer not null default 0,
  dispatched integer not null default 0,
  dispatched_right integer not null default 0,
  moved_on integer not null default 0,
  moved_twice integer not null default 0,
  disputed integer not null default 0,
  received_returned integer not null default 0,
  returned integer not null default 0,
  returns_settled integer not null default 0,
  returns_approved integer not null default 0,
  handled integer not null default 0,
  reworked integer not null default 0,
  checked integer not null default 0,
  check_passed integer not null default 0,
  reopened integer not null default 0,
  answered integer not null default 0,
  closed integer not null default 0,
  rateable integer not null default 0,
  unrated integer not null default 0,
  rated integer not null default 0,
  rated_reached integer not null default 0,
  rated_solved integer not null default 0,
  rated_satisfied integer not null default 0,
  unreasonable integer not null default 0,
  solved integer not null default 0,
  solved_in_grid integer not null default 0,
  solved_in_community integer not null default 0,
  solved_at_street integer not null default 0,
  solved_by_organisation integer not null default 0,
  grid_duty integer not null default 0,
  grid_duty_kept integer not null default 0,
  community_duty integer not null default 0,
  community_duty_kept integer not null default 0,
  street_duty integer not null default 0,
  street_duty_kept integer not null default 0,
  primary key (street_id, area_path, split, key, day, next_day)
);
comment on table case_rollups is 'Sums of case_facts by day: for the street whole, by organisation and by matter, and for each area right below it. All else is counted from the facts, for on most days hardly one case falls there.';
comment on column case_rollups.area_path is 'Path of the area with everything below it; as text, for a comparison of paths can use no index under row security.';
comment on column case_rollups.next_day is 'As of the facts.';
create index case_rollups_by_day on case_rollups (street_id, day);
create index case_rollups_standing on case_rollups (street_id, area_path, split) where running <> 0 or long_term <> 0;

create table case_figure_checks (
  street_id integer not null references streets,
  id uuid not null,
  at timestamptz not null,
  cases integer not null,
  facts_wrong integer not null,
  sums_wrong integer not null,
  primary key (street_id, id)
);
comment on table case_figure_checks is 'Each recount of a street''s figures: how many cases and how many sums had to be put right. Anything but zero is told to the operator.';
create index case_figure_checks_newest on case_figure_checks (street_id, at desc, id desc);

do $$
declare t text;
begin
  foreach t in array array['case_figure_changes', 'case_facts', 'case_times', 'case_rollups', 'case_figure_checks'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy fold_street on %I to linli_worker using (street_id = nullif(current_setting(''app.street'', true), '''')::int)', t);
    execute format('grant select, insert, delete on %I to linli_worker', t);
  end loop;
  foreach t in array array['case_facts', 'case_times', 'case_rollups'] loop
    execute format('create policy within_areas on %I for select to linli_app using (
      street_id = nullif(current_setting(''app.street'', true), '''')::int
      and area <@ any (nullif(current_setting(''app.areas'', true), '''')::ltree[]))', t);
    execute format('grant select on %I to linli_app', t);
    execute format('grant update on %I to linli_worker', t);
  end loop;
end $$;
-- Ids of cases that changed, and nothing of them.
create policy read_in_street on case_figure_changes for select to linli_app
  using (street_id = nullif(current_setting('app.street', true), '')::int);
grant select on case_figure_changes to linli_app;
-- Until the first recount there is nothing to read: figures are then counted from the cases themselves.
create policy read_in_street on case_figure_checks for select to linli_app
  using (street_id = nullif(current_setting('app.street', true), '')::int);
grant select on case_figure_checks to linli_app;
create policy note_in_street on case_figure_changes for insert to linli_app, linli_search
  with check (street_id = nullif(current_setting('app.street', true), '')::int);
grant insert on case_figure_changes to linli_app, linli_search;

-- Whoever changes a case changes its figures: no writer has to think of it.
create function note_figure_change() returns trigger language plpgsql as $$
begin
  insert into case_figure_changes (street_id, case_id) values (new.street_id, new.id);
  return null;
end $$;
create trigger cases_change_figures after insert or update on cases
  for each row execute function note_figure_change();

create function acts_of_cases(p_cases uuid[], p_acts text[])
returns table (case_id uuid, id uuid, at timestamptz, act text, post_id uuid, to_state text, about text)
language sql stable security definer set search_path = public, pg_temp rows 10000 as $$
  -- Joined to the case under the caller's own scope, like case_acts.
  select e.case_id, e.id, e.at, e.act, e.post_id, e.to_state, e.detail ->> 'of'
  from cases c join case_entries e on e.street_id = c.street_id and e.case_id = c.id
  where c.street_id = nullif(current_setting('app.street', true), '')::int
    and e.street_id = nullif(current_setting('app.street', true), '')::int
    and c.id = any (p_cases) and e.case_id = any (p_cases) and e.act = any (p_acts)
$$;
comment on function acts_of_cases is 'Which of these acts were ever done on these cases, as far as the caller sees them; no words.';
grant create on schema public to linli_reader;
alter function acts_of_cases owner to linli_reader;
revoke create on schema public from linli_reader;
revoke execute on function acts_of_cases from public;
grant execute on function acts_of_cases to linli_app, linli_worker;

create function cases_by_ids(p_cases uuid[]) returns setof cases
language sql stable set search_path = public, pg_temp rows 2000 as $$
  select c.* from cases c where c.street_id = nullif(current_setting('app.street', true), '')::int and c.id = any (p_cases)
$$;
comment on function cases_by_ids is 'These cases, as far as the caller sees them. A function, so that the planner counts with many: it takes row security for a wall that hardly one row passes, and would compare each with each.';

create function working_minutes(p_from timestamptz, p_to timestamptz) returns integer
language sql stable as $$
  -- Rule: rules.md 5. A year that is not announced is counted Monday to Friday, as its deadlines are (decision 0005).
  select coalesce(floor(sum(extract(epoch from least(p_to, d.day - interval '8 hours' + interval '1 day') - greatest(p_from, d.day - interval '8 hours'))) / 60), 0)::int
  from (select g.day at time zone 'UTC' as day, g.day::date as on_day
      from generate_series(((p_from at time zone 'UTC') + interval '8 hours')::date::timestamp,
        ((p_to at time zone 'UTC') + interval '8 hours')::date::timestamp, interval '1 day') g(day)) d
    left join calendar_days c on c.day = d.on_day
  where p_to > p_from and coalesce(c.working, extract(isodow from d.on_day) < 6)
$$;
comment on function working_minutes is 'Whole minutes of working days between two instants; 0 when the second is not later.';

create index whistle_calls_by_deadline on whistle_calls (street_id, due_at);
