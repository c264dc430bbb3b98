-- Areas: drafts, groupings, compounds, entrances and dwellings.

-- Drafts

create table area_drafts (
  street_id integer not null references streets,
  id uuid not null,
  name text not null check (length(name) between 1 and 100),
  base_on date not null,
  state text not null check (state in ('draft', 'in-force', 'given-up')),
  version integer not null default 1,
  in_force_on date,
  approval text,
  created_at timestamptz not null,
  created_by uuid not null references accounts,
  changed_at timestamptz not null,
  changed_by uuid not null references accounts,
  settled_at timestamptz,
  settled_by uuid references accounts,
  primary key (street_id, id),
  check ((state = 'in-force') = (in_force_on is not null)),
  check ((state = 'in-force') = (approval is not null)),
  check ((state = 'draft') = (settled_at is null))
);
comment on table area_drafts is 'A re-cut 网格调整 that is being drawn, and after it was put in force the record of it: its rows then stay as they were.';
comment on column area_drafts.base_on is 'The day whose areas it was begun from.';
comment on column area_drafts.in_force_on is 'The first day on which it holds; may lie ahead.';
comment on column area_drafts.approval is 'The number of the approval that ordered it.';
create index area_drafts_newest on area_drafts (street_id, changed_at desc, id desc);

create table area_draft_areas (
  street_id integer not null references streets,
  draft_id uuid not null,
  area_id uuid not null,
  act text not null check (act in ('add', 'redraw', 'end')),
  code text,
  level text,
  name text,
  parent_id uuid,
  position integer not null default 0,
  bounds_text text,
  geometry jsonb,
  origins uuid[] not null default '{}',
  primary key (street_id, draft_id, area_id),
  foreign key (street_id, draft_id) references area_drafts (street_id, id),
  check (act <> 'add' or (code is not null and level is not null and name is not null and parent_id is not null)),
  check (act <> 'redraw' or geometry is not null)
);
comment on table area_draft_areas is 'What a draft changes, area by area; whatever is not named stays. Coordinates are WGS-84.';
comment on column area_draft_areas.parent_id is 'An area that stays, or another that the draft adds.';
comment on column area_draft_areas.origins is 'The areas that an added one takes the place of.';

create table area_lineage (
  street_id integer not null references streets,
  from_area_id uuid not null,
  to_area_id uuid not null,
  on_day date not null,
  share numeric(7, 6) not null check (share > 0 and share <= 1),
  basis text not null check (basis in ('households', 'surface', 'whole')),
  draft_id uuid not null,
  primary key (street_id, from_area_id, to_area_id, on_day),
  foreign key (street_id, from_area_id) references areas (street_id, id),
  foreign key (street_id, to_area_id) references areas (street_id, id),
  foreign key (street_id, draft_id) references area_drafts (street_id, id)
);
comment on table area_lineage is 'Which area came from which: from a day on, this share of the one belongs to the other. Added to, never changed.';
comment on column area_lineage.basis is 'What the share is of: households where they are known, else the surface; whole where nothing is known and there is but one to go to.';
create index area_lineage_by_to on area_lineage (street_id, to_area_id);

create table building_moves (
  street_id integer not null references streets,
  building_id uuid not null,
  on_day date not null,
  from_area_id uuid not null,
  to_area_id uuid not null,
  draft_id uuid,
  primary key (street_id, building_id, on_day),
  foreign key (street_id, building_id) references buildings (street_id, id) on delete cascade,
  foreign key (street_id, from_area_id) references areas (street_id, id),
  foreign key (street_id, to_area_id) references areas (street_id, id),
  foreign key (street_id, draft_id) references area_drafts (street_id, id)
);
comment on table building_moves is 'From a day on a building lies in another area. A building without a row has always lain where buildings.area_id says.';

create table area_groupings (
  street_id integer not null references streets,
  id uuid not null,
  kind text not null check (length(kind) between 1 and 40),
  name text not null check (length(name) between 1 and 100),
  note text,
  valid_from date not null,
  valid_to date,
  version integer not null default 1,
  primary key (street_id, id)
);
comment on table area_groupings is 'Areas that belong together across the tree, such as a 片区 over several communities; what it is called is data.';

create table area_grouping_members (
  street_id integer not null references streets,
  grouping_id uuid not null,
  area_id uuid not null,
  valid_from date not null,
  valid_to date,
  primary key (street_id, grouping_id, area_id, valid_from),
  foreign key (street_id, grouping_id) references area_groupings (street_id, id),
  foreign key (street_id, area_id) references areas (street_id, id)
);
comment on table area_grouping_members is 'Which areas a grouping holds, with their days; both days are included.';

do $$
declare t text;
begin
  foreach t in array array['area_drafts', 'area_draft_areas', 'area_lineage', 'building_moves', 'area_groupings', 'area_grouping_members'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_street on %I to linli_app, linli_worker using (street_id = nullif(current_setting(''app.street'', true), '''')::int)', t);
    execute format('grant select, insert on %I to linli_app', t);
    execute format('grant select on %I to linli_worker', t);
  end loop;
end $$;
grant update (name, state, version, in_force_on, approval, changed_at, changed_by, settled_at, settled_by) on area_drafts to linli_app;
-- A draft is no history: what it no longer changes goes, until it is put in force.
grant update, delete on area_draft_areas to linli_app;
grant update (to_area_id, draft_id) on building_moves to linli_app;
grant update (kind, name, note, valid_to, version) on area_groupings to linli_app;
grant update (valid_to) on area_grouping_members to linli_app;
-- On the day a building moves, a job lets its row say so too; lists of buildings are put in by a job as well.
grant insert, update (to_area_id, draft_id) on building_moves to linli_worker;
grant update (area_id) on buildings to linli_worker;
grant insert, update on area_versions to linli_worker;

-- Compounds, entrances, dwellings

create table compounds (
  street_id integer not null references streets,
  id uuid not null,
  code text not null,
  name text not null check (length(name) between 1 and 100),
  address text,
  valid_from date not null,
  valid_to date,
  primary key (street_id, id),
  unique (street_id, code)
);
comment on table compounds is 'A compound 小区 or courtyard: buildings that belong together and are best not divided between micro-grids. Ended ones stay.';
create unique index compounds_by_name on compounds (street_id, name) where valid_to is null;

alter table buildings add column compound_id uuid;
alter table buildings add constraint buildings_compound foreign key (street_id, compound_id) references compounds (street_id, id);
alter table buildings add column door_id text;
alter table buildings add constraint buildings_door unique (street_id, door_id);
comment on column buildings.door_id is 'What the printed QR code of the building carries: random, so that it names nothing and cannot be counted through. Null until a sheet was printed.';
create index buildings_by_compound on buildings (street_id, compound_id);

create table entrances (
  street_id integer not null references streets,
  id uuid not null,
  building_id uuid not null,
  code text not null check (length(code) between 1 and 10),
  floors integer check (floors between 1 and 200),
  valid_from date not null,
  valid_to date,
  primary key (street_id, id),
  foreign key (street_id, building_id) references buildings (street_id, id)
);
comment on table entrances is 'A stairwell 单元 of a building; code is what stands over its door: 1, 2, A. Ended ones stay.';
create unique index entrances_in_force on entrances (street_id, building_id, code) where valid_to is null;

create table dwellings (
  street_id integer not null references streets,
  id uuid not null,
  building_id uuid not null,
  entrance_id uuid,
  code text not null check (length(code) between 1 and 20),
  floor integer check (floor between -5 and 200),
  valid_from date not null,
  valid_to date,
  primary key (street_id, id),
  foreign key (street_id, building_id) references buildings (street_id, id),
  foreign key (street_id, entrance_id) references entrances (street_id, id)
);
comment on table dwellings is 'A home 户 inside a building by what stands on its door; nobody''s name. Ended ones stay.';
create unique index dwellings_in_force on dwellings (street_id, building_id, coalesce(entrance_id, '00000000-0000-0000-0000-000000000000'), code) where valid_to is null;

create table building_counts (
  street_id integer not null references streets,
  building_id uuid not null,
  on_day date not null,
  households integer not null check (households >= 0),
  source text not null,
  primary key (street_id, building_id, on_day),
  foreign key (street_id, building_id) references buildings (street_id, id)
);
comment on table building_counts is 'How many households a building had, as told on a day and by whom: a list, or a person. The newest stands in buildings.households too.';

create table area_barriers (
  street_id integer not null references streets,
  id uuid not null,
  name text not null,
  line jsonb not null,
  valid_from date not null,
  valid_to date,
  primary key (street_id, id)
);
comment on table area_barriers is 'Main roads, rivers and walls that a micro-grid should not reach across: positions in WGS-84.';

create table area_proposals (
  street_id integer not null references streets,
  id uuid not null,
  name text not null check (length(name) between 1 and 100),
  area_id uuid not null,
  level text not null,
  target integer not null check (target > 0),
  deviation numeric(4, 3) not null check (deviation > 0 and deviation < 1),
  seed integer not null,
  recut boolean not null,
  with_barriers boolean not null,
  state text not null check (state in ('running', 'ready', 'cancelled', 'adopted')),
  done_share numeric(5, 4) not null default 0,
  unplaced integer not null default 0,
  figures jsonb,
  created_at timestamptz not null,
  created_by uuid not null references accounts,
  changed_at timestamptz not null,
  draft_id uuid,
  primary key (street_id, id),
  foreign key (street_id, area_id) references areas (street_id, id),
  foreign key (street_id, level) references area_levels (street_id, level),
  foreign key (street_id, draft_id) references area_drafts (street_id, id),
  check ((state = 'adopted') = (draft_id is not null))
);
comment on table area_proposals is 'A proposal 划分方案 of micro-grids by households, worked out in the background; a person adopts it into a draft.';
comment on column area_proposals.unplaced is 'Buildings without coordinates: no proposal can place them.';

create table area_proposal_parts (
  street_id integer not null references streets,
  proposal_id uuid not null,
  parent_id uuid not null,
  position integer not null,
  input jsonb not null,
  progress jsonb,
  result jsonb,
  primary key (street_id, proposal_id, parent_id),
  foreign key (street_id, proposal_id) references area_proposals (street_id, id),
  foreign key (street_id, parent_id) references areas (street_id, id)
);
comment on table area_proposal_parts is 'One area above of a proposal: the buildings it was begun with, how far it has come, and its groups with their shapes.';

do $$
declare t text;
begin
  foreach t in array array['compounds', 'entrances', 'dwellings', 'building_counts', 'area_barriers', 'area_proposals', 'area_proposal_parts'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_street on %I to linli_app, linli_worker using (street_id = nullif(current_setting(''app.street'', true), '''')::int)', t);
    execute format('grant select, insert on %I to linli_app, linli_worker', t);
  end loop;
end $$;
grant update (name, address, valid_to) on compounds to linli_app, linli_worker;
grant update (floors, valid_to) on entrances to linli_app, linli_worker;
grant update (floor, valid_to) on dwellings to linli_app, linli_worker;
grant update (households, source) on building_counts to linli_app, linli_worker;
grant update (valid_to) on area_barriers to linli_app;
grant update (state, changed_at, draft_id) on area_proposals to linli_app;
grant update (state, done_share, figures, changed_at) on area_proposals to linli_worker;
grant update (progress, result) on area_proposal_parts to linli_worker;
-- What a list brought in may be taken out again by the job that undoes it.
grant delete on entrances, dwellings, building_counts to linli_worker;
