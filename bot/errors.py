"""What can go wrong, named by cause. The text of a ``UserError`` is safe to show to a person.

::

    BotError
    ├── UserError            shown as it is; the draft is kept
    │   ├── InvalidInput     what was typed cannot be read: says what is right, with an example
    │   │   ├── InvalidText
    │   │   ├── InvalidAmount
    │   │   ├── InvalidQuantity
    │   │   ├── InvalidDate
    │   │   ├── InvalidPhone
    │   │   ├── InvalidEmail
    │   │   ├── InvalidGstin
    │   │   ├── InvalidUpiId
    │   │   └── InvalidImage
    │   ├── NotAllowed       the person may not do this
    │   ├── NotThere         the thing asked for does not exist (any more)
    │   ├── BalanceChanged   the books moved between preview and confirm
    │   ├── AlreadyReversed  what is to be cancelled or undone was so already
    │   ├── UndoExpired      the ten minutes of an Undo button are over
    │   ├── NumbersUsedUp    no invoice number of this year and style is left
    │   └── AlreadyTaken     something unique is held by another
    └── StartError           the process cannot start, or not go on: one line, no traceback

The store has its own tree, in ``storage/errors.py``.
"""


class BotError(Exception):
    """Every error this product raises on purpose."""


class UserError(BotError):
    """Its text is a sentence for the person, already translated."""


class InvalidInput(UserError):
    """What was typed cannot be read."""


class InvalidText(InvalidInput): ...


class InvalidAmount(InvalidInput): ...


class InvalidQuantity(InvalidInput): ...


class InvalidDate(InvalidInput): ...


class InvalidPhone(InvalidInput): ...


class InvalidEmail(InvalidInput): ...


class InvalidGstin(InvalidInput): ...


class InvalidUpiId(InvalidInput): ...


class InvalidImage(InvalidInput): ...


class NotAllowed(UserError): ...


class NotThere(UserError): ...


class BalanceChanged(UserError): ...


class AlreadyReversed(UserError):
    """``by``: the operation that has done it."""

    def __init__(self, text: str, *, by: str) -> None:
        super().__init__(text)
        self.by = by


class UndoExpired(UserError): ...


class BackInTheBooks(UserError):
    """What is to be taken back was so since this was shown, and was put back."""


class NumbersUsedUp(UserError): ...


class AlreadyTaken(UserError): ...


class StartError(BotError):
    """The process cannot start, or not go on. The text is one line that says what to change."""
