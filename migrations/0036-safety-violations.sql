-- Safety: violations 治脏治乱治违, and requests whose dispute is mediated.

create table violations (
  street_id integer not null references streets,
  case_id uuid not null,
  area ltree not null,
  kind text not null,
  organisation_id uuid,
  rectify_on date,
  area_cm2 integer check (area_cm2 between 1 and 1000000000),
  removed_cm2 integer check (removed_cm2 between 1 and 1000000000),
  handed_to text,
  document_number text,
  handed_on date,
  handed_by uuid,
  listed_by uuid not null,
  listed_at timestamptz not null,
  primary key (street_id, case_id),
  foreign key (street_id, case_id) references cases (street_id, id),
  check (removed_cm2 is null or area_cm2 is null or removed_cm2 <= area_cm2),
  check (num_nulls(handed_to, document_number, handed_on, handed_by) in (0, 4))
);
comment on table violations is 'One line of the register of violations 治脏治乱治违台账: the case that it is, of which kind, how large, what was removed, to whom it was handed over. It names a place and nobody; where it stands is the state of its case, its photos are those of the case.';
comment on column violations.kind is 'A code of the street’s own list of kinds.';
comment on column violations.rectify_on is 'The day that was first set; null where it was put right on the spot before it was listed.';
comment on column violations.area_cm2 is 'How large it was, in whole square centimetres; null where nobody measured.';
comment on column violations.removed_cm2 is 'How much of it was removed, in whole square centimetres.';
comment on column violations.document_number is 'Number of the paper by which it was handed to the law-enforcement body; what that body decides is not decided here.';
create index violations_by_day on violations (street_id, listed_at desc, case_id desc);

alter table violations enable row level security;
alter table violations force row level security;
create policy place_or_supervisor on violations for select to linli_app using (
  street_id = nullif(current_setting('app.street', true), '')::int
  and (area <@ any (nullif(current_setting('app.areas', true), '')::ltree[])
    or organisation_id = any (nullif(current_setting('app.organisations', true), '')::uuid[])));
create policy add_at_the_desk on violations for insert to linli_app with check (
  street_id = nullif(current_setting('app.street', true), '')::int
  and area <@ any (nullif(current_setting('app.desks', true), '')::ltree[]));
create policy change_in_sight on violations for update to linli_app using (
  street_id = nullif(current_setting('app.street', true), '')::int
  and (area <@ any (nullif(current_setting('app.areas', true), '')::ltree[])
    or organisation_id = any (nullif(current_setting('app.organisations', true), '')::uuid[])));
grant select, insert on violations to linli_app;
grant update (kind, organisation_id, rectify_on, area_cm2, removed_cm2, handed_to, document_number, handed_on, handed_by)
  on violations to linli_app;

create table mediation_requests (
  street_id integer not null references streets,
  case_id uuid not null,
  area ltree not null,
  reporter_id uuid,
  asked_at timestamptz,
  mediation_id uuid,
  turned_by uuid,
  turned_at timestamptz,
  primary key (street_id, case_id),
  foreign key (street_id, case_id) references cases (street_id, id),
  foreign key (street_id, mediation_id) references mediations (street_id, case_id),
  check (num_nulls(mediation_id, turned_by, turned_at) in (0, 3)),
  check (asked_at is not null or mediation_id is not null)
);
comment on table mediation_requests is 'A request whose person asked for mediation, or whose dispute the desk took to one. It says that there is a mediation and nothing of it.';
comment on column mediation_requests.reporter_id is 'The person of the request, who reads what became of it; null where they have no account.';
comment on column mediation_requests.asked_at is 'When they asked for it themselves; null where the desk asked them.';
create index requests_of_mediation on mediation_requests (street_id, mediation_id) where mediation_id is not null;
create index requests_waiting on mediation_requests (street_id, asked_at) where mediation_id is null;

alter table mediation_requests enable row level security;
alter table mediation_requests force row level security;
create policy place_or_person on mediation_requests for select to linli_app using (
  street_id = nullif(current_setting('app.street', true), '')::int
  and (area <@ any (nullif(current_setting('app.areas', true), '')::ltree[])
    or reporter_id = nullif(current_setting('app.actor', true), '')::uuid));
create policy ask_or_turn on mediation_requests for insert to linli_app with check (
  street_id = nullif(current_setting('app.street', true), '')::int
  and (area <@ any (nullif(current_setting('app.desks', true), '')::ltree[])
    or reporter_id = nullif(current_setting('app.actor', true), '')::uuid));
create policy turn_at_the_desk on mediation_requests for update to linli_app using (
  street_id = nullif(current_setting('app.street', true), '')::int
  and area <@ any (nullif(current_setting('app.desks', true), '')::ltree[]));
grant select, insert on mediation_requests to linli_app;
grant update (mediation_id, turned_by, turned_at) on mediation_requests to linli_app;
