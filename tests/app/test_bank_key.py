"""The key for bank details: made once, kept to its owner, changed without losing anything."""

import stat

import pytest

from app.bank_key import FILE, bank_keys
from app.settings import BadSettings, Settings
from models.errors import Refused
from models.payments import sealing
from models.payments.sealing import Details, seal, unseal

OLD, NEW = "an-old-key-of-at-least-32-characters", "a-new-key-of-at-least-32-characters!"
DETAILS = Details("204567", "12345678")


@pytest.fixture
def keys(monkeypatch):
    """Say which keys there are, for this test alone."""
    given = []
    monkeypatch.setattr(sealing, "_source", [lambda: given])
    return given


def test_a_key_is_made_once_and_readable_by_its_owner_alone(tmp_path):
    settings = Settings(data=str(tmp_path))
    first = bank_keys(settings)
    assert bank_keys(settings) == first
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_a_short_key_is_refused():
    with pytest.raises(BadSettings, match="at least 32"):
        bank_keys(Settings(bank_key="short"))
    with pytest.raises(BadSettings):
        bank_keys(Settings(bank_key=f"{NEW},short"))


def test_an_empty_key_file_is_a_fault_and_is_not_replaced(tmp_path):
    (tmp_path / FILE).touch()
    with pytest.raises(BadSettings, match="does not hold a key"):
        bank_keys(Settings(data=str(tmp_path)))


def test_a_new_key_before_the_old_one_opens_both(keys):
    keys[:] = [OLD]
    before = seal(7, DETAILS)
    keys[:] = [NEW, OLD]
    after = seal(7, DETAILS)
    assert unseal(7, before) == unseal(7, after) == DETAILS
    keys[:] = [NEW]
    assert unseal(7, after) == DETAILS
    with pytest.raises(Refused, match="another key"):
        unseal(7, before)


def test_the_same_details_look_different_each_time_and_never_show(keys):
    keys[:] = [OLD]
    assert seal(7, DETAILS) != seal(7, DETAILS)
    assert "12345678" not in repr(DETAILS)


def test_without_any_key_nothing_is_sealed(keys):
    with pytest.raises(Refused, match="no key"):
        seal(7, DETAILS)
