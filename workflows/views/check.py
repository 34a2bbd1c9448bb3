from typing import Any

from django.http import Http404, HttpResponse


def check(request: Any, **kwargs: Any) -> HttpResponse:
    raise Http404
