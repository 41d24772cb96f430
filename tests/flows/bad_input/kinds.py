"""Every step of every form by what is typed there. A new step is covered by being listed here."""

TEXT_STEPS = {
    "customer name": "name",
    "customer address": "address",
    "customer kind": "business_type",
    "invoice customer": "query",
    "invoice item": "item",
    "invoice item again": "item",
    "payment customer": "query",
    "payment reference": "reference",
    "cancel reason": "reason",
    "undo reason": "reason",
    "partner name": "name",
    "partner name edited": "name",
    "firm name": "now.name",
    "firm address": "now.address",
    "firm terms": "now.terms",
}
"""A line of any words, and the answer that keeps it."""

OF_LINES = {"firm address", "firm terms"}
"""Those of them that may have several."""

AMOUNT_STEPS = (
    ("invoice item", "wheat 2 {}"),
    ("invoice item again", "wheat 2 @ {}"),
    ("invoice price", "{}"),
    ("invoice paid", "{}"),
    ("payment amount", "{}"),
    ("payment amount", "{} upi 4821"),
)
"""An amount or a price, and how it is typed there."""

QUANTITY_STEPS = (
    ("invoice item", "wheat {} 2425"),
    ("invoice quantity", "{}"),
)

COUNT_STEPS = ("invoice remove", "firm year", "firm due", "firm remind")
"""A whole number within narrow limits: of a line, a month, days."""

PHONE_STEPS = ("customer phone", "invoice customer within", "firm phone")
MOBILE_STEPS = ("partner phone", "partner phone edited")

DUE_STEPS = ("invoice due", "invoice due calendar", "promise until")
PAST_STEPS = ("invoice date", "payment date", "statement range", "export days")

OWN_FORM_STEPS = ("customer email", "firm gstin", "firm upi", "firm number", "payment which")
"""What has a form of its own, which its parser's tests know."""

CHOICE_STEPS = ("payment method", "firm paper", "customer language", "firm language")
PICTURE_STEPS = ("customer photo", "firm logo")
SUMMARIES = (
    "customer summary",
    "invoice summary",
    "payment summary",
    "cancel summary",
    "undo summary",
    "partner summary",
    "partner summary edited",
    "firm summary",
)

LISTED = {
    *TEXT_STEPS,
    *(step for step, _typed in (*AMOUNT_STEPS, *QUANTITY_STEPS)),
    *COUNT_STEPS,
    *PHONE_STEPS,
    *MOBILE_STEPS,
    *DUE_STEPS,
    *PAST_STEPS,
    *OWN_FORM_STEPS,
    *CHOICE_STEPS,
    *PICTURE_STEPS,
    *SUMMARIES,
}
