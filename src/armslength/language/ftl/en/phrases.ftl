## The forms of the codebook, and what is said of phrases.

form-phrase = PHRASES OF THE CODEBOOK
form-codebook = APPROVAL OF CODEBOOK ENTRIES
field-phrases = Phrases
field-draft-phrases = DRAFT, not approved by the linguists of both parties
field-codebook-version = Version of the codebook
field-codebook-digest = Digest of the codebook
field-codebook-languages = Languages
field-first-code = First entry
field-last-code = Last entry
field-codes-approved = Entries approved
line-no-assurance-by-phrase = A phrase is no assurance for a window of silence; only the form ASSURANCE is.
value-codebook-unknown = This node does not have version { $version } of the codebook, { $digest }. The phrases are shown as numbers. Do not confirm that they were understood.
value-phrase-misfit = This phrase does not fit the codebook. Do not confirm that it was understood.
value-phrase-answers = Expected answer: { $numbers }
