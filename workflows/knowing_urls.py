"""Pages of time and of knowing, all under /o/<org>/."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

import ita_core.rows  # noqa: F401  # for <row:…>
from workflows.views import knowing, time_settings, year


class FiguresFile(StringConverter):
    """The formats that a table of figures is given away in."""

    regex = "xlsx|csv"


register_converter(FiguresFile, "figures_file")

urlpatterns = [
    path("knowing/", knowing.dashboard, name="knowing"),
    path("knowing/<slug:key>.<figures_file:ending>", knowing.export, name="figures"),
    path("year/", year.now, name="year_now"),
    path("year/<row:fiscal_year>/", year.year, name="year"),
    path("settings/days-off/", time_settings.days_off, name="days_off"),
    path("settings/days-off/<row:row>/remove/", time_settings.remove_day, name="remove_day"),
    path("settings/route/", time_settings.route, name="route"),
]
