"""The first password: a link, good once, that the person sets it by. It is shown when it is made and kept nowhere."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ita_core import language, thai
from ita_core.models import Appointment, FirstLink, Organisation, User


@dataclass(frozen=True)
class Link:
    """``sent``: it went by mail, so it need not be handed over."""

    user: User
    address: str
    until: datetime.date
    sent: bool = False


def waiting(organisation: Organisation, by: User | None) -> QuerySet[User]:
    """People of the authority who never set a password and never came in another way. Superusers look after themselves.

    Who serves another authority too is handed a link by the superuser or the command (``by`` is None) alone: it opens
    that authority's pages as well.
    """
    here = Appointment.objects.of(organisation).on(thai.today()).values("user")
    found = User.objects.filter(
        pk__in=here,
        is_active=True,
        is_superuser=False,
        last_login=None,
        password__startswith=UNUSABLE_PASSWORD_PREFIX,
    ).order_by("full_name")
    if by is None or by.is_superuser:
        return found
    others = Appointment.objects.across_organisations().exclude(post__organisation=organisation)
    lasting = others.filter(Q(ends__isnull=True) | Q(ends__gte=thai.today()))
    return found.exclude(pk__in=lasting.values("user"))


@transaction.atomic
def make(organisation: Organisation, users: Sequence[int], by: User | None) -> list[Link]:
    """A new link for each of these people who still waits for one; what they were handed before is good no longer.

    The token speaks of the password's hash, and so a new unusable one ends every earlier token.
    """
    links = []
    tokens = PasswordResetTokenGenerator()
    moment = timezone.now()
    until = thai.bangkok_date(moment + datetime.timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT))
    for user in waiting(organisation, by).filter(pk__in=users).select_for_update():
        user.set_unusable_password()
        user.save(update_fields=["password"])
        FirstLink.objects.update_or_create(user=user, defaults={"made_at": moment, "made_by": by})
        place = {"uidb36": user_pk_to_url_str(user), "key": tokens.make_token(user)}
        path = reverse("account_reset_password_from_key", kwargs=place)
        links.append(Link(user, f"{settings.SITE_URL}{path}", until))
    return links


def mail_works() -> bool:
    """Whether letters leave this machine: by default they are only printed."""
    return not settings.EMAIL_BACKEND.endswith(("console.EmailBackend", "dummy.EmailBackend"))


def send(links: Sequence[Link]) -> list[Link]:
    """By mail to everybody who has an address; whoever has none, or whose letter could not be sent, is handed the link."""
    sent = []
    for link in links:
        went = bool(link.user.email) and _send(link)
        sent.append(Link(link.user, link.address, link.until, went))
    return sent


def _send(link: Link) -> bool:
    words = {"name": link.user.full_name, "login": link.user.username, "address": link.address}
    text = _(
        "เรียน %(name)s\n\nท่านมีบัญชีในระบบบันทึก ITA ชื่อผู้ใช้ %(login)s\nโปรดตั้งรหัสผ่านของท่านที่\n%(address)s\n\n"
        "ลิงก์นี้ใช้ได้ครั้งเดียว จนถึงวันที่ %(until)s"
    )
    try:
        sent = send_mail(
            _("ตั้งรหัสผ่านสำหรับระบบบันทึก ITA"),
            text % {**words, "until": language.day(link.until)},
            None,
            [link.user.email],
        )
    except OSError:  # smtplib's own errors are of this kind too
        return False
    return bool(sent)
