-- Cases: pauses and the ladder of late cases, disputes over duty with their precedents, whistles, grid duty tasks.

alter table cases add column suspended_for text
  check (suspended_for in ('waiting-for-resident', 'on-site-check', 'force-majeure'));
comment on column cases.suspended_for is 'The listed reason for which the clock stands still; shown to staff and to the resident. Null while it runs.';
create index cases_paused on cases (street_id, suspended_until) where suspended_until is not null;
comment on table case_notices is 'Each step of a clock, once: due soon, overdue, supervisor, street-head. The key (case, step, round, deadline) refuses a second, also from another worker.';
alter table cases add column promised_at timestamptz;
comment on column cases.promised_at is 'Until when the route 马上办/协调办/跟踪办 promises it; never later than what the rule of its clock allows to be said.';

-- Disputes over duty 派单异议: done first, discussed later. The open one stands on its case, what was decided is kept for ever.
alter table cases add column dispute jsonb;
comment on column cases.dispute is 'The objection that waits for its adjudicator: who objects and why, who decides until when, who handles meanwhile. Null when none does.';
alter table cases add column hops integer not null default 0;
comment on column cases.hops is 'How often this round of the case was given to an organisation or post. One is right the first time.';
create index cases_disputed on cases (street_id, id) where dispute is not null;

create table duty_precedents (
  street_id integer not null references streets,
  id uuid not null,
  matter_id uuid not null,
  area_id uuid not null,
  area ltree not null,
  organisation_id uuid not null,
  objector_id uuid not null,
  case_id uuid not null,
  reason text not null,
  decided_by uuid not null,
  decided_post uuid,
  decided_at timestamptz not null,
  primary key (street_id, id),
  foreign key (street_id, matter_id) references matters (street_id, id),
  foreign key (street_id, area_id) references areas (street_id, id),
  foreign key (street_id, organisation_id) references organisations (street_id, id),
  foreign key (street_id, objector_id) references organisations (street_id, id),
  foreign key (street_id, case_id) references cases (street_id, id)
);
comment on table duty_precedents is 'What an adjudicator decided: in this area this matter is that organisation''s, for this reason. Added to and never changed; the newest of an area holds.';
comment on column duty_precedents.area is 'The area for which it was decided: a community, or the whole street.';
create index duty_precedents_of_matter on duty_precedents (street_id, matter_id, decided_at desc);
create index duty_precedents_newest on duty_precedents (street_id, decided_at desc, id desc);

create table duty_fallbacks (
  street_id integer not null references streets,
  id uuid not null,
  matter_prefix text not null,
  set_at timestamptz not null,
  organisation_id uuid,
  set_by uuid not null,
  primary key (street_id, id),
  foreign key (street_id, organisation_id) references organisations (street_id, id)
);
comment on table duty_fallbacks is 'Who handles while duty is disputed, by the beginning of the matter''s code; the newest line holds, the longest prefix decides. Without an organisation: the objector goes on.';

do $$
declare t text;
begin
  foreach t in array array['duty_precedents', 'duty_fallbacks'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy read_in_street on %I for select to linli_app, linli_worker using (street_id = nullif(current_setting(''app.street'', true), '''')::int)', t);
    execute format('grant select, insert on %I to linli_app', t);
    execute format('grant select on %I to linli_worker', t);
  end loop;
end $$;
create policy decide_as_oneself on duty_precedents for insert to linli_app with check (
  street_id = nullif(current_setting('app.street', true), '')::int
  and decided_by = nullif(current_setting('app.actor', true), '')::uuid);
create policy set_as_oneself on duty_fallbacks for insert to linli_app with check (
  street_id = nullif(current_setting('app.street', true), '')::int
  and set_by = nullif(current_setting('app.actor', true), '')::uuid);

-- Whistles 吹哨报到: a call that named organisations must answer; only whoever blew it ends it.
create table whistles (
  street_id integer not null references streets,
  id uuid not null,
  case_id uuid not null,
  kind text not null check (kind in ('beyond-us', 'joint-enforcement', 'emergency')),
  area_id uuid not null,
  area ltree not null,
  words text not null,
  called_organisations uuid[] not null,
  raised_by uuid not null,
  raised_post uuid,
  raised_at timestamptz not null,
  released_at timestamptz,
  released_by uuid,
  released_post uuid,
  released_words text,
  primary key (street_id, id),
  foreign key (street_id, case_id) references cases (street_id, id),
  foreign key (street_id, area_id) references areas (street_id, id),
  check ((released_at is null) = (released_by is null))
);
comment on table whistles is 'A call 吹哨 on a case: which organisations must come, and the word with which the caller ended it. Whom it called can not change this row.';
create index whistles_open on whistles (street_id, raised_at desc) where released_at is null;
create index whistles_of_case on whistles (street_id, case_id);

create table whistle_calls (
  street_id integer not null references streets,
  whistle_id uuid not null,
  organisation_id uuid not null,
  area ltree not null,
  called_organisations uuid[] not null,
  raised_by uuid not null,
  is_lead boolean not null,
  called_at timestamptz not null,
  due_at timestamptz not null,
  arrived_at timestamptz,
  arrived_by uuid,
  arrived_post uuid,
  arrived_words text,
  rating text check (rating in ('satisfied', 'mostly', 'fair', 'dissatisfied')),
  rated_words text,
  rated_at timestamptz,
  primary key (street_id, whistle_id, organisation_id),
  foreign key (street_id, whistle_id) references whistles (street_id, id),
  foreign key (street_id, organisation_id) references organisations (street_id, id)
);
comment on table whistle_calls is 'Each organisation that a whistle called: until when it has to report 报到, when it did, and how the caller rates it. One is in the lead, the others assist.';
create index whistle_calls_waiting on whistle_calls (street_id, due_at) where arrived_at is null;
create index whistle_calls_of_organisation on whistle_calls (street_id, organisation_id, called_at desc);

create table whistle_tasks (
  street_id integer not null references streets,
  id uuid not null,
  whistle_id uuid not null,
  organisation_id uuid not null,
  area ltree not null,
  called_organisations uuid[] not null,
  raised_by uuid not null,
  words text not null,
  due_at timestamptz,
  state text not null check (state in ('open', 'done', 'accepted', 'vetoed')),
  given_at timestamptz not null,
  done_at timestamptz,
  done_by uuid,
  done_words text,
  judged_at timestamptz,
  judged_words text,
  vetoes integer not null default 0,
  primary key (street_id, id),
  foreign key (street_id, whistle_id, organisation_id) references whistle_calls (street_id, whistle_id, organisation_id)
);
comment on table whistle_tasks is 'What one called organisation has to do; the caller accepts the result or vetoes it, and a veto holds until it is done again.';
create index whistle_tasks_of_whistle on whistle_tasks (street_id, whistle_id, given_at);

create table whistle_climbs (
  street_id integer not null references streets,
  whistle_id uuid not null,
  organisation_id uuid not null,
  step text not null check (step in ('unanswered', 'supervisor', 'street-head')),
  at timestamptz not null,
  primary key (street_id, whistle_id, organisation_id, step),
  foreign key (street_id, whistle_id, organisation_id) references whistle_calls (street_id, whistle_id, organisation_id)
);
comment on table whistle_climbs is 'A call that nobody answered climbs; the key takes each step once.';

do $$
declare t text;
  declare reach text := 'street_id = nullif(current_setting(''app.street'', true), '''')::int
    and (area <@ any (nullif(current_setting(''app.areas'', true), '''')::ltree[])
      or called_organisations && nullif(current_setting(''app.organisations'', true), '''')::uuid[]
      or raised_by = nullif(current_setting(''app.actor'', true), '''')::uuid)';
begin
  foreach t in array array['whistles', 'whistle_calls', 'whistle_tasks', 'whistle_climbs'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select on %I to linli_app, linli_worker', t);
  end loop;
  foreach t in array array['whistles', 'whistle_calls', 'whistle_tasks'] loop
    execute format('create policy within_reach on %I for select to linli_app, linli_worker using (%s)', t, reach);
    execute format('grant insert on %I to linli_app', t);
  end loop;
  foreach t in array array['whistle_calls', 'whistle_tasks'] loop
    execute format('create policy change_within_reach on %I for update to linli_app using (%s)', t, reach);
  end loop;
end $$;
create policy raise_as_oneself on whistles for insert to linli_app with check (
  street_id = nullif(current_setting('app.street', true), '')::int
  and raised_by = nullif(current_setting('app.actor', true), '')::uuid);
-- Only the caller, or whoever has the caller's place, ends it: no organisation that was called reaches this row.
create policy end_at_place on whistles for update to linli_app using (
  street_id = nullif(current_setting('app.street', true), '')::int
  and (area <@ any (nullif(current_setting('app.areas', true), '')::ltree[])
    or raised_by = nullif(current_setting('app.actor', true), '')::uuid));
create policy call_as_oneself on whistle_calls for insert to linli_app with check (
  street_id = nullif(current_setting('app.street', true), '')::int
  and raised_by = nullif(current_setting('app.actor', true), '')::uuid);
create policy give_within_reach on whistle_tasks for insert to linli_app with check (
  street_id = nullif(current_setting('app.street', true), '')::int
  and (area <@ any (nullif(current_setting('app.areas', true), '')::ltree[])
    or called_organisations && nullif(current_setting('app.organisations', true), '')::uuid[]
    or raised_by = nullif(current_setting('app.actor', true), '')::uuid));
create policy read_in_street on whistle_climbs for select to linli_app, linli_worker
  using (street_id = nullif(current_setting('app.street', true), '')::int);
create policy add_in_street on whistle_climbs for insert to linli_worker
  with check (street_id = nullif(current_setting('app.street', true), '')::int);
grant insert on whistle_climbs to linli_worker;
grant update (released_at, released_by, released_post, released_words) on whistles to linli_app;
grant update (arrived_at, arrived_by, arrived_post, arrived_words, rating, rated_words, rated_at) on whistle_calls to linli_app;
grant update (state, done_at, done_by, done_words, judged_at, judged_words, vetoes) on whistle_tasks to linli_app;
