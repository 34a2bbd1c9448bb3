#!/usr/bin/env bash
# Every check, one after the other; the first that fails ends the run and is named. Called by `make test`.
set -euo pipefail
cd "$(dirname "$0")/.."

current=""
step() {
    current=$1
    printf '\n== %s\n' "$current"
    shift
    local started=$SECONDS
    "$@"
    printf -- '-- %s: ok, %d s\n' "$current" $((SECONDS - started))
}
trap 'status=$?; [ $status -eq 0 ] || printf "\n** FAILED: %s (exit %d)\n" "$current" $status >&2' EXIT

# What a server in production would be started with.
in_production() {
    DEBUG=0 SECRET_KEY=$(python -c 'import secrets; print(secrets.token_urlsafe(64))') \
        ALLOWED_HOSTS=memos.example.org "$@"
}

step "lint" ruff check .
step "format" ruff format --check .
step "types" mypy
step "import contract" lint-imports
step "migrations" python manage.py makemigrations --check --dry-run
step "deployment check" in_production python manage.py check --deploy --fail-level WARNING
step "tests on PostgreSQL" python tests/databases/with_postgres.py \
    python -m pytest -n 2 --only-database -m "not browser and not screenshots and not rendering and not soak"
step "tests in the browser" python -m pytest -m "browser and not screenshots"
step "tests on SQLite" python -m pytest -n 2
