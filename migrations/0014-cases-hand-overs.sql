-- What passed from a post that ended to the one that took it over 交接.

create table case_hand_overs (
  street_id integer not null references streets,
  id uuid not null,
  case_id uuid not null,
  at timestamptz not null,
  area ltree not null,
  organisation_id uuid,
  from_post_id uuid not null,
  to_post_id uuid,
  primary key (street_id, id),
  foreign key (street_id, case_id) references cases (street_id, id),
  foreign key (street_id, from_post_id) references posts (street_id, id),
  foreign key (street_id, to_post_id) references posts (street_id, id)
);
comment on table case_hand_overs is 'Open work of a post that ended, and who has it now: added to and never changed. The case itself holds an entry of the same.';
comment on column case_hand_overs.area is 'The path of the case at that time: who had it in sight sees what passed.';
comment on column case_hand_overs.to_post_id is 'Null where it went back to the whole organisation, or waits for the desk.';
create index case_hand_overs_newest on case_hand_overs (street_id, at desc, id desc);
alter table case_hand_overs enable row level security;
alter table case_hand_overs force row level security;
create policy within_scope on case_hand_overs for select to linli_app using (
  street_id = nullif(current_setting('app.street', true), '')::int
  and (area <@ any (nullif(current_setting('app.areas', true), '')::ltree[])
    or organisation_id = any (nullif(current_setting('app.organisations', true), '')::uuid[])));
create policy add_in_street on case_hand_overs for insert to linli_app, linli_worker
  with check (street_id = nullif(current_setting('app.street', true), '')::int);
grant select, insert on case_hand_overs to linli_app;
grant insert on case_hand_overs to linli_worker;
