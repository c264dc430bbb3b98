-- The roles that Linli asks for, and its database. Run once, as the database's administrator:
--   psql -f roles.sql -v owner_password=… -v app_password=… -v worker_password=… -v backup_password=…
-- Why they stand apart: platform/database-roles.ts. None of them is a superuser, only backups read past row security.
\set ON_ERROR_STOP on

create role linli_owner login password :'owner_password' nosuperuser nobypassrls nocreatedb nocreaterole;
create role linli_app login password :'app_password' nosuperuser nobypassrls nocreatedb nocreaterole;
create role linli_worker login password :'worker_password' nosuperuser nobypassrls nocreatedb nocreaterole;
create role linli_search nologin nosuperuser nobypassrls nocreatedb nocreaterole;
create role linli_reader nologin nosuperuser nobypassrls nocreatedb nocreaterole;
create role linli_backup login password :'backup_password' nosuperuser bypassrls nocreatedb nocreaterole;

-- The owner gives functions to the definer roles and takes on none of their policies.
select current_setting('server_version_num')::int >= 160000 as quiet \gset
\if :quiet
grant linli_search, linli_reader to linli_owner with inherit false, set true;
\else
grant linli_search, linli_reader to linli_owner;
\endif
grant pg_read_all_data to linli_backup;

-- Under another locale Chinese characters are no letters, and searches find nothing.
create database linli owner linli_owner template template0 encoding 'UTF8' locale 'C.UTF-8';
revoke all on database linli from public;
grant connect on database linli to linli_app, linli_worker, linli_backup;

\connect linli
revoke create on schema public from public;
grant all on schema public to linli_owner;
create extension if not exists ltree;
create extension if not exists pg_trgm;
create extension if not exists btree_gist;
create extension if not exists pgcrypto;
