"""A home from nothing: the folders, the root, the node's keys, the officers' keys, and the first manifest, signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from armslength import __version__
from armslength.adapters import keystore_file, keystore_officer
from armslength.adapters.home import check_console
from armslength.core.attestation import Kind, Officer, OfficerKey
from armslength.core.errors import LocalError
from armslength.core.ids import party_code
from armslength.core.instants import Instant, check_zone
from armslength.core.keys import PublicKey
from armslength.core.realm import Realm
from armslength.line import manifest as manifests
from armslength.line.manifest import Bearer, Manifest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from armslength.adapters.home import Home, Settings
    from armslength.desk.ports import Rng

MANIFEST_DAYS: Final = 365
"""A year; the doctor warns a month before it ends."""


def make_keys(
    home: Home,
    settings: Settings,
    *,
    officers: Sequence[tuple[str, tuple[str, ...]]],
    passphrase_for: Callable[[str], str],
    now: Instant,
    rng: Rng,
) -> tuple[Manifest, bytes]:
    """Make the folders and key files of a home; return the first manifest and its bytes, signed by the root.

    Args:
        home: must not hold a node.
        settings: as the operator wants them; they are not written here.
        officers: (end of the officer id, roles).
        passphrase_for: asked for ``root`` and for each officer id.
        now: the manifest's date.
        rng: makes the keys.

    Raises:
        LocalError: NODE-ALREADY-INITIALISED, PARTY-CODE, TIME-ZONE-UNKNOWN, PASSPHRASE-WEAK, CONSOLE-..., KEYSTORE-...
    """
    if home.settings_file.exists() or home.keys_file.exists():
        raise LocalError("NODE-ALREADY-INITIALISED", home=home.path.name)
    party_code(settings.party)
    check_zone(settings.time_zone)
    check_console(settings)
    realm = Realm(settings.realm)
    home.path.mkdir(mode=0o700, parents=True, exist_ok=True)
    for folder in (home.officers, home.offline):
        folder.mkdir(mode=0o700, exist_ok=True)
    root_file = home.offline / "root.key"
    demo = settings.demonstration
    keystore_officer.create_root_key(
        root_file, settings.party, passphrase_for("root"), rng, realm=realm, demonstration=demo
    )
    root = keystore_officer.load_root_key(root_file, passphrase_for("root"))
    unlock = keystore_file.create_unlock_file(home.unlock_file, rng)
    keys = keystore_file.create(home.keys_file, settings.party, unlock, rng, realm=realm, demonstration=demo)
    first = Manifest(
        realm=realm,
        party=settings.party,
        sequence=1,
        previous=None,
        root=PublicKey(root.public.alg, root.public.public),
        issued_at=now,
        valid_until=Instant(now + MANIFEST_DAYS * 86_400 * 1_000_000),
        node_keys={purpose: keys.public(purpose) for purpose in manifests.NODE_PURPOSES},
        officers=_make_staff(home, settings, officers, passphrase_for, rng),
        bearers=(Bearer(kind="https", address=settings.address, certificate=keys.tls_identity.certificate),),
        time_zone=settings.time_zone,
        languages=settings.languages,
        software=("armslength", __version__),
        relying_parties=settings.relying_parties(),
    )
    return first, manifests.sign_manifest(first, root.sign)


def _make_staff(
    home: Home,
    settings: Settings,
    officers: Sequence[tuple[str, tuple[str, ...]]],
    passphrase_for: Callable[[str], str],
    rng: Rng,
) -> dict[str, Officer]:
    """Make a key file for each officer; return them as the manifest lists them."""
    staff = {}
    for end, roles in officers:
        officer = f"{settings.party.lower()}-{end}"
        public = keystore_officer.create_officer_key(
            home.officer_file(officer),
            officer,
            passphrase_for(officer),
            rng,
            realm=Realm(settings.realm),
            demonstration=settings.demonstration,
        )
        key = OfficerKey(kind=Kind.RAW_KEY, key=PublicKey(public.alg, public.public))
        staff[officer] = Officer(officer=officer, name=officer, roles=frozenset(roles), keys=(key,))
    return staff
