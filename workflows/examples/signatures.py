"""Invented signatures: squiggles drawn from a number, so that a demonstration shows a picture over a name."""

from __future__ import annotations

import io
import math

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 600, 180
_SCALE = 3  # Drawn larger and reduced, which smooths the line.
_INK = (24, 40, 120, 255)


def draw(number: int) -> bytes:
    """A PNG of ``WIDTH`` × ``HEIGHT`` pixels on a clear ground; the same number draws the same picture."""
    canvas = Image.new("RGBA", (WIDTH * _SCALE, HEIGHT * _SCALE), (255, 255, 255, 0))
    pen = ImageDraw.Draw(canvas)
    pen.line(_curve(number), fill=_INK, width=5 * _SCALE, joint="curve")
    base = HEIGHT * 0.82 * _SCALE
    tail = [(WIDTH * 0.2 * _SCALE, base), (WIDTH * 0.9 * _SCALE, base - 14 * number * _SCALE)]
    pen.line(tail, fill=_INK, width=3 * _SCALE)
    data = io.BytesIO()
    canvas.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(data, "PNG", optimize=True)
    return data.getvalue()


def _curve(number: int) -> list[tuple[float, float]]:
    """Loops that shrink to the right, as a hand does at the end of a name."""
    points = []
    for step in range(400):
        along = step / 399
        turn = along * math.tau * (4 + number)
        size = (1 - 0.65 * along) * HEIGHT * 0.34
        x = WIDTH * (0.1 + 0.75 * along) + size * 0.7 * math.cos(turn * 1.0 + number)
        y = HEIGHT * 0.45 + size * math.sin(turn + number * 0.7) * (0.7 + 0.3 * math.sin(turn / 3))
        points.append((x * _SCALE, y * _SCALE))
    return points
