"""The firm's profile: how it is changed, and what its papers and numbers make of it."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from bot.firm import GSTIN_EXAMPLE, change_firm, example_number, letterhead_of, numbering_of
from bot.numbering import DEFAULT_NUMBERING, Numbering
from bot.pdf import Firm
from storage.errors import StoreUnavailable
from storage.models import AuditEvent, EventKind, FirmProfile, NumberStyle, PaperForm

RAVI = ("Ravi Kumar", "+919876543210")


@pytest.fixture
def desk(store, clock):
    return SimpleNamespace(store=store, clock=clock)


def keep(desk, **fields) -> FirmProfile:
    """The profile as some earlier change left it."""
    return desk.store.firm.save(desk.store.firm.get().model_copy(update=fields))


def change(desk, op: str, before: FirmProfile, **fields) -> FirmProfile:
    """An admin's change of these fields, who saw ``before``."""
    after = before.model_copy(update=fields)
    return change_firm(desk, op, before=before, after=after, by_id=7, by_name="Asha")


class TestChange:
    def test_is_kept_and_noted_with_who_made_it(self, desk):
        changed = change(desk, "op", desk.store.firm.get(), name="Singh", due_days=15)

        assert (changed.name, changed.due_days) == ("Singh", 15)
        assert desk.store.firm.get() == changed
        assert desk.store.audit.get("op") == AuditEvent(
            id="op",
            kind=EventKind.SETTING,
            at=desk.clock.now(),
            telegram_user_id=7,
            actor_name="Asha",
            subject="firm",
            detail="name, due_days",
        )

    def test_keeps_what_another_admin_changed_meanwhile(self, desk):
        before = keep(desk, name="Singh")
        change(desk, "other", before, phone="+919811111111")

        changed = change(desk, "op", before, name="Singh & Sons")

        assert (changed.name, changed.phone) == ("Singh & Sons", "+919811111111")

    def test_takes_a_field_away_too(self, desk):
        assert change(desk, "op", keep(desk, gstin=GSTIN_EXAMPLE), gstin=None).gstin is None

    def test_of_nothing_is_none(self, desk):
        before = keep(desk, name="Singh")

        assert change(desk, "op", before) == before
        assert desk.store.audit.count() == 0

    def test_is_made_once_however_often_it_is_asked_for(self, desk):
        before = keep(desk, name="Singh")
        change(desk, "op", before, name="Singh & Sons")
        last = change(desk, "other", desk.store.firm.get(), name="Singh & Daughters")

        assert change(desk, "op", before, name="Singh & Sons") == last
        assert desk.store.firm.get() == last
        assert desk.store.audit.count() == 2

    def test_that_died_before_it_was_noted_is_known_and_not_made_again(self, desk, monkeypatch):
        before = keep(desk, name="Singh")
        with monkeypatch.context() as dying:
            dying.setattr(desk.store.audit, "note", _die)
            with pytest.raises(StoreUnavailable):
                change(desk, "op", before, name="Singh & Sons")
        last = change(desk, "other", desk.store.firm.get(), name="Singh & Daughters")

        assert change(desk, "op", before, name="Singh & Sons") == last
        assert desk.store.audit.get("op").detail == "name"

    def test_of_two_at_once_loses_neither(self, desk, monkeypatch):
        before, save = keep(desk, name="Singh"), desk.store.firm.save

        def outpaced(profile):
            monkeypatch.setattr(desk.store.firm, "save", save)
            change(desk, "other", before, due_days=30)
            return save(profile)

        monkeypatch.setattr(desk.store.firm, "save", outpaced)
        changed = change(desk, "op", before, name="Singh & Sons")

        assert (changed.name, changed.due_days) == ("Singh & Sons", 30)
        assert desk.store.audit.count() == 2


def _die(_event):
    raise StoreUnavailable("killed")


def test_of_many_admins_at_once_each_is_heard(embedded_store, clock):
    desk = SimpleNamespace(store=embedded_store, clock=clock)
    before = keep(desk, name="Singh")
    fields = {"address": "Khanna", "phone": RAVI[1], "due_days": 15, "first_month": 7}

    with ThreadPoolExecutor(len(fields)) as admins:
        [*admins.map(lambda one: change(desk, one[0], before, **{one[0]: one[1]}), fields.items())]

    kept = embedded_store.firm.get()
    assert {field: getattr(kept, field) for field in fields} == fields
    assert embedded_store.audit.count() == len(fields)


class TestNumbering:
    def test_is_the_default_until_the_firm_chooses(self):
        assert numbering_of(FirmProfile(id="firm")) == DEFAULT_NUMBERING

    def test_is_what_the_firm_chose(self):
        chosen = FirmProfile(
            id="firm", number_prefix="KGM", number_style=NumberStyle.JOINED, first_month=7
        )
        assert numbering_of(chosen) == Numbering(7, "KGM", NumberStyle.JOINED)

    @pytest.mark.parametrize(
        ("fields", "number"),
        [
            ({}, "26-27/00042"),
            ({"number_prefix": "KGM"}, "KGM/26-27/00042"),
            ({"first_month": 12}, "25-26/00042"),
            ({"first_month": 1}, "2026/00042"),
        ],
    )
    def test_is_shown_by_an_example_of_this_year(self, fields, number):
        profile = FirmProfile(id="firm", **fields)
        assert example_number(profile, dt.date(2026, 11, 22)) == number


class TestLetterhead:
    def test_is_the_partners_while_the_firm_has_no_profile(self, desk):
        assert letterhead_of(desk, name=RAVI[0], phone=RAVI[1]) == Firm(*RAVI)

    def test_is_the_firms_and_nothing_of_the_partners(self, desk):
        keep(desk, name="Singh & Sons", address="Khanna", gstin=GSTIN_EXAMPLE)

        paper = letterhead_of(desk, name=RAVI[0], phone=RAVI[1])

        assert paper == Firm("Singh & Sons", None, "Khanna", GSTIN_EXAMPLE)

    def test_of_a_firm_without_a_name_has_what_else_it_gave(self, desk):
        keep(desk, phone="+911765222333", address="Khanna", gstin=GSTIN_EXAMPLE)

        paper = letterhead_of(desk, name=RAVI[0], phone=RAVI[1])

        assert paper == Firm(RAVI[0], "+911765222333", "Khanna", GSTIN_EXAMPLE)

    def test_says_what_upi_id_customers_pay_to(self, desk):
        keep(desk, name="Singh & Sons", upi_id="singhandsons@okicici")
        assert letterhead_of(desk, name=RAVI[0], phone=None).upi_id == "singhandsons@okicici"

    def test_says_on_what_terms_and_on_what_paper(self, desk):
        keep(desk, name="Singh & Sons", terms="No returns.\nUdhaar 2%.", paper=PaperForm.ROLL)

        firm = letterhead_of(desk, name=RAVI[0], phone=None)

        assert (firm.terms, firm.paper) == ("No returns.\nUdhaar 2%.", PaperForm.ROLL)

    def test_has_the_logo(self, desk):
        desk.store.images.add("logo", b"a JPEG", "image/jpeg", "admin")
        keep(desk, name="Singh & Sons", logo_id="logo")

        assert letterhead_of(desk, name=RAVI[0], phone=None).logo == b"a JPEG"

    def test_goes_without_a_logo_that_is_not_there_any_more(self, desk):
        keep(desk, name="Singh & Sons", logo_id="gone")

        assert letterhead_of(desk, name=RAVI[0], phone=None).logo is None
