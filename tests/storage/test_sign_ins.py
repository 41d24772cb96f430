import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest

from storage.models import SignIn, SignInLimit

NOW = dt.datetime(2026, 11, 22, 9, 30, tzinfo=dt.UTC)
EXPIRATION = NOW + dt.timedelta(minutes=5)
TOKEN = "digest of a token"  # noqa: S105 - it is none
KEY = "phone:+919876543210"


def challenge(**changes: object) -> SignIn:
    usual: dict[str, object] = {
        "id": "1",
        "phone": "+919876543210",
        "otp": "digest",
        "otp_expiration": EXPIRATION,
        "user_id": "u1",
        "chat_id": 1,
        "challenge": "first",
        "shared_at": NOW,
    }
    return SignIn.model_validate({**usual, **changes})


def guess(store, now=NOW, chat_id=1):
    return store.sign_ins.count_attempt(1, chat_id=chat_id, now=now, most=5)


def open_session(store, guessed):
    month = dt.timedelta(days=30)
    return store.sign_ins.open_session(guessed, token=TOKEN, expiration=NOW + month, now=NOW)


@pytest.fixture
def sent(store):
    store.sign_ins.open_challenge(challenge())
    return store


@pytest.fixture
def signed_in(sent):
    assert open_session(sent, guess(sent))
    return sent


def test_a_code_that_was_kept_is_found_again(sent):
    assert sent.sign_ins.get(1) == challenge()
    assert sent.sign_ins.get(2) is None


def test_every_guess_is_counted_up_to_the_most(sent):
    assert [guess(sent).attempts for _ in range(5)] == [1, 2, 3, 4, 5]
    assert guess(sent) is None


def test_parallel_guesses_admit_exactly_five(embedded_store):
    embedded_store.sign_ins.open_challenge(challenge())
    with ThreadPoolExecutor(30) as pool:
        guesses = list(pool.map(lambda _: guess(embedded_store), range(30)))
    assert sorted(each.attempts for each in guesses if each) == [1, 2, 3, 4, 5]


def test_no_guess_is_counted_from_another_chat(sent):
    assert guess(sent, chat_id=2) is None
    assert sent.sign_ins.get(1).attempts == 0


def test_no_guess_is_counted_once_the_code_expired(sent):
    assert guess(sent, now=EXPIRATION - dt.timedelta(milliseconds=1)) is not None
    assert guess(sent, now=EXPIRATION) is None


def test_a_new_code_takes_the_place_of_the_old_one_and_of_the_session(signed_in):
    signed_in.sign_ins.open_challenge(challenge(challenge="second"))
    assert signed_in.sign_ins.get(1) == challenge(challenge="second")


def test_the_right_guess_opens_the_session_and_uses_up_the_code(signed_in):
    session = signed_in.sign_ins.get(1)
    assert (session.verified, session.session_token, session.last_seen) == (True, TOKEN, NOW)
    assert session.opened_at == NOW
    assert session.session_expiration == NOW + dt.timedelta(days=30)
    assert (session.otp, session.otp_expiration, session.shared_at) == (None, None, None)
    assert guess(signed_in) is None


def test_a_code_opens_one_session_however_many_try_at_once(embedded_store):
    embedded_store.sign_ins.open_challenge(challenge())
    guessed = guess(embedded_store)
    with ThreadPoolExecutor(8) as pool:
        opened = list(pool.map(lambda _: open_session(embedded_store, guessed), range(8)))
    assert sum(opened) == 1


def test_a_guess_at_a_code_that_was_replaced_opens_nothing(sent):
    guessed = guess(sent)
    sent.sign_ins.open_challenge(challenge(challenge="second"))
    assert not open_session(sent, guessed)
    assert not sent.sign_ins.get(1).verified


def test_use_is_noted_on_the_session_that_was_used(signed_in):
    later = NOW + dt.timedelta(hours=1)
    session = signed_in.sign_ins.get(1)
    signed_in.sign_ins.saw(session, later)
    assert signed_in.sign_ins.get(1).last_seen == later
    signed_in.sign_ins.end(1)
    signed_in.sign_ins.saw(session, later + dt.timedelta(hours=1))
    assert signed_in.sign_ins.get(1).last_seen == later


def test_the_end_takes_the_session_and_a_waiting_code(signed_in):
    signed_in.sign_ins.open_challenge(challenge(id="2", chat_id=2))
    for telegram_user_id in (1, 2, 3):
        signed_in.sign_ins.end(telegram_user_id)
    for telegram_user_id in (1, 2):
        ended = signed_in.sign_ins.get(telegram_user_id)
        assert (ended.otp, ended.verified, ended.session_token) == (None, False, None)


def test_the_end_of_a_partner_is_on_all_their_accounts_and_no_others(sent):
    sent.sign_ins.open_challenge(challenge(id="2"))
    sent.sign_ins.open_challenge(challenge(id="3", user_id="u2"))
    sent.sign_ins.end_of_user("u1")
    assert [sent.sign_ins.get(id).otp for id in (1, 2, 3)] == [None, None, "digest"]


def test_a_session_ends_but_for_one_that_took_its_place(signed_in):
    first = signed_in.sign_ins.get(1)
    signed_in.sign_ins.open_challenge(challenge(challenge="second"))
    assert not signed_in.sign_ins.end_session(first)
    assert signed_in.sign_ins.get(1).otp == "digest"


def test_a_session_ends_once(signed_in):
    session = signed_in.sign_ins.get(1)
    assert signed_in.sign_ins.end_session(session)
    assert not signed_in.sign_ins.end_session(session)
    ended = signed_in.sign_ins.get(1)
    assert (ended.verified, ended.session_token, ended.session_expiration) == (False, None, None)
    assert (ended.opened_at, ended.last_seen) == (NOW, NOW)


def test_a_partner_is_found_on_all_their_accounts(signed_in):
    signed_in.sign_ins.open_challenge(challenge(id="2"))
    signed_in.sign_ins.open_challenge(challenge(id="3", user_id="u2"))
    assert sorted(one.id for one in signed_in.sign_ins.of_user("u1")) == ["1", "2"]
    assert signed_in.sign_ins.of_user("u3") == []


def test_an_unknown_limit_is_empty(store):
    assert store.sign_ins.limit(KEY) == SignInLimit(id=KEY, rev=0)


def test_a_limit_is_kept_with_its_moments(store):
    kept = {
        "sends": [NOW],
        "locked_until": EXPIRATION,
        "knocks": {"7": NOW},
        "knocked_by": {"7": 900_000_001},
    }
    for rev in (1, 2):
        amended = store.sign_ins.amend_limit(KEY, lambda limit: limit.model_copy(update=kept))
        assert amended.sends == [NOW]
        assert store.sign_ins.limit(KEY) == SignInLimit(id=KEY, rev=rev, **kept)


def test_a_change_that_is_refused_writes_nothing(store):
    def refuse(_):
        raise PermissionError

    with pytest.raises(PermissionError):
        store.sign_ins.amend_limit(KEY, refuse)
    assert store.sign_ins.limit(KEY).rev == 0


def test_no_change_is_lost_when_many_come_at_once(embedded_store):
    def lock_once_more(limit):
        return limit.model_copy(update={"locks": limit.locks + 1})

    with ThreadPoolExecutor(8) as pool:
        list(
            pool.map(lambda _: embedded_store.sign_ins.amend_limit(KEY, lock_once_more), range(24))
        )
    assert embedded_store.sign_ins.limit(KEY).locks == 24
