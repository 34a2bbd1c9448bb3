"""Django's migrate, then the guards, the indexes of search and the shared cache that every database of ours needs."""

from typing import Any

from django.core.management import call_command
from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import connections

from ita_core import immutable, overlaps, trigrams


class Command(DjangoMigrate):
    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        connection = connections[options["database"]]
        immutable.install(connection)
        overlaps.install(connection)
        trigrams.install(connection)
        call_command("createcachetable", database=options["database"], verbosity=0)
