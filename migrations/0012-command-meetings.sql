-- Monday's meeting 调度会: its paper frozen when it was held, what it decided, and the street's own templates for it;
-- and what figures over a period read: acts of cases by time.

create function case_acts(p_acts text[], p_from timestamptz, p_to timestamptz)
returns table (case_id uuid, act text, at timestamptz, post_id uuid, to_state text, about text)
language sql stable security definer set search_path = public, pg_temp as $$
  -- Joined to the case under the caller's own scope, like entries_of_case.
  select e.case_id, e.act, e.at, e.post_id, e.to_state, e.detail ->> 'of'
  from case_entries e join cases c on c.street_id = e.street_id and c.id = e.case_id
  where e.street_id = nullif(current_setting('app.street', true), '')::int
    and c.street_id = nullif(current_setting('app.street', true), '')::int
    and e.act = any (p_acts) and e.at between p_from and p_to
$$;
comment on function case_acts is 'Which of these acts were done on cases of the caller between two instants; no words. `about` is what an approval was of.';
grant create on schema public to linli_reader;
alter function case_acts owner to linli_reader;
revoke create on schema public from linli_reader;
revoke execute on function case_acts from public;
grant execute on function case_acts to linli_app;

-- Block ranges cost an act next to nothing and spare a figure over a week the years before it.
create index case_entries_by_time on case_entries using brin (at);
create index cases_by_deadline on cases using brin (due_at timestamptz_minmax_multi_ops);
create index cases_by_answer on cases using brin (answered_at timestamptz_minmax_multi_ops);

create table meetings (
  street_id integer not null references streets,
  id uuid not null,
  area_id uuid not null,
  area ltree not null,
  from_on date not null,
  to_on date not null,
  meets_on date not null,
  state text not null check (state in ('draft', 'held', 'minutes-kept')),
  paper jsonb,
  planned_at timestamptz not null,
  planned_by uuid not null references accounts,
  held_at timestamptz,
  held_by uuid references accounts,
  minutes text,
  minutes_at timestamptz,
  minutes_by uuid references accounts,
  version integer not null default 1,
  primary key (street_id, id),
  unique (street_id, area_id, from_on, to_on),
  foreign key (street_id, area_id) references areas (street_id, id),
  check (from_on <= to_on),
  check ((state = 'draft') = (paper is null)),
  check ((state = 'minutes-kept') = (minutes is not null))
);
comment on table meetings is 'A meeting 调度会 on the cases of a street or a community over a period.';
comment on column meetings.paper is 'Figures and rows as they stood when it was held, with scope and time: the same paper can be printed again. Ids and codes only; titles are read with the reader''s own rights.';
comment on column meetings.meets_on is 'The day it is held; what falls due from then on for seven days is what lies ahead.';
create index meetings_newest on meetings (street_id, meets_on desc, id desc);

create table meeting_decisions (
  street_id integer not null references streets,
  meeting_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  area ltree not null,
  organisation_id uuid,
  due_on date not null,
  words text not null,
  made_at timestamptz not null,
  made_by uuid not null references accounts,
  primary key (street_id, meeting_id, id),
  foreign key (street_id, meeting_id) references meetings (street_id, id),
  foreign key (street_id, case_id) references cases (street_id, id),
  foreign key (street_id, organisation_id) references organisations (street_id, id)
);
comment on table meeting_decisions is 'What a meeting decided on a case: who answers for it, until when, what is asked. Each stands on its case as a supervision 督办 too. Added to, never changed.';
comment on column meeting_decisions.area is 'The area of its meeting, whose reach it shares.';
create index meeting_decisions_by_case on meeting_decisions (street_id, case_id);

create table meeting_templates (
  street_id integer not null references streets,
  id uuid not null,
  format text not null check (format in ('xlsx', 'docx')),
  file_name text,
  content bytea,
  put_at timestamptz not null,
  put_by uuid not null references accounts,
  primary key (street_id, id),
  check ((file_name is null) = (content is null))
);
comment on table meeting_templates is 'The street''s own paper for its meeting, with {{fields}}. The newest of a format counts; one without content goes back to the shipped one.';
create index meeting_templates_newest on meeting_templates (street_id, format, put_at desc);

do $$
declare t text;
begin
  foreach t in array array['meetings', 'meeting_decisions', 'meeting_templates'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
  end loop;
  foreach t in array array['meetings', 'meeting_decisions'] loop
    execute format('create policy within_scope on %I for select to linli_app using (street_id = nullif(current_setting(''app.street'', true), '''')::int and area <@ any (nullif(current_setting(''app.areas'', true), '''')::ltree[]))', t);
    execute format('create policy add_in_scope on %I for insert to linli_app with check (street_id = nullif(current_setting(''app.street'', true), '''')::int and area <@ any (nullif(current_setting(''app.areas'', true), '''')::ltree[]))', t);
  end loop;
end $$;
create policy change_in_scope on meetings for update to linli_app using (
  street_id = nullif(current_setting('app.street', true), '')::int
  and area <@ any (nullif(current_setting('app.areas', true), '')::ltree[]));
create policy own_street on meeting_templates to linli_app
  using (street_id = nullif(current_setting('app.street', true), '')::int);
grant select, insert on meetings, meeting_decisions, meeting_templates to linli_app;
grant update (state, paper, held_at, held_by, minutes, minutes_at, minutes_by, version) on meetings to linli_app;
