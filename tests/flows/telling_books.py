"""Books in which every value is known at sight, wherever it turns up.

Ids are fixed, so that whoever makes up updates can have the real ones.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

from bot import sign_in
from bot.firm import numbering_of
from bot.invoices import NewInvoice, NewItem, create_invoice
from bot.money import format_plain
from bot.payments import NewPayment, record_payment
from bot.phones import format_phone
from simulator.people import Person
from storage.models import (
    AuditEvent,
    Customer,
    Draft,
    EventKind,
    FirmProfile,
    PaymentMethod,
    SignIn,
    User,
)
from storage.store import Store
from tests.flows.pictures import jpeg

CODE = "918273"
"""Every sign-in code that this firm sends."""

PARTNER, IDLE, REMOVED = "a" * 23 + "1", "a" * 23 + "2", "a" * 23 + "3"
PHONES = {PARTNER: "+919870001231", IDLE: "+919870001232", REMOVED: "+919870001233"}
CUSTOMERS = ("b" * 23 + "1", "b" * 23 + "2")
INVOICES = ("c" * 23 + "1", "c" * 23 + "2", "c" * 23 + "3")
PAYMENT = "d" * 23 + "1"
DRAFTS = ("e" * 23 + "1", "e" * 23 + "2")
IMAGE = "f" * 23 + "1"
SIGN_IN, ADDITION = "1" * 24, "2" * 24
IDS = (*PHONES, *CUSTOMERS, *INVOICES, PAYMENT, *DRAFTS, IMAGE, SIGN_IN, ADDITION)

STRANGERS = ("Mallory", "<b>Eve</b> & Co", "\u202eTrudy {name} " + "x" * 60)
CUSTOMER_PHONES = ("+919870004561", "+919870004562")
NAMES = (
    "Plonkard Veehj",
    "Idlwyn Skarp",
    "Remmov Datcher",
    "Zorblatt Quimby",
    "Snerfel Wapentake",
)
"""Of the partners and the customers."""
ITEMS = ("flimsorn", "grudzak", "bozzlewort")

WORDS_OF_OURS = {"status", "role", "kind", "flow", "step", "method", "mime", "number_style"}
"""The fields whose texts are this product's own words."""


def furnish(store: Store, clock: Any, partner: Person, admin: Person) -> None:
    for id, name in zip(PHONES, NAMES, strict=False):
        user = User(id=id, name=name, phone=PHONES[id], registration_date=clock.today())
        store.users.add(user)
    store.users.set_active(REMOVED, False)
    store.users.set_profile_image(PARTNER, f"https://t.me/bot?start=img_{IMAGE}", IMAGE)
    _sign_in(store, clock, partner)
    store.images.add(IMAGE, jpeg(), "image/jpeg", PARTNER)
    store.firm.save(
        FirmProfile(
            id="firm",
            name="Gribblethorpe Grain",
            address="17 Wumblesey Row, Fnordham",
            phone="+919870007891",
            upi_id="gribble@okfnord",
            logo_id=IMAGE,
            number_prefix="GQ",
            terms="Blimfed wheat is not taken back",
        )
    )
    store.admins.offer("0" * 64)
    for id, name, phone in zip(CUSTOMERS, NAMES[3:], CUSTOMER_PHONES, strict=True):
        mailbox = name.partition(" ")[0].lower()
        store.customers.add(
            Customer(
                id=id,
                name=name,
                name_key=name.casefold(),
                phone=phone,
                email=f"{mailbox}@skwerl.example",
                address=f"{mailbox} yard, Blatherwick Mandi",
                business_type="Mill",
                profile_image=f"https://t.me/bot?start=img_{IMAGE}",
                image_id=IMAGE,
                created_at=clock.now(),
                used_at=clock.now(),
            )
        )
    _trade(store, clock)
    for owner, id, op, flow in (
        (partner, PARTNER, DRAFTS[0], "invoice"),
        (admin, str(admin.user_id), DRAFTS[1], "partner"),
    ):
        store.drafts.save(
            Draft(
                id=id,
                op=op,
                flow=flow,
                step="name",
                answers={"name": "Draffle Wimbourne", "customer_id": CUSTOMERS[0]},
                touched=True,
                chat_id=owner.user_id,
                updated_at=clock.now(),
            )
        )
    store.reminders.claim(f"{clock.today()}:{PARTNER}:due", now=clock.now(), lease_seconds=60)


def _sign_in(store: Store, clock: Any, partner: Person) -> None:
    store.users.link_telegram(PARTNER, partner.user_id, partner.user_id)
    store.sign_ins.open_challenge(
        SignIn(
            id=str(partner.user_id),
            phone=PHONES[PARTNER],
            verified=True,
            session_token="5ecre7" * 10,
            session_expiration=clock.now() + sign_in.SESSION_LIFETIME,
            user_id=PARTNER,
            chat_id=partner.user_id,
            challenge=SIGN_IN,
            opened_at=clock.now(),
            last_seen=clock.now(),
        )
    )
    for id, kind in ((SIGN_IN, EventKind.SIGN_IN), (ADDITION, EventKind.ADD)):
        store.audit.note(
            AuditEvent(
                id=id,
                kind=kind,
                at=clock.now(),
                telegram_user_id=partner.user_id,
                actor_name="Plonk on Telegram",
                subject_id=PARTNER,
                subject=NAMES[0],
                detail="+91 …231",
            )
        )


def _trade(store: Store, clock: Any) -> None:
    by = store.users.get(PARTNER)
    assert by is not None
    today = clock.today()
    for number, (id, item) in enumerate(zip(INVOICES, ITEMS, strict=True)):
        order = NewInvoice(
            op=id,
            customer_id=CUSTOMERS[number % 2],
            items=(NewItem(item, Decimal("37.5"), 1_739_17 + number),),
            paid=1_237_56,
            invoice_date=today,
            due_date=today + dt.timedelta(days=11),
        )
        create_invoice(
            store,
            clock,
            order,
            by=by,
            link=lambda id: f"https://t.me/bot?start=inv_{id}",
            standing_on=None,
            numbering=numbering_of(store.firm.get()),
        )
    paid = NewPayment(PAYMENT, CUSTOMERS[0], 9_871_23, today, PaymentMethod.UPI, "zq-88341")
    record_payment(store, clock, paid, by=by, standing_on=None)


def telling(kept: dict[str, list[Any]]) -> set[str]:
    """Every text in there, and every amount as it is printed."""
    told: set[str] = set()

    def look(value: Any, field: str) -> None:
        match value:
            case dict():
                for name, part in value.items():
                    look(part, name)
            case list():
                for part in value:
                    look(part, field)
            case str() if len(value) >= 4 and field not in WORDS_OF_OURS:
                told.update({value, format_phone(value)})
            case int() if value >= 100_00 and not isinstance(value, bool):
                told.update({format_plain(value), str(value)})

    look(kept, "")
    return told - {"firm"}  # the id of its profile
