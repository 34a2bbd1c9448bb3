from typing import Any

from django.http import Http404, HttpResponse


def preview(request: Any, **kwargs: Any) -> HttpResponse:
    raise Http404


def document(request: Any, **kwargs: Any) -> HttpResponse:
    raise Http404


def set_zip(request: Any, **kwargs: Any) -> HttpResponse:
    raise Http404
