"""What has guards. A further subject is a further list here, and a table in docs/guards.md."""

from tests.guards import ledger

SUBJECTS = {"The ledger": ledger.GUARDS}
