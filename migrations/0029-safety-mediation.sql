-- Safety: disputes and their mediation in three tiers.

-- Cases that the module of safety runs, with records of its own beside them.
alter table cases add column special text check (special in ('mediation', 'hazard', 'violation'));
comment on column cases.special is 'Set for a mediation, a hazard and a violation: which module runs it. A mediation tells nothing here of who and what; its records stand in tables that only its desk, its mediators and its parties see.';
create index cases_special on cases (street_id, special, created_at desc, id desc) where special is not null;

-- Who may mediate 调解员: chosen by the parties from the list of the tier.
create table mediators (
  street_id integer not null references streets,
  id uuid not null,
  area_id uuid not null,
  area ltree not null,
  tier text not null check (tier in ('courtyard', 'community', 'street')),
  name text not null,
  about text,
  account_id uuid,
  active boolean not null default true,
  changed_by uuid not null,
  changed_at timestamptz not null,
  primary key (street_id, id),
  foreign key (street_id, area_id) references areas (street_id, id)
);
comment on table mediators is 'Mediators 调解员 of a place and tier, under the name they are known by: parties choose from this list, so the whole street reads it.';
comment on column mediators.account_id is 'Their own account, where they sign in; a mediation comes into its sight when the parties choose them.';
create index mediators_of_tier on mediators (street_id, tier) where active;

create table mediations (
  street_id integer not null references streets,
  case_id uuid not null,
  number text not null,
  area_id uuid not null,
  area ltree not null,
  kind text not null,
  level text not null check (level in ('red', 'orange', 'yellow', 'blue')),
  tier text not null check (tier in ('courtyard', 'community', 'street')),
  stage text not null check (stage in ('open', 'agreed', 'performed', 'ended')),
  ended_for text check (ended_for in ('no-agreement', 'refused', 'withdrawn', 'not-performed')),
  is_public boolean not null default false,
  facts_encrypted text not null,
  mediator_ids uuid[] not null default '{}',
  chosen_by text check (chosen_by in ('parties', 'committee')),
  readers uuid[] not null default '{}',
  next_at timestamptz,
  next_place_encrypted text,
  due_on date not null,
  agreement jsonb,
  agreement_encrypted text,
  effective_at timestamptz,
  confirm_by date,
  performance jsonb not null default '[]',
  registered_by uuid not null,
  registered_at timestamptz not null,
  ended_at timestamptz,
  version integer not null default 1,
  primary key (street_id, case_id),
  foreign key (street_id, case_id) references cases (street_id, id),
  foreign key (street_id, area_id) references areas (street_id, id),
  check ((stage = 'ended') = (ended_for is not null)),
  check (stage not in ('agreed', 'performed') or effective_at is not null)
);
comment on table mediations is 'A dispute under mediation 人民调解: one case of the engine with what only its desk, the mediators of its tier and its parties may see.';
comment on column mediations.readers is 'Accounts of the chosen mediators and of the parties: beside the desks of the place nobody else sees the row.';
comment on column mediations.due_on is 'The soft norm of some days within which it should be settled; put off with a reason, never a reason to force anybody.';
comment on column mediations.agreement is 'What of the agreement is no secret: form, who signed how and when, which paper was stamped.';
comment on column mediations.confirm_by is 'Until when both parties may together ask the court to confirm the agreement; null where the law leaves no room for it.';
comment on column mediations.performance is 'Each duty of the agreement: whose, until which day, whether it was done; what it is stands in the sealed text.';
create index mediations_open on mediations (street_id, stage, due_on);

create table mediation_parties (
  street_id integer not null references streets,
  id uuid not null,
  case_id uuid not null,
  area ltree not null,
  readers uuid[] not null default '{}',
  place integer not null,
  name_encrypted text not null,
  phone_encrypted text,
  address_encrypted text,
  phone_index text,
  account_id uuid,
  consent text check (consent in ('yes', 'no')),
  consent_way text check (consent_way in ('in-person', 'phone', 'in-writing', 'online')),
  consent_at timestamptz,
  wishes uuid,
  primary key (street_id, id),
  foreign key (street_id, case_id) references mediations (street_id, case_id),
  check ((consent is null) = (consent_way is null) and (consent is null) = (consent_at is null))
);
comment on table mediation_parties is 'Who is at odds with whom. Each consents to this tier, or does not: nobody is made to.';
comment on column mediation_parties.wishes is 'The mediator whom this party would like.';
create index mediation_parties_of on mediation_parties (street_id, case_id, place);
create index mediation_parties_by_phone on mediation_parties (street_id, phone_index) where phone_index is not null;

create table mediation_entries (
  street_id integer not null references streets,
  id uuid not null,
  case_id uuid not null,
  area ltree not null,
  readers uuid[] not null default '{}',
  at timestamptz not null,
  act text not null,
  tier text not null check (tier in ('courtyard', 'community', 'street')),
  actor_id uuid not null,
  post_id uuid,
  party_id uuid,
  words_encrypted text,
  detail jsonb not null default '{}',
  file_id uuid,
  primary key (street_id, id),
  foreign key (street_id, case_id) references mediations (street_id, case_id),
  foreign key (street_id, file_id) references files (street_id, id)
);
comment on table mediation_entries is 'The working record 工作记录 of a mediation: consent, attempts, moves up a tier, agreement, performance. Added to and never changed.';
create index mediation_entries_of on mediation_entries (street_id, case_id, at, id);

create table mediation_reminders (
  street_id integer not null references streets,
  case_id uuid not null,
  reminder text not null,
  about text not null,
  area ltree not null,
  readers uuid[] not null default '{}',
  at timestamptz not null,
  primary key (street_id, case_id, reminder, about),
  foreign key (street_id, case_id) references mediations (street_id, case_id)
);
comment on table mediation_reminders is 'Each reminder of a mediation, once: the key refuses a second.';

do $$
declare
  t text;
  seen text := 'street_id = nullif(current_setting(''app.street'', true), '''')::int
    and (area <@ any (nullif(current_setting(''app.desks'', true), '''')::ltree[])
      or nullif(current_setting(''app.actor'', true), '''')::uuid = any (readers))';
begin
  foreach t in array array['mediations', 'mediation_parties', 'mediation_entries', 'mediation_reminders'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy desk_mediators_parties on %I for select to linli_app, linli_worker using (%s)', t, seen);
    execute format('create policy add_in_sight on %I for insert to linli_app, linli_worker with check (%s)', t, seen);
    execute format('grant select, insert on %I to linli_app', t);
    execute format('grant select on %I to linli_worker', t);
  end loop;
  foreach t in array array['mediations', 'mediation_parties', 'mediation_entries'] loop
    execute format('create policy change_in_sight on %I for update to linli_app using (%s)', t, seen);
  end loop;
end $$;
grant update (kind, level, tier, stage, ended_for, is_public, mediator_ids, chosen_by, readers, next_at,
  next_place_encrypted, due_on, agreement, agreement_encrypted, effective_at, confirm_by, performance, ended_at, version)
  on mediations to linli_app;
-- Who may read the record follows the mediation; what it says does not change.
grant update (readers) on mediation_entries to linli_app;
grant update (readers, account_id, consent, consent_way, consent_at, wishes) on mediation_parties to linli_app;
grant insert on mediation_reminders to linli_worker;
-- The clean-up of files asks every table that refers to one.
create policy keep_files on mediation_entries for select to linli_reader
  using (street_id = nullif(current_setting('app.street', true), '')::int);
grant select on mediation_entries to linli_reader;

alter table mediators enable row level security;
alter table mediators force row level security;
create policy listed_in_street on mediators for select to linli_app, linli_worker using (
  street_id = nullif(current_setting('app.street', true), '')::int);
create policy kept_at_the_desk on mediators for insert to linli_app with check (
  street_id = nullif(current_setting('app.street', true), '')::int
  and area <@ any (nullif(current_setting('app.desks', true), '')::ltree[]));
create policy changed_at_the_desk on mediators for update to linli_app using (
  street_id = nullif(current_setting('app.street', true), '')::int
  and area <@ any (nullif(current_setting('app.desks', true), '')::ltree[]));
grant select, insert on mediators to linli_app;
grant update (name, about, account_id, active, changed_by, changed_at) on mediators to linli_app;
grant select on mediators to linli_worker;
