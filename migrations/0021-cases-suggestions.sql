-- Cases: text models of a street, alike cases, petitions passed on, mandatory reports.

-- Alike past cases and clusters are looked for among cases of one matter, the newest first.
create index cases_by_matter on cases (street_id, matter_id, created_at desc) where matter_id is not null;

create table text_models (
  street_id integer not null references streets,
  id uuid not null,
  version integer,
  sha256 text,
  used_from timestamptz not null,
  used_by uuid not null,
  samples integer not null default 0,
  accuracy double precision,
  macro_f1 double precision,
  accuracy_before double precision,
  primary key (street_id, id),
  check ((version is null) = (sha256 is null))
);
comment on table text_models is 'Which text model a street uses from when on: a line for each training and each going back, added to and never changed. The newest line counts; without one the shipped model does.';
comment on column text_models.version is 'The street''s own models are counted from 1; null stands for the shipped one.';
comment on column text_models.sha256 is 'The model is a file under the data folder, by the hash of its bytes. Where it is missing the shipped model is used.';
comment on column text_models.accuracy is 'Share of right guesses on cases kept back from training; accuracy_before is the same of the model that was in use until then.';
create index text_models_newest on text_models (street_id, used_from desc, id desc);
alter table text_models enable row level security;
alter table text_models force row level security;
create policy read_in_street on text_models for select to linli_app, linli_worker
  using (street_id = nullif(current_setting('app.street', true), '')::int);
create policy use_as_oneself on text_models for insert to linli_app with check (
  street_id = nullif(current_setting('app.street', true), '')::int
  and used_by = nullif(current_setting('app.actor', true), '')::uuid);
grant select, insert on text_models to linli_app;
grant select on text_models to linli_worker;
