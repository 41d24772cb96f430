"""What is sealed here another program opens, and the other way round; and nothing else opens."""

import io

import pyrage
import pytest

from bot.backup import age
from bot.backup.age import PIECE, Damaged, WrongPassphrase, seal, unseal

PASSPHRASE = "five words, पाँच शब्द"  # noqa: S105
SIZES = [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE]


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """With little work, as most tests need not measure it."""
    monkeypatch.setattr(age, "WORK", 10)


def sealed(content: bytes, passphrase: str = PASSPHRASE) -> bytes:
    to = io.BytesIO()
    seal(io.BytesIO(content), to, passphrase)
    return to.getvalue()


def opened(content: bytes, passphrase: str = PASSPHRASE) -> bytes:
    to = io.BytesIO()
    unseal(io.BytesIO(content), to, passphrase)
    return to.getvalue()


def of_size(size: int) -> bytes:
    return bytes(range(256)) * (size // 256) + bytes(size % 256)


@pytest.mark.parametrize("size", SIZES)
def test_the_other_program_opens_ours_and_we_do(size):
    content = of_size(size)
    assert pyrage.passphrase.decrypt(sealed(content), PASSPHRASE) == content
    assert opened(sealed(content)) == content


@pytest.mark.parametrize("size", [0, PIECE, PIECE + 1])
def test_we_open_the_other_programs(size):
    content = of_size(size)
    assert opened(pyrage.passphrase.encrypt(content, PASSPHRASE)) == content


def test_a_passphrase_costs_whoever_guesses_as_much_as_it_should(monkeypatch):
    monkeypatch.undo()
    assert sealed(b"").splitlines()[1].endswith(b" 17")


def test_no_two_are_alike():
    assert len({sealed(b"wheat") for _time in range(20)}) == 20


@pytest.mark.parametrize("other", ["", "five words", PASSPHRASE + " "])
def test_another_passphrase_opens_nothing(other):
    with pytest.raises(WrongPassphrase):
        opened(sealed(b"wheat"), other)


def test_whatever_is_changed_in_it_is_noticed():
    whole = sealed(of_size(300))
    for at in range(len(whole)):
        changed = bytearray(whole)
        changed[at] ^= 1
        with pytest.raises((Damaged, WrongPassphrase)):
            opened(bytes(changed))


@pytest.mark.parametrize("end", [0, 10, 100, 167, 180, 190, PIECE, 2 * PIECE])
def test_what_is_cut_off_is_noticed(end):
    with pytest.raises(Damaged):
        opened(sealed(of_size(3 * PIECE))[:end])


def test_pieces_that_changed_places_are_noticed():
    whole = sealed(of_size(3 * PIECE))
    start = len(whole) - 3 * (PIECE + 16)
    pieces = [whole[start + at * (PIECE + 16) :][: PIECE + 16] for at in range(3)]
    for order in ((1, 0, 2), (0, 1), (0, 1, 2, 2)):
        with pytest.raises(Damaged):
            opened(whole[:start] + b"".join(pieces[at] for at in order))


def test_more_work_than_a_machine_can_do_is_not_done():
    whole = sealed(b"wheat").replace(b" 10\n", b" 30\n", 1)
    with pytest.raises(Damaged):
        opened(whole)


def test_what_a_key_opens_is_none_of_ours():
    to_a_key = pyrage.encrypt(b"wheat", [pyrage.x25519.Identity.generate().to_public()])
    with pytest.raises(Damaged):
        opened(to_a_key)


def test_letters_that_decode_alike_are_not_alike():
    """The last letter of 32 bytes has two bits that say nothing."""
    letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    whole = sealed(b"wheat")
    end = whole.index(b"\n", whole.index(b"\n---") + 1) - 1
    other = letters[letters.index(whole[end]) ^ 1]
    with pytest.raises(Damaged):
        opened(whole[:end] + bytes([other]) + whole[end + 1 :])
