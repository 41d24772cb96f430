"""No collection is forgotten when the data go elsewhere."""

from storage.contents import BACKED_UP, PASSING
from storage.store import Store

STAYING = ("lease", "meta")


class Recorder:
    """A database that knows which of its collections somebody asked for."""

    def __init__(self):
        self.asked = set()

    def __getitem__(self, name):
        self.asked.add(name)

    def get_collection(self, name, **_options):
        return self[name]


def test_each_is_backed_up_or_moved_or_stays_for_a_reason():
    database = Recorder()
    Store(database)
    known = [*BACKED_UP, *PASSING, *STAYING]
    assert sorted(database.asked) == sorted(known)
    assert len(set(known)) == len(known)
