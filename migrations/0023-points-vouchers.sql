-- Points: what earns them, the quarter run 季度兑换, vouchers 爱心券, shops and sponsors, kin. Whatever is asked for by
-- one person is approved by another; whatever was booked or spent is added and never changed.

create table point_requests (
  street_id integer not null references streets,
  id uuid not null,
  act text not null check (act in ('rule', 'end-rule', 'partner', 'end-partner', 'donation', 'pay-shop', 'kin', 'correction', 'care', 'year-end')),
  area ltree not null,
  payload jsonb not null check (jsonb_typeof(payload) = 'object'),
  state text not null check (state in ('waiting', 'approved', 'refused', 'withdrawn')),
  asked_by uuid not null references accounts,
  asked_post uuid,
  asked_at timestamptz not null,
  settled_by uuid references accounts,
  settled_post uuid,
  settled_at timestamptz,
  words text,
  primary key (street_id, id),
  check ((state = 'waiting') = (settled_by is null)),
  constraint asked_is_not_approved check (state not in ('approved', 'refused') or settled_by <> asked_by)
);
comment on table point_requests is 'What one person of the staff asks for and another approves: rules, partners, donations, payments, kin, corrections, the end of a year.';
create index point_requests_newest on point_requests (street_id, state, asked_at desc, id desc);

create table earning_rules (
  street_id integer not null references streets,
  id uuid not null,
  code text not null,
  name text not null,
  earns text not null check (earns in ('person', 'organisation')),
  basis text not null check (basis in ('hour', 'time')),
  points integer not null check (points between 1 and 10000),
  cap_activity integer check (cap_activity > 0),
  cap_day integer check (cap_day > 0),
  reserve_id uuid,
  from_on date not null,
  to_on date,
  request_id uuid not null,
  primary key (street_id, id),
  foreign key (street_id, reserve_id) references organisations (street_id, id),
  foreign key (street_id, request_id) references point_requests (street_id, id),
  check (to_on is null or to_on >= from_on)
);
comment on table earning_rules is 'What earns how many points, from a day on: data that a street sets, one person asking and another approving.';
comment on column earning_rules.cap_activity is 'Points that one activity can bring at most. Caps limit points and never hours.';
comment on column earning_rules.reserve_id is 'The sponsor whose reserve pays for what these points become.';
create index earning_rules_by_code on earning_rules (street_id, code, from_on);

create table point_awards (
  street_id integer not null references streets,
  id uuid not null,
  account_id uuid not null,
  area ltree not null,
  rule_id uuid not null,
  activity_id uuid,
  on_day date not null,
  minutes integer,
  uncapped integer not null,
  points integer not null check (points >= 0 and points <= uncapped),
  reserve_id uuid,
  at timestamptz not null,
  made_by uuid not null,
  primary key (street_id, id),
  foreign key (street_id, account_id) references ledger_accounts (street_id, id),
  foreign key (street_id, rule_id) references earning_rules (street_id, id)
);
comment on table point_awards is 'What earned points: its id is the id of its transfer. What caps took away stays to be seen.';
create index point_awards_by_account on point_awards (street_id, account_id, on_day);

create table quarter_runs (
  street_id integer not null references streets,
  id uuid not null,
  area_id uuid not null,
  area ltree not null,
  quarter text not null check (quarter ~ '^[0-9]{4}Q[1-4]$'),
  cutoff timestamptz not null,
  rate_fen integer not null check (rate_fen > 0),
  least_points integer not null,
  state text not null check (state in ('frozen', 'noticed', 'issued', 'cancelled')),
  list text not null,
  list_sha256 text not null,
  points bigint not null,
  notice_from date,
  notice_until date,
  frozen_by uuid not null references accounts,
  frozen_at timestamptz not null,
  first_by uuid references accounts,
  first_at timestamptz,
  second_by uuid references accounts,
  second_at timestamptz,
  primary key (street_id, id),
  foreign key (street_id, area_id) references areas (street_id, id),
  constraint two_people_approve check (first_by <> frozen_by and second_by <> frozen_by and second_by <> first_by),
  constraint issued_by_two check (state <> 'issued' or (first_by is not null and second_by is not null and notice_until is not null))
);
comment on table quarter_runs is 'The quarter of one community: frozen, shown for objections, approved by two, issued.';
comment on column quarter_runs.list is 'The list as it was frozen, one line an account, in one spelling: from the entries before the cutoff it comes out the same byte for byte.';
create unique index quarter_runs_once on quarter_runs (street_id, area_id, quarter) where state <> 'cancelled';

create table quarter_lines (
  street_id integer not null references streets,
  run_id uuid not null,
  account_id uuid not null,
  area ltree not null,
  points integer not null check (points > 0),
  parts jsonb not null,
  hold_id uuid not null,
  left_out text,
  primary key (street_id, run_id, account_id),
  foreign key (street_id, run_id) references quarter_runs (street_id, id),
  foreign key (street_id, account_id) references ledger_accounts (street_id, id),
  foreign key (street_id, hold_id) references ledger_transfers (street_id, id)
);
comment on table quarter_lines is 'Points of one account that this run turns into vouchers, held back until then, and whose reserves pay.';
comment on column quarter_lines.left_out is 'Why an objection took it out of the run; its points went back.';

create table quarter_objections (
  street_id integer not null references streets,
  run_id uuid not null,
  id uuid not null,
  area ltree not null,
  account_id uuid,
  words text not null,
  made_by uuid not null references accounts,
  made_at timestamptz not null,
  outcome text check (outcome in ('upheld', 'dismissed')),
  answer text,
  settled_by uuid references accounts,
  settled_at timestamptz,
  primary key (street_id, run_id, id),
  foreign key (street_id, run_id) references quarter_runs (street_id, id),
  check ((outcome is null) = (settled_by is null)),
  constraint objector_does_not_settle check (settled_by <> made_by)
);
comment on table quarter_objections is 'What somebody said against a line or the list while it was shown, and what came of it.';

create table vouchers (
  street_id integer not null references streets,
  id uuid not null,
  run_id uuid not null,
  account_id uuid not null,
  area ltree not null,
  reserve_id uuid not null,
  value_fen integer not null check (value_fen > 0),
  serial text not null,
  code_index text not null,
  code_encrypted text not null,
  issued_at timestamptz not null,
  expires_on date not null,
  replaces uuid,
  primary key (street_id, id),
  unique (street_id, serial),
  unique (street_id, code_index),
  unique (street_id, replaces),
  foreign key (street_id, run_id) references quarter_runs (street_id, id),
  foreign key (street_id, account_id) references ledger_accounts (street_id, id),
  foreign key (street_id, reserve_id) references organisations (street_id, id)
);
comment on table vouchers is 'A voucher 爱心券. Good while it has no end; the code is sealed and found by its blind index.';
create index vouchers_by_account on vouchers (street_id, account_id);
create index vouchers_by_run on vouchers (street_id, run_id);
create index vouchers_by_expiry on vouchers (street_id, expires_on);

create table offline_lists (
  street_id integer not null references streets,
  id uuid not null,
  organisation_id uuid not null,
  salt text not null,
  made_at timestamptz not null,
  until timestamptz not null,
  limit_fen integer not null,
  made_by uuid not null references accounts,
  primary key (street_id, id),
  foreign key (street_id, organisation_id) references organisations (street_id, id),
  check (until <= made_at + interval '2 hours')
);
comment on table offline_lists is 'With what a shop may take vouchers without a network: for two hours at most, up to a sum.';

create table voucher_ends (
  street_id integer not null references streets,
  voucher_id uuid not null,
  how text not null check (how in ('spent', 'expired')),
  area ltree not null,
  organisation_id uuid,
  value_fen integer not null,
  transfer_id uuid not null,
  offline_id uuid,
  at timestamptz not null,
  ended_by uuid not null,
  primary key (street_id, voucher_id),
  foreign key (street_id, voucher_id) references vouchers (street_id, id),
  foreign key (street_id, organisation_id) references organisations (street_id, id),
  foreign key (street_id, offline_id) references offline_lists (street_id, id),
  foreign key (street_id, transfer_id) references ledger_transfers (street_id, id) deferrable initially deferred,
  check ((how = 'spent') = (organisation_id is not null))
);
comment on table voucher_ends is 'The one end of a voucher: by its key there is no second.';
create index voucher_ends_by_shop on voucher_ends (street_id, organisation_id, at);

create table voucher_returns (
  street_id integer not null references streets,
  voucher_id uuid not null,
  new_voucher_id uuid not null,
  area ltree not null,
  organisation_id uuid not null,
  transfer_id uuid not null,
  at timestamptz not null,
  returned_by uuid not null,
  primary key (street_id, voucher_id),
  foreign key (street_id, voucher_id) references voucher_ends (street_id, voucher_id),
  foreign key (street_id, new_voucher_id) references vouchers (street_id, id),
  foreign key (street_id, transfer_id) references ledger_transfers (street_id, id)
);
comment on table voucher_returns is 'Goods brought back: the spent voucher stays spent, and a new one with another code takes its place.';
create index voucher_returns_by_shop on voucher_returns (street_id, organisation_id, at);

create table point_partners (
  street_id integer not null references streets,
  id uuid not null,
  organisation_id uuid not null,
  part text not null check (part in ('shop', 'sponsor')),
  terms text not null,
  from_on date not null,
  to_on date,
  request_id uuid not null,
  primary key (street_id, id),
  foreign key (street_id, organisation_id) references organisations (street_id, id),
  foreign key (street_id, request_id) references point_requests (street_id, id)
);
comment on table point_partners is 'Shops that take vouchers and sponsors 爱心企业 that pay for them, each with an agreement.';
create index point_partners_by_organisation on point_partners (street_id, organisation_id);

create table shop_payments (
  street_id integer not null references streets,
  id uuid not null,
  organisation_id uuid not null,
  area ltree not null,
  until timestamptz not null,
  amount_fen bigint not null check (amount_fen > 0),
  paid_at timestamptz not null,
  request_id uuid not null,
  primary key (street_id, id),
  foreign key (street_id, organisation_id) references organisations (street_id, id),
  foreign key (street_id, request_id) references point_requests (street_id, id)
);
comment on table shop_payments is 'What a shop was paid outside, up to when: no money passes here, it is only recorded. Its id is its transfer''s.';
create index shop_payments_by_shop on shop_payments (street_id, organisation_id, until desc);

create table kin_links (
  street_id integer not null references streets,
  id uuid not null,
  one_person uuid not null,
  other_person uuid not null,
  area ltree not null,
  relation text not null check (relation in ('spouse', 'parent-child', 'grandparent-grandchild')),
  from_on date not null,
  ended_on date,
  request_id uuid not null,
  primary key (street_id, id),
  foreign key (street_id, one_person) references people (street_id, id),
  foreign key (street_id, other_person) references people (street_id, id),
  foreign key (street_id, request_id) references point_requests (street_id, id),
  check (one_person <> other_person)
);
comment on table kin_links is 'Direct kin of one family account 家庭账户: points go between them and to the common pool, to nobody else and never for money.';
create index kin_links_by_one on kin_links (street_id, one_person);
create index kin_links_by_other on kin_links (street_id, other_person);

do $$
declare t text;
begin
  foreach t in array array['point_requests', 'earning_rules', 'point_awards', 'quarter_runs', 'quarter_lines', 'quarter_objections', 'vouchers',
    'offline_lists', 'voucher_ends', 'voucher_returns', 'point_partners', 'shop_payments', 'kin_links'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select, insert on %I to linli_app', t);
  end loop;
  foreach t in array array['earning_rules', 'point_awards', 'point_partners'] loop
    execute format('create policy own_street on %I to linli_app, linli_worker using (street_id = nullif(current_setting(''app.street'', true), '''')::int)', t);
  end loop;
  foreach t in array array['point_requests', 'quarter_runs', 'quarter_lines', 'quarter_objections', 'vouchers', 'kin_links'] loop
    execute format('create policy within_scope on %I to linli_app using (street_id = nullif(current_setting(''app.street'', true), '''')::int and area <@ any (nullif(current_setting(''app.areas'', true), '''')::ltree[]))', t);
  end loop;
  foreach t in array array['voucher_ends', 'voucher_returns', 'shop_payments'] loop
    execute format('create policy within_scope on %I to linli_app using (street_id = nullif(current_setting(''app.street'', true), '''')::int and (area <@ any (nullif(current_setting(''app.areas'', true), '''')::ltree[]) or organisation_id = any (nullif(current_setting(''app.organisations'', true), '''')::uuid[])))', t);
  end loop;
  foreach t in array array['point_awards', 'vouchers', 'voucher_ends', 'voucher_returns', 'shop_payments'] loop
    execute format('create trigger no_change before update or delete on %I for each row execute function ledger_refuses_change()', t);
  end loop;
end $$;
create policy of_the_shop on offline_lists to linli_app
  using (street_id = nullif(current_setting('app.street', true), '')::int
    and organisation_id = any (nullif(current_setting('app.organisations', true), '')::uuid[]));
create policy own_street on vouchers to linli_worker, linli_reader using (street_id = nullif(current_setting('app.street', true), '')::int);
create policy own_street on voucher_ends to linli_worker, linli_reader using (street_id = nullif(current_setting('app.street', true), '')::int);
create policy of_the_worker on ledger_accounts for select to linli_worker using (street_id = nullif(current_setting('app.street', true), '')::int);
grant select on ledger_accounts, vouchers to linli_worker;
grant select, insert on voucher_ends to linli_worker;
grant select on vouchers, voucher_ends to linli_reader;
grant update (state, settled_by, settled_post, settled_at, words) on point_requests to linli_app;
grant update (to_on) on earning_rules, point_partners to linli_app;
grant update (state, notice_from, notice_until, first_by, first_at, second_by, second_at) on quarter_runs to linli_app;
grant update (left_out) on quarter_lines to linli_app;
grant update (outcome, answer, settled_by, settled_at) on quarter_objections to linli_app;
grant update (ended_on) on kin_links to linli_app;

create function voucher_differences() returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
  with mine as (select nullif(current_setting('app.street', true), '')::int as street),
  good as (select v.reserve_id, sum(v.value_fen) as amount from vouchers v join mine on v.street_id = mine.street
    where not exists (select from voucher_ends e where e.street_id = v.street_id and e.voucher_id = v.id) group by 1),
  booked as (select a.holder_id, a.id, sum(e.amount) as amount from ledger_accounts a join mine on a.street_id = mine.street
    join ledger_entries e on e.street_id = a.street_id and e.account_id = a.id where a.kind = 'vouchers' group by 1, 2)
  select coalesce(jsonb_agg(jsonb_build_object('what', 'vouchers', 'id', coalesce(b.id, g.reserve_id),
    'wanted', coalesce(g.amount, 0), 'found', coalesce(b.amount, 0))), '[]')
  from good g full join booked b on b.holder_id = g.reserve_id where coalesce(g.amount, 0) <> coalesce(b.amount, 0)
$$;
comment on function voucher_differences is 'Vouchers that are still good, held against the accounts that stand for them.';
grant create on schema public to linli_reader;
alter function voucher_differences owner to linli_reader;
revoke create on schema public from linli_reader;
revoke execute on function voucher_differences from public;
grant execute on function voucher_differences to linli_app, linli_worker;
