-- A one-time password that nobody used ends by itself (OWASP ASVS 5.0, 6.4.1).
alter table accounts add column one_time_until timestamptz;
comment on column accounts.one_time_until is 'Until when a one-time password opens the account; null where the password is the person''s own.';
update accounts set one_time_until = now() + interval '14 days' where must_change_password;
