-- Accounts: party tree, recruiting of micro-grid members.

create table party_bodies (
  street_id integer not null references streets,
  id uuid not null,
  level text not null check (level in ('working-committee', 'community-committee', 'grid-branch', 'building-head', 'member-household')),
  name text not null check (length(name) between 1 and 100),
  parent_id uuid,
  area_id uuid not null,
  area ltree not null,
  building_id uuid,
  joint boolean not null default false,
  valid_from date not null,
  valid_to date,
  version integer not null default 1,
  primary key (street_id, id),
  foreign key (street_id, parent_id) references party_bodies (street_id, id),
  foreign key (street_id, area_id) references areas (street_id, id),
  foreign key (street_id, building_id) references buildings (street_id, id),
  check ((level = 'working-committee') = (parent_id is null))
);
comment on table party_bodies is 'The five-level party tree 街道党工委-社区党委-网格党支部-党员楼栋长-党员中心户 laid over the area tree; a building''s head and a member household are posts of one place in it. What the levels are called is a setting.';
comment on column party_bodies.area is 'ltree path of the area it is laid over.';
comment on column party_bodies.joint is 'A joint branch 联合党支部 of social organisations and volunteers stands beside the one branch of a grid.';
create index party_bodies_by_area on party_bodies (street_id, area_id);

create table party_posts (
  street_id integer not null references streets,
  id uuid not null,
  body_id uuid not null,
  account_id uuid not null references accounts,
  title text not null check (title in ('secretary', 'deputy', 'member', 'head')),
  from_day date not null,
  to_day date,
  shown boolean not null default false,
  shown_at timestamptz,
  primary key (street_id, id),
  foreign key (street_id, body_id) references party_bodies (street_id, id),
  check (to_day is null or to_day >= from_day)
);
comment on table party_posts is 'Who holds which party post for which days. A person may hold several, and posts of the street besides 交叉任职.';
comment on column party_posts.shown is 'The person themself agreed that the public roster of the building 亮身份 names them; nobody else can.';
create index party_posts_by_body on party_posts (street_id, body_id);
create index party_posts_by_account on party_posts (street_id, account_id);

create table recruit_calls (
  street_id integer not null references streets,
  id uuid not null,
  area_id uuid not null,
  area ltree not null,
  title text not null check (length(title) between 1 and 100),
  words text not null check (length(words) between 1 and 2000),
  opens_on date not null,
  closes_on date not null,
  term_months integer not null check (term_months between 1 and 60),
  created_at timestamptz not null,
  created_by uuid not null references accounts,
  primary key (street_id, id),
  foreign key (street_id, area_id) references areas (street_id, id),
  check (opens_on <= closes_on)
);
comment on table recruit_calls is 'A call 招募 for micro-grid members of an area, read by everybody of the street while it is open.';

create table recruit_applications (
  street_id integer not null references streets,
  id uuid not null,
  call_id uuid not null,
  account_id uuid not null references accounts,
  area_id uuid not null,
  area ltree not null,
  pool text not null check (pool in ('party-member', 'building-head', 'veteran', 'owners-committee', 'resident')),
  words text not null check (length(words) <= 1000),
  state text not null check (state in ('applied', 'chosen', 'declined', 'withdrawn', 'in-post')),
  applied_at timestamptz not null,
  settled_at timestamptz,
  settled_by uuid references accounts,
  reason text,
  post_id uuid,
  primary key (street_id, id),
  unique (street_id, call_id, account_id),
  foreign key (street_id, call_id) references recruit_calls (street_id, id),
  foreign key (street_id, area_id) references areas (street_id, id),
  foreign key (street_id, post_id) references posts (street_id, id),
  check ((state = 'in-post') = (post_id is not null)),
  check (state <> 'declined' or reason is not null)
);
comment on table recruit_applications is 'Who asked to become a member of which micro-grid; chosen by the community, put in post by the security administrator. Seen by whoever has the area, and by the person.';
comment on column recruit_applications.pool is 'Where the person comes from, in their own words of choice: party member, building head, veteran, core of the owners'' committee, resident.';
create index recruit_applications_by_account on recruit_applications (street_id, account_id);

do $$
declare t text;
begin
  foreach t in array array['party_bodies', 'party_posts', 'recruit_calls', 'recruit_applications'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select, insert on %I to linli_app', t);
  end loop;
  foreach t in array array['party_bodies', 'party_posts', 'recruit_calls', 'recruit_applications'] loop
    execute format('create policy own_street on %I to linli_app using (street_id = nullif(current_setting(''app.street'', true), '''')::int)', t);
  end loop;
end $$;
grant update (name, valid_to, version) on party_bodies to linli_app;
grant update (to_day, shown, shown_at) on party_posts to linli_app;
grant update (state, settled_at, settled_by, reason, post_id) on recruit_applications to linli_app;
