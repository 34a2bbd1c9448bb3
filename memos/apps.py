from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class MemosConfig(AppConfig):
    name = "memos"
    verbose_name = _("บันทึกข้อความและรายงาน")

    def ready(self) -> None:
        from ita_core import outbox
        from memos import storing
        from memos.importing.confined import confined
        from memos.rendering import installed, pages
        from memos.sealing import installed as sealing

        outbox.handlers[pages.KIND] = outbox.Handler(pages.render, 150, pages.given_up, attempts=2)
        checks.register(installed.renders, deploy=True)
        checks.register(sealing.seals, deploy=True)
        checks.register(confined, deploy=True)
        checks.register(storing.is_fit, deploy=True)
