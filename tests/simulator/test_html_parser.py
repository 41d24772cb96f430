"""HTML as Telegram's server reads it."""

import pytest

from simulator.errors import Refused
from simulator.formatting import formatted
from simulator.rendering import html


def entities(source):
    found = formatted(source, "HTML", None)
    return found.text, [
        (e["type"], e["offset"], e["length"], *(e[key] for key in ("url", "language") if key in e))
        for e in found.entities
    ]


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        ("<b>a</b> <strong>b</strong>", "a b", [("bold", 0, 1), ("bold", 2, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<u>a</u><s>b</s>", "ab", [("underline", 0, 1), ("strikethrough", 1, 1)]),
        ("<tg-spoiler>a</tg-spoiler>", "a", [("spoiler", 0, 1)]),
        ('<span class="tg-spoiler">a</span>', "a", [("spoiler", 0, 1)]),
        ("🌾<b>₹5</b>", "🌾₹5", [("bold", 2, 2)]),
        ("<b>🌾</b>", "🌾", [("bold", 0, 2)]),
        ("  <b>a</b>  ", "a", [("bold", 0, 1)]),
        ("<b>a  </b>", "a", [("bold", 0, 1)]),
        ("<b></b>a", "a", []),
        ("<B>a</B>", "a", [("bold", 0, 1)]),
        ("<b>a</>", "a", [("bold", 0, 1)]),
        ("&lt;b&gt; &amp;amp; &quot;&#8377;&#x20b9;", '<b> &amp; "₹₹', []),
        ("&nbsp; &copy; & &", "&nbsp; &copy; & &", []),
        ("<a href='https://a.in/?x=1&amp;y=2'>a</a>", "a",
         [("text_link", 0, 1, "https://a.in/?x=1&y=2")]),
        ('<a href="javascript:x">a</a>', "a", []),
        ('<pre><code class="language-py">a</code></pre>', "a", [("pre", 0, 1, "py")]),
        ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ("/start a@b.in https://a.in. #x1 @ravi_k", "/start a@b.in https://a.in. #x1 @ravi_k",
         [("bot_command", 0, 6), ("email", 7, 6), ("url", 14, 12), ("hashtag", 28, 3),
          ("mention", 32, 7)]),
        ("<code>/start</code>", "/start", [("code", 0, 6)]),
        ("a\x00b\u202ec", "a bc", []),
    ],
)  # fmt: skip
def test_markup_becomes_entities(source, text, expected):
    assert entities(source) == (text, expected)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<h1>a</h1>", 'Unsupported start tag "h1" at byte offset 0'),
        ("₹ <br>", 'Unsupported start tag "br" at byte offset 4'),
        ("<br/>a", 'Unsupported start tag "br/" at byte offset 0'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("1 <2", "Unclosed start tag at byte offset 2"),
        ("<a href='x", "Unclosed start tag at byte offset 0"),
        ("<a ='x'>a</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=a/b>a</a>", "Unexpected end of name token at byte offset 8"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_wrong_markup_is_refused_with_the_place(source, reason):
    with pytest.raises(Refused) as refused:
        formatted(source, "HTML", None)
    assert refused.value.description == f"Bad Request: can't parse entities: {reason}"


def test_a_text_that_is_no_unicode_is_refused():
    with pytest.raises(Refused, match="strings must be encoded in UTF-8"):
        formatted("\ud800", "HTML", None)


@pytest.mark.parametrize(
    ("entity", "reason"),
    [
        ("bold", "expected an Object"),
        ({"type": "bold", "offset": 0}, 'Can\'t find field "length"'),
        ({"type": "bold", "offset": "0", "length": 1}, 'Field "offset" is of a wrong type'),
    ],
)
def test_an_entity_that_is_none_is_refused(entity, reason):
    with pytest.raises(Refused) as refused:
        formatted("x", None, [entity])
    assert refused.value.description == f"Bad Request: can't parse MessageEntity: {reason}"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<b>a<i>b</i></b>c", "<b>a<i>b</i></b>c"),
        ("1 &lt; 2 &amp; <b>3\n4</b>", "1 &lt; 2 &amp; <b>3<br>4</b>"),
        ("<pre>a\nb</pre>", "<pre>a\nb</pre>"),
        ("&lt;script&gt;", "&lt;script&gt;"),
        ("<tg-spoiler>x</tg-spoiler>", "<tg-spoiler>x</tg-spoiler>"),
        (
            "<a href='https://a.in/?a=\"b'>x</a>",
            '<a href="https://a.in/?a=&quot;b" target="_blank" rel="noopener noreferrer">x</a>',
        ),
        (
            "see https://a.in",
            'see <a href="https://a.in" target="_blank" rel="noopener noreferrer">https://a.in</a>',
        ),
        ("/start @ravi_k", "/start @ravi_k"),
        ("🌾<b>₹</b>", "🌾<b>₹</b>"),
    ],
)
def test_entities_become_safe_html_again(source, expected):
    assert html(formatted(source, "HTML", None)) == expected
