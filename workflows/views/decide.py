from typing import Any

from django.http import Http404, HttpResponse


def decide(request: Any, **kwargs: Any) -> HttpResponse:
    raise Http404
