-- Being told 通知: notices, what became of each on its way, and the slips of those without a phone.

create table notices (
  street_id integer not null references streets,
  id uuid not null,
  event text not null,
  reader text not null check (reader in ('resident', 'holder', 'desk')),
  account_id uuid,
  subject_type text not null,
  subject_id uuid not null,
  round text not null,
  area ltree not null,
  urgency text not null check (urgency in ('P0', 'P1', 'P2', 'P3')),
  facts jsonb not null check (jsonb_typeof(facts) = 'object'),
  created_at timestamptz not null,
  planned_at timestamptz,
  read_at timestamptz,
  primary key (street_id, id)
);
comment on table notices is 'One event told to one recipient. Holds ids, numbers and codes only: the words come from a template when somebody reads it or it is sent, the phone from its own table at that moment.';
comment on column notices.account_id is 'Who is told. Null: the contact that the subject itself names, such as the reporter of a case who has no account.';
comment on column notices.round is 'What tells a second event of the same kind on the same subject from the first asked for again.';
comment on column notices.area is 'Path of the area of the subject: who sees the subject by its place sees who was told of it, and the desk there makes the phone call when nothing else reached.';
comment on column notices.planned_at is 'When the ways by which it leaves the system were decided.';
-- Two asks are one notice: the key refuses the second, also from another worker.
create unique index notices_once on notices (street_id, subject_id, event, reader, round, account_id) nulls not distinct;
create index notices_inbox on notices (street_id, account_id, created_at desc, id desc) where account_id is not null;
create index notices_unread on notices (street_id, account_id) where account_id is not null and read_at is null;
create index notices_unplanned on notices (street_id, created_at) where planned_at is null;
alter table notices enable row level security;
alter table notices force row level security;
create policy add_in_street on notices for insert to linli_app
  with check (street_id = nullif(current_setting('app.street', true), '')::int);
create policy own_or_of_the_desk on notices for select to linli_app
  using (street_id = nullif(current_setting('app.street', true), '')::int
    and (account_id = nullif(current_setting('app.actor', true), '')::uuid
      or area <@ any (nullif(current_setting('app.areas', true), '')::ltree[])));
create policy mark_own on notices for update to linli_app
  using (street_id = nullif(current_setting('app.street', true), '')::int
    and account_id = nullif(current_setting('app.actor', true), '')::uuid);
create policy own_street on notices to linli_worker
  using (street_id = nullif(current_setting('app.street', true), '')::int);
grant select, insert, update (read_at) on notices to linli_app;
grant select, insert, delete, update (planned_at) on notices to linli_worker;

create function tell_people(p jsonb) returns void language sql as $$
  insert into notices (street_id, id, event, reader, account_id, subject_type, subject_id, area, round, urgency, facts, created_at)
  select (p ->> 'street')::int, n.id, n.event, n.reader, n.account_id, n.subject_type, n.subject_id, n.area::ltree, n.round,
    n.urgency, n.facts, (p ->> 'at')::timestamptz
  from jsonb_to_recordset(p -> 'notices') as n(id uuid, event text, reader text, account_id uuid, subject_type text,
    subject_id uuid, area text, round text, urgency text, facts jsonb)
  order by n.subject_id, n.event, n.account_id
  on conflict do nothing
$$;
comment on function tell_people is 'Everything that one act tells, in the message of its commit.';

create table notice_deliveries (
  street_id integer not null references streets,
  id uuid not null,
  notice_id uuid not null,
  port text not null check (port in ('text', 'chat', 'phone')),
  once_key text not null,
  area ltree not null,
  state text not null check (state in ('queued', 'failed', 'sent', 'delivered', 'given-up')),
  next_at timestamptz not null,
  tries integer not null default 0,
  reason text,
  provider_id text,
  created_at timestamptz not null,
  tried_at timestamptz,
  settled_at timestamptz,
  settled_by uuid,
  primary key (street_id, id),
  unique (street_id, port, once_key),
  foreign key (street_id, notice_id) references notices (street_id, id) on delete cascade
);
comment on table notice_deliveries is 'One way by which a notice leaves the system: a text, a post to a group of the work chat, or a call that a person makes. Its id is what the provider knows a repetition by.';
comment on column notice_deliveries.once_key is 'The notice, or for a group the event: a group hears of it once however many of its people are told.';
comment on column notice_deliveries.state is 'queued: not tried yet; failed: tried, comes again at next_at; sent: the provider took it; delivered: it arrived, or the person was reached by phone; given-up: no more tries.';
comment on column notice_deliveries.reason is 'A code for why it failed or why a person is asked to call; never what a provider said in words.';
create index notice_deliveries_due on notice_deliveries (street_id, next_at) where state in ('queued', 'failed') and port <> 'phone';
create index notice_deliveries_calls on notice_deliveries (street_id, created_at, id) where port = 'phone';
create index notice_deliveries_of_notice on notice_deliveries (street_id, notice_id);
alter table notice_deliveries enable row level security;
alter table notice_deliveries force row level security;
create policy of_the_desk on notice_deliveries for select to linli_app
  using (street_id = nullif(current_setting('app.street', true), '')::int
    and area <@ any (nullif(current_setting('app.areas', true), '')::ltree[]));
create policy settle_at_the_desk on notice_deliveries for update to linli_app
  using (street_id = nullif(current_setting('app.street', true), '')::int
    and area <@ any (nullif(current_setting('app.areas', true), '')::ltree[]));
create policy own_street on notice_deliveries to linli_worker
  using (street_id = nullif(current_setting('app.street', true), '')::int);
grant select, update (state, reason, tries, tried_at, settled_at, settled_by) on notice_deliveries to linli_app;
grant select, insert, update, delete on notice_deliveries to linli_worker;

-- The worker reads the phone of whom it tells, and nothing else of a contact.
grant select (account_id, phone_encrypted) on account_contacts to linli_worker;

insert into retention_classes (class, days, basis) values
  ('notice', 730, 'who was told what and when, as long as the contact of a closed case');

create table case_slips (
  street_id integer not null references streets,
  case_id uuid not null,
  code_encrypted text not null,
  code_index text not null,
  created_at timestamptz not null,
  primary key (street_id, case_id),
  unique (street_id, code_index),
  foreign key (street_id, case_id) references cases (street_id, id)
);
comment on table case_slips is 'The query code of a printed slip 受理回执. Sealed and not hashed alone, so that staff can print the same slip again; each printing is audited.';
comment on column case_slips.code_index is 'Blind index over number and code together: a code found by trying fits one number only.';
create index case_slips_by_code on case_slips (code_index);
alter table case_slips enable row level security;
alter table case_slips force row level security;
create policy own_street on case_slips to linli_app
  using (street_id = nullif(current_setting('app.street', true), '')::int);
create policy by_code on case_slips for select to linli_reader using (true);
grant select, insert on case_slips to linli_app;
grant select on case_slips to linli_reader;

create function case_of_slip(p_index text) returns table (street_id integer, case_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.street_id, s.case_id from case_slips s where s.code_index = p_index
$$;
comment on function case_of_slip is 'Whoever asks by number and code is not signed in, so there is no street yet.';
grant create on schema public to linli_reader;
alter function case_of_slip owner to linli_reader;
revoke create on schema public from linli_reader;
revoke execute on function case_of_slip from public;
grant execute on function case_of_slip to linli_app;
