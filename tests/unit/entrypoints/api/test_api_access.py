"""Every operation against every role: who is let in, and that the committed list says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from armslength.core.errors import LocalError
from armslength.desk import policy
from armslength.entrypoints.api import access
from armslength.entrypoints.api.app import OPERATIONS
from armslength.entrypoints.api.gate import Caller
from builders.live_node import EVERY_ROLE, run_live
from tidy.api_doc import ROLES_FILE, roles_document
from tidy.house import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from builders.live_node import Live

POSTS = (
    "watch-1",
    "linguist-1",
    "legal-1",
    "release-1",
    "principal-1",
    "spokesperson-1",
    "auditor-1",
    "custodian-1",
)


def test_the_committed_list_is_what_is_enforced() -> None:
    assert (ROOT / ROLES_FILE).read_text(encoding="utf-8") == roles_document()


def test_every_operation_has_its_row_and_every_row_its_operation() -> None:
    assert {operation.name for operation in OPERATIONS} == set(access.ACCESS)


def test_every_role_that_is_named_is_a_role() -> None:
    assert set().union(*access.ACCESS.values()) == set(EVERY_ROLE)


def test_each_officer_gets_in_where_the_list_says_and_nowhere_else(home: Path) -> None:
    async def case(live: Live) -> None:
        roles = live.node.service.look(lambda books: books.roster().officers)
        for post in POSTS:
            async with live.client(post) as client:
                for operation in OPERATIONS:
                    path = operation.path.replace("{", "").replace("}", "")
                    asked = {} if operation.method == "POST" else None
                    answer = await client.request(operation.method, path, json=asked)
                    may = bool(roles[live.officer(post)].roles & access.ACCESS[operation.name])
                    refused = answer.status_code == 403 and answer.json()["code"] == "API-ROLE"
                    assert refused is not may, (post, operation.name, answer.text[:200])

    run_live(home, case)


def test_the_auditor_reads_all_and_changes_nothing() -> None:
    changing = {operation.name for operation in OPERATIONS if operation.method == "POST"}
    # Its body is two files; nothing of them is kept.
    changing.remove("check-exports")
    assert {name for name, roles in access.ACCESS.items() if "auditor" not in roles} == changing


def test_the_spokesperson_sees_no_contents() -> None:
    seen = {name for name, roles in access.ACCESS.items() if "spokesperson" in roles}
    told = {"channels", "channel-holders", "contact-count", "contact-certificate"}
    assert seen == {"health", "doctor", "error", "forms", "vocabularies", "lines", "line", "count", *told}


def test_a_whole_line_is_carried_away_by_the_auditor_only() -> None:
    assert access.ACCESS["export"] == access.ACCESS["entry"] == {"auditor"}


def test_reading_follows_the_desks_table() -> None:
    for name in ("messages", "drafts", "alarms", "concerns", "lines", "count"):
        assert access.ACCESS[name] == policy.READS[name]
    for name in ("concern", "concern-form", "findings", "rules"):
        assert access.ACCESS[name] == policy.READS["concerns"]


@pytest.mark.parametrize("name", ["facility-versions", "report", "imports", "import-file", "prepare-rules", "window"])
def test_register_and_watch_are_not_the_spokespersons_nor_the_key_custodians_alone(name: str) -> None:
    assert "spokesperson" not in access.ACCESS[name]
    assert "key-custodian" not in access.ACCESS[name]


def test_rules_are_put_in_force_by_who_releases() -> None:
    assert access.ACCESS["prepare-rules"] == {"releasing-officer", "principal"}
    assert access.ACCESS["import-file"] == {"watch-officer", "administrator"}


def test_a_refusal_names_the_roles_that_may() -> None:
    with pytest.raises(LocalError) as caught:
        access.require(Caller(officer="x-1", roles=frozenset({"linguist"})), "export")
    assert (caught.value.code, caught.value.details["expected"]) == ("API-ROLE", "auditor")
