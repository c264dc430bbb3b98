-- A recount of a street's figures goes in short steps (decision 0048): how far it is.
create table case_figure_counts (
  street_id integer not null references streets,
  id uuid not null,
  turn integer not null default 0,
  moved_at timestamptz not null,
  shape integer not null,
  first boolean not null,
  stage text not null check (stage in ('cases', 'changes', 'sums')),
  after text,
  cases integer not null default 0,
  facts_wrong integer not null default 0,
  sums_wrong integer not null default 0,
  primary key (street_id, id),
  unique (street_id)
);
comment on table case_figure_counts is 'The recount that a street is in, if any: one at a time, a row that each step moves on and the last one removes.';
comment on column case_figure_counts.id is 'Of the row of case_figure_checks that it ends in.';
comment on column case_figure_counts.turn is 'Of the next step; a job for any other turn does nothing.';
comment on column case_figure_counts.first is 'Nothing was counted before: facts are written as they are found, and nothing is called wrong.';
comment on column case_figure_counts.after is 'The last case or the last day that is through; null where a stage begins.';
alter table case_figure_counts enable row level security;
alter table case_figure_counts force row level security;
create policy fold_street on case_figure_counts to linli_worker
  using (street_id = nullif(current_setting('app.street', true), '')::int);
grant select, insert, update, delete on case_figure_counts to linli_worker;
