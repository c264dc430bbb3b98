-- Accounts are global; posts, organisations and memberships belong to a street.

create table accounts (
  id uuid primary key,
  kind text not null check (kind in ('staff', 'resident')),
  username text unique,
  password_hash text,
  must_change_password boolean not null default false,
  totp_secret text,
  totp_confirmed_at timestamptz,
  totp_pending_secret text,
  totp_last_step bigint,
  disabled_at timestamptz,
  failed_sign_ins integer not null default 0,
  locked_until timestamptz,
  last_sign_in_at timestamptz,
  created_at timestamptz not null,
  check (kind = 'resident' or username is not null)
);
comment on table accounts is 'Who can sign in. No name and no phone stands here.';
comment on column accounts.totp_secret is 'Encrypted by the application.';
comment on column accounts.totp_pending_secret is 'Encrypted too; takes the place of totp_secret only once a first code from it was right, so that a broken enrolment locks nobody out.';
comment on column accounts.totp_last_step is 'The time step of the last code used: a code is good once.';
grant select, insert, update on accounts to linli_app;
grant select on accounts to linli_reader, linli_worker;

create table account_contacts (
  account_id uuid primary key references accounts,
  name_encrypted text,
  phone_encrypted text,
  phone_index text unique,
  phone_tail_index text
);
comment on table account_contacts is 'Names and phones of account holders, encrypted by column; the blind indexes find a whole phone or its last four digits.';
create index account_contacts_by_tail on account_contacts (phone_tail_index);
grant select, insert, update, delete on account_contacts to linli_app;

create table sessions (
  token_hash text primary key,
  id uuid not null unique,
  account_id uuid not null references accounts,
  street_id integer not null references streets,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  idle_minutes integer not null,
  expires_at timestamptz not null,
  ended_at timestamptz
);
comment on table sessions is 'Signed-in sessions; only the hash of the 256-bit token is kept.';
create index sessions_by_account on sessions (account_id) where ended_at is null;
grant select, insert, update on sessions to linli_app;
grant select, update on sessions to linli_reader;
grant select, delete on sessions to linli_worker;

create table sms_codes (
  phone_index text not null,
  id uuid not null,
  code_hash text not null,
  sent_at timestamptz not null,
  expires_at timestamptz not null,
  tries integer not null default 0,
  used_at timestamptz,
  primary key (phone_index, id)
);
comment on table sms_codes is 'One-time codes of residents, hashed; good once, for a few minutes and a few tries.';
grant select, insert, update on sms_codes to linli_app;
grant select, delete on sms_codes to linli_worker;

create table memberships (
  street_id integer not null references streets,
  account_id uuid not null references accounts,
  since timestamptz not null,
  primary key (street_id, account_id)
);
comment on table memberships is 'Which streets a resident has named, and which street made a staff account: it may have no post there yet. What staff may do follows from their posts alone.';
alter table memberships enable row level security;
alter table memberships force row level security;
create policy own_street on memberships to linli_app
  using (street_id = nullif(current_setting('app.street', true), '')::int or nullif(current_setting('app.street', true), '') is null);
grant select, insert on memberships to linli_app;

create table organisations (
  street_id integer not null references streets,
  id uuid not null,
  code text not null,
  name text not null,
  kind text not null,
  active boolean not null default true,
  primary key (street_id, id),
  unique (street_id, code)
);
comment on table organisations is 'Offices, firms, utilities and partners 单位 that cases are given to.';

create table organisation_areas (
  street_id integer not null references streets,
  organisation_id uuid not null,
  area_id uuid not null,
  primary key (street_id, organisation_id, area_id),
  foreign key (street_id, organisation_id) references organisations (street_id, id),
  foreign key (street_id, area_id) references areas (street_id, id)
);
comment on table organisation_areas is 'Where an organisation works; no row means the whole street.';

create table posts (
  street_id integer not null references streets,
  id uuid not null,
  account_id uuid not null references accounts,
  role text not null,
  area_id uuid,
  area_path ltree,
  organisation_id uuid,
  from_day date not null,
  to_day date,
  ended_at timestamptz,
  lead boolean not null default false,
  stand_in_for uuid,
  primary key (street_id, id),
  foreign key (street_id, area_id) references areas (street_id, id),
  foreign key (street_id, organisation_id) references organisations (street_id, id),
  foreign key (street_id, stand_in_for) references posts (street_id, id),
  check ((area_id is null) <> (organisation_id is null)),
  check ((area_id is null) = (area_path is null))
);
comment on table posts is 'A role held by a person in an area or organisation for a term. Ended posts stay: entries name them.';
comment on column posts.lead is 'The one lead among many members of a micro-grid.';
create index posts_by_account on posts (account_id, street_id);
create index posts_by_area on posts (street_id, area_id);
create index posts_by_organisation on posts (street_id, organisation_id);

do $$
declare t text;
begin
  foreach t in array array['organisations', 'organisation_areas', 'posts'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_street on %I to linli_app, linli_worker using (street_id = nullif(current_setting(''app.street'', true), '''')::int)', t);
    execute format('grant select, insert, update on %I to linli_app', t);
    execute format('grant select on %I to linli_worker', t);
  end loop;
end $$;
-- Before a session is known there is no street; these functions look across streets for one account only.
create policy sign_in on posts for select to linli_reader using (true);
grant select on posts to linli_reader;
create policy sign_in on organisations for select to linli_reader using (true);
grant select on organisations to linli_reader;

create function session_actor(p_token_hash text, p_at timestamptz, p_in_use boolean default true) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  s sessions;
  a accounts;
  today date := (p_at at time zone 'Asia/Shanghai')::date;
  held jsonb;
begin
  select * into s from sessions where token_hash = p_token_hash;
  if s.token_hash is null or s.ended_at is not null or p_at >= s.expires_at
    or p_at >= s.last_seen_at + make_interval(mins => s.idle_minutes) then
    return null;
  end if;
  select * into a from accounts where id = s.account_id;
  if a.disabled_at is not null then
    return null;
  end if;
  select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'role', p.role, 'areaId', p.area_id, 'areaPath', p.area_path::text,
      'organisationId', p.organisation_id) order by p.id), '[]') into held
  from posts p
  where p.account_id = a.id and p.street_id = s.street_id and p.ended_at is null
    and p.from_day <= today and (p.to_day is null or p.to_day >= today);
  -- An open stream asks by itself: that is no use of the session and must not keep it from going idle.
  if p_in_use and p_at > s.last_seen_at + interval '1 minute' then
    update sessions set last_seen_at = p_at where token_hash = p_token_hash;
  end if;
  return jsonb_build_object('sessionId', s.id, 'accountId', a.id, 'kind', a.kind, 'streetId', s.street_id, 'posts', held,
    'totpConfirmed', a.totp_confirmed_at is not null, 'mustChangePassword', a.must_change_password);
end $$;
comment on function session_actor is 'The account, street and current posts behind a session token, read anew for every request: an ended post loses its access at once.';

create function streets_of_account(p_account uuid, p_at timestamptz) returns table (street_id integer, code text, name text)
language sql security definer set search_path = public, pg_temp as $$
  select distinct s.street_id, s.code, s.name from posts p join streets s on s.street_id = p.street_id
  where p.account_id = p_account and p.ended_at is null
    and p.from_day <= (p_at at time zone 'Asia/Shanghai')::date
    and (p.to_day is null or p.to_day >= (p_at at time zone 'Asia/Shanghai')::date)
  order by s.street_id
$$;
comment on function streets_of_account is 'Streets in which an account holds a current post; used at sign-in only.';

create function roles_of_account(p_account uuid, p_from date, p_to date) returns text[]
language sql security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct p.role), '{}') from posts p
  where p.account_id = p_account and p.ended_at is null
    and (p.to_day is null or p.to_day >= p_from) and (p_to is null or p.from_day <= p_to)
$$;
comment on function roles_of_account is 'Roles an account holds on any day of a term, in all streets: the administrators are kept apart by person, not by street.';

grant create on schema public to linli_reader;
alter function session_actor owner to linli_reader;
alter function streets_of_account owner to linli_reader;
alter function roles_of_account owner to linli_reader;
revoke create on schema public from linli_reader;
revoke execute on function session_actor, streets_of_account, roles_of_account from public;
grant execute on function session_actor, streets_of_account, roles_of_account to linli_app;
