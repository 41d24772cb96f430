"""What a screen is made of refuses what Telegram would."""

from dataclasses import replace

import pytest

from handlers.opening import LONGEST_ID
from handlers.screen import DATA_BYTES, LASTING, Choice, lasting
from storage.ids import new_id


@pytest.mark.parametrize("longest", ["x" * 64, "क" * 21 + "x", "🌾" * 16])
def test_a_button_keeps_sixty_four_bytes(longest):
    assert Choice("Open", longest).data == longest
    with pytest.raises(ValueError, match=f"takes {DATA_BYTES} bytes"):
        Choice("Open", longest + "x")


def test_also_one_that_is_made_of_another():
    full = Choice("Open", "x" * 64)
    with pytest.raises(ValueError, match="takes 64 bytes"):
        replace(full, data=full.data + "x")
    with pytest.raises(ValueError, match="takes 64 bytes"):
        lasting(((full,),))
    assert lasting(((Choice("Open", "c:1"),),)) == ((Choice("Open", LASTING + "c:1"),),)


def test_there_is_room_for_whoever_knocked_in_the_place_of_what_is_dropped():
    phone, knocked = "+" + "9" * 15, "9" * LONGEST_ID
    data = f"drop:{new_id()}:add:{phone}:{knocked}"
    assert len(Choice("Drop it", data).data) == DATA_BYTES
