"""What stands at the top of the firm's papers: who sends it, what it is, and for whom."""

from collections.abc import Sequence

from bot.i18n import _
from bot.pdf.elements import figure, small, stamp
from bot.pdf.flow import Flow
from bot.pdf.party import Firm, Party
from bot.pdf.shaping import typeset
from bot.pdf.sheet import Align
from bot.pdf.style import Colour
from bot.phones import format_phone

SIDE = 150.0
"""The width of what stands at the right."""

_LOGO_WIDTH, _LOGO_HEIGHT = 96.0, 60.0
_AFTER_LOGO = 16.0


def letterhead(
    flow: Flow, firm: Firm, what: str, number: str = "", mark: tuple[str, Colour] | None = None
) -> None:
    """The firm at the left, under its logo; at the right what the paper is, and a stamp."""
    style = flow.style
    align: Align = "center" if style.narrow else "right"

    def title() -> None:
        flow.block(what, size=style.heading, colour=style.accent, align=align)
        if number:
            flow.block(number, size=style.name, bold=True, align=align)
        if mark:
            stamp(flow, *mark, align=align)

    flow.beside(lambda: _firm(flow, firm), title, second_width=SIDE)
    flow.y += style.space
    flow.rule(thick=1.2, colour=style.accent)
    flow.y += style.space


def _firm(flow: Flow, firm: Firm) -> None:
    """Its words beside its logo; under it where the sheet is narrow."""
    start = flow.place
    if not firm.logo:
        _firm_words(flow, firm)
    elif flow.style.narrow:
        flow.picture(firm.logo, width=_LOGO_WIDTH, height=_LOGO_HEIGHT, align="center")
        flow.y += _AFTER_LOGO / 2
        _firm_words(flow, firm)
    else:
        width = flow.picture(firm.logo, width=_LOGO_WIDTH, height=_LOGO_HEIGHT)
        end = flow.place
        flow.go(start)
        with flow.column(flow.left + width + _AFTER_LOGO, flow.right):
            _firm_words(flow, firm)
        flow.go(max(flow.place, end))


def _firm_words(flow: Flow, firm: Firm) -> None:
    style = flow.style
    align: Align = "center" if style.narrow else "left"
    fits = typeset(firm.name, bold=True).width * style.heading / 1000 <= flow.width
    size = style.heading if fits else style.title
    flow.block(firm.name, size=size, bold=True, align=align)
    for detail in (
        firm.address,
        firm.phone and format_phone(firm.phone),
        firm.gstin and _("GSTIN {number}").format(number=firm.gstin),
        firm.upi_id and _("UPI {id}").format(id=firm.upi_id),
    ):
        if detail:
            flow.block(detail, colour=style.grey, align=align)


def parties(flow: Flow, what: str, party: Party, figures: Sequence[tuple[str, str]]) -> None:
    """For whom at the left; at the right dates and the like, each ``(label, value)``."""

    def whom() -> None:
        small(flow, what)
        flow.block(party.name, size=flow.style.name, bold=True)
        for detail in (party.address, party.phone and format_phone(party.phone)):
            if detail:
                flow.block(detail, colour=flow.style.grey)

    def facts() -> None:
        for name, value in figures:
            figure(flow, name, value)

    flow.beside(whom, facts, second_width=SIDE)
    flow.y += flow.style.space
