"""Getting a sign-in code to a person: Telegram's Gateway, an SMS gateway, the admins' chat.

No log line holds a code, a token or a message body, and phones are masked. Why in this order:
``docs/decisions/0007-delivery-of-codes.md``. Customers are written to by a gateway of their own.
"""

from bot.delivery.admins_chat import AdminsChannel
from bot.delivery.chain import Attempt, Delivery, OtpDelivery, gateways
from bot.delivery.channel import Channel, NotSent, Otp, Outcome, Refused, Unreached
from bot.delivery.customers import SendText, customers_gateway

__all__ = [
    "AdminsChannel",
    "Attempt",
    "Channel",
    "Delivery",
    "NotSent",
    "Otp",
    "OtpDelivery",
    "Outcome",
    "Refused",
    "SendText",
    "Unreached",
    "customers_gateway",
    "gateways",
]
