#!/usr/bin/env bash
# Every check, one after the other, the tests on SQLite last; called by `make test`. What failed is named at the end.
set -uo pipefail
cd "$(dirname "$0")/.."

failed=()
trap 'printf "\n** INTERRUPTED\n" >&2; exit 130' INT TERM

# Tests write much and keep nothing: in memory, where four gigabytes are free.
if (($(df --output=avail -k /dev/shm 2>/dev/null | tail -n 1) + 0 > 4194304)); then
    TMPDIR=$(mktemp -d /dev/shm/memos-tests-XXXXXX)
    export TMPDIR
    trap 'rm -rf "$TMPDIR"' EXIT
fi

step() {
    local name=$1 started=$SECONDS
    shift
    printf '\n== %s\n' "$name"
    if "$@"; then
        return
    fi
    printf '** %s failed after %d s\n' "$name" $((SECONDS - started)) >&2
    failed+=("$name")
}

# What a server in production would be started with.
in_production() {
    DEBUG=0 SECRET_KEY=$(python -c 'import secrets; print(secrets.token_urlsafe(64))') \
        ALLOWED_HOSTS=memos.example.org "$@"
}

step "lint" ruff check --quiet --output-format concise .
step "format" ruff format --check --output-format concise .
step "types" mypy
step "import contract" lint-imports --no-logo
step "migrations" python manage.py makemigrations --check --dry-run
step "deployment check" in_production python manage.py check --deploy --fail-level WARNING
step "tests on PostgreSQL" python tests/databases/with_postgres.py \
    python -m pytest -n 3 --only-database -m "not browser and not screenshots and not rendering and not soak and not once"
step "tests in the browser" python -m pytest -n 2 -m "browser and not screenshots and not soak" tests/browser
printf '\n(%d s so far)\n' "$SECONDS"
step "tests on SQLite" python -m pytest -n 3

if [ ${#failed[@]} -gt 0 ]; then
    printf '\n** FAILED:' >&2
    printf ' %s;' "${failed[@]}" >&2
    printf '\n' >&2
    exit 1
fi
