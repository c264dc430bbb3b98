-- People 居民: the least that volunteers and points need. A later issue extends it; names, phones and papers stand apart, encrypted.

create table people (
  street_id integer not null references streets,
  id uuid not null,
  area_id uuid not null,
  area ltree not null,
  account_id uuid references accounts,
  birth_on date not null,
  name_masked text not null,
  created_by uuid not null,
  created_at timestamptz not null,
  version integer not null default 1,
  primary key (street_id, id),
  unique (street_id, account_id),
  foreign key (street_id, area_id) references areas (street_id, id)
);
comment on table people is 'A person known to the street for a purpose such as volunteering. Never below fourteen years.';
comment on column people.area is 'ltree path of the community or smaller area the person belongs to; who has it keeps the register.';
comment on column people.account_id is 'The account with which the person signs in, if they do.';
comment on column people.name_masked is 'The real name as lists show it; the name itself stands encrypted in person_contacts.';
create index people_by_area on people (street_id, area_id);

create table person_contacts (
  street_id integer not null references streets,
  person_id uuid not null,
  area ltree not null,
  account_id uuid,
  name_encrypted text not null,
  name_index text not null,
  phone_encrypted text,
  phone_index text,
  id_number_encrypted text,
  id_number_index text,
  primary key (street_id, person_id),
  unique (street_id, id_number_index),
  foreign key (street_id, person_id) references people (street_id, id)
);
comment on table person_contacts is 'Real name, phone and number of the identity paper, encrypted by column; blind indexes find them exactly.';
comment on column person_contacts.area is 'As of the person, whose reach it shares.';
create index person_contacts_by_phone on person_contacts (street_id, phone_index);
create index person_contacts_by_name on person_contacts (street_id, name_index);

create table guardian_consents (
  street_id integer not null references streets,
  person_id uuid not null,
  id uuid not null,
  area ltree not null,
  account_id uuid,
  act text not null check (act in ('given', 'withdrawn')),
  guardian_encrypted text,
  phone_encrypted text,
  relation text,
  at timestamptz not null,
  by_account uuid not null,
  primary key (street_id, person_id, id),
  foreign key (street_id, person_id) references people (street_id, id),
  check ((act = 'given') = (guardian_encrypted is not null and relation is not null))
);
comment on table guardian_consents is 'A guardian''s consent for a person of fourteen to seventeen, and its withdrawal. Added to, never changed; the last one counts.';
comment on column guardian_consents.account_id is 'The person''s own account, who may read it.';

do $$
declare t text;
begin
  foreach t in array array['people', 'person_contacts', 'guardian_consents'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy within_scope on %I to linli_app using (
      street_id = nullif(current_setting(''app.street'', true), '''')::int
      and (area <@ any (nullif(current_setting(''app.areas'', true), '''')::ltree[])
        or account_id = nullif(current_setting(''app.actor'', true), '''')::uuid))', t);
    execute format('grant select, insert on %I to linli_app', t);
  end loop;
end $$;
grant update (area_id, area, account_id, birth_on, name_masked, version) on people to linli_app;
grant update (area, account_id, name_encrypted, name_index, phone_encrypted, phone_index, id_number_encrypted, id_number_index)
  on person_contacts to linli_app;
