"""Django's migrate, then the guards, the indexes of search, the workers' alarm clock and the shared cache of ours."""

from typing import Any

from django.core.management import call_command
from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import connections

from ita_core import immutable, overlaps, trigrams, waking


class Command(DjangoMigrate):
    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        connection = connections[options["database"]]
        immutable.install(connection)
        overlaps.install(connection)
        trigrams.install(connection)
        waking.install(connection)
        call_command("createcachetable", database=options["database"], verbosity=0)
