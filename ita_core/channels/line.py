"""LINE's Messaging API: a push message, with the provider's own key against repetition.

The key (X-Line-Retry-Key) is good for 24 hours: a request that is repeated with it is answered 409 when the first one was
taken. https://developers.line.biz/en/docs/messaging-api/retrying-api-request/
"""

from __future__ import annotations

import http.client
import json
import re
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from ita_core.channels import Channel, Message, NeverTaken, Unanswered
from ita_core.models import User
from ita_core.telling_models import TellingPreference

LONGEST: Final = 5_000  # characters of one text message
PERSON: Final = re.compile(r"U[0-9a-f]{32}")
_TAKEN_BEFORE: Final = 409
_LATER: Final = {408, 425, 429}


class Line:
    def is_configured(self) -> bool:
        return bool(settings.LINE_CHANNEL_TOKEN)

    def address(self, user: User, wish: TellingPreference) -> str:
        return wish.line_id if wish.line_checked_at else ""

    def send(self, message: Message) -> None:
        status = _post(message)
        if 200 <= status < 300 or status == _TAKEN_BEFORE:
            return
        if status in _LATER or not 400 <= status < 500:
            raise Unanswered(f"HTTP {status}")
        raise NeverTaken(_sentence(status))


def _post(message: Message) -> int:
    """The status of LINE's answer."""
    base = urlsplit(settings.LINE_API_URL)
    plain = base.scheme == "http"
    kind = http.client.HTTPConnection if plain else http.client.HTTPSConnection
    connection = kind(base.hostname or "", base.port, timeout=settings.EMAIL_TIMEOUT)
    text = f"{message.title}\n\n{message.text}"[:LONGEST]
    body = json.dumps({"to": message.to, "messages": [{"type": "text", "text": text}]}, ensure_ascii=False)
    headers = {
        "Authorization": f"Bearer {settings.LINE_CHANNEL_TOKEN}",
        "Content-Type": "application/json; charset=utf-8",
        "X-Line-Retry-Key": str(message.id),
    }
    try:
        connection.request("POST", f"{base.path}/v2/bot/message/push", body.encode(), headers)
        answer = connection.getresponse()
        answer.read(LONGEST)
        return answer.status
    finally:
        connection.close()


def _sentence(status: int) -> str:
    if status == 401:
        return _("LINE ไม่รับโทเคนของหน่วยงาน โปรดตรวจการตั้งค่า LINE_CHANNEL_TOKEN")
    if status == 403:
        return _("LINE ไม่อนุญาตให้บัญชีของหน่วยงานส่งข้อความ")
    return _("LINE ไม่รับข้อความนี้ (รหัส %(code)s) ผู้รับอาจยังไม่ได้เพิ่มบัญชีของหน่วยงานเป็นเพื่อน") % {"code": status}


CHANNEL: Channel = Line()
