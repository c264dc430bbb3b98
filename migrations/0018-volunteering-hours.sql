-- Volunteering 志愿服务: who serves, where, with what evidence; hours that stay for ever, and what certifies them.
-- Rows about a person carry the path of the place and the person's account, so that each row is judged by itself.

create table volunteer_groups (
  street_id integer not null references streets, id uuid not null,
  area_id uuid not null, area ltree not null,
  kind text not null check (kind in ('organisation', 'team', 'committee')),
  name text not null,
  parent_id uuid,
  organisation_id uuid,
  head text not null,
  phone text not null,
  active boolean not null default true,
  created_at timestamptz not null, created_by uuid not null,
  primary key (street_id, id),
  unique (street_id, area_id, name),
  foreign key (street_id, area_id) references areas (street_id, id), foreign key (street_id, parent_id) references volunteer_groups (street_id, id),
  foreign key (street_id, organisation_id) references organisations (street_id, id)
);
comment on table volunteer_groups is 'Who records and certifies hours 志愿服务组织, its teams 队伍, and the residents'' supervision committee 居务监督委员会 of a community.';
comment on column volunteer_groups.head is 'Name of the head as certificates print it: of a public office, not a private contact.';

create table volunteers (
  street_id integer not null references streets, person_id uuid not null,
  area ltree not null, account_id uuid,
  group_id uuid not null,
  interests text[] not null default '{}',
  availability text,
  joined_at timestamptz not null,
  ended_at timestamptz,
  calendar_index text,
  primary key (street_id, person_id),
  unique (street_id, calendar_index),
  foreign key (street_id, person_id) references people (street_id, id),
  foreign key (street_id, group_id) references volunteer_groups (street_id, id)
);
comment on table volunteers is 'A person who serves of their own will; group_id is the organisation that records their hours.';
comment on column volunteers.calendar_index is 'Blind index of the token of their calendar feed; the token itself is kept nowhere.';

create table group_members (
  street_id integer not null references streets, group_id uuid not null,
  person_id uuid not null,
  area ltree not null, account_id uuid,
  part text not null check (part in ('member', 'lead')),
  since timestamptz not null,
  ended_at timestamptz,
  primary key (street_id, group_id, person_id),
  foreign key (street_id, group_id) references volunteer_groups (street_id, id),
  foreign key (street_id, person_id) references people (street_id, id)
);
comment on table group_members is 'Who belongs to an organisation, team or committee.';

create table volunteer_skills (
  street_id integer not null references streets, person_id uuid not null,
  skill text not null,
  area ltree not null, account_id uuid,
  licence_until date,
  checked_at timestamptz not null, checked_by uuid not null,
  ended_at timestamptz,
  primary key (street_id, person_id, skill),
  foreign key (street_id, person_id) references people (street_id, id)
);
comment on table volunteer_skills is 'What a volunteer can do; a licensed skill with the last day of the licence that somebody saw.';

create table volunteer_trainings (
  street_id integer not null references streets, person_id uuid not null,
  id uuid not null,
  area ltree not null, account_id uuid,
  title text not null,
  held_on date not null,
  minutes integer not null check (minutes between 1 and 6000),
  recorded_at timestamptz not null, recorded_by uuid not null,
  primary key (street_id, person_id, id),
  foreign key (street_id, person_id) references people (street_id, id)
);
comment on table volunteer_trainings is 'Training 培训 of a volunteer, a part of the record that the rules of 2021 ask for. Added to, never changed.';

create table activity_series (
  street_id integer not null references streets, id uuid not null,
  area_id uuid not null, area ltree not null,
  name text not null,
  audience text,
  created_at timestamptz not null, created_by uuid not null,
  primary key (street_id, id),
  unique (street_id, area_id, name),
  foreign key (street_id, area_id) references areas (street_id, id)
);
comment on table activity_series is 'What comes again: a programme such as 孝心敬老, for the old, for children, for people at work.';

create table volunteer_activities (
  street_id integer not null references streets, id uuid not null,
  area_id uuid not null, area ltree not null,
  group_id uuid not null,
  series_id uuid,
  kind text not null,
  title text not null, content text not null, place_text text not null,
  risk text not null check (risk in ('ordinary', 'dangerous')),
  insurance_policy text, insured_from timestamptz, insured_until timestamptz,
  skill text,
  min_age integer not null check (min_age between 14 and 80),
  lead_id uuid,
  state text not null check (state in ('draft', 'open', 'cancelled')),
  created_at timestamptz not null, created_by uuid not null,
  opened_at timestamptz, opened_by uuid,
  cancelled_reason text,
  version integer not null default 1,
  primary key (street_id, id),
  foreign key (street_id, area_id) references areas (street_id, id), foreign key (street_id, group_id) references volunteer_groups (street_id, id),
  foreign key (street_id, series_id) references activity_series (street_id, id), foreign key (street_id, lead_id) references people (street_id, id),
  -- Rule: 志愿服务条例 15-17: accident insurance stands before a dangerous activity opens.
  constraint insured_before_danger check (state <> 'open' or risk <> 'dangerous' or (insurance_policy is not null and insured_until is not null))
);
comment on table volunteer_activities is 'An activity of a recording organisation; its times and places are its shifts.';
create index volunteer_activities_newest on volunteer_activities (street_id, created_at desc, id desc);

create table activity_shifts (
  street_id integer not null references streets, id uuid not null,
  activity_id uuid not null,
  area ltree not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  places integer not null check (places between 1 and 500), taken integer not null default 0, waiting integer not null default 0,
  primary key (street_id, id),
  foreign key (street_id, activity_id) references volunteer_activities (street_id, id),
  check (starts_at < ends_at and ends_at - starts_at <= interval '24 hours'),
  check (taken between 0 and places and waiting >= 0)
);
comment on table activity_shifts is 'One time of an activity with its places; taken never exceeds places, by constraint.';
create index activity_shifts_by_activity on activity_shifts (street_id, activity_id, starts_at);
create index activity_shifts_by_time on activity_shifts (street_id, starts_at);

create table shift_sign_ups (
  street_id integer not null references streets, shift_id uuid not null,
  person_id uuid not null,
  area ltree not null, account_id uuid,
  state text not null check (state in ('joined', 'waiting', 'withdrawn')),
  at timestamptz not null,
  by_account uuid not null,
  primary key (street_id, shift_id, person_id),
  foreign key (street_id, shift_id) references activity_shifts (street_id, id), foreign key (street_id, person_id) references people (street_id, id)
);
comment on table shift_sign_ups is 'Who comes to a shift, and who waits for a place, in the order of time.';
create index shift_sign_ups_by_person on shift_sign_ups (street_id, person_id);

create table volunteer_needs (
  street_id integer not null references streets, id uuid not null,
  area_id uuid not null, area ltree not null, account_id uuid,
  asker_id uuid not null,
  kind text not null, words text not null, wanted_text text not null,
  state text not null check (state in ('open', 'taken', 'done', 'evaluated', 'withdrawn')),
  taker_id uuid,
  taker_account uuid,
  created_at timestamptz not null, created_by uuid not null,
  taken_at timestamptz, done_at timestamptz,
  satisfaction text check (satisfaction in ('satisfied', 'mostly', 'fair', 'dissatisfied')),
  evaluation text,
  evaluated_at timestamptz,
  version integer not null default 1,
  primary key (street_id, id),
  foreign key (street_id, area_id) references areas (street_id, id), foreign key (street_id, asker_id) references people (street_id, id),
  foreign key (street_id, taker_id) references people (street_id, id),
  -- Nobody serves themselves for hours.
  check (taker_id <> asker_id)
);
comment on table volunteer_needs is 'What a resident needs of a volunteer: asked, taken by one, done, evaluated by whoever was served.';
comment on column volunteer_needs.account_id is 'Account of the asker; taker_account of whoever took it.';
create index volunteer_needs_newest on volunteer_needs (street_id, created_at desc, id desc);

create table service_sheets (
  street_id integer not null references streets, id uuid not null,
  area ltree not null,
  activity_id uuid not null,
  photo_id uuid not null,
  rows integer not null,
  recorded_at timestamptz not null, recorded_by uuid not null,
  primary key (street_id, id),
  foreign key (street_id, activity_id) references volunteer_activities (street_id, id),
  foreign key (street_id, photo_id) references files (street_id, id)
);
comment on table service_sheets is 'A paper sheet of hours with its photo, entered by hand in one batch. Added to, never changed.';

create table service_sessions (
  street_id integer not null references streets, id uuid not null,
  area ltree not null, account_id uuid, person_id uuid not null,
  group_id uuid not null,
  activity_id uuid, shift_id uuid, need_id uuid, sheet_id uuid, served_id uuid,
  source text not null check (source in ('on-site', 'by-hand', 'need')),
  started_at timestamptz not null, ended_at timestamptz,
  state text not null check (state in ('running', 'published', 'entered', 'struck')),
  published_at timestamptz,
  notice_until timestamptz,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  settled_at timestamptz, settled_by uuid, settled_words text,
  primary key (street_id, id),
  foreign key (street_id, person_id) references people (street_id, id),
  foreign key (street_id, group_id) references volunteer_groups (street_id, id),
  foreign key (street_id, activity_id) references volunteer_activities (street_id, id),
  foreign key (street_id, shift_id) references activity_shifts (street_id, id),
  foreign key (street_id, need_id) references volunteer_needs (street_id, id),
  foreign key (street_id, sheet_id) references service_sheets (street_id, id),
  foreign key (street_id, served_id) references people (street_id, id), check (served_id <> person_id),
  check (started_at < ended_at),
  check ((state = 'running') = (ended_at is null) or state = 'struck'),
  check ((activity_id is null) <> (need_id is null)),
  -- Rule: nobody is in two places at once, whatever the program forgot to ask.
  constraint one_place_at_a_time exclude using gist (street_id with =, person_id with =, tstzrange(started_at, ended_at) with &&)
    where (state <> 'struck')
);
comment on column service_sessions.served_id is 'Who was served, where one person was; they may confirm it.';
comment on table service_sessions is 'One person''s service from its start to its end, before it is entered for good: running, published to members for objections, entered or struck.';
create index service_sessions_by_activity on service_sessions (street_id, activity_id);
create index service_sessions_by_person on service_sessions (street_id, person_id, started_at desc);
create index service_sessions_published on service_sessions (street_id, notice_until) where state = 'published';

create table service_evidence (
  street_id integer not null references streets, session_id uuid not null,
  id uuid not null,
  area ltree not null, account_id uuid,
  kind text not null check (kind in ('arrived', 'left', 'sheet', 'confirmed', 'objected', 'objection-settled')),
  capacity text not null check (capacity in ('volunteer', 'lead', 'staff', 'served', 'committee', 'member')),
  by_account uuid not null,
  by_person uuid,
  sign_in_index text,
  words text,
  at timestamptz not null,
  primary key (street_id, session_id, id),
  foreign key (street_id, session_id) references service_sessions (street_id, id)
);
comment on table service_evidence is 'What speaks for or against a service: codes on site, a sheet, confirmations, objections. Added to, never changed.';
comment on column service_evidence.sign_in_index is 'Blind index of the sign-in that did it, so that one sign-in acting for many is seen. Nothing about the device is kept.';

create table volunteer_hours (
  street_id integer not null references streets, id uuid not null,
  area ltree not null, account_id uuid, person_id uuid not null,
  group_id uuid not null,
  activity_id uuid,
  need_id uuid,
  title text not null, content text not null, place_text text not null,
  started_at timestamptz not null, ended_at timestamptz not null,
  minutes integer not null check (minutes > 0),
  source text not null,
  entered_at timestamptz not null,
  entered_by uuid not null,
  primary key (street_id, id),
  foreign key (street_id, id) references service_sessions (street_id, id), foreign key (street_id, person_id) references people (street_id, id),
  foreign key (street_id, group_id) references volunteer_groups (street_id, id)
);
comment on table volunteer_hours is 'The permanent record of a service, entered after its notice. Nothing lowers or removes it: points are spent elsewhere.';
create index volunteer_hours_by_person on volunteer_hours (street_id, person_id, started_at desc);

create table pattern_checks (
  street_id integer not null references streets, id uuid not null,
  area ltree not null,
  activity_id uuid not null,
  pattern text not null,
  facts jsonb not null,
  found_at timestamptz not null,
  session_ids uuid[] not null,
  state text not null check (state in ('open', 'cleared', 'struck')),
  settled_at timestamptz, settled_by uuid, settled_words text,
  primary key (street_id, id),
  foreign key (street_id, activity_id) references volunteer_activities (street_id, id)
);
create unique index pattern_checks_open on pattern_checks (street_id, activity_id, pattern) where state = 'open';
comment on table pattern_checks is 'A pattern in the records of an activity that asks for a sample to be called back; until it is settled its hours are not entered.';
comment on column pattern_checks.facts is 'Counts and minutes that made it a pattern, without names.';

create table pattern_calls (
  street_id integer not null references streets,
  check_id uuid not null,
  session_id uuid not null,
  area ltree not null,
  result text check (result in ('was-there', 'was-not-there', 'not-reached')),
  words text,
  called_at timestamptz, called_by uuid,
  primary key (street_id, check_id, session_id),
  foreign key (street_id, check_id) references pattern_checks (street_id, id),
  foreign key (street_id, session_id) references service_sessions (street_id, id)
);
comment on table pattern_calls is 'The sample of a check: whom to call back, and what they said.';

create table activity_evaluations (
  street_id integer not null references streets,
  activity_id uuid not null,
  account_id uuid not null,
  area ltree not null,
  satisfaction text not null check (satisfaction in ('satisfied', 'mostly', 'fair', 'dissatisfied')),
  words text,
  at timestamptz not null,
  primary key (street_id, activity_id, account_id),
  foreign key (street_id, activity_id) references volunteer_activities (street_id, id)
);
comment on table activity_evaluations is 'What people who were served say of an activity; once each, never changed.';

create table wishes (
  street_id integer not null references streets, id uuid not null,
  area_id uuid not null, area ltree not null, account_id uuid,
  words text not null,
  public_words text,
  state text not null check (state in ('waiting', 'open', 'claimed', 'fulfilled', 'confirmed', 'declined')),
  made_at timestamptz not null,
  made_by uuid not null,
  published_at timestamptz, published_by uuid,
  claimed_by uuid, claimed_as text, claimed_at timestamptz,
  fulfilled_at timestamptz, fulfilled_words text,
  thanks text,
  version integer not null default 1,
  primary key (street_id, id),
  foreign key (street_id, area_id) references areas (street_id, id)
);
comment on table wishes is 'The wish board 心愿廊: a wish is put in public words by staff, claimed by somebody, fulfilled, and confirmed by whoever wished.';
comment on column wishes.claimed_by is 'Account of whoever claimed it; claimed_as is what the board shows of them.';
create index wishes_newest on wishes (street_id, made_at desc, id desc);

create table volunteer_certificates (
  street_id integer not null references streets, id uuid not null,
  area ltree not null, account_id uuid, person_id uuid not null,
  group_id uuid not null,
  from_on date not null, to_on date not null, state text not null check (state in ('asked', 'issued', 'revoked')),
  asked_at timestamptz not null,
  number text, facts jsonb,
  issued_at timestamptz, issued_by uuid,
  handler text,
  revoked_at timestamptz, revoked_by uuid, revoked_reason text,
  primary key (street_id, id),
  unique (street_id, number),
  foreign key (street_id, person_id) references people (street_id, id),
  foreign key (street_id, group_id) references volunteer_groups (street_id, id),
  check (from_on <= to_on),
  check ((state = 'asked') = (number is null) and (state = 'asked') = (facts is null)),
  check ((state = 'revoked') = (revoked_at is not null))
);
comment on table volunteer_certificates is 'Certificates 志愿服务记录证明, free, by the organisation that recorded: asked, issued, and revocable.';
comment on column volunteer_certificates.facts is 'Hours and titles as certified, so that the paper is always the same. The name is read with it.';

do $$
declare t text;
declare in_street text := 'street_id = nullif(current_setting(''app.street'', true), '''')::int';
declare in_area text := 'area <@ any (nullif(current_setting(''app.areas'', true), '''')::ltree[])';
declare own text := 'account_id = nullif(current_setting(''app.actor'', true), '''')::uuid';
begin
  foreach t in array array['volunteer_groups', 'volunteers', 'group_members', 'volunteer_skills', 'volunteer_trainings', 'activity_series',
    'volunteer_activities', 'activity_shifts', 'shift_sign_ups', 'volunteer_needs', 'service_sheets', 'service_sessions',
    'service_evidence', 'volunteer_hours', 'pattern_checks', 'pattern_calls', 'activity_evaluations', 'wishes', 'volunteer_certificates']
  loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select, insert on %I to linli_app', t);
  end loop;
  -- What is offered is for everybody of the street to read; who has the area keeps it.
  foreach t in array array['volunteer_groups', 'activity_series', 'volunteer_activities', 'activity_shifts'] loop
    execute format('create policy read_in_street on %I for select to linli_app using (%s)', t, in_street);
    execute format('create policy add_in_area on %I for insert to linli_app with check (%s and %s)', t, in_street, in_area);
  end loop;
  -- A series stays as it was begun.
  foreach t in array array['volunteer_groups', 'volunteer_activities', 'activity_shifts'] loop
    execute format('create policy change_in_area on %I for update to linli_app using (%s and %s)', t, in_street, in_area);
  end loop;
  -- What is about a person is theirs and the area's.
  foreach t in array array['volunteers', 'group_members', 'volunteer_skills', 'volunteer_trainings', 'shift_sign_ups', 'volunteer_needs',
    'service_sessions', 'service_evidence', 'volunteer_hours', 'activity_evaluations', 'wishes', 'volunteer_certificates']
  loop
    execute format('create policy within_scope on %I to linli_app using (%s and (%s or %s))', t, in_street, in_area, own);
  end loop;
  foreach t in array array['service_sheets', 'pattern_checks', 'pattern_calls'] loop
    execute format('create policy within_area on %I to linli_app using (%s and %s)', t, in_street, in_area);
  end loop;
end $$;

grant update (name, head, phone, active) on volunteer_groups to linli_app;
grant update (group_id, interests, availability, ended_at, calendar_index) on volunteers to linli_app;
grant update (part, since, ended_at) on group_members to linli_app;
grant update (licence_until, checked_at, checked_by, ended_at) on volunteer_skills to linli_app;
grant update (insurance_policy, insured_from, insured_until, state, opened_at, opened_by, cancelled_reason, version) on volunteer_activities to linli_app;
grant update (taken, waiting) on activity_shifts to linli_app;
grant update (state, at, by_account) on shift_sign_ups to linli_app;
grant update (state, taker_id, taker_account, taken_at, done_at, satisfaction, evaluation, evaluated_at, version) on volunteer_needs to linli_app;
grant update (ended_at, state, published_at, notice_until, settled_at, settled_by, settled_words) on service_sessions to linli_app;
grant update (facts, session_ids, state, settled_at, settled_by, settled_words) on pattern_checks to linli_app;
grant update (result, words, called_at, called_by) on pattern_calls to linli_app;
grant update (public_words, state, published_at, published_by, claimed_by, claimed_as, claimed_at, fulfilled_at, fulfilled_words, thanks, version)
  on wishes to linli_app;
grant update (state, number, facts, issued_at, issued_by, handler, revoked_at, revoked_by, revoked_reason) on volunteer_certificates to linli_app;

-- The clean-up of uploads asks every table that refers to a file.
create policy keep_files on service_sheets for select to linli_reader
  using (street_id = nullif(current_setting('app.street', true), '')::int);
grant select on service_sheets to linli_reader;
