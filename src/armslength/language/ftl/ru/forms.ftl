## Titles, labels and sentences of the message forms.

# Titles of the forms.

form-test = ПРОВЕРКА ЛИНИИ
form-concern = ОЗАБОЧЕННОСТЬ
form-clarification-request = ЗАПРОС О РАЗЪЯСНЕНИИ
form-reply = ОТВЕТ
form-not-ours = НЕ НАШИ СИЛЫ
form-incident = ИНЦИДЕНТ
form-stop = СТОП: НЕМЕДЛЕННО ПРЕКРАТИТЕ ОГОНЬ
form-service = СЛУЖЕБНОЕ СООБЩЕНИЕ
form-query-receipt = ЗАПРОС О ПОЛУЧЕНИИ
form-window = РЕЖИМ ТИШИНЫ: ПРЕДЛОЖЕНИЕ
form-assurance = ЗАВЕРЕНИЕ О РЕЖИМЕ ТИШИНЫ
form-window-status = СОСТОЯНИЕ РЕЖИМА ТИШИНЫ
form-site-notice = УВЕДОМЛЕНИЕ О ЗАЩИЩЁННОМ ОБЪЕКТЕ
form-list-exchange = ОБМЕН СПИСКАМИ ЗАЩИЩЁННЫХ ОБЪЕКТОВ
form-unknown = НЕИЗВЕСТНЫЙ ЭТОМУ УЗЛУ ФОРМУЛЯР

# Labels of the common fields.

field-form = Формуляр
field-form-version = Версия формуляра
field-precedence = Срочность
field-language = Язык оригинала
field-relation = Связь с более ранним сообщением
field-reply-by = Ответ просим дать до
field-valid-from = Действует с
field-valid-until = Действует до
field-takes-effect-at = Вступает в силу
field-answers = В ответ на сообщение
field-free-text = Текст
field-topic = Тема
field-facility-id = Номер объекта
field-place = Место
field-case-reference = Номер дела
field-action-addressees = Для действий
field-attribution = Указание ответственной стороны

# Labels of the fields of the forms.

field-test-text = Текст проверки
field-facility = Объект
field-activity = Деятельность
field-activity-window = Время деятельности
field-hazards = Опасность
field-pillars = Компоненты ядерной и физической безопасности
field-requested-action = Запрашиваемое действие
field-basis-of-knowledge = Источник сведений
field-evidence-level = Степень подтверждённости
field-legal-basis = Правовое основание
field-area = Район
field-questions = Вопросы
field-verb = Ответ
field-reason = Причина
field-stated-action = Действия по заявлению автора
field-answer-by = Полный ответ до
field-passed-to = Передано
field-purpose-of-activity = Цель деятельности
field-end-of-activity = Окончание деятельности
field-units-involved = Участвующие части
field-subordination = Подчинённость
field-numbers-and-types = Численность и типы
field-not-ours-subject = Не относится к нашим силам
field-incident-kind = Инцидент
field-incident-window = Время инцидента
field-killed = Погибшие
field-injured = Раненые
field-radiation = Радиационная обстановка
field-stop-reason = Причина
field-service-code = Служебные сведения
field-service-window = Период
field-bearers = Способы передачи
field-first-number = Первый номер
field-last-number = Последний номер
field-queried-message = Запрашиваемое сообщение
field-queried-number = Его номер
field-sent-at = Отправлено
field-highest-receipt-held = Наивысшее имеющееся подтверждение
field-receipt-asked-for = Запрашиваемое подтверждение
field-window-id = Режим тишины
field-zone = Зона
field-window-time = Время режима тишины
field-works = Работы
field-crews = Бригады
field-assurance-asked-from = Заверение запрашивается у
field-observers = Наблюдатели
field-assurance = Заверение
field-assuring-commands = Командование, которое его даёт
field-assurance-time = Время действия заверения
field-window-status = Состояние режима тишины
field-window-reason = Причина
field-observed-at = Зафиксировано
field-evidence = Доказательства
field-violations-counted = Учтено нарушений
field-assurances-missing = Недостающие заверения
field-other-names = Другие названия
field-special-sign = Специальный знак
field-list-stage = Стадия
field-list-year = Год списка
field-list-count = Объектов в списке
field-list-digest = Контрольная сумма списка
field-list-salt = Дополнение к контрольной сумме
field-sites = Объекты

# What stands around the fields.

line-exercise = EXERCISE УЧЕНИЕ EXERCISE
line-from = От кого
line-to = Кому
line-number = Номер сообщения
line-stated-at = Дата и время
line-officer = Должностное лицо
line-handling = Гриф
line-field = Поле { $number }
line-original = оригинал, язык { $language }
line-original-end = конец оригинала
line-without-prejudice = Без ущерба для правовых позиций сторон.
line-not-permission = Это сообщение не даёт разрешения и не испрашивает его.
line-no-assurance-by-receipt = Ни подтверждение получения, ни ответ на это сообщение не являются заверением; им является только формуляр ASSURANCE.
line-no-precondition = Уведомление не является условием защиты.
line-not-consent = Получение этого сообщения не означает ни согласия, ни разрешения.
line-unknown-fields = Полей, неизвестных этому узлу: { $count }
line-unknown-form = Этот узел не знает этот формуляр или его версию. Не подтверждайте понимание.
value-unknown-code = код { $code }, неизвестный этому узлу
value-yes = да
value-no = нет
value-until = до
value-precision = точность { $metres } м
value-radius = радиус { $metres } м
value-width = коридор шириной { $metres } м
value-seconds = { $count } с
value-persons = { $count } чел.
value-metres = { $count } м
value-precedence-0 = ОБЫЧНАЯ, ROUTINE
value-precedence-1 = СРОЧНАЯ, PRIORITY
value-precedence-2 = НЕМЕДЛЕННАЯ, IMMEDIATE
value-precedence-3 = ВНЕОЧЕРЕДНАЯ, FLASH

# Paper and voice version.

paper-precedence = СРОЧНОСТЬ
paper-from = ОТ
paper-to = КОМУ
paper-subject = ПРЕДМЕТ
paper-number = НОМЕР СООБЩЕНИЯ
paper-stated-at = ДАТА И ВРЕМЯ
paper-language = ЯЗЫК
paper-reference = ССЫЛКА НА СООБЩЕНИЕ
paper-content = СОДЕРЖАНИЕ
paper-remarks = ПРИМЕЧАНИЯ
paper-end = КОНЕЦ СООБЩЕНИЯ, ЧИСЛО СТРОК
