-- Safety: campaigns against hazards 除险清患.

create table campaigns (
  street_id integer not null references streets,
  id uuid not null,
  area_id uuid not null,
  area ltree not null,
  name text not null,
  kinds text[] not null,
  from_on date not null,
  until_on date not null,
  created_by uuid not null,
  created_at timestamptz not null,
  ended_by uuid,
  ended_at timestamptz,
  primary key (street_id, id),
  foreign key (street_id, area_id) references areas (street_id, id),
  check (from_on <= until_on),
  check ((ended_by is null) = (ended_at is null))
);
comment on table campaigns is 'A campaign against hazards 除险清患: which kinds, where, from when until when. It ends by its day or by a person; nobody is measured by it.';

create table hazards (
  street_id integer not null references streets,
  case_id uuid not null,
  campaign_id uuid not null,
  area ltree not null,
  kind text not null,
  level text not null check (level in ('major', 'greater', 'general', 'low')),
  owner text not null,
  organisation_id uuid,
  rectify_on date not null,
  listed_by uuid not null,
  listed_at timestamptz not null,
  primary key (street_id, case_id),
  foreign key (street_id, case_id) references cases (street_id, id),
  foreign key (street_id, campaign_id) references campaigns (street_id, id)
);
comment on table hazards is 'One line of the ledger of hazards 隐患台账: the case that it is, how serious, who has to rectify it and who sees to that. Where it stands is the state of its case.';
comment on column hazards.owner is 'Who is responsible for the place, as a firm or shop is called.';
comment on column hazards.rectify_on is 'The day that was first set; put off by a second person it stands on the case.';
create index hazards_of_campaign on hazards (street_id, campaign_id, listed_at, case_id);

do $$
declare t text;
begin
  foreach t in array array['campaigns', 'hazards'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy add_at_the_desk on %I for insert to linli_app with check (
      street_id = nullif(current_setting(''app.street'', true), '''')::int
      and area <@ any (nullif(current_setting(''app.desks'', true), '''')::ltree[]))', t);
    execute format('create policy change_at_the_desk on %I for update to linli_app using (
      street_id = nullif(current_setting(''app.street'', true), '''')::int
      and area <@ any (nullif(current_setting(''app.desks'', true), '''')::ltree[]))', t);
    execute format('grant select, insert on %I to linli_app', t);
  end loop;
end $$;
create policy known_in_street on campaigns for select to linli_app using (
  street_id = nullif(current_setting('app.street', true), '')::int);
create policy place_or_supervisor on hazards for select to linli_app using (
  street_id = nullif(current_setting('app.street', true), '')::int
  and (area <@ any (nullif(current_setting('app.areas', true), '')::ltree[])
    or organisation_id = any (nullif(current_setting('app.organisations', true), '')::uuid[])));
grant update (ended_by, ended_at) on campaigns to linli_app;
grant update (level, owner, organisation_id, rectify_on, kind) on hazards to linli_app;
