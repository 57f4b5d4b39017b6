## Texts of the receipts R0 to R4.

# Titles and meanings of the receipts.

receipt-0 = ПІДТВЕРДЖЕННЯ R0: ЗБЕРЕЖЕНО ВУЗЛОМ
receipt-1 = ПІДТВЕРДЖЕННЯ R1: ПРОЧИТАНО ЧЕРГОВИМ ОФІЦЕРОМ
receipt-2 = ПІДТВЕРДЖЕННЯ R2: ЗРОЗУМІЛО, ПОВТОРЕНО
receipt-3 = ПІДТВЕРДЖЕННЯ R3: ПЕРЕДАНО НАЗВАНОМУ КОМАНДУВАННЮ
receipt-4 = ПІДТВЕРДЖЕННЯ R4: НАДАНО ВІДПОВІДЬ
receipt-unknown = ПІДТВЕРДЖЕННЯ НЕВІДОМОГО ЦЬОМУ ВУЗЛУ РІВНЯ
receipt-limit-0 = Воно не означає, що повідомлення бачила людина.
receipt-limit-1 = Воно не означає, що повідомлення зрозуміле.
receipt-limit-2 = Воно не означає згоди.
receipt-limit-3 = Воно не означає, що командування діє.
receipt-limit-4 = Воно не означає дозволу, згоди чи дії.
receipt-not-consent = Підтвердження не означає ні згоди, ні дозволу.
receipt-doubt = СУМНІВ: повторене місце відрізняється від указаного.

# Labels of the receipts' fields.

field-receipt-of = Підтвердження повідомлення
field-receipt-of-number = Номер повідомлення
field-journal-index = Запис у журналі
field-receipt-status = Порядок
field-received-at = Отримано
field-language-read = Мова прочитання
field-text-read = Геш прочитаного тексту
field-place-read-back = Повторене місце
field-distance = Відстань від указаного місця
field-doubt = Сумнів щодо місця
field-time-read-back = Повторений час
field-command = Передано командуванню
field-passed-how = Спосіб передачі
field-answer-verb = Відповідь
field-reply-body = Повідомлення-відповідь
field-receipt-answer-by = Відповідь до
