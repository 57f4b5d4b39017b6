from __future__ import annotations

import pytest

from armslength.core.errors import LocalError
from armslength.core.instants import parse_rfc3339
from armslength.desk import views
from armslength.desk.numbering import next_number, require_free, require_next
from builders import two_nodes


def test_numbers_run_through_a_year_and_begin_again_in_the_next() -> None:
    party = two_nodes.Party(code="EUCOM", time=two_nodes.Time(at=parse_rfc3339("2022-12-31T23:59:59Z")))
    given = []
    with party.write() as books:
        for _ in range(11):
            given.append(next_number(books, views.CONTACT_NUMBERS, "CT"))
            books.unit.put(views.CONTACT_NUMBERS, given[-1].encode(), b"")
        books.unit.put(views.CONTACT_NUMBERS, b"D-2022-000400", b"")
        assert next_number(books, views.CONTACT_NUMBERS, "CT") == "CT-2022-000012"
    party.time.pass_s(1)
    with party.read() as books:
        assert next_number(books, views.CONTACT_NUMBERS, "CT") == "CT-2023-000001"
    assert (given[0], given[-1]) == ("CT-2022-000001", "CT-2022-000011")


def test_a_number_is_given_once() -> None:
    party = two_nodes.Party(code="EUCOM", time=two_nodes.Time())
    with party.write() as books:
        require_free(books, views.CONTACT_NUMBERS, "CT-2022-000001")
        books.unit.put(views.CONTACT_NUMBERS, b"CT-2022-000001", b"")
        with pytest.raises(LocalError, match="NUMBER-TAKEN"):
            require_free(books, views.CONTACT_NUMBERS, "CT-2022-000001")


def test_a_number_far_ahead_is_no_next_one_and_uses_no_series_up() -> None:
    party = two_nodes.Party(code="EUCOM", time=two_nodes.Time(at=parse_rfc3339("2022-11-20T12:00:00Z")))
    with party.write() as books:
        require_next(books, views.CONTACT_NUMBERS, "CT", "CT-2022-000001")
        for number in ("CT-2022-999999", "CT-2023-000001", "D-2022-000001", ""):
            with pytest.raises(LocalError, match="NUMBER-TAKEN"):
                require_next(books, views.CONTACT_NUMBERS, "CT", number)
