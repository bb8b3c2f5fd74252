import pytest
from personal_data import KEPT, MASKED

from wenju.service.privacy import masked


@pytest.mark.parametrize(("typed", "shown"), MASKED)
def test_personal_data_is_masked(typed: str, shown: str) -> None:
    assert masked(typed) == shown


@pytest.mark.parametrize("typed", KEPT)
def test_service_numbers_amounts_and_dates_stay(typed: str) -> None:
    assert masked(typed) == typed
