"""Error texts of the family *local*: our own officer, setting or command is at fault.

A row is code -> (sentence, next step), in alphabetical order. Codes are stable: never renamed, never reused.
"""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "ACT-INVALID": (
        "The attestation does not hold.",
        "Check the officer's key and role, then sign the prepared act again.",
    ),
    "ACT-WRONG": (
        "The act signed is not the one that this step needs.",
        "Prepare the step again and sign what is shown.",
    ),
    "AGREEMENT-SUSPENDED": (
        "The agreement under which this message would be sent is not in force on this line.",
        "Ask the legal adviser; send it without naming the agreement, or agree on a charter that has it in force.",
    ),
    "AGREEMENT-UNKNOWN": (
        "The charter of this line carries no agreement of that name.",
        "Read the charter's list of agreements and use a name as it stands there.",
    ),
    "ALARM-UNKNOWN": (
        "There is no such alarm, or the name fits several.",
        "List the alarms and name one by more of its letters.",
    ),
    "ANSWER-NEEDED": (
        "The command needs an answer and nobody is there to give it.",
        "Run it in a terminal, or give the answer with the option that its help names (for passphrases: --passphrase-file).",
    ),
    "API-BODY-SIZE": (
        "The request is larger than anything that this node is asked for.",
        "Send less at once; nothing was read or changed.",
    ),
    "API-BODY-SLOW": ("The request did not arrive in time.", "Send it again; nothing was changed."),
    "API-FAULT": (
        "The node met a fault of its own while it answered.",
        "Ask again. If it repeats, give the node's log and the doctor's findings to its maintainers.",
    ),
    "API-HOST": (
        "The request names a host that is not this node's API.",
        "Call the API by the address on which it listens, such as 127.0.0.1.",
    ),
    "API-LISTEN": (
        "The node cannot listen for its officers' programs at that address and port.",
        "Check whether another program, or the node itself, already listens there; then start again.",
    ),
    "API-MEDIA-TYPE": ("The request's body is not marked as JSON.", "Send it with the content type application/json."),
    "API-METHOD": (
        "This operation is asked for with another method.",
        "Use a method that the answer's Allow header names.",
    ),
    "API-ORIGIN": (
        "The request comes from a web page; this API serves none.",
        "If you did not start it yourself, close the page and tell your administrator.",
    ),
    "API-PATH": ("There is no such operation.", "Look up the path in the API's description, /v1/openapi.json."),
    "API-REQUEST": (
        "The request does not have the shape that is documented.",
        "Correct what is named here; nothing was changed.",
    ),
    "API-ROLE": ("Your roles do not allow this operation.", "Ask an officer who has one of the roles named here."),
    "API-TOKEN": (
        "No officer of this node has this token.",
        "Use the token of your own officer key; ask the key custodian for a new one if it is lost.",
    ),
    "AREA-VALUE": ("The area cannot be used.", "Check its points, radius or width against what is named here."),
    "BEARER-LISTEN": (
        "The node cannot listen for its peers at that address and port.",
        "Check whether another program, or the node itself, already listens there; then start again.",
    ),
    "CBOR-UNENCODABLE": (
        "A value cannot be written in the encoding of the wire.",
        "Correct the value named here. If no field of yours holds it, report a fault of this program.",
    ),
    "CHARTER-CHANGED": (
        "The charter changed since it was shown.",
        "Look at the charter again and assent to the one in force.",
    ),
    "CHARTER-EXCLUDES": (
        "The charter of this line does not carry this form or topic.",
        "Choose another form or line, or agree on a new charter first.",
    ),
    "CHARTER-FOREIGN": ("The charter names other parties than these two.", "Check the file; nothing was changed."),
    "CHECK-DIGITS-FORM": (
        "The number cannot carry check digits.",
        "Use only the letters A-Z and digits, and for a number that was read to you its two check digits at the end.",
    ),
    "CHECK-DIGITS-MISMATCH": (
        "The check digits do not fit: a character was misread, swapped or left out.",
        "Ask for the whole number to be read again, character by character.",
    ),
    "CHECK-KIND": ("There is no such check.", "Use legal or linguist."),
    "CHECK-LAW": ("A legal tick must cite the law.", "Name the legal basis, for example: AP I Art. 56."),
    "CHECK-MISSING": (
        "A check that the form requires has not been made.",
        "Have the legal adviser or the linguist check the draft first.",
    ),
    "CHECK-RETURNED": (
        "A check returned the draft.",
        "Read the notes, draft it again, and have the new draft checked.",
    ),
    "CHECKPOINT-VALUE": (
        "Our own checkpoint or signature cannot be written: a name, size, time or root is out of range.",
        "Nothing was signed. Check the party's name and the journal's name in the settings.",
    ),
    "CONTENT-DESTROYED": (
        "The content of this entry was destroyed; its entry remains.",
        "Nothing can bring it back here; the other side may still hold what crossed the line.",
    ),
    "COUNT-RULE": (
        "The counting rule holds a word that this program does not know, so nothing was counted.",
        "Correct the rule, or count with the program version that the charter was made with.",
    ),
    "COUNT-USE": (
        "An entry cannot be counted: its direction or its times do not fit.",
        "Correct the entry named here by a new one.",
    ),
    "DELEGATION-SPAN": (
        "A delegation must have an end within a month and hours within a day.",
        "Give it an end and hours, then sign again.",
    ),
    "DELEGATION-UNKNOWN": ("There is no such delegation.", "List the delegations and use the id as shown."),
    "DRAFT-CODE-UNKNOWN": (
        "A field of the draft holds a code that its vocabulary does not have.",
        "Choose one of the codes that the form lists for this field.",
    ),
    "DRAFT-FIELD-MALFORMED": ("A field of the draft is not written as the form asks.", "Correct the field named here."),
    "DRAFT-FIELD-MISSING": ("The draft lacks a field that its form needs.", "Fill in the field named here."),
    "DRAFT-FIELD-UNKNOWN": (
        "The draft holds a field that its form does not have.",
        "Remove the field, or say the same in the free text.",
    ),
    "DRAFT-FORM-UNKNOWN": ("There is no message form with this code.", "Choose one of the forms named here."),
    "DRAFT-PRECEDENCE": ("The form cannot carry this precedence.", "Choose one of the precedences named here."),
    "DRAFT-RELATION": (
        "The draft may not stand to the earlier message in this way.",
        "Choose another relation, or send a new message that relates to the earlier one.",
    ),
    "DRAFT-RELEASED": (
        "Another officer released this draft already.",
        "Look at the message that it became. It was sent once; nothing of yours was added.",
    ),
    "DRAFT-STATE": (
        "The draft was already released or withdrawn.",
        "Draft a new message, or one that updates the released one.",
    ),
    "DRAFT-TIME-ORDER": (
        "A time in the draft lies before the time that it must follow.",
        "Correct the times; check the time zone in which they were given.",
    ),
    "DRAFT-TOO-LONG": (
        "The draft has too many words for its precedence.",
        "Shorten the text, or send the detail in a second message at a lower precedence.",
    ),
    "DRAFT-UNKNOWN": (
        "There is no such draft, or the name fits several.",
        "List the drafts and name one by more of its letters.",
    ),
    "DURABILITY-GATE": (
        "This machine would lose recorded messages in a power cut, so the REAL realm is refused here.",
        "Put right what is named, or move the node to a local disk. `armslength doctor` shows every finding.",
    ),
    "ENTRY-UNKNOWN": ("The journal has no such entry.", "Name an entry below the journal's size."),
    "ERROR-UNKNOWN": ("There is no such error code.", "Copy the code exactly as it was shown."),
    "FINGERPRINT-DIFFERS": (
        "The words given are not the words of this file.",
        "Stop. Have the words read again; if one still differs, do not use the file and get it again by another way.",
    ),
    "FINGERPRINT-NOT-COMPARED": (
        "The other side's words were not compared, so nothing was pinned.",
        "Call the other side, read the words to each other, and import again.",
    ),
    "HANDLING-MARKING": (
        "The handling marking is not one of this party's list for such a record.",
        "Choose one of the markings named here.",
    ),
    "HANDLING-RELEASABLE": (
        "The parties to whom a record may be passed do not fit its handling marking.",
        "Name both parties of the line, and others only under a marking that allows it.",
    ),
    "HASH-LENGTH": ("A hash is too short to be shown.", "Report a fault of this program."),
    "IDEMPOTENCY-KEY-REUSED": (
        "This idempotency key was already used for another request.",
        "Use a new key for a new request; for the old one look at what it did.",
    ),
    "JOURNAL-ALTERED": (
        "Our own journal is not the one that the other side cosigned: an entry was changed, added or removed.",
        "Stop. Sign nothing. Keep the disk as it is, restore the last good copy beside it, and tell the key custodian and the auditor.",
    ),
    "JOURNAL-ENTRY-VALUE": (
        "Our own journal entry cannot be written: kind, time, line or commitment is out of range.",
        "Nothing was written. Run the doctor command and keep its output for the maintainers.",
    ),
    "JOURNAL-HASH": (
        "A hash handed to the journal does not have 32 bytes.",
        "Nothing was written. Stop the node and run the doctor command: the store may be damaged.",
    ),
    "JOURNAL-RANGE": (
        "The journal has no such entry or size.",
        "Check the number against the journal's size. Nothing was changed.",
    ),
    "JOURNAL-ROLLED-BACK": (
        "Our own journal is shorter than what the other side cosigned: this is an old copy.",
        "Stop. Sign nothing. Find the newer copy; if there is none, start the recovery with the other side's help.",
    ),
    "KEY-ALGORITHM": (
        "This program makes no key of that algorithm.",
        "Choose an algorithm that the profile of the charter names.",
    ),
    "KEY-LENGTH": (
        "A seed, key or nonce has the wrong length.",
        "Restore the key from its backup. If it was made just now, report a fault of this program.",
    ),
    "KEY-PURPOSE": ("The node has no key for that purpose.", "Report a fault of this program. Nothing was signed."),
    "KEYSTORE-DEMONSTRATION": (
        "A key made for demonstrations was offered in the REAL realm.",
        "Make a real key. Demonstration keys are locked at a cost that protects nothing.",
    ),
    "KEYSTORE-EXISTS": (
        "A key file already stands there, and key files are never overwritten.",
        "Choose another place, or move the old file away once you are sure that nobody needs it.",
    ),
    "KEYSTORE-LOCKED": (
        "The key file does not open with this passphrase or unlock file.",
        "Try the passphrase again, with the keyboard's language and capitals checked. If it still fails, the file was changed: restore it from its backup.",
    ),
    "KEYSTORE-MALFORMED": (
        "The file is damaged, or is no key file of this program.",
        "Check that it is the right file, then restore it from its backup.",
    ),
    "KEYSTORE-MISSING": (
        "The key file is not there or cannot be read.",
        "Check its name, its owner, and whether the stick or disk is connected.",
    ),
    "KEYSTORE-MODE": (
        "Others on this machine can read the key file.",
        "Close it with: chmod 600 FILE. If others may have read it, replace the keys.",
    ),
    "KEYSTORE-OTHER": (
        "The key file is of another kind than asked for.",
        "Officers, the party root and the node each have a key file of their own; give the right one.",
    ),
    "KEYSTORE-WRITE": (
        "The key file could not be written.",
        "Check the folder's owner and the space on the disk. No key was made.",
    ),
    "LINE-EXISTS": (
        "A line to this party is already open under another charter.",
        "Show the line; a new charter must be agreed by both sides first.",
    ),
    "LINE-NOT-FOUND": (
        "There is no such line, or several and none was named.",
        "Name the line by the counterpart's party code; see 'armslength line show'.",
    ),
    "LINE-NOT-READY": (
        "The line does not carry this now: it is not open, suspended or closed.",
        "Show the line. STOP and receipts go on a suspended line; anything else waits for it to be resumed.",
    ),
    "LOCALE-UNKNOWN": ("This program has no texts in that language.", "Choose one of the languages named here."),
    "MESSAGE-UNKNOWN": (
        "There is no such message, or the name fits several.",
        "List the messages; use in:4, out:4 or the start of the id.",
    ),
    "NODE-ALREADY-INITIALISED": ("This home already holds a node.", "Use another home, or run the node that is there."),
    "NODE-NOT-INITIALISED": ("This home holds no node yet.", "Run 'armslength init' first."),
    "NODE-RUNNING": (
        "A node is already running in this home.",
        "Use the running node through its API, or stop it first.",
    ),
    "NODE-STOPPED": (
        "The node stopped by itself.",
        "Look at the end of its log, run the doctor command, and start it again.",
    ),
    "NOTIFY-COMMAND": (
        "The command that rings our own people is not a program with its arguments.",
        "Correct the command in the settings, then test it with the doctor command.",
    ),
    "OFFICER-NO-TOKEN": (
        "There is no API token of that officer in this home.",
        "Stop the node and run the command again, or ask the key custodian for a token.",
    ),
    "OFFICER-UNKNOWN": ("There is no such officer in this party's manifest.", "Use one of the officers named here."),
    "OPTION-VALUE": ("An option cannot be used as given.", "Write it as named here; COMMAND --help shows all options."),
    "OSCE-INCOMPLETE": (
        "The numbered text is not whole: a line of its layout is missing.",
        "Paste the whole message, from its first line to the one that ends it.",
    ),
    "OSCE-LINE": (
        "A line of the numbered text is not what its layout has there.",
        "Look at the line that is named; ask the sender to repeat the message if it was cut or changed on its way.",
    ),
    "OSCE-REALM": (
        "The numbered text is of the other realm: an exercise never enters a real line, nor the other way round.",
        "Paste it at the node of its own realm; if a real text arrived marked as an exercise, call the sender.",
    ),
    "OSCE-VALUE": (
        "A value of this message has no place in the numbered text.",
        "Read the message as it stands; it comes from a newer version of the program.",
    ),
    "OWN-ROLLBACK": (
        "The other side holds more of our journal than we do.",
        "Stop. Do not send. Restore the newest backup and compare journals with the other side.",
    ),
    "PAPER-CHECK-DIGITS": (
        "The check digits at the end of a line do not fit the line.",
        "Have the line named here read again, number by number, and correct it.",
    ),
    "PAPER-INCOMPLETE": (
        "The sheet lacks a line, has one twice, or its lines are in another order.",
        "Have the line named here read again, or the whole sheet.",
    ),
    "PAPER-LINE": (
        "A line of the sheet is not written as the paper version prescribes.",
        "Have the line named here read again and correct it.",
    ),
    "PAPER-NONE": (
        "There is no paper sheet of this: a draft has no number yet, and a newer form has no layout here.",
        "Show its text instead; for a draft, release it first.",
    ),
    "PAPER-VALUE": (
        "A value of the message cannot be written on paper.",
        "Correct the field named here, or send the message by another bearer.",
    ),
    "PARTY-CODE": (
        "The party code is not of the agreed form.",
        "Use 2 to 16 capital letters A-Z, digits and inner hyphens, such as EUCOM.",
    ),
    "PASSPHRASE-FILE": (
        "The passphrase file cannot be used.",
        "Give it one line with the passphrase, or a line HOLDER=PASSPHRASE for each holder.",
    ),
    "PASSPHRASE-MISMATCH": ("The two passphrases typed differ; nothing was made.", "Type the same passphrase twice."),
    "PASSPHRASE-WEAK": (
        "The passphrase is too short or too long.",
        "Choose at least four words that do not belong together.",
    ),
    "PIN-CONFLICT": (
        "This party was introduced before under another root.",
        "Do not accept it. Compare fingerprints in person; a new root is a new party.",
    ),
    "PIN-FINGERPRINT": (
        "The fingerprint compared is not the one of this introduction.",
        "Do not accept it. Read the words aloud again with the other side.",
    ),
    "PIN-SELF": ("This is our own introduction file.", "Import the file of the other side."),
    "PREPARED-MALFORMED": (
        "What was submitted is not something that this node prepared.",
        "Prepare it again and submit it unchanged.",
    ),
    "READ-UNKNOWN": ("There is nothing of that name to read.", "Report a fault of this program."),
    "REBUILD-DIFFERS": (
        "The views made again from the journal differ from the live ones.",
        "Nothing was changed. Stop the node, keep a copy of the home, and report the first difference shown.",
    ),
    "REBUILD-ENTRY": (
        "An entry of the journal does not hold, so the views cannot be made again from it.",
        "Nothing was changed. Stop the node, keep a copy of the home, and compare its journal with the other side's export.",
    ),
    "RECEIPT-GIVEN": (
        "Another officer of ours gave this receipt already.",
        "Look at the message's receipts. It was given once; nothing of yours was added.",
    ),
    "RECEIPT-INCOMPLETE": ("The receipt lacks something that its level needs.", "Give what is named, then sign again."),
    "RECORD-KIND": (
        "There is no such kind of record to enter here.",
        "See 'armslength --help' for what can be recorded.",
    ),
    "RECORD-SIZE": (
        "A record is too large for the journal to be read back.",
        "Divide it: shorter texts, fewer rows, a shorter manifest chain.",
    ),
    "RENDER-TEXT-MISSING": (
        "A text of the program is missing in this language.",
        "Read the message in another language, and report a fault of this program.",
    ),
    "ROLE-REFUSED": (
        "This officer may not do that in this role.",
        "Ask an officer with the role named, or the key custodian to change roles.",
    ),
    "SEAL-RECIPIENTS": (
        "A message must be sealed to at least one recipient, and to each only once.",
        "Correct the list of recipients, then seal again.",
    ),
    "SECOND-PERSON-NEEDED": (
        "A second person must do this step.",
        "Ask another officer to release it; whoever drafted cannot.",
    ),
    "SESSION-JUDGEMENT": (
        "A judgement of silence must say cut or technical, and give a reason.",
        "Say it again with both, for example: armslength line judge --as technical --reason 'cable cut'.",
    ),
    "SESSION-TRANSITION": (
        "The line cannot go from its state to that one.",
        "Show the line and its declared and observed state.",
    ),
    "SETTINGS-MALFORMED": (
        "The settings file of this home cannot be read.",
        "Correct settings.json as shown in docs/operate, then start again.",
    ),
    "SIGN-MISMATCH": (
        "What the node asks you to sign is not what it shows; nothing was signed.",
        "Do not sign on this node. Tell the key custodian; the node or its API may be another program's.",
    ),
    "STOP-WHERE": (
        "STOP needs one place: a facility of the register, or --at PLACE.",
        "Give one of them, for example: stop --at '47.5122N 34.5858E'.",
    ),
    "STORE-DAMAGED": (
        "The store holds bytes that are not those which were written.",
        "Stop relying on this disk. Restore from backup or from the other side, and keep the damaged file.",
    ),
    "STORE-FAILED": (
        "The disk gave an error, so the store has stopped and accepts nothing more.",
        "Nothing unrecorded was sent. Check the disk and its free space, then restart the node; it recovers.",
    ),
    "STORE-KEY": (
        "The storage key does not open this store.",
        "Check that store and storage key belong together; nothing was changed.",
    ),
    "STORE-MISUSE": (
        "The program used its store in a way that is not allowed.",
        "This is a mistake of the program; nothing was changed. Report it with the log.",
    ),
    "STORE-NOT-DURABLE": (
        "The store's settings do not read back as durable, so a commit might be lost.",
        "Move the store to a local disk that supports write-ahead logging, and run `armslength doctor`.",
    ),
    "STORE-NOT-OPENED": (
        "The store cannot be opened.",
        "Check that the path exists, is writable by the node and that no other node has it open.",
    ),
    "STORE-REALM": (
        "The store belongs to the other realm.",
        "Use the store of this realm. There is no conversion between REAL and EXERCISE.",
    ),
    "STORE-SCHEMA": (
        "The store was made by a later version of the program.",
        "Install that version or a later one; an older program must not write to it.",
    ),
    "STORE-VALUE": (
        "A value is too large or too nested to be read back from the store.",
        "Nothing was changed. Shorten it or divide it; if the program made it, report it with the log.",
    ),
    "SUBMIT-COUNT": ("Too many acts or none in one submission.", "Submit them one after the other."),
    "SUBMIT-FOREIGN": ("The record is not ours or not for this line's counterpart.", "Prepare it again on this node."),
    "SUBMIT-OTHER-OFFICER": (
        "An act of another officer was submitted with your token.",
        "Each officer submits their own acts with their own token.",
    ),
    "TEXT-BIDI": (
        "The text holds invisible marks that change its reading direction.",
        "Type the text again by hand instead of pasting it.",
    ),
    "TEXT-COMBINING": (
        "One letter of the text carries more marks than any language uses.",
        "Type the text again by hand instead of pasting it.",
    ),
    "TEXT-CONTROL": (
        "The text holds control or invisible characters.",
        "Type the text again by hand instead of pasting it.",
    ),
    "TEXT-LINES": ("The text has more lines than one message may have.", "Shorten it or send it as several messages."),
    "TEXT-SIZE": ("The text is longer than one message or field may be.", "Shorten it or send it as several messages."),
    "TEXT-SURROGATE": ("The text is not valid Unicode.", "Type the text again by hand instead of pasting it."),
    "TIME-FORMAT": ("The time cannot be read.", "Write it as 2022-11-20T09:15:00Z or as 200915Z NOV 22."),
    "TIME-NO-ZONE": (
        "The time does not say that it is UTC, or which zone it is in.",
        "Write Z for UTC, or in RFC 3339 an offset such as +02:00. Local time alone is never taken.",
    ),
    "TIME-RANGE": (
        "The time lies outside the years that this program takes.",
        "Check the year. Times run from 1990 to 2119 in microseconds, date-time groups from 2000 to 2099.",
    ),
    "TIME-ZONE-UNKNOWN": (
        "The time zone is not known.",
        "Use a name of the time zone database, such as Europe/Kyiv or Europe/Berlin.",
    ),
    "TLS-IDENTITY": (
        "The node's own TLS certificate and key cannot be used.",
        "Restore the node's keystore from its backup.",
    ),
    "VOICE-NOT-CALLED-BACK": (
        "A voice authority counts only after the call-back passed, and not from oneself.",
        "Call the officer back on the number in the book, then record it.",
    ),
    "WORDS-COUNT": ("A fingerprint in words has eleven words.", "Have the words read again from the first one."),
    "WORDS-LIST": (
        "The word list is not a list of 256 different words.",
        "Reinstall the program; its files were changed.",
    ),
    "WORDS-UNKNOWN": (
        "A word is not in the word list of this language.",
        "Have the word named here read again, and check that both sides use the same language.",
    ),
}
