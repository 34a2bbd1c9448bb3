"""The address that an officer pastes back from the authority's main website."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from workflows.addresses import LONGEST_ADDRESS


class AddressForm(forms.Form):
    """Whether it can be an address at all is for ``addressing.post`` to say."""

    url = forms.CharField(
        label=_("ที่อยู่ของไฟล์บนเว็บไซต์หลัก"),
        max_length=LONGEST_ADDRESS,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
        help_text=_(
            "ที่อยู่ของไฟล์ .pdf เอง หรือของหน้าที่มีลิงก์ไปยังไฟล์นั้น เช่น https://www.example.go.th/files/report.pdf"
        ),
        error_messages={
            "required": _("โปรดวางที่อยู่ที่ได้หลังอัปโหลด"),
            "max_length": _("ที่อยู่ยาวเกินไป โปรดใช้ที่อยู่ที่สั้นกว่านี้"),
        },
    )
