"""Pages that anybody may open, without a login: is this paper genuine, the heads of the chains, what was published."""

from django.urls import include, path, register_converter
from django.urls.converters import IntConverter, StringConverter

from workflows.views import heads, proofs, public_site


class Day(StringConverter):
    """2026-11-21; whether there is such a day the view says."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"


class Code(StringConverter):
    """What somebody types for a code; whether it is one proofs.py says."""

    regex = "[^/]{1,80}"


class BuddhistYear(IntConverter):
    """2565"""

    regex = "[0-9]{4}"


class Version(IntConverter):
    """1, 2, …: one spelling each, because an address is for good."""

    regex = "[1-9][0-9]{0,4}"


class PublicFile(StringConverter):
    """What a published report is given away as."""

    regex = r"report\.pdf|data\.json|data\.csv"


register_converter(Day, "day")
register_converter(Code, "code")
register_converter(BuddhistYear, "be")
register_converter(Version, "version")
register_converter(PublicFile, "public_file")

app_name = "public"

of_one_authority = [
    path("", public_site.site, name="site"),
    path("feed.json", public_site.feed, name="site_feed"),
    path("embed/", public_site.embed, name="site_embed"),
    path("<be:year>/", public_site.year, name="site_year"),
    path("<be:year>/<slug:slug>/", public_site.copy, name="copy"),
    path("<be:year>/<slug:slug>/<public_file:name>", public_site.file, name="copy_file"),
    path("<be:year>/<slug:slug>/<version:version>/", public_site.copy, name="copy_version"),
    path(
        "<be:year>/<slug:slug>/<version:version>/<public_file:name>",
        public_site.file,
        name="copy_version_file",
    ),
]

urlpatterns = [
    path("v/", proofs.ask, name="proof"),
    path("v/<code:code>", proofs.answer, name="proof_of"),
    path("heads/", heads.heads, name="heads"),
    path("heads/<day:day>.json", heads.of_day, name="heads_of_day"),
    path("heads/<slug:org>.json", heads.of_organisation, name="heads_of"),
    path("p/", public_site.sites, name="sites"),
    path("p/<slug:org>/", include(of_one_authority)),
    # Not the authority's own pages' 404: that one sets a cookie.
    path("p/<path:rest>", public_site.nowhere, name="nowhere"),
]
