"""Whatever anybody sends, wherever they stand: an answer, no traceback, and nothing lost.

``UPDATE_EXAMPLES=20000 make test`` looks longer: so many times up to thirty updates.
"""

import os

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from handlers import menu
from handlers.edge import outgoing, receive
from handlers.form import SAVE, Go, Step
from handlers.posting_summary import PostingSummary
from handlers.turn import Turn
from storage.models import Draft
from tests.flows.any_doing import doings
from tests.flows.any_update import OTHERS
from tests.flows.anywhere import PLACES
from tests.flows.busy_firm import BusyFirm
from tests.flows.deeds import Doing, Sends, Taps, types

EXAMPLES = int(os.environ.get("UPDATE_EXAMPLES", "40"))
UPDATES = 30

pytestmark = [
    pytest.mark.timeout(0 if "UPDATE_EXAMPLES" in os.environ else 120),
    # The library announces another type for its own attribute, which nothing here reads.
    pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning"),
]


@pytest.fixture
async def busy(mongomock_store, clock, tmp_path, monkeypatch):
    monkeypatch.setattr(receive, "PAUSES", (0, 0, 0))
    firm = BusyFirm(mongomock_store, clock, tmp_path)
    with firm.listening():
        async with firm.chat:
            await firm.furnish()
            yield firm


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)
@given(place=st.sampled_from([*PLACES]), happening=st.lists(doings, min_size=10, max_size=UPDATES))
async def test_any_updates_at_any_place(busy, place, happening):
    await busy.go_to(place)
    await busy.take(*happening)
    busy.check_books()


# The firm does see it when something of this does not hold.


async def nothing(*_, **__):
    """In place of a deed."""


def dropped_at_start(turn):
    turn.desk.store.drafts.drop(turn.draft.id, turn.draft.rev)
    return (menu.home(turn.who),)


def failing(*_):
    raise RuntimeError("a step that cannot take this")


def saved_unasked(_step, moment, _text):
    return Go(moment.answers, SAVE)


def anybodys(turn, op, _rev):
    (draft,) = turn.desk.store.drafts._documents.find({"op": op})
    return turn._take(Draft.read(draft))


OTHERS_BUTTONS = [Taps("another's", pick) for pick in range(50)]
STICKER = next(content for content in OTHERS if "sticker" in content)


PLANTED = {
    "no answer to a button": (outgoing, "_answer_tap", nothing, Taps("newest", 0)),
    "no answer": (outgoing, "_answer", nothing, Sends(STICKER)),
    "RuntimeError": (Step, "sent", failing, Sends(STICKER)),
    "became None": (Turn, "_start", dropped_at_start, types("/start")),
    "somebody else's draft": (Turn, "_choose", anybodys, *OTHERS_BUTTONS),
    "posted unasked": (PostingSummary, "typed", saved_unasked, types("save")),
}
"""By what is said of it: where something is done wrong, how, and the deeds that show it."""


@pytest.mark.parametrize("said", PLANTED)
async def test_what_does_not_hold_is_seen(busy, monkeypatch, said):
    where, name, planted, *whats = PLANTED[said]
    await busy.go_to("invoice summary")
    monkeypatch.setattr(where, name, planted)
    with pytest.raises(AssertionError, match=said):
        await busy.take(*map(Doing, whats))
