## Texts of the receipts R0 to R4.

# Titles and meanings of the receipts.

receipt-0 = ПОДТВЕРЖДЕНИЕ R0: СОХРАНЕНО УЗЛОМ
receipt-1 = ПОДТВЕРЖДЕНИЕ R1: ПРОЧИТАНО ДЕЖУРНЫМ ОФИЦЕРОМ
receipt-2 = ПОДТВЕРЖДЕНИЕ R2: ПОНЯТО, ПОВТОРЕНО
receipt-3 = ПОДТВЕРЖДЕНИЕ R3: ПЕРЕДАНО НАЗВАННОМУ КОМАНДОВАНИЮ
receipt-4 = ПОДТВЕРЖДЕНИЕ R4: ДАН ОТВЕТ
receipt-unknown = ПОДТВЕРЖДЕНИЕ НЕИЗВЕСТНОГО ЭТОМУ УЗЛУ УРОВНЯ
receipt-limit-0 = Оно не означает, что сообщение видел человек.
receipt-limit-1 = Оно не означает, что сообщение понято.
receipt-limit-2 = Оно не означает согласия.
receipt-limit-3 = Оно не означает, что командование действует.
receipt-limit-4 = Оно не означает разрешения, согласия или действия.
receipt-not-consent = Подтверждение не означает ни согласия, ни разрешения.
receipt-doubt = СОМНЕНИЕ: повторённое место отличается от указанного.

# Labels of the receipts' fields.

field-receipt-of = Подтверждение сообщения
field-receipt-of-number = Номер сообщения
field-journal-index = Запись в журнале
field-receipt-status = Порядок
field-received-at = Получено
field-language-read = Язык прочтения
field-text-read = Хэш прочитанного текста
field-place-read-back = Повторённое место
field-distance = Расстояние от указанного места
field-doubt = Сомнение в месте
field-time-read-back = Повторённое время
field-command = Передано командованию
field-passed-how = Способ передачи
field-answer-verb = Ответ
field-reply-body = Ответное сообщение
field-receipt-answer-by = Ответ до
