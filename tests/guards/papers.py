"""What holds the papers: their sums, whom a code pays and how much, and what a customer reads."""

from tests.guards.guard import Guard

SUMS, RECKONING, UPI = "bot/pdf/sums.py", "bot/pdf/reckoning.py", "bot/upi.py"
ON_INVOICE, ON_RECEIPT = "tests/bot/pdf/test_invoice.py", "tests/bot/pdf/test_receipt.py"
ON_CODE, ON_PAID = "tests/bot/pdf/test_pay_code.py", "tests/flows/test_paid_on_it.py"
NO_CODE = f"{ON_CODE}::test_there_is_none_where_nothing_can_be_paid"

GUARDS = [
    Guard(
        "a code asks for no money that UPI does not move",
        UPI,
        "currency != CURRENCY or ",
        "",
        NO_CODE,
    ),
    Guard(
        "it asks for what remains",
        UPI,
        "firm.upi_id, firm.name, invoice.remaining_balance,",
        "firm.upi_id, firm.name, invoice.total_amount,",
        f"{ON_CODE}::test_what_it_says_in_full",
    ),
    Guard(
        "an advance is off what is due, not beside it",
        RECKONING,
        "advance_left=max(-after, 0)",
        "advance_left=abs(after)",
        "tests/bot/pdf/test_reckoning.py::test_an_advance_held_beside_open_invoices_is_off_what_is_due",
    ),
    Guard(
        "the greatest figure is what holds today",
        SUMS,
        "reversed(sizes) if account_moved else sizes",
        "sizes",
        f"{ON_INVOICE}::test_the_greatest_figure_is_what_holds_today",
    ),
    Guard(
        "which the chat tells the paper",
        "handlers/invoices.py",
        "desk.store.ledger.has_moved_since(invoice.id)",
        "False",
        f"{ON_PAID}::test_once_the_account_has_moved_the_total_is_of_then",
    ),
    Guard(
        "the account is of the day it was posted",
        "bot/pdf/invoice.py",
        "return at.astimezone(zone).date() if at else invoice.invoice_date",
        "return invoice.invoice_date",
        f"{ON_INVOICE}::test_the_account_is_of_the_day_it_was_posted",
    ),
    Guard(
        "a paper has what was posted last",
        "handlers/invoices.py",
        "if catch_up(desk.store, invoice.customer_id):",
        "if False:",
        f"{ON_PAID}::test_a_paper_asked_for_after_a_death_has_what_was_posted_last",
    ),
    Guard(
        "a receipt that was undone says no balance",
        "bot/pdf/receipt.py",
        "if not receipt.undone:",
        "if True:",
        f"{ON_RECEIPT}::test_one_that_was_undone_is_marked_and_says_why",
    ),
    Guard(
        "no price per litre is made lakhs",
        "bot/items.py",
        "if _LAKH_OR_LITRE.search(plain(brief(text)).casefold()):",
        "if False:",
        "tests/flows/test_units.py::test_a_price_in_lakhs_is_not_made_of_litres",
    ),
    Guard(
        "nor a price per bag the price of a quintal",
        "bot/units.py",
        "return _KIND_OF.get(one, one) == _KIND_OF.get(other, other)",
        "return True",
        "tests/bot/test_items.py::test_bags_are_not_priced_by_the_quintal",
    ),
    Guard(
        "a customer reads no link that only partners can open",
        "bot/sharing.py",
        r"(?!(?:t|telegram)\.me/)",
        "",
        "tests/flows/test_sharing.py::test_an_invoice_from_its_confirmation_and_from_its_card",
    ),
    Guard(
        "a statement that leaves the books is noted once",
        "handlers/statement.py",
        '        id=f"{update_id}:{EventKind.EXPORT}",\n',
        "",
        "tests/flows/test_statement.py::test_it_is_noted_once_although_the_bot_died",
    ),
]
