"""A dry run, a refusal, and a second time: nothing is written but what was asked for, once."""

import pytest

from bot.importing import command
from tests.bot.importing.old_books import (
    RAMESH,
    as_json,
    bill,
    customer,
    invoice,
    user,
    whole,
)

BOOKS = ([customer()], [invoice()], [user()])


def test_a_dry_run_says_it_all_and_writes_nothing(importing, capsys):
    importing.run([customer(_id="other", phone=None, total_outstanding_balance=0)])
    before = whole(importing.store)
    capsys.readouterr()

    assert importing.run(*BOOKS, dry_run=True) == 0

    assert whole(importing.store) == before
    assert capsys.readouterr().out == (
        "Customers       1 new      0 in the books already\n"
        "Invoices        1 new      0 in the books already\n"
        "Partners        1 new      0 in the books already\n"
        "\n"
        "Partners, who will be able to sign in\n"
        "  Partner Name, +91 98765 43211\n"
        "\n"
        "What customers will owe\n"
        "  ₹4,000.00  Customer Name, 1 invoice\n"
        "  ₹4,000.00  to collect in all\n"
        "\n"
        "This was a dry run: nothing was brought in.\n"
    )


def test_unknown_fields_are_listed_and_left_out(importing, capsys):
    extra = {"createdAt": "2024-08-01", "__v": 0}

    assert importing.run([customer(**extra)], [invoice(**extra)]) == 0

    said = capsys.readouterr().out
    assert "Ignored\n  “__v” of customers: 1\n  “__v” of invoices: 1\n  “createdAt” of" in said


@pytest.mark.parametrize("dry_run", [False, True])
def test_what_is_refused_in_one_document_keeps_all_of_them_out(importing, capsys, dry_run):
    before = whole(importing.store)

    code = importing.run([customer()], [invoice(status="Void")], [user()], dry_run=dry_run)

    assert code == 1
    assert whole(importing.store) == before
    said = capsys.readouterr().out
    assert "\nRefused: 1\n" in said
    assert "document 1, invoice “unique_invoice_id”: status is “Void”" in said
    assert said.endswith("Nothing was brought in. Correct what is refused, then import again.\n")


def test_twice_is_once(importing, clock, capsys):
    importing.run(*BOOKS)
    once = whole(importing.store)
    clock.advance(days=1)
    capsys.readouterr()

    assert importing.run(*BOOKS) == 0

    assert whole(importing.store) == once
    said = capsys.readouterr().out
    assert "Customers       0 new      1 in the books already" in said
    assert "Invoices        0 new      1 in the books already" in said
    assert "Partners        0 new      1 in the books already" in said
    assert "It was all in the books before." in said


def test_more_invoices_of_the_same_customer_may_follow(importing):
    importing.run([customer()], [invoice()])

    code = importing.run(
        [customer()], [invoice(), bill(100, 100, _id="2", invoice_date="2024-08-02")]
    )

    assert code == 0
    assert [one.invoice_number for one in importing.store.ledger.entries(RAMESH)] == [
        "OLD-00001",
        "OLD-00002",
    ]


def test_the_books_are_checked_afterwards_and_what_is_wrong_is_said(importing, capsys):
    importing.run(*BOOKS)
    assert "checked: 1 customer, 1 entry, 0 differences." in capsys.readouterr().out
    wrong = {"$set": {"total_outstanding_balance": 1}}
    importing.store._database["customers"].update_one({"_id": RAMESH}, wrong)

    assert importing.run(*BOOKS) == 1

    said = capsys.readouterr().out
    assert "1 entry, 1 difference.\nCustomer Name: " in said


def test_ctrl_c_in_the_middle_is_one_line(tmp_path, monkeypatch, capsys):
    def interrupted(*_):
        raise KeyboardInterrupt

    (tmp_path / "old.json").write_text(as_json([customer(), invoice(), user()]), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr(command, "bring_in", interrupted)

    assert command.main(["old.json"]) == 1
    assert capsys.readouterr().err == (
        "arhtiya-bot: Interrupted. What was brought in stands; import again to finish it\n"
    )
