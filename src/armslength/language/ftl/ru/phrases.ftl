## The forms of the codebook, and what is said of phrases.

form-phrase = ФРАЗЫ КОДОВОЙ КНИГИ
form-codebook = УТВЕРЖДЕНИЕ СТАТЕЙ КОДОВОЙ КНИГИ
field-phrases = Фразы
field-draft-phrases = DRAFT, ПРОЕКТ, не утверждено лингвистами обеих сторон
field-codebook-version = Версия кодовой книги
field-codebook-digest = Контрольная сумма кодовой книги
field-codebook-languages = Языки
field-first-code = Первая статья
field-last-code = Последняя статья
field-codes-approved = Статьи утверждены
line-no-assurance-by-phrase = Фраза не является заверением о режиме тишины; им является только формуляр ASSURANCE.
value-codebook-unknown = У этого узла нет версии { $version } кодовой книги, { $digest }. Фразы показаны номерами. Не подтверждайте понимание.
value-phrase-misfit = Эта фраза не соответствует кодовой книге. Не подтверждайте понимание.
value-phrase-answers = Ожидаемый ответ: { $numbers }
