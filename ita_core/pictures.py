"""Pictures that go onto paper: an authority's garuda, an officer's signature."""

import io

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

MAX_BYTES = 500_000
MAX_SIDE = 4_000


def validate_picture(data: bytes | memoryview) -> None:
    """PNG or JPEG of at most 500 kB and 4,000 pixels a side; raises ValidationError in Thai."""
    raw = bytes(data)
    if len(raw) > MAX_BYTES:
        raise ValidationError(_("ภาพมีขนาดใหญ่เกิน 500 กิโลไบต์"))
    try:
        with Image.open(io.BytesIO(raw), formats=["PNG", "JPEG"]) as image:
            width, height = image.size
            if max(width, height) > MAX_SIDE:
                raise ValidationError(_("ภาพกว้างหรือสูงเกิน 4,000 จุด"))
            image.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise ValidationError(_("ไฟล์นี้ไม่ใช่ภาพ PNG หรือ JPEG")) from error
