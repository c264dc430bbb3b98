-- The area tree of a street: any depth, levels as rows, boundaries with dates, buildings.

create table divisions (
  code text primary key,
  name text not null,
  kind text not null check (kind in ('province', 'city', 'district', 'street', 'community')),
  parent_code text
);
comment on table divisions is 'Official division codes as imported; names repeat, codes do not. A reference table of all streets.';
create index divisions_by_parent on divisions (parent_code);
grant select, insert, update on divisions to linli_app;
grant select on divisions to linli_worker;

create table area_levels (
  street_id integer not null references streets,
  level text not null,
  name text not null,
  name_en text not null,
  position integer not null,
  primary key (street_id, level),
  unique (street_id, position)
);
comment on table area_levels is 'The levels of a street''s tree from the top down, as data: one district has three grid levels, another two.';

create table areas (
  street_id integer not null references streets,
  id uuid not null,
  code text not null,
  level text not null,
  name text not null,
  parent_id uuid,
  path ltree not null,
  position integer not null default 0,
  bounds_text text,
  valid_from date not null,
  valid_to date,
  primary key (street_id, id),
  unique (street_id, code),
  foreign key (street_id, level) references area_levels (street_id, level),
  foreign key (street_id, parent_id) references areas (street_id, id)
);
comment on table areas is 'Any node of the tree: street, community, grid, micro-grid. path is made of codes from the street down.';
comment on column areas.valid_to is 'The last day in force; null while it is. Ended areas stay, for old cases name them.';
comment on column areas.bounds_text is 'Described bounds 四至, for an area without a drawn boundary.';
create index areas_by_parent on areas (street_id, parent_id);

create table area_boundaries (
  street_id integer not null references streets,
  area_id uuid not null,
  valid_from date not null,
  valid_to date,
  geometry jsonb not null,
  source_datum text not null,
  synthetic boolean not null default false,
  primary key (street_id, area_id, valid_from),
  foreign key (street_id, area_id) references areas (street_id, id)
);
comment on table area_boundaries is 'GeoJSON Polygon or MultiPolygon in WGS-84, with the datum it came in and whether it was made up.';

create table area_figures (
  street_id integer not null references streets,
  area_id uuid not null,
  name text not null,
  scope text not null,
  on_day date not null,
  value numeric not null,
  unit text not null,
  source text not null,
  primary key (street_id, area_id, name, scope, on_day),
  foreign key (street_id, area_id) references areas (street_id, id)
);
comment on table area_figures is 'Figures given by the street, each with its scope, day and source: population is 24,000 or 35,000 depending on whom one counts.';

create table buildings (
  street_id integer not null references streets,
  id uuid not null,
  code text not null,
  name text not null,
  address text not null,
  compound text,
  area_id uuid not null,
  lng double precision,
  lat double precision,
  households integer,
  primary key (street_id, id),
  unique (street_id, code),
  foreign key (street_id, area_id) references areas (street_id, id)
);
comment on table buildings is 'A building 楼栋 in its leaf area; code is what a door plate or QR code carries.';
create index buildings_by_area on buildings (street_id, area_id);

create table area_versions (
  street_id integer primary key references streets,
  version uuid not null
);
comment on table area_versions is 'A new version with every change of areas, boundaries or buildings, so that each process knows when its index in memory is out of date.';

do $$
declare t text;
begin
  foreach t in array array['area_levels', 'areas', 'area_boundaries', 'area_figures', 'buildings', 'area_versions'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_street on %I to linli_app, linli_worker, linli_reader using (street_id = nullif(current_setting(''app.street'', true), '''')::int)', t);
    execute format('grant select, insert, update on %I to linli_app', t);
    execute format('grant select on %I to linli_worker, linli_reader', t);
  end loop;
end $$;
