## The forms of the codebook, and what is said of phrases.

form-phrase = ФРАЗИ КОДОВОЇ КНИГИ
form-codebook = ЗАТВЕРДЖЕННЯ СТАТЕЙ КОДОВОЇ КНИГИ
field-phrases = Фрази
field-draft-phrases = DRAFT, ПРОЄКТ, не затверджено лінгвістами обох сторін
field-codebook-version = Версія кодової книги
field-codebook-digest = Контрольна сума кодової книги
field-codebook-languages = Мови
field-first-code = Перша стаття
field-last-code = Остання стаття
field-codes-approved = Статті затверджено
line-no-assurance-by-phrase = Фраза не є запевненням про режим тиші; ним є лише формуляр ASSURANCE.
value-codebook-unknown = Цей вузол не має версії { $version } кодової книги, { $digest }. Фрази показано номерами. Не підтверджуйте розуміння.
value-phrase-misfit = Ця фраза не відповідає кодовій книзі. Не підтверджуйте розуміння.
value-phrase-answers = Очікувана відповідь: { $numbers }
