"""Texts of errors of signing in at the console and of its sessions: code -> (sentence, next step)."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "CERTIFICATE-ENTERED": (
        "This certificate is entered for another officer.",
        "Remove it there first: one card is one person.",
    ),
    "CERTIFICATE-MALFORMED": (
        "The file is not one X.509 certificate.",
        "Give the certificate of the officer's card as PEM or DER, without its key and without the chain.",
    ),
    "CERTIFICATE-UNKNOWN": (
        "No such certificate is entered.",
        "Look at `armslength officer certificate list` and name it by the beginning of its fingerprint.",
    ),
    "CERTIFICATES-FILE": (
        "The node's list of officers' certificates cannot be read.",
        "Restore certificates.json in the home, or remove it and enter the certificates again.",
    ),
    "SESSION-EXPIRED": (
        "The session has ended: one lasts for one watch.",
        "Sign in again; nothing that was signed or sent is lost.",
    ),
    "SESSION-LOCKED": (
        "The console is locked; a locked one shows alarms and sends a STOP, nothing else.",
        "Sign in again as the same officer, or sign out and let the next one sign in.",
    ),
    "SESSION-NONE": (
        "Nobody is signed in here.",
        "Sign in with your key file, your passkey or your card.",
    ),
    "SIGN-IN-LATER": (
        "Too many attempts to sign in were refused.",
        "Wait a minute and try again; a session that is open goes on working.",
    ),
    "SIGN-IN-REFUSED": (
        "The sign-in was refused.",
        "Check your officer id and that you used your own key, then begin again: an attempt is good for a minute.",
    ),
}
