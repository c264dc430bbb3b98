-- Areas: names, codes and kinds with their days, and the recall of a re-cut before its day.
-- Accounts: keys and things that a post holder keeps, and the cards that people put on the roster of a door themselves.

-- Words of areas with their days

alter table areas add column kind text not null default 'ordinary' check (kind in ('ordinary', 'exclusive'));
comment on column areas.kind is 'exclusive: a grid of its own 专属网格 for a market, a school, a park; the size rule of households does not hold for it.';
comment on column areas.path is 'Made of the codes that the areas of the chain began with, from the street down: another code later leaves it as it is.';

create table area_renames (
  street_id integer not null references streets,
  area_id uuid not null,
  on_day date not null,
  from_name text not null,
  from_code text not null,
  from_kind text not null,
  to_name text not null,
  to_code text not null,
  to_kind text not null,
  draft_id uuid,
  primary key (street_id, area_id, on_day),
  foreign key (street_id, area_id) references areas (street_id, id),
  foreign key (street_id, draft_id) references area_drafts (street_id, id)
);
comment on table area_renames is 'From a day on an area has another name, code or kind. An area without a row has always been called what its own row says.';
comment on column area_renames.draft_id is 'The re-cut that ordered it; null where a list brought it.';

alter table area_draft_areas add column kind text check (kind in ('ordinary', 'exclusive'));
alter table area_draft_areas drop constraint area_draft_areas_act_check;
alter table area_draft_areas add constraint area_draft_areas_act_check check (act in ('add', 'redraw', 'rename', 'end'));
alter table area_draft_areas add constraint area_draft_areas_words_check
  check (act <> 'rename' or (geometry is null and (name is not null or code is not null or kind is not null)));
comment on column area_draft_areas.kind is 'Of a redrawn or renamed area null leaves the name, code or kind as it is.';

create table area_recalls (
  street_id integer not null references streets,
  id uuid not null,
  draft_id uuid not null,
  was_in_force_on date not null,
  was_approval text not null,
  reason text not null check (length(reason) between 1 and 300),
  recalled_at timestamptz not null,
  recalled_by uuid not null references accounts,
  primary key (street_id, id),
  foreign key (street_id, draft_id) references area_drafts (street_id, id)
);
comment on table area_recalls is 'A re-cut that was ordered and taken back before its day 撤回: what had been ordered, and why it does not come. Added to, never changed.';
create index area_recalls_by_draft on area_recalls (street_id, draft_id);

do $$
declare t text;
begin
  foreach t in array array['area_renames', 'area_recalls'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_street on %I to linli_app, linli_worker using (street_id = nullif(current_setting(''app.street'', true), '''')::int)', t);
    execute format('grant select, insert on %I to linli_app', t);
    execute format('grant select on %I to linli_worker', t);
  end loop;
end $$;
grant insert on area_renames to linli_worker;
grant update (to_name, to_code, to_kind, draft_id) on area_renames to linli_app, linli_worker;
-- On the day itself a job lets the area's own row say its new words.
grant update (name, code, kind) on areas to linli_worker;
-- What a re-cut wrote for a day ahead goes again when it is recalled before that day; what held stays for good.
grant delete on area_renames, area_lineage, building_moves to linli_app;
create policy of_a_recut on building_moves as restrictive for delete to linli_app using (draft_id is not null);
create policy of_a_recut on area_renames as restrictive for delete to linli_app using (draft_id is not null);

-- Keys and things that a post holder keeps

create table kept_items (
  street_id integer not null references streets,
  id uuid not null,
  what text not null check (length(what) between 1 and 100),
  building_id uuid,
  place text not null check (length(place) <= 200),
  area ltree not null,
  post_id uuid not null,
  account_id uuid not null references accounts,
  handed_by uuid not null references accounts,
  since timestamptz not null,
  ended_at timestamptz,
  primary key (street_id, id),
  foreign key (street_id, building_id) references buildings (street_id, id),
  foreign key (street_id, post_id) references posts (street_id, id)
);
comment on table kept_items is 'A key 钥匙 or thing that the holder of a post keeps for the street; given back or lost ones stay with their end.';
comment on column kept_items.place is 'Where it is kept: second drawer at the community’s desk.';
comment on column kept_items.area is 'The ltree path of the area it belongs to: whoever has that area sees who keeps it.';
comment on column kept_items.account_id is 'Who holds the post that keeps it.';
comment on column kept_items.handed_by is 'Who acted on it last: they go on seeing where it went.';
create index kept_items_by_post on kept_items (street_id, post_id) where ended_at is null;
create index kept_items_by_account on kept_items (street_id, account_id) where ended_at is null;

create table kept_item_entries (
  street_id integer not null references streets,
  id uuid not null,
  item_id uuid not null,
  area ltree not null,
  act text not null check (act in ('added', 'handed', 'moved', 'returned', 'lost')),
  by_account uuid not null references accounts,
  account_id uuid not null references accounts,
  post_id uuid not null,
  place text not null,
  at timestamptz not null,
  primary key (street_id, id),
  foreign key (street_id, item_id) references kept_items (street_id, id),
  foreign key (street_id, post_id) references posts (street_id, id)
);
comment on table kept_item_entries is 'What became of a kept thing, line by line: who wrote it down, who had it from then on and where. Added to, never changed.';
create index kept_item_entries_by_item on kept_item_entries (street_id, item_id, at);

alter table kept_items enable row level security;
alter table kept_items force row level security;
create policy within_scope on kept_items to linli_app using (
  street_id = nullif(current_setting('app.street', true), '')::int
  and (area <@ any (nullif(current_setting('app.areas', true), '')::ltree[])
    or account_id = nullif(current_setting('app.actor', true), '')::uuid
    or handed_by = nullif(current_setting('app.actor', true), '')::uuid));
grant select, insert on kept_items to linli_app;
grant update (place, post_id, account_id, handed_by, since, ended_at) on kept_items to linli_app;
alter table kept_item_entries enable row level security;
alter table kept_item_entries force row level security;
create policy within_scope on kept_item_entries to linli_app using (
  street_id = nullif(current_setting('app.street', true), '')::int
  and (area <@ any (nullif(current_setting('app.areas', true), '')::ltree[])
    or account_id = nullif(current_setting('app.actor', true), '')::uuid
    or by_account = nullif(current_setting('app.actor', true), '')::uuid));
grant select, insert on kept_item_entries to linli_app;

-- The roster of a door

create table post_cards (
  street_id integer not null references streets,
  post_id uuid not null,
  account_id uuid not null references accounts,
  name_encrypted text not null,
  phone_encrypted text,
  shown_at timestamptz not null,
  primary key (street_id, post_id),
  foreign key (street_id, post_id) references posts (street_id, id)
);
comment on table post_cards is 'What the holder of a post lets residents read behind the code on a door: a name as they choose it, and an office phone. Only the person puts it there; without a row nobody is named, and who takes it off leaves none.';
alter table post_cards enable row level security;
alter table post_cards force row level security;
create policy read_in_street on post_cards for select to linli_app
  using (street_id = nullif(current_setting('app.street', true), '')::int);
create policy add_own on post_cards for insert to linli_app with check (
  street_id = nullif(current_setting('app.street', true), '')::int
  and account_id = nullif(current_setting('app.actor', true), '')::uuid);
create policy change_own on post_cards for update to linli_app using (
  street_id = nullif(current_setting('app.street', true), '')::int
  and account_id = nullif(current_setting('app.actor', true), '')::uuid);
create policy remove_own on post_cards for delete to linli_app using (
  street_id = nullif(current_setting('app.street', true), '')::int
  and account_id = nullif(current_setting('app.actor', true), '')::uuid);
grant select, insert, delete on post_cards to linli_app;
grant update (name_encrypted, phone_encrypted, shown_at) on post_cards to linli_app;
