from typing import Any

from django.http import Http404, HttpResponse


def recall(request: Any, **kwargs: Any) -> HttpResponse:
    raise Http404


def withdraw(request: Any, **kwargs: Any) -> HttpResponse:
    raise Http404


def hand_over(request: Any, **kwargs: Any) -> HttpResponse:
    raise Http404


def copy(request: Any, **kwargs: Any) -> HttpResponse:
    raise Http404


def discard(request: Any, **kwargs: Any) -> HttpResponse:
    raise Http404
