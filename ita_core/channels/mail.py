"""E-mail through Django's backend: plain text, one receiver, the same Message-ID at every attempt."""

from __future__ import annotations

import smtplib
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from ita_core.channels import Channel, Message, NeverTaken
from ita_core.models import User
from ita_core.telling_models import TellingPreference

_FOR_GOOD: Final = (
    500  # SMTP's answers from here on are final; 535 is about our own password, which may be put right
)
_PASSWORD: Final = 535


class Mail:
    def is_configured(self) -> bool:
        return bool(settings.NOTICES_BY_MAIL)

    def address(self, user: User, wish: TellingPreference) -> str:
        return user.email

    def send(self, message: Message) -> None:
        headers = {"Message-ID": message_id(message), "Auto-Submitted": "auto-generated"}
        mail = EmailMessage(message.title, message.text, to=[message.to], headers=headers)
        try:
            mail.send()
        except smtplib.SMTPRecipientsRefused as refused:
            codes = [code for code, _said in refused.recipients.values()]
            if all(code >= _FOR_GOOD for code in codes):
                raise NeverTaken(_("เซิร์ฟเวอร์อีเมลไม่รับที่อยู่นี้")) from refused
            raise
        except smtplib.SMTPResponseException as answer:
            if answer.smtp_code >= _FOR_GOOD and answer.smtp_code != _PASSWORD:
                raise NeverTaken(
                    _("เซิร์ฟเวอร์อีเมลไม่รับข้อความ (รหัส %(code)s)") % {"code": answer.smtp_code}
                ) from answer
            raise


def message_id(message: Message) -> str:
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"<{message.id}@{host}>"


CHANNEL: Channel = Mail()
