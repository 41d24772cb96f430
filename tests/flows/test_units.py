"""By what an item is sold, as it reads in the chat: 52 q, 20 बोरी, or just 52."""

import pytest


@pytest.fixture
async def ramesh(firm, partner):
    await partner.press("New customer")
    await partner.send("Ramesh Kumar")
    await partner.press("Save now")
    await to_items(partner)


async def to_items(partner):
    await partner.send("/invoice")
    await partner.press("Ramesh Kumar")


async def sell(firm, partner, *said):
    """One item, and the invoice saved; the partner then stands at the items of the next."""
    firm.clock.advance(minutes=1)
    for text in said:
        await partner.send(text)
    for label in ("✓ Done", "Full", "✓ Save invoice"):
        await partner.press(label)
    await to_items(partner)


def sold(firm):
    (item,) = firm.store.invoices.page(0, 1)[0].items
    return item


async def test_in_one_message(firm, partner, ramesh):
    await partner.send("wheat 52 Q 2425")
    assert "1. wheat: 52 q × ₹2,425.00 = ₹1,26,100.00" in partner.screen.text
    await sell(firm, partner)
    assert (sold(firm).item_name, sold(firm).unit) == ("wheat", "q")
    await partner.press("✕ Cancel")
    await partner.send("26-27/00001")
    await partner.press("26-27/00001")
    assert "1. wheat: 52 q × ₹2,425.00" in partner.screen.text


async def test_step_by_step(firm, partner, ramesh):
    await partner.send("wheat")
    assert "How much wheat? For example: 52, 10.5 or 52 q" in partner.screen.text
    await partner.send("10.5 Quintal")
    assert "wheat: 10.5 quintal\nPrice of wheat, per quintal?" in partner.screen.text
    await partner.send("2000")
    assert "1. wheat: 10.5 quintal × ₹2,000.00 = ₹21,000.00" in partner.screen.text


async def test_without_a_unit_nothing_is_said_of_one(partner, ramesh):
    await partner.send("tractor")
    await partner.send("1")
    assert "tractor: 1\nPrice of one tractor?" in partner.screen.text
    await partner.send("500000")
    assert "1. tractor: 1 × ₹5,00,000.00" in partner.screen.text


async def test_a_number_alone_is_in_the_unit_of_last_time_and_the_question_says_so(
    firm, partner, ramesh
):
    await sell(firm, partner, "wheat 52 q 2425")
    await partner.press("wheat")
    assert "How much wheat, in q? For example: 52, or 52 bags" in partner.screen.text
    await partner.send("10")
    await partner.press("As last time: ₹2,425.00")
    assert "1. wheat: 10 q × ₹2,425.00 = ₹24,250.00" in partner.screen.text


async def test_a_name_typed_again_has_its_unit_too(firm, partner, ramesh):
    await sell(firm, partner, "wheat 52 bags 1200")
    await partner.send("WHEAT")
    assert "How much WHEAT, in bags? For example: 52, or 52 q" in partner.screen.text


async def test_a_price_of_one_unit_is_never_offered_for_another(firm, partner, ramesh):
    await sell(firm, partner, "wheat 52 q 2425")
    await partner.press("wheat")
    await partner.send("20 bags")
    assert "Price of wheat, per bags?" in partner.screen.text
    assert not any("As last time" in label for label in partner.screen.buttons)


async def test_each_unit_has_its_own_last_price_and_the_item_one_button(firm, partner, ramesh):
    await sell(firm, partner, "wheat 52 q 2425")
    await sell(firm, partner, "wheat 20 bags 1200")
    assert partner.screen.buttons.count("wheat") == 1
    await partner.press("wheat")
    assert "in bags?" in partner.screen.text
    await partner.send("1 bag")
    assert "As last time: ₹1,200.00" in partner.screen.buttons
    await partner.press("‹ Back")
    await partner.send("7 quintal")
    assert "As last time: ₹2,425.00" in partner.screen.buttons


async def test_what_was_sold_without_a_unit_has_a_price_of_no_unit(firm, partner, ramesh):
    await sell(firm, partner, "wheat 52 2425")
    await partner.press("wheat")
    await partner.send("10 q")
    assert not any("As last time" in label for label in partner.screen.buttons)
    await partner.press("‹ Back")
    await partner.press("‹ Back")
    await partner.press("wheat")
    await partner.send("10")
    assert "As last time: ₹2,425.00" in partner.screen.buttons


async def test_going_back_the_quantity_can_be_kept_with_its_unit(partner, ramesh):
    await partner.send("wheat")
    await partner.send("52 q")
    await partner.press("‹ Back")
    await partner.press("✓ Keep 52 q")
    assert "Price of wheat, per q?" in partner.screen.text


async def test_a_whole_item_typed_at_the_quantity_of_another_says_where_it_goes(partner, ramesh):
    await partner.send("asdf")

    for whole in ("गेहूं ५२ २४२५", "wheat 52 q 2425/bag"):
        await partner.send(whole)
        assert f"“{whole}” is a whole item" in partner.screen.text
        assert "how much asdf" in partner.screen.text

    await partner.press("‹ Back")
    await partner.send("गेहूं ५२ २४२५")
    assert "गेहूं" in partner.screen.text
    assert "₹1,26,100.00" in partner.screen.text


async def test_another_item_begins_without_the_unit_of_the_one_before(partner, ramesh):
    await partner.send("wheat")
    await partner.send("52 q")
    await partner.press("‹ Back")
    await partner.press("‹ Back")
    await partner.send("tractor")
    assert "How much tractor? For example" in partner.screen.text
    assert not any("Keep" in label for label in partner.screen.buttons)


async def test_a_restart_forgets_no_unit(firm, partner, ramesh):
    await partner.send("wheat")
    await partner.send("52 q")
    await firm.chat.restart()
    await partner.send("2425")
    await firm.chat.restart()
    await sell(firm, partner)
    assert sold(firm).unit == "q"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("5 lakh", "“5 lakh” could be an amount of money. Type all digits"),
        ("500k", "“500k” could be an amount of money"),
        ("52 big bags", "its unit in one word after it, like 52 or 52 q"),
        ("52 <b>", "“<b>” cannot be a unit"),
    ],
)
async def test_what_is_no_unit_is_asked_again(partner, ramesh, typed, said):
    await partner.send("wheat")
    await partner.send(typed)
    assert said in partner.screen.text
    assert "How much wheat?" in partner.screen.text


async def test_bags_priced_by_the_quintal_are_asked_again(partner, ramesh):
    await partner.send("wheat 52 bags @ 2425/q")
    assert "The quantity is in bags and the price is of one q." in partner.screen.text
    assert "Which item?" in partner.screen.text


async def test_an_urdu_unit_does_not_turn_the_line_around(firm, partner, ramesh):
    await partner.send("گندم")
    await partner.send("۲۰ بوری")
    assert (
        "\u2068گندم\u2069: \u206820 بوری\u2069\nPrice of \u2068گندم\u2069, per \u2068بوری"
        in partner.screen.text
    )
    await partner.send("1200")
    line = "1. \u2068گندم\u2069: \u206820 بوری\u2069 × ₹1,200.00 = ₹24,000.00"
    assert line in partner.screen.text
    await sell(firm, partner)
    assert sold(firm).unit == "بوری"


async def test_a_draft_of_before_there_were_units_goes_on(firm, partner, ramesh):
    await partner.send("rice 10 q 3200")
    await partner.send("wheat")
    draft = firm.draft_of(partner)
    answers = {**draft.answers, "lines": [dict(draft.answers["lines"][0])]}
    del answers["unit"], answers["lines"][0]["unit"]
    firm.put_back(firm.owner(partner), draft.model_copy(update={"answers": answers}))
    await partner.send("52")
    await partner.send("2425")
    assert "1. rice: 10 × ₹3,200.00" in partner.screen.text
    assert "2. wheat: 52 × ₹2,425.00" in partner.screen.text


async def test_an_invoice_of_before_reads_as_it_did(firm, partner, ramesh):
    await sell(firm, partner, "wheat (q)", "52", "2425")
    await partner.press("wheat (q)")
    assert "How much wheat (q)? For example" in partner.screen.text
    await partner.send("10")
    await partner.press("As last time")
    assert "1. wheat (q): 10 × ₹2,425.00" in partner.screen.text


@pytest.mark.parametrize("typed", ["milk 10 60 l", "milk 40 l 60l"])
async def test_a_price_in_lakhs_is_not_made_of_litres(partner, ramesh, typed):
    await partner.send(typed)
    assert "can be lakh or litre" in partner.screen.text


async def test_nor_is_one_typed_by_itself(partner, ramesh):
    await partner.send("oil")
    await partner.send("15 l")
    await partner.send("110 l")
    assert "The l in “110 l” can be lakh or litre" in partner.screen.text
    await partner.send("1.1 lakh")
    assert "oil: 15 l × ₹1,10,000.00" in partner.screen.text
