"""The store: every collection, under the names by which the rest of the product knows them."""

from collections.abc import Callable

from storage.accounts import Accounts
from storage.admins import Admins
from storage.audit import Audit
from storage.collection import Database
from storage.customer_reminders import CustomerReminders
from storage.customers import Customers
from storage.drafts import Drafts
from storage.filling import Filling
from storage.firm import Firm
from storage.follow_ups import FollowUps
from storage.images import Images
from storage.inbox import Inbox
from storage.inspection import Inspection
from storage.invoices import Invoices
from storage.lease import Lease
from storage.ledger import Ledger
from storage.links import Links
from storage.migrations import Schema
from storage.payments import Payments
from storage.reading import Reading
from storage.remembered import remembering
from storage.reminders import Reminders
from storage.shown_lists import ShownLists
from storage.sign_ins import SignIns
from storage.users import Users


class Store:
    """``alone``: no other process writes to this database while this one has it.

    ``address`` is where it is, without a password; empty where it is in ``DATA_DIR``, where
    ``check_file`` sees that the file is the one that was opened.
    """

    def __init__(
        self,
        database: Database,
        *,
        alone: bool = False,
        address: str = "",
        check_file: Callable[[], None] = lambda: None,
    ) -> None:
        self._database = database
        self._check_file = check_file
        self.address = address
        asked_at_every_update = remembering(database) if alone else database
        self.customers = Customers(database)
        self.invoices = Invoices(database)
        self.payments = Payments(database)
        self.ledger = Ledger(database)
        self.users = Users(asked_at_every_update)
        self.sign_ins = SignIns(asked_at_every_update)
        self.drafts = Drafts(asked_at_every_update)
        self.images = Images(database)
        self.reminders = Reminders(database)
        self.follow_ups = FollowUps(database)
        self.customer_reminders = CustomerReminders(database)
        self.shown_lists = ShownLists(database)
        self.links = Links(database)
        self.admins = Admins(database)
        self.firm = Firm(database)
        self.audit = Audit(database)
        self.inbox = Inbox(database)
        self.inspection = Inspection(database)
        self.accounts = Accounts(database)
        self.reading = Reading(database)
        self.filling = Filling(database)
        self.schema = Schema(database)
        self.lease = None if alone else Lease(database)

    def prepare(self, *, unfinished: bool = False) -> None:
        """Make the indexes that are not there yet. The guarantees rest on them: at every start.

        Args:
            unfinished: for whoever fills this store, or moved it.

        Raises:
            SchemaTooNew: a later version of this program has written these data.
            StoreHalfFilled, StoreMoved: no bot works here.
        """
        if not unfinished:
            self.filling.check()
        self.schema.version()
        for collection in (
            self.customers,
            self.invoices,
            self.payments,
            self.ledger,
            self.users,
            self.sign_ins,
            self.drafts,
            self.images,
            self.reminders,
            self.follow_ups,
            self.customer_reminders,
            self.shown_lists,
            self.links,
            self.admins,
            self.firm,
            self.audit,
            self.inbox,
        ):
            collection.prepare()

    def ping(self) -> None:
        """Have the database answer.

        Raises:
            StoreUnavailable: its file was taken away.
        """
        self._database.command("ping")
        self._check_file()

    def check_ours(self) -> None:
        """What was written until now is there for whoever works on these books next.

        Raises:
            StoreUnavailable: the file in which it was written was taken away.
            TakenOver: somebody else works on them by now, and may have looked before.
        """
        self._check_file()
        if self.lease is not None:
            self.lease.check()
