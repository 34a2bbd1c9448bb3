"""One holder of a post at a time, as PostgreSQL's exclusion constraint.

SQLite has no such constraint: there ``Appointment.save`` looks under a write lock that every transaction takes at
BEGIN (``transaction_mode: IMMEDIATE``), which is as safe for one machine but does not bind raw SQL.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

NAME = "appointment_one_holder_at_a_time"


def install(connection: BaseDatabaseWrapper) -> None:
    if (
        connection.vendor != "postgresql"
        or "ita_core_appointment" not in connection.introspection.table_names()
    ):
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_constraint WHERE conname = %s", [NAME])
        if cursor.fetchone() is not None:
            return
        cursor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        cursor.execute(
            f"ALTER TABLE ita_core_appointment ADD CONSTRAINT {NAME} EXCLUDE USING gist "
            "(post_id WITH =, daterange(starts, ends, '[]') WITH &&) WHERE (exclusive)"
        )
