"""The list on show in a chat."""

from storage.models.part import Document


class ShownList(Document):
    """Collection ``shown_lists``: the newest list of what is due in the private chat ``_id``.

    ``asked_by`` is the data of the button that shows it, and ``looks`` a digest of what it says:
    what would not look otherwise is not drawn again.
    """

    message_id: int
    asked_by: str
    looks: str
