"""In what circumstances an order of the machine is asked for, as strategies."""

from dataclasses import dataclass
from enum import Enum, auto

from hypothesis import strategies as st

from tests.ledger.dying import Death
from tests.ledger.firm import GURPREET, RAVI

CUSTOMERS = ("ramesh", "suresh")
PARTNERS = {user.name: user for user in (GURPREET, RAVI)}


class Then(Enum):
    """What happens after the database was lost."""

    TRY_AGAIN = auto()
    START_AGAIN = auto()
    NOTHING = auto()


class Share(Enum):
    """How much of what is there an amount is."""

    PART = auto()
    ALL = auto()
    MORE = auto()

    def of(self, whole: int) -> int:
        of_each = {Share.PART: whole // 2, Share.ALL: whole, Share.MORE: whole + 70}
        return max(1, of_each[self])


@dataclass(frozen=True)
class How:
    """Who asks for an order, of which process, and what goes wrong as it is posted.

    ``since_preview`` are the entries posted since the preview that it stands on; None: it stands
    on none.
    """

    by: str = GURPREET.name
    process: int = 0
    since_preview: int | None = None
    death: Death | None = None
    then: Then = Then.NOTHING


hows = st.builds(
    How,
    by=st.sampled_from([*PARTNERS]),
    process=st.integers(0, 1),
    since_preview=st.sampled_from([None, None, 0, 0, 0, 1]),
    death=st.none() | st.builds(Death, st.integers(0, 4), st.booleans()),
    then=st.sampled_from(Then),
)
paise = st.integers(0, 500)
customers = st.sampled_from(CUSTOMERS)
shares = st.sampled_from(Share)
picks = st.integers(0, 9)
