"""The registers' addresses, under /o/<org>/register/."""

from django.urls import path

import ita_core.rows  # noqa: F401  # for <row:…>
from workflows.views import register, register_entries

urlpatterns = [
    path("", register.show, name="register"),
    path("<row:register>/", register.show, name="register_of"),
    path("<row:register>/register.xlsx", register.sheet, name="register_sheet"),
    path("<row:register>/new/", register_entries.enter, name="register_enter"),
    path("<row:register>/reserve/", register_entries.reserve, name="register_reserve"),
    path("<row:register>/<row:entry>/void/", register_entries.void, name="register_void"),
    path("<row:register>/<row:entry>/", register_entries.remark, name="register_remark"),
]
