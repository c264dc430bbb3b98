-- Volunteering: organisations that earn by the hours of their people, wishes that are taken back, patterns between two people, and the
-- calendar of festivals. Points: hours of the time bank that are given on at the desk.

alter table volunteer_groups add column organisation_since timestamptz;
alter table volunteer_groups add constraint linked_since check ((organisation_id is null) = (organisation_since is null));
alter table volunteer_groups add constraint a_committee_earns_nothing check (kind <> 'committee' or organisation_id is null);
comment on column volunteer_groups.organisation_id is 'The organisation 单位 whose people these are: it earns by the hours that they serve.';
comment on column volunteer_groups.organisation_since is 'From then on: no service that began before earns it anything, so that nothing is gathered in afterwards.';
grant update (organisation_id, organisation_since) on volunteer_groups to linli_app;
create index group_members_by_person on group_members (street_id, person_id);
-- Hours are entered by a job, which then asks whose people served.
create policy of_the_worker on group_members for select to linli_worker using (street_id = nullif(current_setting('app.street', true), '')::int);
grant select on group_members to linli_worker;

alter table wishes drop constraint wishes_state_check;
alter table wishes add constraint wishes_state_check
  check (state in ('waiting', 'open', 'claimed', 'fulfilled', 'confirmed', 'declined', 'withdrawn'));
alter table wishes add column withdrawn_at timestamptz, add column withdrawn_by uuid, add column withdrawn_words text;
alter table wishes add constraint withdrawn_by_somebody check ((state = 'withdrawn') = (withdrawn_by is not null) and (withdrawn_at is null) = (withdrawn_by is null));
comment on column wishes.withdrawn_by is 'Account of whoever made the wish, or of the desk that noted it for them.';
grant update (withdrawn_at, withdrawn_by, withdrawn_words) on wishes to linli_app;

alter table pattern_checks alter column activity_id drop not null;
alter table pattern_checks add column one_person uuid, add column other_person uuid;
alter table pattern_checks add constraint of_an_activity_or_a_pair check ((activity_id is null) = (one_person is not null));
alter table pattern_checks add constraint a_pair_in_one_order check ((one_person is null) = (other_person is null) and (one_person is null or one_person < other_person));
alter table pattern_checks add foreign key (street_id, one_person) references people (street_id, id),
  add foreign key (street_id, other_person) references people (street_id, id);
create unique index pattern_checks_open_pair on pattern_checks (street_id, one_person, other_person, pattern) where state = 'open' and one_person is not null;
create index service_sessions_by_served on service_sessions (street_id, served_id, started_at) where served_id is not null;
comment on column pattern_checks.one_person is 'With other_person: two people who serve and confirm one another, in the order of their ids; null where an activity is asked about.';

alter table volunteer_activities add column festival text, add column organiser_id uuid;
alter table volunteer_activities add foreign key (street_id, organiser_id) references organisations (street_id, id);
create index volunteer_activities_by_festival on volunteer_activities (street_id, festival) where festival is not null;
comment on column volunteer_activities.festival is 'For which festival of the street''s calendar 节日活动日历 it is; the code of a setting.';
comment on column volunteer_activities.organiser_id is 'The organisation 单位 whose turn it is to run it.';

alter table point_requests drop constraint point_requests_act_check;
alter table point_requests add constraint point_requests_act_check check (act in ('rule', 'end-rule', 'partner', 'end-partner', 'donation', 'pay-shop',
  'award', 'kin', 'end-kin', 'gift', 'gift-hours', 'correction', 'care', 'year-end', 'honours', 'end-honour'));
