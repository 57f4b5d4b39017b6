## Titles, labels and sentences of the message forms.

# Titles of the forms.

form-test = ПЕРЕВІРКА ЛІНІЇ
form-concern = СТУРБОВАНІСТЬ
form-clarification-request = ЗАПИТ ПРО РОЗ’ЯСНЕННЯ
form-reply = ВІДПОВІДЬ
form-not-ours = НЕ НАШІ СИЛИ
form-incident = ІНЦИДЕНТ
form-stop = СТОП: НЕГАЙНО ПРИПИНІТЬ ВОГОНЬ
form-service = СЛУЖБОВЕ ПОВІДОМЛЕННЯ
form-query-receipt = ЗАПИТ ПРО ОТРИМАННЯ
form-window = РЕЖИМ ТИШІ: ПРОПОЗИЦІЯ
form-assurance = ЗАПЕВНЕННЯ ЩОДО РЕЖИМУ ТИШІ
form-window-status = СТАН РЕЖИМУ ТИШІ
form-site-notice = ПОВІДОМЛЕННЯ ПРО ЗАХИЩЕНИЙ ОБ’ЄКТ
form-list-exchange = ОБМІН СПИСКАМИ ЗАХИЩЕНИХ ОБ’ЄКТІВ
form-unknown = НЕВІДОМИЙ ЦЬОМУ ВУЗЛУ ФОРМУЛЯР

# Labels of the common fields.

field-form = Формуляр
field-form-version = Версія формуляра
field-precedence = Терміновість
field-language = Мова оригіналу
field-relation = Зв’язок з попереднім повідомленням
field-reply-by = Відповідь просимо надати до
field-valid-from = Діє з
field-valid-until = Діє до
field-takes-effect-at = Набирає чинності
field-answers = У відповідь на повідомлення
field-free-text = Текст
field-topic = Тема
field-facility-id = Номер об’єкта
field-place = Місце
field-case-reference = Номер справи
field-action-addressees = Для виконання
field-attribution = Зазначення відповідальної сторони

# Labels of the fields of the forms.

field-test-text = Текст перевірки
field-facility = Об’єкт
field-activity = Діяльність
field-activity-window = Час діяльності
field-hazards = Небезпека
field-pillars = Складові ядерної та фізичної безпеки
field-requested-action = Запитувана дія
field-basis-of-knowledge = Джерело відомостей
field-evidence-level = Ступінь підтвердженості
field-legal-basis = Правова підстава
field-area = Район
field-questions = Запитання
field-verb = Відповідь
field-reason = Причина
field-stated-action = Дії за заявою автора
field-answer-by = Повна відповідь до
field-passed-to = Передано
field-purpose-of-activity = Мета діяльності
field-end-of-activity = Завершення діяльності
field-units-involved = Залучені частини
field-subordination = Підпорядкованість
field-numbers-and-types = Чисельність і типи
field-not-ours-subject = Не належить до наших сил
field-incident-kind = Інцидент
field-incident-window = Час інциденту
field-killed = Загиблі
field-injured = Поранені
field-radiation = Радіаційна обстановка
field-stop-reason = Причина
field-service-code = Службові відомості
field-service-window = Період
field-bearers = Способи передавання
field-first-number = Перший номер
field-last-number = Останній номер
field-queried-message = Запитуване повідомлення
field-queried-number = Його номер
field-sent-at = Надіслано
field-highest-receipt-held = Найвище наявне підтвердження
field-receipt-asked-for = Запитуване підтвердження
field-window-id = Режим тиші
field-zone = Зона
field-window-time = Час режиму тиші
field-works = Роботи
field-crews = Бригади
field-assurance-asked-from = Запевнення запитується у
field-observers = Спостерігачі
field-assurance = Запевнення
field-assuring-commands = Командування, яке його надає
field-assurance-time = Час дії запевнення
field-window-status = Стан режиму тиші
field-window-reason = Причина
field-observed-at = Зафіксовано
field-evidence = Докази
field-violations-counted = Враховано порушень
field-assurances-missing = Запевнення, яких бракує
field-other-names = Інші назви
field-special-sign = Спеціальний знак
field-list-stage = Стадія
field-list-year = Рік списку
field-list-count = Об’єктів у списку
field-list-digest = Контрольна сума списку
field-list-salt = Доповнення до контрольної суми
field-sites = Об’єкти

# What stands around the fields.

line-exercise = EXERCISE НАВЧАННЯ EXERCISE
line-from = Від кого
line-to = Кому
line-number = Номер повідомлення
line-stated-at = Дата і час
line-officer = Посадова особа
line-handling = Гриф
line-field = Поле { $number }
line-original = оригінал, мова { $language }
line-original-end = кінець оригіналу
line-without-prejudice = Без шкоди для правових позицій сторін.
line-not-permission = Це повідомлення не надає дозволу і не просить про нього.
line-no-assurance-by-receipt = Ні підтвердження отримання, ні відповідь на це повідомлення не є запевненням; ним є лише формуляр ASSURANCE.
line-no-precondition = Повідомлення не є умовою захисту.
line-not-consent = Отримання цього повідомлення не означає ні згоди, ні дозволу.
line-unknown-fields = Полів, невідомих цьому вузлу: { $count }
line-unknown-form = Цей вузол не знає цього формуляра або його версії. Не підтверджуйте розуміння.
value-unknown-code = код { $code }, невідомий цьому вузлу
value-yes = так
value-no = ні
value-until = до
value-precision = точність { $metres } м
value-radius = радіус { $metres } м
value-width = коридор завширшки { $metres } м
value-seconds = { $count } с
value-persons = { $count } осіб
value-metres = { $count } м
value-precedence-0 = ЗВИЧАЙНА, ROUTINE
value-precedence-1 = ТЕРМІНОВА, PRIORITY
value-precedence-2 = НЕГАЙНА, IMMEDIATE
value-precedence-3 = ПОЗАЧЕРГОВА, FLASH

# Paper and voice version.

paper-precedence = ТЕРМІНОВІСТЬ
paper-from = ВІД
paper-to = КОМУ
paper-subject = ПРЕДМЕТ
paper-number = НОМЕР ПОВІДОМЛЕННЯ
paper-stated-at = ДАТА І ЧАС
paper-language = МОВА
paper-reference = ПОСИЛАННЯ НА ПОВІДОМЛЕННЯ
paper-content = ЗМІСТ
paper-remarks = ПРИМІТКИ
paper-end = КІНЕЦЬ ПОВІДОМЛЕННЯ, КІЛЬКІСТЬ РЯДКІВ
