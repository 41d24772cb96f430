"""What holds the access gate: who comes in, and what each may do behind it."""

from tests.guards.guard import Guard

GATE, TURN, OPENING, BUTTONS = (
    f"handlers/{name}.py" for name in ("gate", "turn", "opening", "buttons")
)
INCOMING, DESK = "handlers/edge/incoming.py", "bot/desk.py"

ON_SIGN_IN, ON_WHO_MAY = "tests/flows/test_sign_in.py", "tests/flows/test_who_may.py"
OWN_CARD = f"{ON_SIGN_IN}::test_somebody_elses_card_is_refused"
IN_A_GROUP = "tests/flows/test_groups.py::test_it_answers_a_command_with_nothing_of_the_books"
REFUSED = "tests/flows/test_users.py::test_partners_may_not"
NO_ADMIN = f"{ON_WHO_MAY}::test_the_admins_buttons_are_worth_nothing_to_a_partner"
NO_PARTNER = f"{ON_WHO_MAY}::test_the_partners_buttons_are_worth_nothing_to_an_admin_who_is_none"
NOTHING_ELSE = f"{ON_WHO_MAY}::test_nothing_else_leads_to_the_books_without_a_sign_in"

GUARDS = [
    Guard(
        "a card proves the number of the account that it names",
        INCOMING,
        "card.user_id == message.from_user.id and ",
        "",
        OWN_CARD,
    ),
    Guard(
        "and no forwarded one does",
        INCOMING,
        " and message.forward_origin is None",
        "",
        OWN_CARD,
    ),
    Guard(
        "no code goes out for another's",
        "handlers/sign_in.py",
        "if not contact.own:",
        "if False:",
        OWN_CARD,
    ),
    Guard(
        "the admins hear of unknown people within bounds",
        "handlers/knocks.py",
        "if not may(desk.store, desk.clock, act.user_id):",
        "if False:",
        f"{ON_SIGN_IN}::test_the_admin_hears_of_somebody_once_a_day",
    ),
    Guard(
        "a chat is private when Telegram says so",
        INCOMING,
        "private=chat.type == Chat.PRIVATE",
        "private=True",
        IN_A_GROUP,
    ),
    Guard("nothing is said elsewhere", GATE, "if not act.private:", "if False:", IN_A_GROUP),
    Guard(
        "whoever is not signed in gets no further",
        GATE,
        "(not who.admin or _signs_in(desk, act))",
        "_signs_in(desk, act)",
        "tests/flows/test_add_partner.py::test_who_is_not_signed_in_is_asked_to_sign_in",
    ),
    Guard(
        "the admins are those who are",
        GATE,
        "admin = act.user_id in admin_ids(desk.settings, desk.store)",
        "admin = True",
        REFUSED,
    ),
    Guard(
        "what only an admin may is refused to others",
        DESK,
        "elif not self.admin:",
        "elif False:",
        NO_ADMIN,
    ),
    Guard(
        "what only a partner may is too",
        DESK,
        "            self.partner  # noqa: B018 - asking is the check\n",
        "            pass\n",
        NO_PARTNER,
    ),
    Guard(
        "of the commands",
        TURN,
        "if known is not None and known.admin:",
        "if False:",
        REFUSED,
    ),
    Guard(
        "of the admin's buttons",
        BUTTONS,
        "who.check(admin=asked in ADMINS | ADMINS_DEEDS)",
        "who.check(admin=False)",
        NO_ADMIN,
    ),
    Guard(
        "of the partners'",
        BUTTONS,
        "    who.check(admin=asked in ADMINS | ADMINS_DEEDS)\n",
        "    if asked in ADMINS | ADMINS_DEEDS:\n        who.check(admin=True)\n",
        NO_PARTNER,
    ),
    Guard(
        "of adding a partner",
        OPENING,
        "        self.who.check(admin=True)\n        answers, step, wrong",
        "        answers, step, wrong",
        NO_ADMIN,
    ),
    Guard(
        "of any form",
        OPENING,
        "                self.who.check(admin=form.admin)\n"
        "                return self._begin(form.name, Start(",
        "                return self._begin(form.name, Start(",
        NO_ADMIN,
    ),
    Guard(
        "that a card leads to",
        OPENING,
        "                self.who.check(admin=form.admin)\n                try:\n",
        "                try:\n",
        NO_PARTNER,
    ),
    Guard(
        "of Undo",
        TURN,
        "by=self.who.partner",
        "by=self.who.user or desk.store.users.active()[0]",
        NO_PARTNER,
    ),
    Guard(
        "of the profile",
        TURN,
        "        self.who.check(admin=False)\n",
        "",
        NO_PARTNER,
    ),
    Guard(
        "the link of an invoice leads only a partner to it",
        TURN,
        'kind == "inv" and is_id(object_id) and self.who.user is not None',
        'kind == "inv" and is_id(object_id)',
        NOTHING_ELSE,
    ),
    Guard(
        "that of a picture too",
        TURN,
        'kind == "img" and is_id(object_id) and self.who.user is not None',
        'kind == "img" and is_id(object_id)',
        NOTHING_ELSE,
    ),
    Guard(
        "a name that is typed",
        TURN,
        "if act.text and self.who.user is not None:",
        "if act.text:",
        NOTHING_ELSE,
    ),
    Guard(
        "a card that is sent",
        OPENING,
        "        if self.who.user is None:\n            return self._new_partner",
        "        if False:\n            return self._new_partner",
        NOTHING_ELSE,
    ),
    Guard(
        "and a button of what was saved",
        TURN,
        "        if self.who.user is not None:\n            toast_saved",
        "        if True:\n            toast_saved",
        NOTHING_ELSE,
    ),
    Guard(
        "a draft is the partner's, not the Telegram account's",
        DESK,
        "return self.user.id if self.user else str(self.telegram_id)",
        "return str(self.telegram_id)",
        f"{ON_SIGN_IN}::test_whoever_signs_in_as_another_partner_finds_no_draft_of_the_first",
    ),
    Guard(
        "an admin does not go on with a partner's",
        TURN,
        "who.user is not None and draft.id == who.owner",
        "True",
        f"{ON_WHO_MAY}::test_an_admin_who_is_no_partner_cannot_go_on_with_what_is_the_partners",
    ),
    Guard(
        "nor who is no admin any more with the admin's",
        TURN,
        "may = who.admin if",
        "may = True if",
        f"{ON_WHO_MAY}::test_whoever_is_no_admin_any_more_cannot_go_on_with_what_is_the_admins",
    ),
]
