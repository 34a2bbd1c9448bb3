"""Hands messages over: the worker's side of telling.py. Nobody waits for it.

A message has one number for all its attempts (Message-ID, LINE's retry key), and the same words. Its rows are marked before
and after the hand-over; a worker that is killed in between sends it again under the same number, by which the other side
knows it. Those of one digest go as one message under the number of the first that came to be handed over.
"""

from __future__ import annotations

import contextlib
import datetime
import http.client
import smtplib
import uuid
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ita_core import channels, outbox, quiet, thai
from ita_core.channels import Message, NeverTaken, Unanswered
from ita_core.models import Appointment, Organisation
from ita_core.telling import KIND, payload
from ita_core.telling_models import Delivery, Notification, TellingPreference

SECONDS: Final = 60.0
# With the outbox's back-off some 21 hours: LINE knows a message by its number for 24.
ATTEMPTS: Final = 130
CODE: Final = "tell_code"


def hand_over(wanted: dict[str, Any]) -> None:
    """The outbox's handler. What the provider cannot take now is raised, so that it is tried again."""
    one = _rows().filter(pk=wanted["delivery"]).first()
    if one is None or not one.is_open or one.leader_id not in (None, one.pk):
        return
    user = one.notification.user
    wish = TellingPreference.objects.filter(user=user).first() or TellingPreference(user=user)
    now = timezone.now()
    due = quiet.may_go_at(now, wish.quiet_from, wish.quiet_until)
    if due > now:
        # An attempt that failed in the evening is not repeated at night.
        outbox.want(KIND, f"{one.pk}:{due.isoformat()}", payload(one), not_before=due)
        return
    batch = _begin(one, now)
    if not batch:
        return
    channel = channels.of(one.channel)
    to = channel.address(user, wish) if channel.is_configured() and user.is_active else ""
    if not to:
        _close(batch, problem=_("ผู้รับไม่มีที่อยู่ในช่องทางนี้ หรือช่องทางนี้ไม่ได้ตั้งค่าแล้ว"))
        return
    try:
        channel.send(_message(one, batch, to))
    except NeverTaken as refused:
        _close(batch, problem=str(refused))
    except Exception as error:
        _update(batch, problem=_why(error)[:300])
        raise
    else:
        _close(batch)


def given_up(wanted: dict[str, Any], problem: str) -> None:
    """No attempt is left: the rows say so, and the administrator may have them sent again."""
    one = _rows().filter(pk=wanted["delivery"]).first()
    if one is None or not one.is_open:
        return
    # Whoever sent it last has noted what went wrong, in a sentence; a hang or a kill has not.
    rows = list(_rows().filter(leader=one)) or [one]
    _update(rows, given_up_at=timezone.now(), problem=one.problem or problem[:300])


def failed(organisation: Organisation) -> int:
    """How many deliveries of the authority were given up."""
    return Delivery.objects.of(organisation).filter(given_up_at__isnull=False).count()


def counts(organisation: Organisation, channel: str) -> dict[str, int]:
    """How many went out through a channel, how many still wait, how many were given up."""
    rows = Delivery.objects.of(organisation).filter(channel=channel)
    none = Q(sent_at__isnull=True, given_up_at__isnull=True, dropped_at__isnull=True)
    return rows.aggregate(
        sent=Count("pk", filter=Q(sent_at__isnull=False)),
        waiting=Count("pk", filter=none),
        failed=Count("pk", filter=Q(given_up_at__isnull=False)),
    )


@transaction.atomic
def again(organisation: Organisation) -> int:
    """Everything that was given up is tried anew, under its old number; how many."""
    rows = list(Delivery.objects.of(organisation).filter(given_up_at__isnull=False))
    _update(rows, given_up_at=None, problem="")
    for one in rows:
        if one.leader_id in (None, one.pk):
            outbox.want(KIND, str(one.pk), payload(one), again=True)
    return len(rows)


def send_code(wanted: dict[str, Any]) -> None:
    """The outbox's handler: the code by which a person shows that a LINE address is his own."""
    wish = TellingPreference.objects.filter(user=wanted["user"]).first()
    line = channels.of("line")
    if wish is None or not wish.line_code or not line.is_configured():
        return
    if wish.line_code_at is None or wish.line_code_at.isoformat() != wanted["at"]:
        return  # Another code was asked for meanwhile.
    text = f"{wish.line_code}\n\nพิมพ์รหัสนี้ในหน้าตั้งค่าการแจ้งเตือนของระบบบันทึก ITA หากท่านไม่ได้ขอรหัสนี้ ไม่ต้องทำอะไร"
    # A wrong address is told by the page: no code comes.
    with contextlib.suppress(NeverTaken):
        line.send(Message(uuid.UUID(wanted["id"]), wish.line_id, "รหัสยืนยันการแจ้งเตือนทาง LINE", text))


def _rows() -> Any:
    every = Delivery.objects.across_organisations()
    return every.select_related("notification__user", "notification__organisation")


@transaction.atomic
def _begin(one: Delivery, now: datetime.datetime) -> list[Delivery]:
    """The rows that go out with this one, marked; none when another worker has it, or when nothing of it is wanted any more.

    A row that was held back is dropped when what it asked for is settled; one that was tried before goes again as it was.
    """
    told = one.notification
    rows = Delivery.objects.of(told.organisation).filter(
        sent_at__isnull=True, given_up_at__isnull=True, dropped_at__isnull=True, channel=one.channel
    )
    if one.is_daily:
        rows = rows.filter(notification__user=told.user, is_daily=True, due_at__lte=max(now, one.due_at))
    else:
        rows = rows.filter(pk=one.pk)
    keys = list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    found = list(_rows().filter(pk__in=keys).order_by("notification__made_at", "pk"))
    begun = [row for row in found if row.leader_id == one.pk]
    fresh = [row for row in found if row.leader_id is None]
    if not begun and one.pk not in {row.pk for row in fresh}:
        return []
    mine, serves = begun or fresh, _still_serves(told)
    batch = [row for row in mine if serves and not _is_moot(row)]
    moot = [row for row in mine if row not in batch]
    _update(moot, dropped_at=now)
    _update(batch, tried_at=now, attempts=F("attempts") + 1, leader=one)
    return batch


def _is_moot(row: Delivery) -> bool:
    told = row.notification
    return not told.title or (row.is_held and told.settled_at is not None and row.tried_at is None)


def _still_serves(told: Notification) -> bool:
    """Who left the authority while a message waited does not get it: the page it leads to is closed to him."""
    rows = Appointment.objects.of(told.organisation).on(thai.today())
    return told.user.is_active and rows.filter(user=told.user).exists()


def _close(batch: list[Delivery], problem: str = "") -> None:
    now = timezone.now()
    if problem:
        _update(batch, given_up_at=now, problem=problem[:300])
    else:
        _update(batch, sent_at=now, problem="")


def _update(rows: list[Delivery], **values: Any) -> None:
    if rows:
        Delivery.objects.across_organisations().filter(pk__in=[row.pk for row in rows]).update(**values)


def _message(one: Delivery, batch: list[Delivery], to: str) -> Message:
    """Thai, as the notices are. The addresses open the page itself, after the login where one is needed."""
    place = one.notification.organisation.full_name
    if not one.is_daily:
        text = "\n\n".join([*_lines(batch[0]), _foot(place, one)])
        return Message(one.pk, to, batch[0].notification.title, text)
    day = thai.ThaiDate(thai.bangkok_date(one.due_at)).long
    count = thai.to_thai_digits(str(len(batch)))
    parts = ["\n".join([f"• {row.notification.title}", *_lines(row)]) for row in batch]
    title = f"สรุปการแจ้งเตือนประจำวันที่ {day} ({count} เรื่อง)"
    return Message(one.pk, to, title, "\n\n".join([*parts, _foot(place, one)]))


def _why(error: Exception) -> str:
    """For the administrator, of an attempt that will be repeated."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return _("เซิร์ฟเวอร์อีเมลไม่รับชื่อผู้ใช้หรือรหัสผ่านของระบบ")
    if isinstance(error, OSError | http.client.HTTPException | Unanswered):
        return _("เซิร์ฟเวอร์ของช่องทางนี้ไม่ตอบหรือยังไม่รับข้อความ")
    return _("ระบบขัดข้องขณะส่ง (%(error)s)") % {"error": type(error).__name__}


def _lines(row: Delivery) -> list[str]:
    told = row.notification
    return [part for part in (told.text, f"{settings.SITE_URL}{told.path}") if part]


def _foot(place: str, one: Delivery) -> str:
    slug = one.notification.organisation.slug
    return f"{place}\nเลือกวิธีแจ้งเตือน: {settings.SITE_URL}/o/{slug}/notices/settings/"
