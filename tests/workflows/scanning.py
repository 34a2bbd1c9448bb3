"""What a sheet goes through: printed, signed by hand, laid askew into a scanner that adds its own."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter

DOTS = 150
"""An inch."""


def printed(pdf: bytes, folder: Path) -> list[Image.Image]:
    """The sheets at 150 dots an inch, in shades of grey."""
    folder.mkdir(parents=True, exist_ok=True)
    command = ["pdftoppm", "-gray", "-r", str(DOTS), "-png", "-", str(folder / "sheet")]
    subprocess.run(command, input=pdf, check=True)
    return [Image.open(path).convert("L") for path in sorted(folder.glob("sheet-*.png"))]


def signed(sheet: Image.Image) -> Image.Image:
    """A line of ink across the lower half."""
    drawn = sheet.copy()
    pen, width, height = ImageDraw.Draw(drawn), sheet.width, sheet.height
    points = [(width * (0.4 + step / 60), height * (0.62 + (step % 3) / 40)) for step in range(14)]
    pen.line(points, fill=40, width=4, joint="curve")
    return drawn


def scanned(sheet: Image.Image, *, askew: float, noise: float = 20.0, soft: float = 0.6) -> Image.Image:
    """``askew`` in degrees; a corner that leaves the glass is lost. ``noise`` in shades of 256."""
    turned = sheet.rotate(askew, resample=Image.Resampling.BICUBIC, fillcolor=245)
    softer = turned.filter(ImageFilter.GaussianBlur(soft))
    return ImageChops.add(softer, Image.effect_noise(softer.size, noise), 1, -128)


def jpeg(sheet: Image.Image) -> bytes:
    written = io.BytesIO()
    sheet.save(written, "JPEG", quality=70)
    return written.getvalue()


def pdf(sheets: list[Image.Image]) -> bytes:
    written = io.BytesIO()
    sheets[0].save(written, "PDF", save_all=True, append_images=sheets[1:], resolution=DOTS)
    return written.getvalue()
