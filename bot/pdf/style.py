"""How the firm's papers look: sizes in points, colours, margins. Shared by every kind of paper."""

from bot.pdf.sheet import Colour

INK: Colour = (0.11, 0.12, 0.14)
GREY: Colour = (0.42, 0.44, 0.47)
HAIRLINE: Colour = (0.85, 0.86, 0.87)
ACCENT: Colour = (0.06, 0.36, 0.28)
WARNING: Colour = (0.66, 0.20, 0.16)

MARGIN = 50.0
BODY = 9.5
SMALL = 8.0
NAME = 11.5
TITLE = 15.0
HEADING = 20.0
TOTAL = 14.0

LEADING = 1.42
"""Baseline to baseline, as a multiple of the size: Devanagari and Naskh reach above and below."""

RISE = 1.05
"""From the top of a line to its baseline, as a multiple of the size."""
