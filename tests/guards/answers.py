"""What keeps an answer to whom it is for, and out of everybody else's way."""

from tests.guards.guard import Guard

ANSWERING = "handlers/edge/answering.py"

ON_SIGNED_OUT = "tests/flows/test_signed_out_while_it_waits.py"
ON_LENGTH = "tests/bot/test_too_long.py"

GUARDS = [
    Guard(
        "who is signed out while an answer waits has no more of it",
        ANSWERING,
        "if tried and self._partner not in (None, await asked(self._signed_in, act)):",
        "if False:",
        f"{ON_SIGNED_OUT}::test_no_paper_comes_any_more",
    ),
    Guard(
        "nor hears of the file in it",
        ANSWERING,
        "outgoing.send(self._bot, screen, act.chat_id, patiently)",
        "outgoing.send(self._bot, screen, act.chat_id, self._patience)",
        f"{ON_SIGNED_OUT}::test_nor_is_a_file_in_doubt_named",
    ),
    Guard(
        "a goodbye that waits comes",
        ANSWERING,
        "        reply = respond(self._desk, act)\n"
        "        self._partner = self._signed_in(act)\n"
        "        return reply\n",
        "        self._partner = self._signed_in(act)\n        return respond(self._desk, act)\n",
        f"{ON_SIGNED_OUT}::test_a_goodbye_comes",
    ),
    Guard(
        "no customer's name is in the log",
        "handlers/edge/outcome.py",
        'what = "a document" if document else "a text"',
        'what = document or "a text"',
        "tests/handlers/edge/test_outcome.py::test_the_words_of_a_doubt_name_no_customer",
    ),
    Guard(
        "no message holds up everybody who writes",
        "bot/numerals.py",
        'return text if len(text) <= LONGEST else ""',
        "return text",
        f"{ON_LENGTH}::test_what_is_too_long_is_refused_with_an_example",
    ),
    Guard(
        "nor does one that is cut at every dash",
        "bot/date_range.py",
        " or len(cuts) > _MOST_CUTS",
        "",
        f"{ON_LENGTH}::test_however_often_a_range_is_cut_few_dates_are_looked_for",
    ),
]
