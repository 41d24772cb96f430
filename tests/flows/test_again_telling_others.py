"""What others are to hear of an admin's form, when the bot dies as it is saved: once."""

import pytest

from tests.flows.dying import Death, dies, dying
from tests.flows.steps import walk


@pytest.fixture(params=["lives", "dies before the answer", "dies before the form ends"])
async def saving(request, firm, monkeypatch):
    """Press a button, and whatever becomes of the bot: there is one afterwards."""

    async def press(label):
        match request.param:
            case "lives":
                await firm.admin.press(label)
                return
            case "dies before the answer":
                with dying(monkeypatch):
                    await firm.admin.press(label)
            case _:
                with monkeypatch.context() as patch:
                    patch.setattr(firm.store.inbox, "note_ended", dies)
                    with pytest.raises(Death):
                        await firm.admin.press(label)
        await firm.chat.restart()

    return press


async def test_who_knocked_hears_that_they_are_let_in(firm, saving):
    gopal = firm.chat.phone("Gopal", "+919822222222")
    await gopal.share_contact()
    await walk("[Add]", "Gopal Das")(firm.admin)
    await saving("✓ Add")
    assert firm.store.users.by_phone("+919822222222")
    assert gopal.transcript().count("The admin has added you") == 1


async def test_a_partner_hears_of_the_number_that_signed_them_out(firm, partner, saving):
    await walk("/users", "[Ravi Kumar]", "[Edit]", "[Phone]", "+919811111111")(firm.admin)
    await saving("✓ Save")
    assert firm.store.users.by_phone("+919811111111")
    assert partner.transcript().count("The admin changed your number") == 1
