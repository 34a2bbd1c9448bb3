from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class WorkflowsConfig(AppConfig):
    name = "workflows"
    verbose_name = _("การพิจารณาตามลำดับชั้น")

    def ready(self) -> None:
        from workflows import route

        checks.register(route.routes_sound, checks.Tags.database)
