## Titles, labels and sentences of the message forms.

# Titles of the forms.

form-test = LINE TEST
form-concern = CONCERN
form-clarification-request = REQUEST FOR CLARIFICATION
form-reply = REPLY
form-not-ours = NOT OURS
form-incident = INCIDENT
form-stop = STOP: CEASE FIRE AT ONCE
form-service = SERVICE MESSAGE
form-query-receipt = QUERY OF RECEIPT
form-window = WINDOW OF SILENCE: PROPOSAL
form-assurance = ASSURANCE FOR A WINDOW OF SILENCE
form-window-status = STATUS OF A WINDOW OF SILENCE
form-site-notice = NOTICE OF A PROTECTED SITE
form-list-exchange = EXCHANGE OF LISTS OF PROTECTED SITES
form-unknown = FORM THIS NODE DOES NOT KNOW

# Labels of the common fields.

field-form = Form
field-form-version = Version of the form
field-precedence = Precedence
field-language = Language of the original
field-relation = Relation to an earlier message
field-reply-by = Reply requested by
field-valid-from = Valid from
field-valid-until = Valid until
field-takes-effect-at = Takes effect at
field-answers = In answer to message
field-free-text = Text
field-topic = Topic
field-facility-id = Facility number
field-place = Place
field-case-reference = Reference of the case
field-action-addressees = Action requested of
field-attribution = Attribution

# Labels of the fields of the forms.

field-test-text = Test text
field-facility = Facility
field-activity = Activity
field-activity-window = Time of the activity
field-hazards = Hazard
field-pillars = Pillars of nuclear safety and security
field-requested-action = Requested action
field-basis-of-knowledge = Basis of knowledge
field-evidence-level = Level of evidence
field-legal-basis = Legal basis cited
field-area = Area
field-questions = Questions
field-verb = Answer
field-reason = Reason
field-stated-action = Action stated by the author
field-answer-by = Full answer by
field-passed-to = Passed to
field-purpose-of-activity = Purpose of the activity
field-end-of-activity = End of the activity
field-units-involved = Units involved
field-subordination = Subordination
field-numbers-and-types = Numbers and types
field-not-ours-subject = Not ours
field-incident-kind = Incident
field-incident-window = Time of the incident
field-killed = Killed
field-injured = Injured
field-radiation = Radiation
field-stop-reason = Reason
field-service-code = Service
field-service-window = Period
field-bearers = Bearers
field-first-number = First number
field-last-number = Last number
field-queried-message = Message asked about
field-queried-number = Its number
field-sent-at = Sent at
field-highest-receipt-held = Highest receipt held
field-receipt-asked-for = Receipt asked for
field-window-id = Window
field-zone = Zone
field-window-time = Time of the window
field-works = Works
field-crews = Crews
field-assurance-asked-from = Assurance asked from
field-observers = Observers
field-assurance = Assurance
field-assuring-commands = Command that gives it
field-assurance-time = Time of the assurance
field-window-status = Status of the window
field-window-reason = Reason
field-observed-at = Observed at
field-evidence = Evidence
field-violations-counted = Violations counted
field-assurances-missing = Assurances missing
field-other-names = Other names
field-special-sign = Special sign
field-list-stage = Stage
field-list-year = Year of the list
field-list-count = Sites on the list
field-list-digest = Digest of the list
field-list-salt = Salt of the list
field-sites = Sites

# What stands around the fields.

line-exercise = EXERCISE EXERCISE EXERCISE
line-from = From
line-to = To
line-number = Message number
line-stated-at = Date and time
line-officer = Officer
line-handling = Handling
line-field = Field { $number }
line-original = original, language { $language }
line-original-end = end of original
line-without-prejudice = Without prejudice to the legal positions of either party.
line-not-permission = This message gives no permission and asks for none.
line-no-assurance-by-receipt = Neither a receipt nor an answer to this message is an assurance; only the form ASSURANCE is.
line-no-precondition = Notification is not a precondition of protection.
line-not-consent = Receipt of this message is neither consent nor permission.
line-unknown-fields = Fields this node does not know: { $count }
line-unknown-form = This node does not know this form or its version. Do not confirm that it was understood.
value-unknown-code = code { $code }, which this node does not know
value-yes = yes
value-no = no
value-until = until
value-precision = precision { $metres } m
value-radius = radius { $metres } m
value-width = corridor { $metres } m wide
value-seconds = { $count } s
value-persons = { $count } persons
value-metres = { $count } m
value-precedence-0 = ROUTINE
value-precedence-1 = PRIORITY
value-precedence-2 = IMMEDIATE
value-precedence-3 = FLASH

# Paper and voice version.

paper-precedence = PRECEDENCE
paper-from = FROM
paper-to = TO
paper-subject = SUBJECT
paper-number = MESSAGE NUMBER
paper-stated-at = DATE AND TIME
paper-language = LANGUAGE
paper-reference = MESSAGE REFERENCE
paper-content = CONTENT
paper-remarks = REMARKS
paper-end = END OF MESSAGE, NUMBER OF LINES
