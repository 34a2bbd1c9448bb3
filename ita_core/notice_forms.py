"""How a person wants to be told: the form of his preferences."""

from __future__ import annotations

import datetime
from typing import Any, Final

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ita_core import language, line_linking
from ita_core.models import User
from ita_core.telling_models import ChannelName, NoticeKind, TellingPreference

_STEP: Final = 30  # minutes between two times to choose from
_FIELDS: Final = {
    ChannelName.MAIL.value: ("by_mail", "mail_daily"),
    ChannelName.LINE.value: ("by_line", "line_daily"),
}


def _times() -> list[tuple[str, str]]:
    """Every half hour, as the page's language writes it."""
    found = [f"{minute // 60:02}:{minute % 60:02}" for minute in range(0, 24 * 60, _STEP)]
    if language.reads_thai():
        return [(time, f"{language.shown(time.replace(':', '.'))} น.") for time in found]
    return [(time, time) for time in found]


class PreferenceForm(forms.Form):
    """Channels that are not set up are not asked for, and keep what was chosen before."""

    by_mail = forms.MultipleChoiceField(
        label=_("แจ้งทางอีเมลเรื่องใดบ้าง"),
        choices=NoticeKind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    mail_daily = forms.BooleanField(label=_("รวมอีเมลเป็นฉบับเดียวต่อวัน ส่งเวลา ๘.๐๐ น."), required=False)
    by_line = forms.MultipleChoiceField(
        label=_("แจ้งทาง LINE เรื่องใดบ้าง"),
        choices=NoticeKind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    line_daily = forms.BooleanField(
        label=_("รวมข้อความ LINE เป็นข้อความเดียวต่อวัน ส่งเวลา ๘.๐๐ น."), required=False
    )
    quiet_from = forms.ChoiceField(label=_("งดส่งตั้งแต่เวลา"), choices=_times)
    quiet_until = forms.ChoiceField(label=_("ถึงเวลา"), choices=_times)

    def __init__(self, *args: Any, user: User, channels: list[str], **kwargs: Any) -> None:
        wish = TellingPreference.objects.filter(user=user).first() or TellingPreference(user=user)
        kwargs["initial"] = {name: _initial(wish, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        self.user = user
        for channel, names in _FIELDS.items():
            for name in names if channel not in channels else ():
                del self.fields[name]

    def of_channels(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """What is asked of each channel that is set up."""
        return [(self[many], self[daily]) for many, daily in _FIELDS.values() if many in self.fields]

    @transaction.atomic
    def save(self) -> None:
        wish = line_linking.locked(self.user)
        for name, value in self.cleaned_data.items():
            setattr(wish, name, datetime.time.fromisoformat(value) if name.startswith("quiet_") else value)
        wish.save(update_fields=list(self.cleaned_data))


def _initial(wish: TellingPreference, name: str) -> Any:
    value = getattr(wish, name)
    return f"{value:%H:%M}" if isinstance(value, datetime.time) else value
