"""What stands at the top of the firm's papers: who sends it, what it is, and for whom."""

from collections.abc import Sequence

from bot.i18n import _
from bot.pdf.elements import figure, stamp
from bot.pdf.flow import Flow
from bot.pdf.party import Firm, Party
from bot.pdf.shaping import typeset
from bot.pdf.sheet import Colour
from bot.pdf.style import ACCENT, GREY, HEADING, NAME, SMALL, TITLE
from bot.phones import format_phone

SPACE = 15.0
GUTTER = 30.0

_SIDE = 150.0
"""The width of what stands at the right."""

_LOGO_WIDTH, _LOGO_HEIGHT = 140.0, 60.0
_UNDER_LOGO = 8.0


def letterhead(
    flow: Flow, firm: Firm, what: str, number: str = "", mark: tuple[str, Colour] | None = None
) -> None:
    """The firm at the left, under its logo; at the right what the paper is, and a stamp."""
    start = flow.place
    flow.block(what, flow.right, _SIDE, size=HEADING, colour=ACCENT, align="right")
    if number:
        flow.block(number, flow.right, _SIDE, size=NAME, bold=True, align="right")
    if mark:
        stamp(flow, *mark)
    end = flow.place
    flow.go(start)
    width = flow.width - _SIDE - GUTTER
    if firm.logo:
        flow.picture(firm.logo, flow.left, width=_LOGO_WIDTH, height=_LOGO_HEIGHT)
        flow.y += _UNDER_LOGO
    fits = typeset(firm.name, bold=True).width * HEADING / 1000 <= width
    flow.block(firm.name, flow.left, width, size=HEADING if fits else TITLE, bold=True)
    for detail in (
        firm.address,
        firm.phone and format_phone(firm.phone),
        firm.gstin and _("GSTIN {number}").format(number=firm.gstin),
        firm.upi_id and _("UPI {id}").format(id=firm.upi_id),
    ):
        if detail:
            flow.block(detail, flow.left, width, colour=GREY)
    flow.go(max(flow.place, end))
    flow.y += SPACE
    flow.rule(flow.left, flow.width, thick=1.2, colour=ACCENT)
    flow.y += SPACE


def parties(flow: Flow, label: str, party: Party, figures: Sequence[tuple[str, str]]) -> None:
    """For whom at the left; at the right dates and the like, each ``(label, value)``."""
    start = flow.place
    for name, value in figures:
        figure(flow, flow.right - _SIDE, _SIDE, name, value)
    end = flow.place
    flow.go(start)
    width = flow.width - _SIDE - GUTTER
    flow.block(label, flow.left, width, size=SMALL, colour=GREY)
    flow.block(party.name, flow.left, width, size=NAME, bold=True)
    for detail in (party.address, party.phone and format_phone(party.phone)):
        if detail:
            flow.block(detail, flow.left, width, colour=GREY)
    flow.go(max(flow.place, end))
    flow.y += SPACE
