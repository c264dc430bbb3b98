-- Volunteering: a place that became free is offered to whoever waits longest, with a time to answer; and one phone that came for many
-- is seen, without anything of the phone being kept.

alter table shift_sign_ups drop constraint shift_sign_ups_state_check;
alter table shift_sign_ups add constraint shift_sign_ups_state_check
  check (state in ('joined', 'waiting', 'offered', 'lapsed', 'withdrawn'));
alter table shift_sign_ups add column offered_until timestamptz;
alter table shift_sign_ups add constraint an_offer_has_an_end check ((state = 'offered') = (offered_until is not null));
comment on column shift_sign_ups.offered_until is 'A place became free and is kept for this person until then; unanswered it goes to the next.';
create index shift_sign_ups_offered on shift_sign_ups (street_id, offered_until) where state = 'offered';
grant update (offered_until) on shift_sign_ups to linli_app;

comment on column activity_shifts.taken is 'Places that somebody has or is offered.';

alter table service_evidence add column device_index text;
comment on column service_evidence.device_index is
  'Blind index of a mark that a browser drew by lot and keeps, so that one phone that came for many people is seen. It says nothing about the phone or the person.';
comment on column service_evidence.sign_in_index is 'Blind index of the sign-in that did it, so that one sign-in acting for many is seen.';

-- A check reads the sheets of an activity, and the sheet of a record.
create index service_sheets_by_activity on service_sheets (street_id, activity_id);

-- What the jobs touch: entering hours whose notice is over, passing offers on, and telling people without an account.
do $$
declare t text;
declare in_street text := 'street_id = nullif(current_setting(''app.street'', true), '''')::int';
begin
  foreach t in array array['people', 'person_contacts', 'volunteer_groups', 'volunteer_activities', 'activity_series', 'activity_shifts',
    'shift_sign_ups', 'volunteer_needs', 'service_sessions', 'service_evidence', 'volunteer_hours', 'pattern_checks', 'pattern_calls']
  loop
    execute format('create policy of_the_worker on %I to linli_worker using (%s) with check (%s)', t, in_street, in_street);
    execute format('grant select on %I to linli_worker', t);
  end loop;
end $$;
grant update (taken, waiting) on activity_shifts to linli_worker;
grant update (state, offered_until) on shift_sign_ups to linli_worker;
grant update (ended_at, state, published_at, notice_until, settled_at, settled_by, settled_words) on service_sessions to linli_worker;
grant insert on service_evidence, volunteer_hours, pattern_checks, pattern_calls to linli_worker;
grant update (facts, session_ids) on pattern_checks to linli_worker;
