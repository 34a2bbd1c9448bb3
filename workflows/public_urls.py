"""Pages that anybody may open, without a login: is this paper genuine, and the heads of the chains."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from workflows.views import heads, proofs


class Day(StringConverter):
    """2026-11-21; whether there is such a day the view says."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"


class Code(StringConverter):
    """What somebody types for a code; whether it is one proofs.py says."""

    regex = "[^/]{1,80}"


register_converter(Day, "day")
register_converter(Code, "code")

app_name = "public"

urlpatterns = [
    path("v/", proofs.ask, name="proof"),
    path("v/<code:code>", proofs.answer, name="proof_of"),
    path("heads/", heads.heads, name="heads"),
    path("heads/<day:day>.json", heads.of_day, name="heads_of_day"),
    path("heads/<slug:org>.json", heads.of_organisation, name="heads_of"),
]
