"""What people type wrongly or strangely, by the rows of the list of forty, and what must be said.

A row that ``says`` something is refused with these words; any other is taken, and ``shows`` how it
was read.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    number: int
    typed: str
    shows: str = ""
    says: str = ""
    words: str = ""

    def __str__(self) -> str:
        return f"row {self.number}: {self.words or self.typed}"


TEXTS = (
    Row(1, "Ram\u202egnp", "Ramgnp", words="turned around by a bidi mark"),
    Row(2, "\u200b\u200d\ufeff", says="is empty", words="zero width"),
    Row(3, "Ra\u200bm", "Ram", words="zero-width space in a name"),
    Row(3, "क्\u200dष", "क्\u200dष", words="joiner in an Indic word"),
    Row(4, "a\0b", "ab", words="NUL"),
    Row(5, "Ram\ud800", says="has a broken character", words="lone surrogate"),
    Row(6, "<b>x</b>", "<b>x</b>"),
    Row(6, "*x_[y](z)`", "*x_[y](z)`"),
    Row(6, "{name} {0} %s &lt;", "{name} {0} %s &lt;"),
    Row(7, "=cmd|'/c calc'!A1", "=cmd|'/c calc'!A1"),
    Row(7, "@SUM(A1)", "@SUM(A1)"),
    Row(7, "-cmd", "-cmd"),
    Row(7, "\t+cmd", "+cmd", words="tab and plus"),
    Row(8, '{"$gt":""}', '{"$gt":""}'),
    Row(8, "$where", "$where"),
    Row(9, "(a+)+$", "(a+)+$"),
    Row(10, "x" * 4096, says="4096 characters; at most", words="4096 letters"),
    Row(11, "गेहूं 🌾 ₹ & ਕਣਕ", "गेहूं 🌾 ₹ & ਕਣਕ", words="emoji, rupee sign, Indic scripts"),
    Row(12, "R\u0430mesh", "R\u0430mesh", words="Cyrillic letter in a name"),
    Row(13, "Ram\r\nLal\nERROR forged", "Ram Lal ERROR forged", words="line breaks"),
    Row(14, "../../x", "../../x"),
    Row(15, "Z" + "\u0335" * 30, "Z" + "\u0335" * 4, words="30 stacked marks"),
)

NUMBERS_OF_MACHINES = ("1e999", "1e5", ".5e3", "0x10", "inf", "NaN")

AMOUNTS = (
    *(Row(16, typed, says="is not an amount") for typed in NUMBERS_OF_MACHINES),
    *(Row(17, typed, says="For goods returned, cancel their invoice") for typed in ("-5", "−5")),
    Row(18, "0", says="must be more than zero"),
    Row(19, "१२३", "₹123.00"),
    Row(19, "٣٤٥", "₹345.00"),
    Row(19, "１２３", "₹123.00"),
    Row(20, "1,00,000", "₹1,00,000.00"),
    Row(21, "1,00,00", says="are not where they belong"),
    Row(22, "1.234,56", says="Did you mean 1,234.56?"),
    Row(22, "5.000", says="Did you mean 5.00 or 5,000?"),
    Row(23, "10k", "₹10,000.00"),
    Row(23, "2.5 lakh", "₹2,50,000.00"),
    Row(24, "1_000", says="is not an amount"),
    *(Row(25, typed, says="is not an amount") for typed in ("²", "½")),
    Row(26, "1" + "0" * 18, says="the most that fits is ₹99,99,99,99,999.99"),
    Row(27, "1.005", says="Did you mean 1.00 or 1.01 or 1,005?"),
    Row(28, "₹ 500/-", "₹500.00"),
    Row(28, "₹\u00a0500", "₹500.00", words="rupee sign and no-break space"),
)

QUANTITIES = (
    *(Row(16, typed, says="is not a quantity") for typed in NUMBERS_OF_MACHINES),
    *(Row(17, typed, says="For goods returned, cancel their invoice") for typed in ("-5", "−5")),
    Row(18, "0", says="must be more than zero"),
    Row(19, "१२३", "123"),
    Row(19, "٣٤٥", "345"),
    Row(19, "１２３", "123"),
    Row(20, "1,00,000", "1,00,000"),
    Row(21, "1,00,00", says="are not where they belong"),
    Row(22, "1.234,56", says="Did you mean 1,234.56?"),
    *(Row(23, typed, says="could be an amount of money") for typed in ("10k", "2.5 lakh")),
    Row(24, "1_000", says="is not a quantity"),
    *(Row(25, typed, says="is not a quantity") for typed in ("²", "½")),
    Row(26, "1" + "0" * 18, says="the largest quantity that fits is 99,99,99,999"),
    Row(27, "1.005", "1.005"),
    Row(27, "1.0005", says="Did you mean 1 or 1.001?"),
    Row(28, "₹ 500/-", says="is not a quantity"),
)

NOT_READ = frozenset({"10k", "2.5 lakh", "₹ 500/-"})
"""Quantities that make another thing of a whole line: a name, as any words are."""

LINE_BREAKS = 13

PHONES = (
    *(
        Row(29, typed, says="digits alone and no extension, like +91")
        for typed in ("+919876543210;ext=5", "98765 43210 ext 5", "98765ABCDE", "1 800 FLOWERS")
    ),
    *(
        Row(29, typed, says="is not a phone number that exists")
        for typed in ("987654329", "9876543299123")
    ),
    *(
        Row(30, typed, "+91 98765 43299")
        for typed in ("9876543299", "+91 98765-43299", "(098765) 43299", "९८७६५ ४३२९९")
    ),
)
LANDLINE = Row(29, "011 2345 6789", "+91 11 2345 6789", words="landline")

DATES = (
    Row(31, "31-02-2026", says="There is no 31 February 2026. Its last day is 28"),
    Row(31, "29/02/2027", says="There is no 29 February 2027. Its last day is 28"),
    Row(33, "1/1/0001", says="1 Jan 1 cannot be used here. Type a day from"),
    Row(33, "31/12/9999", says="31 Dec 9999 cannot be used here. Type a day from"),
    Row(33, "+999999999", says="“+999999999” cannot be used here. Type a day from"),
)
DAY_FIRST = Row(32, "03/04/26", "3 Apr 2026")
"""Today is 1 August 2026."""
