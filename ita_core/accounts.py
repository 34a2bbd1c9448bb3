"""Login rules that differ from django-allauth's defaults."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up alone: an authority's administrator enters its people."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
