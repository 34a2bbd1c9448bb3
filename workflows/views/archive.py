from typing import Any

from django.http import Http404, HttpResponse


def archive(request: Any, **kwargs: Any) -> HttpResponse:
    raise Http404
