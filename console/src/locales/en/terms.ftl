terms-title = Terms
terms-about = One word for one thing, in three languages. What the site's linguist signs takes the place of what ships.
terms-base = Term base
terms-import = Import
terms-rules = Names
terms-new = New term
terms-not-reviewed = The terms that ship were not reviewed by a native linguist.
terms-find = Find
terms-find-hint = In any of the languages, and in Latin letters: plotina.
terms-own-only = Only our own
terms-own = ours
terms-export-csv = Export CSV
terms-export-tbx = Export TBX
terms-none = No term.
terms-more = { $count } more
terms-concept = Concept
terms-concept-hint = Small letters and hyphens: spent-fuel-pool.
terms-definition = Definition
terms-one = Concept { $concept }
terms-one-about = Every word for it. A word advised against stays here, so that it is recognised.
terms-all = All terms
terms-words = Words
terms-term = Term
terms-language = Language
terms-status = Status
terms-gender = Gender
terms-part = Part of speech
terms-note = Note
terms-source = Source
terms-source-hint = Where this use is established.
terms-shipped = ships with the product, not reviewed
terms-status-preferred = preferred
terms-status-admitted = admitted
terms-status-deprecated = advised against
terms-gender-m = masculine
terms-gender-f = feminine
terms-gender-n = neuter
terms-gender-pl = plural
terms-gender-short-m = m
terms-gender-short-f = f
terms-gender-short-n = n
terms-gender-short-pl = pl
terms-part-n = noun
terms-part-v = verb
terms-part-adj = adjective
terms-part-adv = adverb
terms-part-other = other
terms-enter = Enter or correct a term
terms-correct = Correct “{ $term }”
terms-preferred-about = A preferred word of ours makes the one that ships admitted. The same word again corrects it.
terms-sign = Sign the term
terms-sign-title = Term “{ $term }”
terms-import-about = CSV or TBX (ISO 30042). The dry run shows what would be entered and what is refused; nothing is entered by it.
terms-file = File
terms-dry-run = Dry run
terms-read = { $count ->
    [one] { $count } row read
   *[other] { $count } rows read
 }
terms-read-detail = { $enter } to enter, { $known } known, { $refused } refused. Nothing is entered yet.
terms-reader = Read as
terms-concepts = Concepts
terms-refused = Refused rows
terms-row = Row
terms-code = Code
terms-reason = Reason
terms-to-enter = { $count ->
    [one] { $count } term to enter
   *[other] { $count } terms to enter
 }
terms-import-do = { $count ->
    [one] Sign and enter { $count } term
   *[other] Sign and enter { $count } terms
 }
terms-import-sign = { $count ->
    [one] Enter { $count } term
   *[other] Enter { $count } terms
 }
terms-entered = { $count ->
    [one] { $count } term entered
   *[other] { $count } terms entered
 }
terms-rules-about = In a Latin text a place's name has one form on each line; in Ukrainian and Russian texts it stands in the form of the text's own language.
terms-rule-line = Line
terms-rule-all = all lines
terms-rule-names = Names
terms-rule-from = Back-translation from
terms-rule-never = never
terms-rule-reason = Reason
terms-rule-reason-hint = For example: charter, article 4.
terms-rule-shipped = as shipped
terms-rule-at = Recorded
terms-rule-set = Set a rule
terms-rule-sign = Sign the rule
terms-names-uk = Ukrainian (Kyiv, Zaporizhzhia)
terms-names-ru = Russian (Kiev, Zaporozhye)
