from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class ItaCoreConfig(AppConfig):
    name = "ita_core"
    verbose_name = _("ข้อมูลพื้นฐาน")

    def ready(self) -> None:
        from ita_core import deliveries, health, outbox, telling, wording

        wording.translate_with(gettext)
        outbox.handlers[telling.KIND] = outbox.Handler(
            deliveries.hand_over, deliveries.SECONDS, deliveries.given_up, attempts=deliveries.ATTEMPTS
        )
        outbox.handlers[deliveries.CODE] = outbox.Handler(deliveries.send_code, deliveries.SECONDS)
        checks.register(health.triggers_present, checks.Tags.database)
        checks.register(health.work_is_taken_up, checks.Tags.database)
        checks.register(health.search_is_indexed, checks.Tags.database)
