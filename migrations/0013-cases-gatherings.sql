-- Meetings and visits as sources of needs 走访与会议, and what a community publishes of them 三单公开.

create table gatherings (
  street_id integer not null references streets,
  id uuid not null,
  kind text not null check (kind in ('courtyard-meeting', 'home-visit', 'interview', 'questionnaire')),
  area_id uuid not null,
  area ltree not null,
  held_at timestamptz not null,
  place_text text,
  held_by uuid[] not null default '{}',
  attendees integer check (attendees between 0 and 100000),
  note text,
  created_by uuid not null,
  created_post uuid,
  created_at timestamptz not null,
  version integer not null default 1,
  primary key (street_id, id),
  foreign key (street_id, area_id) references areas (street_id, id)
);
comment on table gatherings is 'A courtyard meeting 坝坝会, home visit 入户走访, interview 访谈 or questionnaire 问卷 at which people said what they need.';
comment on column gatherings.area is 'ltree path of the area; who has it sees the gathering.';
comment on column gatherings.held_by is 'Posts that held it.';
comment on column gatherings.attendees is 'How many came: a number only. There is no list of names and no photo of attendance.';
create index gatherings_newest on gatherings (street_id, held_at desc, id desc);
alter table gatherings enable row level security;
alter table gatherings force row level security;
create policy within_scope on gatherings to linli_app using (
  street_id = nullif(current_setting('app.street', true), '')::int
  and area <@ any (nullif(current_setting('app.areas', true), '')::ltree[]));
grant select, insert, update on gatherings to linli_app;

create table gathering_needs (
  street_id integer not null references streets,
  gathering_id uuid not null,
  case_id uuid not null,
  area ltree not null,
  position integer not null,
  consent boolean not null,
  asked_parent_id uuid,
  created_by uuid not null,
  created_at timestamptz not null,
  primary key (street_id, gathering_id, case_id),
  unique (street_id, case_id),
  foreign key (street_id, gathering_id) references gatherings (street_id, id),
  foreign key (street_id, case_id) references cases (street_id, id),
  foreign key (street_id, asked_parent_id) references cases (street_id, id)
);
comment on table gathering_needs is 'One need said at a gathering. Its id came from the screen and is the id of its case, so that sending again adds nothing.';
comment on column gathering_needs.area is 'The path of the gathering, so that the row is seen by whoever sees the gathering.';
comment on column gathering_needs.consent is 'Whether the speaker agreed that name and phone are kept; without it none are.';
comment on column gathering_needs.asked_parent_id is 'The open case that whoever wrote it down found to be the same; the desk decides.';
alter table gathering_needs enable row level security;
alter table gathering_needs force row level security;
create policy within_scope on gathering_needs to linli_app using (
  street_id = nullif(current_setting('app.street', true), '')::int
  and area <@ any (nullif(current_setting('app.areas', true), '')::ltree[]));
grant select, insert on gathering_needs to linli_app;

alter table cases add column route text check (route in ('handle-now', 'coordinate', 'track'));
comment on column cases.route is '马上办 what the community can solve, 协调办 what needs several at one table, 跟踪办 what needs a higher level; null while nobody has said.';

create table public_summaries (
  street_id integer not null references streets,
  case_id uuid not null,
  area ltree not null,
  draft text,
  draft_by uuid,
  draft_at timestamptz,
  published text,
  published_by uuid,
  published_at timestamptz,
  withdrawn_by uuid,
  withdrawn_at timestamptz,
  withdrawn_reason text,
  version integer not null default 1,
  primary key (street_id, case_id),
  foreign key (street_id, case_id) references cases (street_id, id)
);
comment on table public_summaries is 'What a community says in public about a case: written by one person of the staff, published by another. Never the resident''s own words.';
comment on column public_summaries.area is 'Path of the community whose list it stands in.';
comment on column public_summaries.published is 'What the public page shows now; null when nothing is shown.';
create index public_summaries_shown on public_summaries (street_id, published_at) where published is not null;
alter table public_summaries enable row level security;
alter table public_summaries force row level security;
create policy within_scope on public_summaries to linli_app using (
  street_id = nullif(current_setting('app.street', true), '')::int
  and area <@ any (nullif(current_setting('app.areas', true), '')::ltree[]));
grant select, insert, update on public_summaries to linli_app;
