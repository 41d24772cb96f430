"""Links by which a customer opens an invoice, and a picture is shown, without Telegram.

There are such links while ``PUBLIC_URL`` is set. Else they are the bot's own
(``https://t.me/<bot>?start=…``), which answer to a signed-in partner alone.

The token in a link is the document's id and 128 bits of HMAC-SHA256 under the secret key: it
cannot be guessed, and nothing has to be kept for it. The links of an invoice are counted; whoever
stops one moves the count on, and none of the earlier ones opens anything any more. Another
``SECRET_KEY`` ends all of them.
"""

import base64
import binascii
import hashlib
import hmac

from bot.desk import Desk, Who
from storage.ids import is_id
from storage.models import Invoice, InvoiceLink

ID_BYTES = 12
MAC_BYTES = 16

INVOICE, IMAGE = "invoice", "image"


def invoice_link(desk: Desk, invoice_id: str) -> str:
    """``download_link`` of an invoice as it is posted."""
    if desk.settings.public_url is None or not is_id(invoice_id):
        return desk.deep_link(f"inv_{invoice_id}")
    return _address(desk, invoice_id, turn=0)


def image_link(desk: Desk, image_id: str) -> str:
    """``profile_image`` of a customer or a partner; like the picture, it never changes."""
    if desk.settings.public_url is None or not is_id(image_id):
        return desk.deep_link(f"img_{image_id}")
    return f"{desk.settings.public_url}/img/{_token(desk, IMAGE, image_id)}"


def open_link(desk: Desk, invoice: Invoice) -> str:
    """The link that opens this invoice to anybody now; empty when none does."""
    if desk.settings.public_url is None or not is_id(invoice.id):
        return ""
    link = desk.store.links.get(invoice.id)
    return _address(desk, invoice.id, link.turn) if link.open else ""


def is_ours(desk: Desk, invoice: Invoice) -> bool:
    """Whether its ``download_link`` is one that this bot made, at whatever address."""
    if not is_id(invoice.id):
        return False
    return invoice.download_link.endswith(f"/i/{_of_turn(desk, invoice.id, 0)}.pdf")


def invoice_of(desk: Desk, token: str) -> str | None:
    """The id of the invoice that a link with this token opens; None when it opens nothing."""
    invoice_id = _id_in(token)
    if invoice_id is None:
        return None
    link = desk.store.links.get(invoice_id)
    right = hmac.compare_digest(token, _of_turn(desk, invoice_id, link.turn))
    return invoice_id if right and link.open else None


def image_of(desk: Desk, token: str) -> str | None:
    """The id of the picture that a link with this token shows; None when it shows none."""
    image_id = _id_in(token)
    if image_id is None or not hmac.compare_digest(token, _token(desk, IMAGE, image_id)):
        return None
    return image_id


def stop_link(desk: Desk, invoice_id: str, turn: int, *, by: Who) -> None:
    """Have the link of this ``turn`` open nothing any more. One stopped before stays so."""
    link = desk.store.links.get(invoice_id)
    if link.open and link.turn == turn:
        _change(desk, link, turn=turn + 1, is_open=False, by=by)


def renew_link(desk: Desk, invoice_id: str, *, by: Who) -> None:
    """Give the invoice another link, where its last one was stopped."""
    link = desk.store.links.get(invoice_id)
    if not link.open:
        # Not the turn that was stopped into: whoever raced it must not revive what was stopped.
        _change(desk, link, turn=link.turn + 1, is_open=True, by=by)


def _change(desk: Desk, link: InvoiceLink, *, turn: int, is_open: bool, by: Who) -> None:
    changed = InvoiceLink(
        id=link.id, turn=turn, open=is_open, by_name=by.partner.name, at=desk.clock.now()
    )
    desk.store.links.put(changed, after=link)


def _address(desk: Desk, invoice_id: str, turn: int) -> str:
    return f"{desk.settings.public_url}/i/{_of_turn(desk, invoice_id, turn)}.pdf"


def _of_turn(desk: Desk, invoice_id: str, turn: int) -> str:
    return _token(desk, f"{INVOICE} {turn}", invoice_id)


def _token(desk: Desk, what: str, id: str) -> str:
    mac = hmac.new(desk.secret_key, f"link {what} {id}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(bytes.fromhex(id) + mac[:MAC_BYTES]).decode().rstrip("=")


def _id_in(token: str) -> str | None:
    """The id in a token, whether or not the rest of it is right."""
    try:
        raw = base64.b64decode(token + "==", altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    # Only as it is written: the last letter has bits that decoding drops.
    if len(raw) != ID_BYTES + MAC_BYTES or len(token) != 38:
        return None
    return raw[:ID_BYTES].hex()
