-- Accounts and organisations: what their care needs. Sessions a person can tell apart, organisations that change, are
-- closed and keep their former names, posts whose holder is away and who stands in; and uploads that nothing refers to.

-- Sessions ------------------------------------------------------------------------------------------------

alter table sessions add column device text;
comment on column sessions.device is 'What the browser says it is, coarsely: a browser and a system of a short list. No address and nothing that tells one machine from another of its kind.';

-- Organisations -------------------------------------------------------------------------------------------

alter table organisations add column signs_in boolean not null default true;
alter table organisations add column answers_need_approval boolean not null default false;
alter table organisations add column version integer not null default 1;
comment on column organisations.signs_in is 'False for a firm that never signs in: its orders are printed or sent and the desk records its results 代录.';
comment on column organisations.answers_need_approval is 'True where an answer leaves only after the organisation''s lead approved it 审签.';
grant delete on organisation_areas to linli_app;

create table organisation_contacts (
  street_id integer not null references streets,
  organisation_id uuid not null,
  phone_encrypted text,
  address_encrypted text,
  primary key (street_id, organisation_id),
  foreign key (street_id, organisation_id) references organisations (street_id, id)
);
comment on table organisation_contacts is 'Phone and address for a printed order, encrypted by column: the phone is often that of a person.';

create table organisation_names (
  street_id integer not null references streets,
  organisation_id uuid not null,
  until timestamptz not null,
  name text not null,
  primary key (street_id, organisation_id, until),
  foreign key (street_id, organisation_id) references organisations (street_id, id)
);
comment on table organisation_names is 'Former names: an entry made before `until` is read with this name. The present one stands in organisations.';

create function open_work_of_organisation(p_street integer, p_organisation uuid) returns integer
language sql stable set search_path = public, pg_temp as $$
  select count(*)::int from cases c
  where c.street_id = p_street and c.state in ('assigned', 'in-progress', 'result-submitted')
    and (c.organisation_id = p_organisation or p_organisation = any (c.shared_organisations))
$$;
comment on function open_work_of_organisation is 'How many cases wait for an organisation or are shared with it. It looks with the rights of who asks: the system, whose scope is the whole street.';
revoke execute on function open_work_of_organisation from public;
grant execute on function open_work_of_organisation to linli_app;

-- Who is away and who stands in ---------------------------------------------------------------------------

create table post_absences (
  street_id integer not null references streets,
  id uuid not null,
  post_id uuid not null,
  from_day date not null,
  to_day date not null,
  stand_in_named uuid,
  stand_in_post_ids uuid[] not null,
  set_by uuid not null,
  set_at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid,
  primary key (street_id, id),
  foreign key (street_id, post_id) references posts (street_id, id),
  foreign key (street_id, stand_in_named) references posts (street_id, id),
  check (from_day <= to_day)
);
comment on table post_absences is 'When the holder of a post is away. No reason is asked for or kept.';
comment on column post_absences.stand_in_named is 'The post whose holder was named to stand in; null leaves it to the rule.';
comment on column post_absences.stand_in_post_ids is 'Posts whose holders stand in, first the one named, then by the rule: the first of them that is in force, open and not away itself does.';
create index post_absences_by_post on post_absences (street_id, post_id, to_day) where ended_at is null;
create index post_absences_by_day on post_absences (street_id, to_day) where ended_at is null;

do $$
declare t text;
begin
  foreach t in array array['organisation_contacts', 'organisation_names', 'post_absences'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_street on %I to linli_app, linli_worker using (street_id = nullif(current_setting(''app.street'', true), '''')::int)', t);
    execute format('grant select, insert on %I to linli_app', t);
  end loop;
end $$;
grant update on organisation_contacts, post_absences to linli_app;
grant select on organisation_names to linli_worker;
grant select, update on post_absences to linli_worker;
create policy sign_in on post_absences for select to linli_reader using (true);
grant select on post_absences to linli_reader;

create function stand_in_of(p_street integer, p_post uuid, p_day date) returns uuid
language sql stable set search_path = public, pg_temp as $$
  select c.id
  from post_absences away cross join lateral unnest(away.stand_in_post_ids) with ordinality as o(id, place)
    join posts c on c.street_id = away.street_id and c.id = o.id
    join accounts a on a.id = c.account_id
  where away.street_id = p_street and away.post_id = p_post and away.ended_at is null
    and away.from_day <= p_day and away.to_day >= p_day
    and c.ended_at is null and c.from_day <= p_day and (c.to_day is null or c.to_day >= p_day)
    and a.disabled_at is null
    and not exists (select 1 from post_absences x where x.street_id = c.street_id and x.post_id = c.id
      and x.ended_at is null and x.from_day <= p_day and x.to_day >= p_day)
  order by o.place limit 1
$$;
comment on function stand_in_of is 'The post whose holder acts for a post on a day of its absence; null when it is not away, or nobody is left.';
revoke execute on function stand_in_of from public;
grant execute on function stand_in_of to linli_app, linli_worker, linli_reader;

-- A session now also holds the posts that the person stands in for. The function of the first migration belongs to
-- another role, so it is made anew and not replaced.
drop function session_actor(text, timestamptz, boolean);
create function session_actor(p_token_hash text, p_at timestamptz, p_in_use boolean default true) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  s sessions;
  a accounts;
  today date := (p_at at time zone 'Asia/Shanghai')::date;
  own uuid[];
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
  select array_agg(p.id), coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'role', p.role, 'areaId', p.area_id,
      'areaPath', p.area_path::text, 'organisationId', p.organisation_id) order by p.id), '[]') into own, held
  from posts p
  where p.account_id = a.id and p.street_id = s.street_id and p.ended_at is null
    and p.from_day <= today and (p.to_day is null or p.to_day >= today);
  if own is not null then
    select held || coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'role', p.role, 'areaId', p.area_id,
        'areaPath', p.area_path::text, 'organisationId', p.organisation_id, 'standInFor', p.account_id) order by p.id), '[]') into held
    from post_absences away join posts p on p.street_id = away.street_id and p.id = away.post_id
    where away.street_id = s.street_id and away.ended_at is null and away.from_day <= today and away.to_day >= today
      and away.stand_in_post_ids && own and p.account_id <> a.id
      and p.ended_at is null and p.from_day <= today and (p.to_day is null or p.to_day >= today)
      and stand_in_of(away.street_id, away.post_id, today) = any (own);
  end if;
  -- An open stream asks by itself: that is no use of the session and must not keep it from going idle.
  if p_in_use and p_at > s.last_seen_at + interval '1 minute' then
    update sessions set last_seen_at = p_at where token_hash = p_token_hash;
  end if;
  return jsonb_build_object('sessionId', s.id, 'accountId', a.id, 'kind', a.kind, 'streetId', s.street_id, 'posts', held,
    'totpConfirmed', a.totp_confirmed_at is not null, 'mustChangePassword', a.must_change_password);
end $$;
comment on function session_actor is 'The account, street and current posts behind a session token, own ones and those stood in for, read anew for every request: an ended post or leave loses its access at once.';

-- Uploads that nothing refers to --------------------------------------------------------------------------

insert into retention_classes (class, days, basis) values
  ('unlinked-upload', 1, 'an upload that no record took up within a day was given up by whoever sent it');
create index files_by_time on files (street_id, uploaded_at);
create index files_by_content on files (sha256);
create policy clean_up on files to linli_worker using (true);
grant select, delete on files to linli_worker;

create function unlinked_files(p_before timestamptz, p_limit integer) returns setof uuid
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  link record;
  none_refers text := '';
begin
  -- Every table that refers to a file by a foreign key keeps it; one that this role may not read stops the clean-up.
  for link in
    select c.conrelid::regclass as name, a.attname as file_column
    from pg_constraint c
      cross join lateral unnest(c.conkey, c.confkey) as k(from_number, to_number)
      join pg_attribute f on f.attrelid = c.confrelid and f.attnum = k.to_number and f.attname = 'id'
      join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.from_number
    where c.contype = 'f' and c.confrelid = 'public.files'::regclass and c.conparentid = 0
  loop
    none_refers := none_refers || format(' and not exists (select from %s l where l.street_id = f.street_id and l.%I = f.id)',
      link.name, link.file_column);
  end loop;
  return query execute 'select f.id from files f where f.street_id = $1 and f.uploaded_at < $2' || none_refers
    || ' order by f.uploaded_at limit $3'
    using nullif(current_setting('app.street', true), '')::int, p_before, p_limit;
end $$;
comment on function unlinked_files is 'Files of the caller''s street that were uploaded before an instant and that no row of any table refers to.';

grant create on schema public to linli_reader;
alter function session_actor owner to linli_reader;
alter function unlinked_files owner to linli_reader;
revoke create on schema public from linli_reader;
revoke execute on function session_actor, unlinked_files from public;
grant execute on function session_actor to linli_app;
grant execute on function unlinked_files to linli_worker;
