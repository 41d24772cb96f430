"""Drafts: written at each step, and never over somebody's later step."""

import datetime as dt

import pytest

from storage.errors import Outpaced
from storage.models import Draft

MORNING = dt.datetime(2026, 8, 1, 9, 0, tzinfo=dt.UTC)
ANSWERS = {
    "customer": {"id": "c1", "name": "राम <b>"},
    "items": [{"item_name": "Wheat", "quantity": "52.5", "price": 242500}],
    "paid": None,
    "new": True,
    "a.b": {"$gt": ""},
}


def draft(owner: str = "7", step: str = "customer", **fields) -> Draft:
    return Draft(
        id=owner, op="op1", flow="invoice", step=step, chat_id=7, updated_at=MORNING, **fields
    )


def test_a_draft_comes_back_as_it_was_saved(store):
    saved = store.drafts.save(
        draft(
            answers=ANSWERS,
            trail=["customer", "items"],
            editing=True,
            seen=[122, 123],
            parent={"flow": "invoice", "answers": ANSWERS},
        )
    )

    assert saved.rev == 1
    assert store.drafts.get("7") == saved
    assert store.drafts.get("8") is None


def test_each_step_is_saved_over_the_one_before(store):
    first = store.drafts.save(draft())
    second = store.drafts.save(
        first.model_copy(update={"step": "items", "answers": ANSWERS, "trail": ["customer"]})
    )

    assert second.rev == 2
    assert store.drafts.get("7") == second


def test_a_step_from_an_older_draft_is_outpaced(store):
    first = store.drafts.save(draft())
    second = store.drafts.save(first.model_copy(update={"step": "items"}))

    with pytest.raises(Outpaced):
        store.drafts.save(first.model_copy(update={"step": "due"}))

    assert store.drafts.get("7") == second


def test_a_second_new_draft_is_outpaced_by_the_first(store):
    first = store.drafts.save(draft())

    with pytest.raises(Outpaced):
        store.drafts.save(draft(step="name"))

    assert store.drafts.get("7") == first


def test_a_step_of_a_dropped_draft_is_outpaced(store):
    first = store.drafts.save(draft())
    store.drafts.drop("7", first.rev)

    with pytest.raises(Outpaced):
        store.drafts.save(first)

    assert store.drafts.get("7") is None


def test_only_the_draft_that_was_seen_is_dropped(store):
    first = store.drafts.save(draft())
    second = store.drafts.save(first)

    assert store.drafts.drop("7", first.rev) is False
    assert store.drafts.get("7") == second
    assert store.drafts.drop("7", second.rev) is True
    assert store.drafts.drop("7", second.rev) is False
    assert store.drafts.get("7") is None


@pytest.mark.parametrize("answer", [MORNING, MORNING.date(), b"picture", {1, 2}])
def test_an_answer_that_is_no_json_is_refused_everywhere(store, answer):
    with pytest.raises(TypeError):
        store.drafts.save(draft(answers={"answer": answer}))

    assert store.drafts.get("7") is None


def test_of_two_taps_at_once_one_moves_the_draft(embedded_store, together):
    first = embedded_store.drafts.save(draft())

    def tap(number):
        try:
            return embedded_store.drafts.save(first.model_copy(update={"seen": [number]})).seen
        except Outpaced:
            return None

    moved = [seen for seen in together(tap, 12) if seen is not None]

    assert moved == [embedded_store.drafts.get("7").seen]
