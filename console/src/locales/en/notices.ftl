notices-title = Notices
notices-about = Humanitarian notices of sites and movements to every party. A notice tells and asks nothing.
notices-law = Notification is not a precondition of protection. A receipt is neither consent nor permission. Verifying targets remains the parties' duty.
notices-grid = Who holds what
notices-batches = Batches
notices-in = Sheet in
notices-hand = Hand over
notices-in-do = Read a sheet
notices-batches-none = No batch yet: read a sheet first.
notices-batch = Batch
notices-batch-all = all batches
notices-file = File
notices-entered = Entered
notices-refused = Refused
notices-state = State
notices-officer = Signed by
notices-when = When
notices-complete = entered whole
notices-cut = cut short
notices-cut-about = Read the same sheet again: it goes on where it ended.
notices-find = Find by number, reference, name
notices-party = Party
notices-party-all = all parties
notices-no-line = { $party } (no line)
notices-show = Show
notices-show-active = Running
notices-show-owed = Not told yet
notices-show-unread = Not read
notices-show-expiring = Expiring soon
notices-show-older = Older version held
notices-show-ended = Ended
notices-show-all = All
notices-count = { $count ->
    [one] { $count } notice
   *[other] { $count } notices
 }
notices-more-held = Only the first { $count } notices are read here: choose a batch.
notices-more = { $count } more
notices-more-filter = 500 rows are shown: narrow the list.
notices-none = No notice here.
notices-notice = Notice
notices-what = What
notices-times = Begins
notices-valid-until = valid until
notices-expires-soon = expires soon
notices-withdrawn = withdrawn
notices-kind-SITE = site
notices-kind-MOVEMENT = movement
notices-urgency-EMERGENCY = EMERGENCY
notices-urgency-URGENT = URGENT
notices-urgency-ROUTINE = routine
# A cell: where one party stands with one notice
notices-cell-owed = to be told
notices-cell-owed-sheet = to be handed over
notices-cell-drafted = drafted, not released
notices-cell-released = released, no receipt
notices-cell-handed = handed over
notices-cell-held = R0: their node holds it
notices-cell-receipt = { $level ->
    [R1] R1: read
    [R2] R2: understood
    [R3] R3: passed on
    [R4] R4: answered
   *[other] { $level }
 }
notices-cell-expired = expired
notices-cell-withdrawn = withdrawn, told ({ $level })
notices-cell-withdrawal-sent = withdrawal released, no receipt
notices-cell-withdrawal-drafted = withdrawal drafted
notices-cell-withdrawal-owed = withdrawn: NOT told
notices-cell-never-told = withdrawn, never told
notices-cell-older = holds v{ $version }
notices-cell-attested = our officer attests
# A batch
notices-batch-one = Batch { $batch }
notices-batch-about = Each person signs once for the whole batch; message by message is signed under that.
notices-begun = { $count ->
    [one] { $count } notice has already begun
   *[other] { $count } notices have already begun
 }
notices-steps = What waits
notices-step-draft = Draft
notices-step-legal = Legal tick
notices-step-linguist = Linguist's check
notices-step-release = Release
notices-step-none = nothing waits
notices-step-waits = { $count ->
    [one] { $count } message waits
   *[other] { $count } messages wait
 }
notices-do-draft = { $count ->
    [one] Draft { $count } message
   *[other] Draft { $count } messages
 }
notices-do-legal = { $count ->
    [one] Tick { $count } message
   *[other] Tick { $count } messages
 }
notices-do-linguist = { $count ->
    [one] Check { $count } message
   *[other] Check { $count } messages
 }
notices-do-release = { $count ->
    [one] Release { $count } message
   *[other] Release { $count } messages
 }
notices-sign-draft = { $batch }: draft { $count ->
    [one] { $count } message
   *[other] { $count } messages
 }
notices-sign-legal = { $batch }: legal tick of { $count ->
    [one] { $count } message
   *[other] { $count } messages
 }
notices-sign-linguist = { $batch }: linguist's check of { $count ->
    [one] { $count } message
   *[other] { $count } messages
 }
notices-sign-release = { $batch }: RELEASE { $count ->
    [one] { $count } message
   *[other] { $count } messages
 }
notices-done-draft = { $count ->
    [one] { $count } message drafted
   *[other] { $count } messages drafted
 }
notices-done-legal = { $count ->
    [one] { $count } message ticked
   *[other] { $count } messages ticked
 }
notices-done-linguist = { $count ->
    [one] { $count } message checked
   *[other] { $count } messages checked
 }
notices-done-release = { $count ->
    [one] { $count } message released
   *[other] { $count } messages released
 }
notices-not-delivered = Not delivered yet: do not report as sent.
notices-who-draft = A watch officer drafts.
notices-who-legal = The legal adviser ticks.
notices-who-linguist = A linguist checks.
notices-who-release = A releasing officer does it, another person than who drafted.
notices-release-later = First the steps before it.
notices-law-cited = Law cited
notices-law-hint = One to a line.
notices-progress = { $done } of { $of } done
notices-go-on = { $done } of { $of } were entered and stay so. Press the same button to go on.
notices-one-act = You confirm once what is shown as a whole; your key then signs each message, in chunks. A passkey asks for each.
notices-batch-stands = Where it stands
notices-how = How
notices-by-line = by line
notices-by-sheet = by sheet
notices-party-state-OWED = to be told
notices-party-state-DRAFTED = drafted
notices-party-state-SENT = released
notices-party-state-RECEIPTED = with receipt
# A sheet in
notices-in-about = CSV or a workbook, one row a site or a movement. It is read first and shown; nothing is entered by that.
notices-file-hint = CSV, XLSX, XLS or ODS, at most 16 MiB.
notices-too-large = The file is larger than 16 MiB.
notices-dry-run = Dry run
notices-dry-title = Dry run of { $batch }
notices-dry = { $rows } rows read, { $enter } to enter, { $refused } refused
notices-dry-nothing = nothing is entered yet
notices-dry-new = New
notices-dry-changed = New versions
notices-dry-known = Known already
notices-dry-for = For
notices-dry-first = The first begins
notices-dry-emergencies = Emergencies
notices-dry-refused = Refused rows
notices-dry-refused-about = Correct these rows in the sheet and read it again; what is known already is not entered twice.
notices-dry-late = { $count ->
    [one] { $count } row is late
   *[other] { $count } rows are late
 }
notices-dry-doubles = { $count ->
    [one] { $count } row may notify one thing twice
   *[other] { $count } rows may notify one thing twice
 }
notices-dry-repeats = perhaps the same
notices-dry-changes = Notices that get a new version
notices-row = Row
notices-reason = Reason
notices-code = Code
notices-in-enter = { $count ->
    [one] Sign for { $count } notice
   *[other] Sign for { $count } notices
 }
notices-in-sign = { $batch }: enter { $count ->
    [one] { $count } notice
   *[other] { $count } notices
 }
notices-in-nobody-told = Nobody is told by this: drafting and release follow.
notices-in-nothing = Nothing of this sheet is new.
# Parties without a line
notices-hand-about = A party without a line gets a sheet. It names that party and no other.
notices-hand-none = Every party has a line.
notices-hand-owed = { $count ->
    [one] { $count } notice to hand over
   *[other] { $count } notices to hand over
 }
notices-hand-nothing = nothing to hand over
notices-hand-counts = { $handed } handed over without a receipt, { $all } in all
notices-sheet = Sheet
notices-handed = Handed over
notices-hand-do = { $count ->
    [one] I handed over { $count }
   *[other] I handed over { $count }
 }
notices-hand-sign = Handed over to { $party }
notices-hand-order = First the sheet, then the hand-over, then say so here: a thousand notices at most stand on one sheet.
notices-pdf-of = PDF for { $party }
notices-csv-of = CSV for { $party }
# One notice
notices-one = Notice { $notice }
notices-one-about = What it says, and how far each party has it.
notices-all = All notices
notices-parties = Parties
notices-holds = Holds
notices-version-of = v{ $version } of { $of }
notices-proof = Proof
notices-since = Since
notices-message = Message
notices-message-open = open
notices-no-longer-for = no longer for this party
notices-no-party-learns = No party learns of the others.
notices-says = What it says
notices-reference = Reference
notices-organisation = Submitted by
notices-contact = Whom to call
notices-where = Where
notices-from = Begins
notices-until = Ends
notices-versions = Versions
notices-version = Version
notices-version-stands = stands
notices-version-older = older
notices-versions-about = A new version is a row with the same organisation and reference in the next sheet.
notices-receipt = Receipt heard
notices-receipt-about = From a party without a line: what you heard or hold on paper. It stands as ATTESTED, and means no consent.
notices-level = Level
notices-level-0 = R0: they hold it
notices-level-1 = R1: an officer read it
notices-level-2 = R2: understood, read back
notices-level-3 = R3: passed to a named command
notices-receipt-how = How it came
notices-receipt-hint = For example: read back by the duty officer by telephone.
notices-receipt-do = Sign the receipt
notices-receipt-sign = Receipt of { $party }
notices-withdraw = Withdraw
notices-withdraw-about = Every party that was told is told that too, by drafts that are released. Protection does not end by it.
notices-withdraw-do = Withdraw this notice
notices-withdraw-sign = Withdraw { $notice }
