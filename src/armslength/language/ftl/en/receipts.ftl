## Texts of the receipts R0 to R4.

# Titles and meanings of the receipts.

receipt-0 = RECEIPT R0: HELD BY THE NODE
receipt-1 = RECEIPT R1: READ BY AN OFFICER
receipt-2 = RECEIPT R2: UNDERSTOOD, READ BACK
receipt-3 = RECEIPT R3: PASSED TO A NAMED COMMAND
receipt-4 = RECEIPT R4: ANSWERED
receipt-unknown = RECEIPT OF A LEVEL THIS NODE DOES NOT KNOW
receipt-limit-0 = It does not mean that a person saw the message.
receipt-limit-1 = It does not mean that the message was understood.
receipt-limit-2 = It does not mean agreement.
receipt-limit-3 = It does not mean that the command acts.
receipt-limit-4 = It does not mean permission, consent or action.
receipt-not-consent = Receipt is neither consent nor permission.
receipt-doubt = DOUBT: the place read back differs from the place sent.

# Labels of the receipts' fields.

field-receipt-of = Receipt of message
field-receipt-of-number = Number of the message
field-journal-index = Entry in the journal
field-receipt-status = Order
field-received-at = Received at
field-language-read = Language read
field-text-read = Hash of the text read
field-place-read-back = Place read back
field-distance = Distance from the place sent
field-doubt = Doubt about the place
field-time-read-back = Time read back
field-command = Passed to the command
field-passed-how = Passed by
field-answer-verb = Answer
field-reply-body = Reply message
field-receipt-answer-by = Answer by
