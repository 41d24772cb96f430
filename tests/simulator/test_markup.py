"""Keyboards as Telegram reads them."""

import pytest

from simulator.errors import Refused
from simulator.markup import read_markup

UNREADABLE = "can't parse inline keyboard button: "


def inline(*buttons):
    return {"inline_keyboard": [list(buttons)]}


def refusal(markup, *, private=True):
    with pytest.raises(Refused) as refused:
        read_markup(markup, private=private)
    return refused.value.description.removeprefix("Bad Request: ")


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ([1], "object expected as reply markup"),
        ({"keyboard": [1]}, 'Field "keyboard" must be an Array of Arrays'),
        (
            {"inline_keyboard": ["x"]},
            'Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
        (
            {"keyboard": [[1]]},
            "can't parse keyboard button: KeyboardButton must be a String or an Object",
        ),
        (
            inline("x"),
            "can't parse inline keyboard button: InlineKeyboardButton must be an Object",
        ),
        (
            inline({"callback_data": "x"}),
            "can't parse inline keyboard button: Can't find field \"text\"",
        ),
        (
            inline({"text": 1, "callback_data": "x"}),
            'can\'t parse inline keyboard button: Field "text" must be of type String',
        ),
        (
            inline({"text": "x"}),
            f"{UNREADABLE}Text buttons are unallowed in the inline keyboard",
        ),
        (inline({"text": " ", "url": "t.me"}), "inline keyboard button text must be non-empty"),
        ({"keyboard": [[{"text": ""}]]}, "keyboard button text must be non-empty"),
        (inline(*[{"text": "x", "callback_data": "y"}] * 101), "reply markup is too long"),
        (
            inline({"text": "x", "url": "ftp://example.com"}),
            "inline keyboard button URL 'ftp://example.com' is invalid: Unsupported URL protocol",
        ),
        (
            inline({"text": "x", "url": "javascript:a()"}),
            "inline keyboard button URL 'javascript:a()' is invalid: Unsupported URL protocol",
        ),
        (
            inline({"text": "x", "url": "http://localhost:8000"}),
            "inline keyboard button URL 'http://localhost:8000' is invalid: Wrong HTTP URL",
        ),
    ],
)
def test_a_keyboard_that_is_none_is_refused(markup, reason):
    assert refusal(markup) == reason


def test_a_number_cannot_be_asked_for_in_a_group():
    markup = {"keyboard": [[{"text": "My number", "request_contact": True}]]}
    assert read_markup(markup, private=True).keyboard == markup
    reason = refusal(markup, private=False)
    assert reason == "phone number can be requested in private chats only"


@pytest.mark.parametrize("url", ["https://t.me/x", "example.com/a", "tg://resolve?domain=x"])
def test_links_to_the_web_and_to_chats_are_buttons(url):
    assert read_markup(inline({"text": "x", "url": url}), private=True).inline


def test_a_button_may_be_a_bare_text():
    markup = read_markup({"keyboard": [["Menu"], []]}, private=True)
    assert markup.keyboard == {"keyboard": [[{"text": "Menu"}]]}
