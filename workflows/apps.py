from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class WorkflowsConfig(AppConfig):
    name = "workflows"
    verbose_name = _("การพิจารณาตามลำดับชั้น")

    def ready(self) -> None:
        from ita_core import outbox
        from memos import collecting_filling
        from workflows import (
            addressing,
            destroying,
            evidence_links,
            indexing,
            printing,
            public_making,
            publishing,
            publishing_heads,
            reminding,
            route,
            sealed,
            vacancies,
        )

        outbox.handlers[printing.KIND] = outbox.Handler(
            printing.make, printing.SECONDS, attempts=printing.ATTEMPTS
        )
        outbox.handlers[sealed.KIND] = outbox.Handler(sealed.make, sealed.SECONDS)
        outbox.handlers[publishing.KIND] = outbox.Handler(public_making.make, public_making.SECONDS)
        outbox.handlers[collecting_filling.CHECK] = outbox.Handler(
            evidence_links.look, evidence_links.SECONDS, attempts=2
        )
        outbox.handlers[destroying.KIND] = outbox.Handler(destroying.remove_files)
        outbox.handlers[publishing_heads.KIND] = outbox.Handler(publishing_heads.daily)
        outbox.every_day.append(publishing_heads.KIND)
        outbox.handlers[addressing.KIND] = outbox.Handler(addressing.look, addressing.SECONDS, attempts=2)
        outbox.handlers[addressing.DAILY] = outbox.Handler(addressing.daily, addressing.DAILY_SECONDS)
        outbox.every_day.append(addressing.DAILY)
        outbox.handlers[reminding.KIND] = outbox.Handler(reminding.hourly, reminding.SECONDS)
        outbox.every_hour.append(reminding.KIND)
        outbox.handlers[vacancies.HOURLY] = outbox.Handler(vacancies.hourly, reminding.SECONDS)
        outbox.every_hour.append(vacancies.HOURLY)
        checks.register(route.routes_sound, checks.Tags.database)
        checks.register(indexing.reports_indexed, checks.Tags.database)
