"""Error texts of the family *local* for the register: files, imports, feeds, facilities, reports, concerns, rules.

Rows as in `error_texts_local`, of which this is a part with a file of its own.
"""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "BATCH-ROOT": (
        "The rows of this batch are not those under its root.",
        "Compare the journal with a copy or with the peer's cosignatures; run armslength doctor.",
    ),
    "BATCH-SIZE": ("The batch is empty or too large.", "Split the batch and enter it again; nothing was entered."),
    "CONCERN-EVIDENCE": (
        "The concern cannot rest on these reports.",
        "Cite at least one report by its id. Cite a feed's burst as one batch and not report by report.",
    ),
    "CONCERN-NOT-CONVEYED": (
        "The concern was not conveyed: there is no receipt R0 of the other node and no recorded call.",
        "Wait for R0, or record the call first and name its record.",
    ),
    "CONCERN-PERSON": (
        "This step is a person's: it needs the officer and the reason.",
        "Take the step again as the officer who decides, and say why.",
    ),
    "CONCERN-TRANSITION": (
        "The concern cannot take this step from where it stands.",
        "Look at the concern's state and history; somebody may have decided already.",
    ),
    "CONCERN-UNKNOWN": (
        "There is no such concern.",
        "List the concerns and use the id as shown, for example C-2022-0001.",
    ),
    "CONCERN-VALUE": (
        "The concern cannot be used: a value is missing or not of the form it should have.",
        "Correct what is named here. If it came from the store, run the doctor command.",
    ),
    "FACILITY-UNKNOWN": (
        "There is no facility of that id in the register.",
        "List the facilities and name one by its id; nothing was changed.",
    ),
    "FACILITY-VALUE": (
        "The facility cannot be used: a value is missing or not of the form it should have.",
        "Correct the field named here; nothing was entered.",
    ),
    "FEED-FAULT": (
        "A reader of reports failed on this file in a way that it should not.",
        "The file was left out and everything else goes on. Keep the file and report a fault of this program.",
    ),
    "FEED-FILE": (
        "A file of the feed is too large, or is no plain file.",
        "Look at the file named here: divide it, or put a plain file in its place; links are not followed.",
    ),
    "FEED-HEADER": (
        "The columns of the file are not those that are read here.",
        "Name the columns as they are listed here, or get the file again from its source; nothing was imported.",
    ),
    "FEED-MAPPING": (
        "The mapping file of the feed cannot be used; nothing was imported.",
        "Correct the key or value named here; the guide to the feeds shows a mapping file line by line.",
    ),
    "FEED-ROW": (
        "A row of the feed's file cannot be read; nothing of the file was imported.",
        "Look at the row named here; correct it, or download the file again.",
    ),
    "FEED-TRANSITION": (
        "The feed cannot take this step from where it stands.",
        "Nothing was changed. If it repeats, report a fault of this program.",
    ),
    "FEED-UNKNOWN": (
        "The file is not one of the kinds of report files that can be read; nothing was imported.",
        "See 'armslength report import --help' for the kinds, name one, or write a mapping file for it.",
    ),
    "FEED-UNNAMED": (
        "There is no feed of that name.",
        "See 'armslength feed list', or set one up with 'armslength feed add'.",
    ),
    "FEED-UNREADABLE": (
        "The feed's file cannot be read; nothing was imported.",
        "Check that it is there, unpacked, plain UTF-8 text and not too large.",
    ),
    "FEED-VALUE": (
        "The feed cannot be set up like this: a value is missing or not of the form it should have.",
        "Correct the field named here; nothing was changed.",
    ),
    "FILE-ENCRYPTED": (
        "The file is locked with a password.",
        "Unlock it, save it without a password, and give it again; nothing was imported.",
    ),
    "FILE-FORMAT": (
        "The file is not of the kind that this reader takes, or it is damaged.",
        "Get it again from its source, unchanged, and check its kind and encoding; nothing was imported.",
    ),
    "FILE-MEMBER": (
        "The archive does not hold the one file that was meant.",
        "Name the member to read, or pack one file alone; nothing was imported.",
    ),
    "FILE-PACKED": (
        "The packed file cannot be unpacked.",
        "Get it again from its source, or unpack it and give the plain file; nothing was imported.",
    ),
    "FILE-READ": (
        "The file cannot be read.",
        "Check its name, its rights and that it is the kind of file the command takes.",
    ),
    "FILE-TOO-LARGE": (
        "The file is larger than anything that is read here, or unpacks to more than it should.",
        "Split the file or take the part that is needed; nothing was imported.",
    ),
    "FILE-WRITE": (
        "The file or folder cannot be written.",
        "Check its name, its rights and the space left; name a new or empty folder.",
    ),
    "FILE-XML-ENTITY": (
        "The file declares entities or a document type, which no file of this kind needs.",
        "Do not use it: such a file is made to harm its reader. Tell whoever gave it to you.",
    ),
    "GEOMETRY-CROSSES": (
        "The outline crosses or touches itself, so that its inside is not certain.",
        "Correct the outline, or import it with repair and look at the result.",
    ),
    "GEOMETRY-FORM": (
        "The geometry is not written as its format asks.",
        "Correct the geometry named here; nothing of it was taken.",
    ),
    "GEOMETRY-KIND": (
        "The geometry is of a kind that is not read here.",
        "Give a point, a line, a polygon or several polygons.",
    ),
    "GEOMETRY-RANGE": (
        "A coordinate lies outside the earth's coordinates.",
        "Give degrees with longitude first, as GeoJSON and KML do. Were the two swapped, or are they metres?",
    ),
    "GEOMETRY-RING": (
        "A ring of the outline is not closed or has too few points.",
        "Give at least four points, of which the last is the first again.",
    ),
    "GEOMETRY-SIZE": (
        "The geometry has more points or parts than are read here.",
        "Simplify the outline; a few hundred points describe any site.",
    ),
    "IMPORT-CHANGED": (
        "The rows that would be entered are no longer those that were signed.",
        "Run the import's dry run again and sign what it shows now; nothing was entered.",
    ),
    "IMPORT-FILE": (
        "The file is not the one that was read in the dry run.",
        "Give the same file again, or run a new dry run; nothing was entered.",
    ),
    "IMPORT-NOTHING": (
        "No row of this file would be entered.",
        "Look at the refused rows in the dry run; rows that the books hold already are not entered again.",
    ),
    "IMPORT-OPTION": (
        "The import was given an option that it does not know, or a value that it cannot use; nothing was read.",
        "Correct the option named here; the guide lists them with an example of each.",
    ),
    "IMPORT-OPTIONS": (
        "The import has too many options.",
        "Keep to the options of the format's help; nothing was entered.",
    ),
    "IMPORT-UNKNOWN": (
        "There is no such import.",
        "List the imports and name one of them.",
    ),
    "MOVEMENT-VALUE": (
        "The movement cannot be used: a value is missing or not of the form it should have.",
        "Correct the field named here in the notice; nothing was taken from it.",
    ),
    "PLACE-FORMAT": (
        "The place cannot be read.",
        "Write latitude, then longitude, as 47.5122 34.5858, or a grid reference such as 36TXT1940363304.",
    ),
    "PLACE-GRID": (
        "The grid reference names no place.",
        "Check zone, band and square letters (I and O are never used); give as many digits for east as for north.",
    ),
    "PLACE-RANGE": (
        "The place lies outside the earth's coordinates or has no usable precision.",
        "Latitude stands first and runs from -90 to 90, longitude from -180 to 180. Were the two swapped?",
    ),
    "QUANTITY-BOUNDS": (
        "No facility of this kind holds so much, or so little; the amount was not entered.",
        "Look at the unit and at the words million and billion in the source, and correct the amount.",
    ),
    "QUANTITY-FORMAT": (
        "The amount cannot be read.",
        "Write a number and its unit, such as 2000 MW or 18.2 km3; keep the source's own words as a fact.",
    ),
    "QUANTITY-MAGNITUDE": (
        "Another source states a wholly different amount of the same thing; this one was not entered.",
        "Look for a million taken for a thousand million (18 million m3 for 18.2 km3). If the source really says so, enter its words as a fact.",
    ),
    "QUANTITY-UNIT": (
        "The amount has no unit, or a unit of something else.",
        "Give the unit that the source states; a number without its unit is not entered.",
    ),
    "REGISTER-DOCUMENT": (
        "The document is not written as the register reads it; nothing was entered.",
        "Correct the key or value named here.",
    ),
    "REPORT-UNKNOWN": (
        "There is no report of that id.",
        "List the reports of the day in question and name one of them.",
    ),
    "REPORT-VALUE": (
        "The report cannot be used: a value is missing or not of the form it should have.",
        "Correct the field named here; nothing was entered.",
    ),
    "ROW-CELLS": (
        "The row has more or fewer values than the header has names.",
        "Look at the row named here: is a separator missing, or one too many?",
    ),
    "ROW-QUOTES": (
        "The row's quotes or line ends do not fit together.",
        "Look at the row named here: a quote inside a quoted value is written twice.",
    ),
    "ROW-SIZE": (
        "The row or one of its values is longer than anything that is read here.",
        "Look at the row named here; a quote may be missing, or text stands where a value belongs.",
    ),
    "ROW-TEXT": (
        "The row holds bytes that are no text in the file's encoding.",
        "Save the file as UTF-8, or name its encoding.",
    ),
    "ROW-VALUE": (
        "The row is not what its place in the file asks for.",
        "Correct the row named here, or leave it out.",
    ),
    "RULES-FORM": (
        "The rules of the watch cannot be read.",
        "Correct the file at the line named; armslength rules show prints the shipped one as an example.",
    ),
    "RULES-MISSING": (
        "A parameter of the rules lacks its value, its unit or its reason.",
        "Write what is missing at the key named: each parameter says what it is, in which unit, and why.",
    ),
    "RULES-SIZE": (
        "The rule file is too long to be signed as one record.",
        "Leave out what is the same as in the shipped rules; nothing was changed.",
    ),
    "RULES-UNKNOWN": (
        "The rules name something that this program does not know.",
        "Check the spelling of the key named; a rule misspelt would be a rule that does not hold.",
    ),
    "RULES-VALUE": (
        "A value of the rules cannot be used.",
        "Correct the key named: whole numbers and lists of texts, in the unit that the shipped rules have.",
    ),
    "SITES-FILE": (
        "The file is not one of the kinds of facility files that can be imported; nothing was imported.",
        "See 'armslength facility import --help' for the kinds, or write a mapping file for it.",
    ),
    "SITES-MAPPING": (
        "The mapping file cannot be used; nothing was imported.",
        "Correct the key or value named here; the guide shows a mapping file line by line.",
    ),
    "SITES-PLACE": (
        "The row has no place that can be used.",
        "Look at the two coordinates: decimal degrees, latitude and longitude, in the region that was named.",
    ),
    "SITES-ROW": (
        "The row cannot be used as a facility.",
        "Correct the value named here in the file, or leave the row out.",
    ),
    "WATCH-VALUE": (
        "What the watch keeps of a facility cannot be read back.",
        "Rebuild the views from the journal; if the program made it, report it with the log.",
    ),
    "ZONE-KERNEL": (
        "The kernel of the watch that was asked for is not there.",
        "Choose auto or numpy; numba needs the extra named fast.",
    ),
    "ZONE-VALUE": (
        "A zone of the watch cannot be used.",
        "Check its coordinates, rings, radius or width against what is named here; longitude stands first in rings.",
    ),
}
