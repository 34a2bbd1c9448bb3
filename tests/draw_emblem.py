"""Draws the stand-in for the garuda: a neutral round seal, so that a clone prints a memo of the right shape."""

from __future__ import annotations

import io
import math

from PIL import Image, ImageDraw

HEIGHT = 177  # pixels: 1.5 cm at 300 dots per inch
WIDTH = 168
_SCALE = 8  # drawn larger and scaled down, for smooth edges


def emblem() -> bytes:
    """A PNG in grey with a transparent ground: ring, eight petals, a small disc, two ribbons."""
    ink = Image.new("L", (WIDTH * _SCALE, HEIGHT * _SCALE), 0)
    draw = ImageDraw.Draw(ink)
    centre, radius = (WIDTH * _SCALE / 2, 75 * _SCALE), 73 * _SCALE
    for part, tone in ((1.0, 255), (0.945, 0), (0.90, 255), (0.87, 0)):
        _disc(draw, centre, radius * part, tone)
    for index in range(8):
        _petal(draw, centre, radius * 0.80, index * math.pi / 4)
    _disc(draw, centre, radius * 0.22, 0)
    _disc(draw, centre, radius * 0.17, 255)
    for side in (-1, 1):
        _ribbon(draw, centre, radius, side)
    ink = ink.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    picture = Image.merge("LA", (Image.new("L", ink.size, 0), ink))
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True, dpi=(300, 300))
    return out.getvalue()


def _disc(draw: ImageDraw.ImageDraw, centre: tuple[float, float], radius: float, tone: int) -> None:
    x, y = centre
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=tone)


def _petal(draw: ImageDraw.ImageDraw, centre: tuple[float, float], length: float, turn: float) -> None:
    x, y = centre
    steps = [step / 20 for step in range(21)]
    sides = [(along, 0.26 * math.sin(math.pi * along)) for along in steps]
    outline = sides + [(along, -across) for along, across in reversed(sides)]
    for size, tone in ((1.0, 255), (0.72, 0)):
        points = []
        for along, across in outline:
            forward, sideways = (0.5 + (along - 0.5) * size) * length, across * size * length
            points.append((x + forward * math.cos(turn) - sideways * math.sin(turn),
                           y + forward * math.sin(turn) + sideways * math.cos(turn)))  # fmt: skip
        draw.polygon(points, fill=tone)


def _ribbon(draw: ImageDraw.ImageDraw, centre: tuple[float, float], radius: float, side: int) -> None:
    x, y = centre
    bottom = HEIGHT * _SCALE - 1
    draw.polygon(
        [
            (x + side * radius * 0.10, y + radius),
            (x + side * radius * 0.55, y + radius * 0.86),
            (x + side * radius * 0.80, bottom),
            (x + side * radius * 0.52, bottom - radius * 0.12),
            (x + side * radius * 0.36, bottom),
        ],
        fill=255,
    )
