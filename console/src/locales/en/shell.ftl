# The frame of the console, and words that many screens use.
realm-REAL = REAL
realm-EXERCISE = EXERCISE
realm-demonstration = demonstration identities
shell-skip = To the screen
shell-clocks = Clocks
shell-language = Language
shell-palette = Palette
palette-bright = Bright
palette-day = Day
palette-dusk = Dusk
palette-night = Night
shell-log = Log
shell-lock = Lock
shell-out = Sign out
shell-head = This console
shell-stop = STOP
shell-menu = Screens
group-line = The line
group-watch = The watch
group-desk = The desk
group-language = Language
group-books = The books
group-house = The house
key-stop = STOP: ask the other side to stop now
key-log = Write a line in the running log
key-help = Keys
key-lock = Lock this console
dialog-close = Close
load-reading = Reading …
problem-again = Try again
problem-here = This page failed: { $text }
inert-mixed = mixed letters: { $scripts }
inert-more = { $count ->
    [one] { $count } more character
   *[other] { $count } more characters
 }
inert-show = show more
inert-marked = This text holds hidden or look-alike characters; they are marked.
left-in = in { $span }
left-late = late by { $span }
# Roles
role-watch-officer = watch officer
role-linguist = linguist
role-legal-adviser = legal adviser
role-releasing-officer = releasing officer
role-principal = senior duty officer
role-spokesperson = spokesperson
role-auditor = auditor
role-key-custodian = key custodian
role-administrator = administrator
# Precedence
precedence-FLASH = FLASH
precedence-IMMEDIATE = IMMEDIATE
precedence-PRIORITY = PRIORITY
precedence-ROUTINE = ROUTINE
# Words on buttons
do-open = Open
do-close = Close
do-cancel = Cancel
do-save = Save
do-sign = Sign
do-send = Send
do-print = Print
do-export = Export
do-search = Search
do-show = Show
do-back = Back
do-next = Next
do-more = More
do-clear = Clear
yes = yes
no = no
none = none
unknown = unknown
inert-text = Foreign text
