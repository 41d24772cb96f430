"""What a customer reads on WhatsApp."""

import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.invoices import create_invoice
from bot.sharing import balance_url, invoice_url, payment_url, reminder_url
from bot.whatsapp import URL_LIMIT
from storage.models import Language, PaymentMethod
from storage.types import MAX_PAISE
from tests.bot.desks import desk_of
from tests.ledger.firm import GURPREET, add_customers, ask, cancel, invoice, payment

PHONE = "+919876543210"
BY_BOT = "https://t.me/arhtiya_bot?start=inv_1"
LONGEST_NAME = "सिंह एंड संस ग्रेन मर्चेंट्स " * 2 + "अनाज मंडी खन्ना पंजाबी"


class Office:
    """Gurpreet's desk in a firm; each method gives what the customer Ramesh reads."""

    def __init__(self, desk) -> None:
        self.desk = desk

    @property
    def store(self):
        return self.desk.store

    def profile(self, **fields) -> None:
        self.store.firm.save(self.store.firm.get().model_copy(update=fields))

    def sell(self, order, link=BY_BOT) -> str:
        asked = {"by": GURPREET, "link": lambda _id: link, "standing_on": None}
        create_invoice(self.store, self.desk.clock, order, **asked)
        return self.told_of(order.op)

    def told_of(self, invoice_id) -> str:
        return text_of(invoice_url(self.desk, self.store.invoices.get(invoice_id)))

    def receive(self, order) -> str:
        entry, _repeated = ask(self.store, self.desk.clock, order)
        return text_of(payment_url(self.desk, entry))

    def told_the_balance(self) -> str:
        return text_of(balance_url(self.desk, "ramesh"))


@pytest.fixture
def office(mongomock_store, clock):
    add_customers(mongomock_store, "ramesh")
    office = Office(desk_of(mongomock_store, clock))
    office.profile(name="Singh & Sons", upi_id="singhandsons@okicici")
    return office


def text_of(url) -> str:
    assert len(url) <= URL_LIMIT
    return parse_qs(urlsplit(url).query, strict_parsing=True)["text"][0]


class TestAnInvoice:
    def test_that_is_partly_paid(self, office):
        office.sell(invoice("older", 32_000_00, due_in=7))

        assert office.sell(invoice("new", 1_26_100_00, 26_100_00, due_in=15)) == (
            "*Singh & Sons*\n"
            "Invoice 26-27/00002 of 1 Aug 2026\n"
            "Total: ₹1,26,100.00\n"
            "Paid: ₹26,100.00\n"
            "Left: ₹1,00,000.00, due by 16 Aug 2026\n"
            "Your balance on 1 Aug 2026: ₹1,32,000.00\n"
            "UPI: singhandsons@okicici"
        )

    def test_on_which_nothing_is_paid(self, office):
        assert office.sell(invoice("new", 500_00)) == (
            "*Singh & Sons*\n"
            "Invoice 26-27/00001 of 1 Aug 2026\n"
            "Total: ₹500.00\n"
            "Left: ₹500.00, due by 1 Aug 2026\n"
            "Your balance on 1 Aug 2026: ₹500.00\n"
            "UPI: singhandsons@okicici"
        )

    def test_that_is_paid_in_full_asks_for_nothing(self, office):
        assert office.sell(invoice("new", 500_00, 500_00)) == (
            "*Singh & Sons*\n"
            "Invoice 26-27/00001 of 1 Aug 2026\n"
            "Total: ₹500.00\n"
            "PAID in full, thank you."
        )

    def test_that_is_paid_in_full_still_tells_what_is_due_on_others(self, office):
        office.sell(invoice("older", 300_00))

        told = office.sell(invoice("new", 500_00, 500_00))

        assert told.splitlines()[3:] == [
            "PAID in full, thank you.",
            "Your balance on 1 Aug 2026: ₹300.00",
        ]

    def test_that_is_cancelled_says_so_and_what_is_held(self, office):
        office.sell(invoice("new", 500_00, 200_00))
        ask(office.store, office.desk.clock, cancel("cancel", "new"))

        assert office.told_of("new").splitlines()[2:] == [
            "Total: ₹500.00",
            "CANCELLED: nothing is due on it.",
            "Your advance with us on 1 Aug 2026: ₹200.00",
        ]

    def test_tells_the_balance_of_the_day_on_which_it_is_looked_at(self, office, clock):
        office.sell(invoice("new", 500_00))
        clock.advance(days=40)
        assert "Your balance on 10 Sep 2026: ₹500.00" in office.told_of("new")


class TestItsLink:
    @pytest.mark.parametrize(
        "link",
        [
            "https://bills.example.com/i/42?key=a%20b&x=1",
            "http://192.0.2.7:8000/i/42",
            "https://t.me.example.com/x",
        ],
    )
    def test_stands_last_where_anybody_can_open_it(self, office, link):
        assert office.sell(invoice("new", 500_00), link).splitlines()[-1] == link

    @pytest.mark.parametrize(
        "link",
        [
            BY_BOT,
            "https://telegram.me/arhtiya_bot?start=inv_1",
            "HTTPS://T.ME/arhtiya_bot?start=inv_1",
            "tg://resolve?domain=arhtiya_bot",
            "ftp://example.com/42.pdf",
            "bills/42.pdf",
            "https://example.com/the bill.pdf",
            "https://example.com/" + "x" * 300,
            "",
        ],
    )
    def test_is_left_out_where_a_customer_cannot(self, office, link):
        told = office.sell(invoice("new", 500_00), link)
        assert told.splitlines()[-1] == "UPI: singhandsons@okicici"


class TestAPayment:
    def test_says_how_much_came_when_how_and_what_it_left(self, office):
        office.sell(invoice("bill", 1_58_100_00))
        money = replace(
            payment("money", 50_000_00), method=PaymentMethod.UPI, reference="UTR 4821"
        )
        assert office.receive(money) == (
            "*Singh & Sons*\n"
            "Received ₹50,000.00 on 1 Aug 2026 (UPI · UTR 4821). Thank you.\n"
            "Your balance after it: ₹1,08,100.00"
        )

    def test_of_everything_leaves_nothing(self, office):
        office.sell(invoice("bill", 500_00))
        assert office.receive(payment("money", 500_00)) == (
            "*Singh & Sons*\n"
            "Received ₹500.00 on 1 Aug 2026 (cash). Thank you.\n"
            "Nothing is left to pay."
        )

    def test_of_too_much_is_an_advance(self, office):
        told = office.receive(payment("money", 500_00))
        assert told.splitlines()[-1] == "Your advance with us after it: ₹500.00"

    def test_says_what_it_left_then_whatever_came_since(self, office):
        office.sell(invoice("bill", 500_00))
        told = office.receive(payment("money", 200_00))
        office.sell(invoice("later", 900_00))
        entry = office.store.ledger.by_op("money")
        assert text_of(payment_url(office.desk, entry)) == told

    def test_handed_over_with_an_invoice_is_told_as_any_other(self, office):
        office.sell(invoice("bill", 500_00, 200_00))
        entry = office.store.ledger.by_op("bill")
        assert text_of(payment_url(office.desk, entry)) == (
            "*Singh & Sons*\n"
            "Received ₹200.00 on 1 Aug 2026 (cash). Thank you.\n"
            "Your balance after it: ₹300.00"
        )


class TestTheBalance:
    def test_is_what_is_due_today_and_where_it_can_be_paid(self, office):
        office.sell(invoice("bill", 500_00))
        assert office.told_the_balance() == (
            "*Singh & Sons*\nYour balance on 1 Aug 2026: ₹500.00\nUPI: singhandsons@okicici"
        )

    def test_is_nothing_once_all_is_paid(self, office):
        office.sell(invoice("bill", 500_00, 500_00))
        assert office.told_the_balance() == (
            "*Singh & Sons*\nNothing is due on 1 Aug 2026. Thank you."
        )

    def test_may_be_an_advance(self, office):
        office.receive(payment("money", 500_00))
        assert office.told_the_balance() == (
            "*Singh & Sons*\nYour advance with us on 1 Aug 2026: ₹500.00"
        )


class TestWhoWrites:
    def test_while_the_firm_has_no_name_is_the_partner_who_posted(self, office):
        office.profile(name=None)
        assert office.sell(invoice("bill", 500_00)).startswith("*Gurpreet*\nInvoice")
        assert office.receive(payment("money", 200_00)).startswith("*Gurpreet*\nReceived")
        assert office.told_the_balance().startswith("Your balance")

    def test_without_a_upi_id_names_none(self, office):
        office.profile(upi_id=None)
        assert "UPI" not in office.sell(invoice("bill", 500_00))
        assert "UPI" not in office.told_the_balance()

    def test_in_another_currency_than_upi_moves_names_none(self, mongomock_store, office, clock):
        office.desk = desk_of(mongomock_store, clock, currency="PKR")
        told = office.sell(invoice("bill", 500_00))
        assert "Left: Rs 500.00, due by 1 Aug 2026" in told
        assert "UPI" not in told

    def test_a_long_name_gives_way_and_all_that_counts_arrives(self, office):
        link = "https://example.com/" + "%20" * 76
        office.profile(name=LONGEST_NAME, upi_id="a" * 190 + "@" + "b" * 64)

        told = office.sell(invoice("bill", MAX_PAISE, 1), link).splitlines()

        assert len(LONGEST_NAME) == 80
        assert told[0].startswith("*सिंह एंड संस ग्रेन मर्चेंट्स सिंह")
        assert told[0].endswith("…*")
        assert [line.split(":")[0] for line in told[2:]] == [
            "Total",
            "Paid",
            "Left",
            "Your balance on 1 Aug 2026",
            "UPI",
            "https",
        ]
        assert told[-1] == link


class TestToWhom:
    def test_the_chat_is_with_the_customer_as_their_number_is_now(self, office):
        office.sell(invoice("bill", 500_00))
        bill = office.store.invoices.get("bill")
        assert invoice_url(office.desk, bill).startswith("https://wa.me/?text=")

        office.store.customers.update_profile("ramesh", {"phone": PHONE})

        entry = office.store.ledger.by_op("bill")
        for url in (
            invoice_url(office.desk, bill),
            payment_url(office.desk, entry),
            balance_url(office.desk, "ramesh"),
        ):
            assert url.startswith("https://wa.me/919876543210?text=")


class TestLanguage:
    """An invoice of 1 Aug that is due on the 16th, read in each language."""

    def reminded(self, office, day, **profile) -> list[str]:
        office.profile(**profile)
        office.sell(invoice("new", 1_26_100_00, 26_100_00, due_in=15))
        office.desk.clock.advance(days=day - 1)
        one = office.store.invoices.get("new")
        return text_of(
            reminder_url(office.desk, one, one.remaining_balance, by="Ravi Kumar")
        ).splitlines()

    @pytest.mark.parametrize(
        ("day", "said"),
        [
            (15, "is due on 16 Aug 2026."),
            (16, "is due today, 16 Aug 2026."),
            (17, "was due on 16 Aug 2026."),
        ],
    )
    def test_english(self, office, day, said):
        assert self.reminded(office, day) == [
            "*Singh & Sons*",
            "Dear ramesh,",
            f"A kind reminder: ₹1,00,000.00 of invoice 26-27/00001 {said}",
            "UPI: singhandsons@okicici",
            "If you have paid by now, please take no notice. Thank you.",
        ]

    def test_of_the_firm(self, office):
        assert self.reminded(office, 17, language=Language.HINDI)[1:] == [
            "आदरणीय ramesh जी,",
            "विनम्र निवेदन: बिल 26-27/00001 के ₹1,00,000.00, 16 अग॰ 2026 को देय थे।",
            "UPI: singhandsons@okicici",
            "भुगतान हो चुका हो तो कृपया ध्यान न दें। धन्यवाद।",
        ]

    def test_of_the_customer_before_that_of_the_firm(self, office):
        office.store.customers.update_profile("ramesh", {"language": "pa"})
        assert self.reminded(office, 16, language=Language.HINDI)[2] == (
            "ਨਿਮਰ ਬੇਨਤੀ: ਬਿੱਲ 26-27/00001 ਦੇ ₹1,00,000.00 ਅੱਜ, 16 ਅਗ 2026 ਨੂੰ ਦੇਣੇ ਬਣਦੇ ਹਨ।"
        )

    def test_from_right_to_left_the_figures_stay_as_they_are(self, office):
        assert self.reminded(office, 15, language=Language.URDU)[2] == (
            "مؤدبانہ یاددہانی: بل \u206626-27/00001\u2069 کے \u2066₹1,00,000.00\u2069، "
            "16 اگست 2026 کو واجب الادا ہیں۔"
        )

    @pytest.mark.parametrize("language", Language)
    def test_of_whatever_is_shared(self, office, language):
        office.profile(language=language)
        told = [
            office.sell(invoice("new", 500_00, 200_00)),
            office.receive(payment("money", 400_00)),
            office.told_the_balance(),
        ]
        latin = set(re.findall("[A-Za-z]+", "\n".join(told)))
        ours = {"Singh", "Sons", "UPI", "singhandsons", "okicici"}
        assert (latin <= ours) == (language is not Language.ENGLISH)

    @pytest.mark.parametrize("language", Language)
    def test_the_longest_reminder_is_whole(self, office, language):
        office.store.customers.update_profile("ramesh", {"name": LONGEST_NAME})
        told = self.reminded(office, 17, name=LONGEST_NAME, language=language)
        assert len(told) == 5
        assert not told[-1].endswith("…")
