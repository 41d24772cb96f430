"""The directory finds what a look at each name and phone would find, in the same order."""

from hypothesis import given
from hypothesis import strategies as st

from storage.directory import Directory, Listed

FEW = st.text("ab ", max_size=4)
SOMEBODY = st.builds(
    Listed, name_key=FEW, id=st.sampled_from("123456"), phone=st.text("01", max_size=3)
)


@given(
    begun=st.lists(SOMEBODY, unique_by=lambda one: one.id),
    changes=st.lists(SOMEBODY, max_size=5),
    key=st.text("ab ", min_size=1, max_size=2),
    digits=st.text("01", min_size=1, max_size=2),
)
def test_it_finds_what_looking_at_each_would_find(begun, changes, key, digits):
    directory = Directory(begun)
    for change in changes:
        assert list(directory.with_phone(digits)) == list(directory.with_phone(digits))
        directory.put(change)
    everybody = sorted({one.id: one for one in (*begun, *changes)}.values())

    starting = [one.id for one in everybody if one.name_key.startswith(key)]
    containing = [one.id for one in everybody if key in one.name_key]
    assert list(directory.named(key)) == starting + containing
    assert list(directory.with_phone(digits)) == [
        one.id for one in everybody if digits in one.phone
    ]
    assert len(directory) == len(everybody)
