from typing import Any

from django.http import Http404, HttpResponse


def show(request: Any, **kwargs: Any) -> HttpResponse:
    raise Http404
