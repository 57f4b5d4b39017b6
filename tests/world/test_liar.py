"""A peer that lies with valid keys is seen through: nothing it says enters, contradictions are kept and rung, once."""

from __future__ import annotations

import asyncio

import pytest

from armslength.desk import views
from world import scenes
from world.liar import LIES, Liar
from world.world import World

REFUSED_AS = {
    "fork": {"BRAID-FORK"},
    "backdated": {"BRAID-BACKDATED"},
    "wrong_predecessor": {"BRAID-FORK"},
    "unheard": {"BRAID-UNKNOWN-LINK"},
    "wrong_line": {"RECORD-LINE"},
    "wrong_realm": {"RECORD-REALM"},
    "wrong_signature": {"RECORD-SIGNATURE"},
    "swapped_receipt": {"RECEIPT-UNKNOWN-ENVELOPE"},
    "rolled_back": {"CHECKPOINT-FORK"},
    "boast": set(),
    "rubbish": {"ITEM-MALFORMED"},
    "replay": set(),
}
"""What the victim's log says of each lie; a refusal of the whole delivery is the bearer's to tell."""

RUNG = {"fork", "wrong_predecessor", "rolled_back"}


async def lied_to(world: World, lie: str) -> None:
    eucom, ndmc, _ = scenes.sides(world)
    await scenes.concern_and_flash(world)
    await asyncio.sleep(4)
    before, kinds = eucom.look(lambda books: _views(books.unit)), len(eucom.ledger.kinds)
    liar = Liar(world)
    assert await liar.tell(lie, ndmc, eucom)
    assert await liar.tell(lie, ndmc, eucom)
    assert set(world.codes) == REFUSED_AS[lie], world.codes
    entered = [kind for kind in eucom.ledger.kinds[kinds:] if kind not in {"alarm-notified", "session"}]
    if lie in RUNG:
        assert set(entered) == {"conflict", "alarm"}
        assert any(cause[0] == "FORK" for cause in eucom.ledger.causes)
    else:
        assert entered == []
        assert eucom.look(lambda books: _views(books.unit)) == before


def _views(unit: object) -> list[object]:
    # When the peer was last heard, and which alarms were rung meanwhile, is no business of a lie.
    passing = {views.SESSIONS, views.ALARMS}
    return [row for row in unit.dump_views() if row.view not in passing]  # type: ignore[attr-defined]


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_is_seen_through(lie: str) -> None:
    async def scene(world: World) -> None:
        await lied_to(world, lie)

    World(seed=f"lie {lie}", scene=scene).run()


async def restored_from_a_backup(world: World) -> None:
    """A node comes back with yesterday's disk: the other side's next hello tells it so, and it raises the alarm."""
    _, ndmc, _ = scenes.sides(world)
    backup = ndmc.disk.image()
    await scenes.concern(world)
    await asyncio.sleep(4)
    raised = {cause[0] for cause in ndmc.ledger.causes}
    assert "OWN-ROLLBACK" not in raised
    ndmc.down(power=False)
    world.restore(ndmc, backup)
    await asyncio.sleep(5)
    assert "OWN-ROLLBACK" in {cause[0] for cause in ndmc.ledger.causes}
    world.judged = False


def test_a_node_restored_from_a_backup_knows_it_within_one_exchange() -> None:
    World(seed="backup", scene=restored_from_a_backup).run()
