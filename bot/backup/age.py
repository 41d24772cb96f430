"""Files that a passphrase opens, in the format of age (https://c2sp.org/age), which ``age`` reads.

The library that speaks it in Python gives the passphrase a second of work, and with that 512 MB of
memory; the small server on which a bot runs has no more in all. Here it is given ``WORK``, which
the format leaves to whoever writes, and a file goes through in pieces. The primitives are
PyCryptodome's and Python's; that library opens these files in the tests, and they open its.
"""

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Iterator
from typing import IO

from Cryptodome.Cipher import ChaCha20_Poly1305

SEALED = b"age-encryption.org/v1\n"
"""How such a file begins."""

WORK = 17
"""scrypt's N as a power of two: 128 MB, and half a second, for each passphrase that is tried.
That is OWASP's least for scrypt."""

MOST_WORK = 20
"""1 GB; more is not opened, whatever a file asks for."""

PIECE = 64 * 1024
"""Bytes, each sealed by itself and numbered."""

_TAG = 16
_HEADER = re.compile(
    rb"age-encryption\.org/v1\n-> scrypt ([A-Za-z0-9+/]{22}) ([1-9][0-9]?)\n"
    rb"([A-Za-z0-9+/]{43})\n---(?= ([A-Za-z0-9+/]{43})\n)"
)
_LONGEST_HEADER = 200


class WrongPassphrase(Exception):
    """It is not what the file was sealed with."""


class TooMuchWork(Exception):
    """This machine has less memory than the passphrase takes, by how the file was sealed."""


class Damaged(Exception):
    """The file is not as it was written, or none of this kind."""


def seal(source: IO[bytes], to: IO[bytes], passphrase: str) -> None:
    """Write all of ``source``, sealed."""
    salt, file_key, nonce = (secrets.token_bytes(16) for _each in range(3))
    wrapped = _encrypted(_wrapping_key(passphrase, salt, WORK), bytes(12), file_key)
    header = SEALED + b"-> scrypt %s %d\n%s\n---" % (_text(salt), WORK, _text(wrapped))
    to.write(header + b" " + _text(_mac(file_key, header)) + b"\n" + nonce)
    key = _derived(file_key, nonce, b"payload")
    for number, piece in _pieces(source, PIECE):
        to.write(_encrypted(key, number, piece))


def unseal(source: IO[bytes], to: IO[bytes], passphrase: str) -> None:
    """Write what is in a sealed file.

    Raises:
        WrongPassphrase: it was sealed with another.
        TooMuchWork: this machine has not enough memory for it.
        Damaged: it is not whole, or nothing that a passphrase opens.
    """
    header = _HEADER.match(source.read(_LONGEST_HEADER))
    if header is None or int(header[2]) > MOST_WORK:
        raise Damaged
    salt, wrapped, mac = (_bytes(header[at]) for at in (1, 3, 4))
    try:
        key = _wrapping_key(passphrase, salt, int(header[2]))
    except ValueError as error:
        raise TooMuchWork(int(header[2])) from error
    try:
        file_key = _decrypted(key, bytes(12), wrapped)
    except Damaged as error:
        raise WrongPassphrase from error
    if not hmac.compare_digest(mac, _mac(file_key, header[0])):
        raise Damaged
    source.seek(header.end() + len(" \n") + len(header[4]))
    key = _derived(file_key, source.read(16), b"payload")
    for number, piece in _pieces(source, PIECE + _TAG):
        if len(piece) == _TAG and number[:-1] != bytes(11):
            raise Damaged  # only an empty file has an empty piece
        to.write(_decrypted(key, number, piece))


def _pieces(source: IO[bytes], size: int) -> Iterator[tuple[bytes, bytes]]:
    """What is left of a file, each piece with its number, in which the last says that it is."""
    number, piece = 0, source.read(size)
    while True:
        following = source.read(size)
        yield number.to_bytes(11, "big") + (b"\0" if following else b"\1"), piece
        if not following:
            return
        number, piece = number + 1, following


def _encrypted(key: bytes, nonce: bytes, content: bytes) -> bytes:
    cipher = ChaCha20_Poly1305.new(key=key, nonce=nonce)
    return b"".join(cipher.encrypt_and_digest(content))


def _decrypted(key: bytes, nonce: bytes, content: bytes) -> bytes:
    """Raises Damaged: it is not what was encrypted so."""
    cipher = ChaCha20_Poly1305.new(key=key, nonce=nonce)
    try:
        return cipher.decrypt_and_verify(content[:-_TAG], content[-_TAG:])
    except ValueError as error:
        raise Damaged from error


def _wrapping_key(passphrase: str, salt: bytes, work: int) -> bytes:
    memory = 128 * 8 * 2**work
    return hashlib.scrypt(
        passphrase.encode(),
        salt=b"age-encryption.org/v1/scrypt" + salt,
        n=2**work,
        r=8,
        p=1,
        maxmem=memory + 2**20,
        dklen=32,
    )


def _mac(file_key: bytes, header: bytes) -> bytes:
    return hmac.digest(_derived(file_key, b"", b"header"), header, "sha256")


def _derived(key: bytes, salt: bytes, purpose: bytes) -> bytes:
    """HKDF-SHA-256 (RFC 5869), of one block."""
    extracted = hmac.digest(salt or bytes(32), key, "sha256")
    return hmac.digest(extracted, purpose + b"\1", "sha256")


def _text(content: bytes) -> bytes:
    return base64.b64encode(content).rstrip(b"=")


def _bytes(text: bytes) -> bytes:
    content = base64.b64decode(text + b"=" * (-len(text) % 4))
    if _text(content) != text:  # the last letter has bits that decoding drops
        raise Damaged
    return content
