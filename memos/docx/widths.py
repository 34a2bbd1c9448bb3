"""How wide letters are, so that columns hold their words and a summary its page.

Advances of TH Sarabun New 1.35 regular in 1/1000 em; TH SarabunPSK has the same. Read off the font; a test compares.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate

_ADVANCES = """0 ัิีึืฺุู็่้๊๋์ํ๎
120 '
143 i
147 !I
153 |
155 j
162 ,.:;
190 ()
196 []
200 l
203 เ
204 `
205 ๅ
206 f
208 "{}
216 -•
217 r
237 โ
238 t
242 ใ
244 ไ
247 ‘’
262 \\
264 J
270 /
282 s
283 ?
285 *
294 ง
311 g
316 kาำ
318 x
321 z
322 ร
331 c
335 ธว
337 y
341 v
343 ฐ
344 a
351 EF
352 S_
353 L
357 ะ
360 –
361 $
362 0123456789
366 Y
367 จ
370 “”
372 ฮ
374 e
375 ย
376 K
377 ฉแ
378 BPขถฤ
379 RT
380 ช
381 ผฝลส
382 ฃ
384 ซ
386 ก
387 อ
390 Vhnu
391 ดตฯ
393 คฅศ
398 o
399 ๆ
400 Aม
401 bdpq
403 #
406 C
408 ฆ
411 +<=>฿×
412 ^
416 ~
418 X
420 น
423 &
424 Z
425 Gฎฏภฦ
427 ห
428 บป
430 ท
431 D
438 ษ
441 HN
447 พฟ
449 ๐๑๒๓๔๕๖๗๘๙
450 ๏
454 ฬ
461 ฑ
466 U
479 …
486 O
487 Q
507 w
519 ฌญ
522 ๚
532 ฒ
536 @
543 ณ
548 M
585 %
588 W
601 m
697 ๛
720 —"""


class _Advances(dict[str, int]):
    def __missing__(self, letter: str) -> int:
        return _OTHER


_OTHER = 449  # a Thai digit's; what stands in no list is a rare letter
ADVANCES = _Advances(
    {" ": 216, "\u00a0": 216, "\u2060": 216}
    | {
        letter: int(width)
        for width, _space, letters in (line.partition(" ") for line in _ADVANCES.split("\n"))
        for letter in letters
    }
)
# The room that a cell's two margins and its lines take, in twentieths of a point; Word's own default is 216.
PADDING = 230
_BOLD = 108  # bold letters are up to 8 % wider, in per cent
# Thai is broken between its words by a dictionary that Word has and this module has not: a run this short is taken for
# one word, a longer one can be broken somewhere.
_LONGEST_THAI_WORD = 14
# A heading's words are few and stand in bold above everything, so longer ones are kept whole there.
_LONGEST_HEADING = 18
# A run of more Latin letters and signs is no word but part of an address: broken anywhere, it claims so much only.
_LONGEST_FOREIGN, _PART_OF_ADDRESS = 24, 7000
_BREAKS_AFTER = re.compile(r"(?<=[/?&=_@#:-])")
_JOINED, _SHORT, _WIDEST = (
    "\u2060",
    4,
    720,
)  # a no-break space while words are cut; letters; of the widest letter
_THAI = re.compile("[\u0e00-\u0e7f]")


def advance(text: str) -> int:
    """The width of the text on one line in 1/1000 em."""
    return sum(map(ADVANCES.__getitem__, text))


MOST_OF_THAI = _LONGEST_THAI_WORD * 543  # no Thai word that should stay on one line is wider, in 1/1000 em
_LONG_FOREIGN = re.compile("[!-~]{12,}")


def longest_foreign_word(text: str) -> int:
    """The widest word of Latin letters and signs: a column wide enough for any Thai word may be too narrow for it."""
    # Nearly all text is Thai, and dropping that is many times faster than looking at each of its letters.
    if _LONG_FOREIGN.search(text.encode("ascii", "ignore").decode("ascii")) is None:
        return 0
    return max((_unbroken(word) for word in set(_LONG_FOREIGN.findall(text))), default=0)


def longest_word(text: str) -> int:
    """The widest piece of printed text that should stay on one line, in 1/1000 em.

    A no-break space holds its words together, a long run of Thai does not count, an address breaks at its marks.
    """
    widest = 0
    words = {word for word in text.replace("\u00a0", _JOINED).split() if len(word) > _SHORT}
    for word in sorted(words, key=len, reverse=True):
        if len(word) * _WIDEST < widest:
            break
        widest = max(widest, _unbroken(word))
    return widest


def longest_heading_word(text: str) -> int:
    """The same for a heading in bold letters, which is broken at its blanks and slashes only, if that is possible."""
    pieces = {piece for word in text.split() for piece in re.split("(?<=/)", word)}
    kept = (piece for piece in pieces if sum(ADVANCES[letter] > 0 for letter in piece) <= _LONGEST_HEADING)
    return max(map(advance, kept), default=0) * _BOLD // 100


def _unbroken(word: str) -> int:
    if _THAI.search(word) is None:
        return max(map(_foreign, _BREAKS_AFTER.split(word)))
    if len(word) > 2 * _LONGEST_THAI_WORD:
        return 0
    if len(word) > _LONGEST_THAI_WORD < sum([ADVANCES[letter] > 0 for letter in word]):
        return 0
    return advance(word)


def _foreign(piece: str) -> int:
    width = advance(piece)
    return width if len(piece) <= _LONGEST_FOREIGN else min(width, _PART_OF_ADDRESS)


def shared_out(room: int, shares: Sequence[int]) -> list[int]:
    """`room` divided in the ratio of the shares; the parts are whole and their sum is exactly `room`."""
    total = sum(shares)
    ends = [room * part // total for part in accumulate(shares)]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]


def fitted(room: int, shares: Sequence[int], least: Sequence[int]) -> list[int]:
    """`room` shared out, but no part smaller than its own least as far as there is room for all of them.

    Where there is not, the largest of them are cut down to one size, so that a single long word pushes nobody aside.
    """
    parts = shared_out(room, shares)
    if all(part >= want for part, want in zip(parts, least, strict=True)):
        return parts
    least = _affordable(room, least)
    fixed: set[int] = set()
    while True:
        free = [index for index in range(len(shares)) if index not in fixed]
        left = room - sum(least[index] for index in fixed)
        if not free:
            return _topped_up(room, list(least), shares)
        shared = dict(zip(free, shared_out(left, [shares[index] for index in free]), strict=True))
        short = {index for index in free if shared[index] < least[index]}
        if not short:
            return [least[index] if index in fixed else shared[index] for index in range(len(shares))]
        fixed |= short


def _affordable(room: int, least: Sequence[int]) -> list[int]:
    if sum(least) <= room:
        return list(least)
    cap, left = 0, room
    for done, want in enumerate(sorted(least)):
        cap = left // (len(least) - done)
        if want > cap:
            break
        left -= want
    return [min(want, cap) for want in least]


def _topped_up(room: int, parts: list[int], shares: Sequence[int]) -> list[int]:
    """What rounding left over goes to the widest column of the form."""
    parts[max(range(len(parts)), key=lambda index: shares[index])] += room - sum(parts)
    return parts


def lines_needed(texts: Iterable[str], width: int, half_points: int) -> int:
    """How many lines paragraphs take in `width` twentieths of a point, a tenth allowed for Thai words kept whole."""
    room = max(1, width * 90 // half_points)  # in 1/1000 em, less a tenth
    return sum(max(1, -(-advance(text) // room)) for text in texts)
