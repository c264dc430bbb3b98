#!/bin/sh
# What the image of PostgreSQL runs on its first start.
set -eu
psql --username "$POSTGRES_USER" --no-psqlrc -f /docker-entrypoint-initdb.d/roles.psql \
  -v owner_password="$LINLI_OWNER_PASSWORD" -v app_password="$LINLI_APP_PASSWORD" \
  -v worker_password="$LINLI_WORKER_PASSWORD" -v backup_password="$LINLI_BACKUP_PASSWORD"
