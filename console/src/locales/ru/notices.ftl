notices-title = Уведомления
notices-about = Гуманитарные уведомления об объектах и передвижениях каждой стороне. Уведомление сообщает и ни о чём не просит.
notices-law = Уведомление не является условием защиты. Подтверждение получения не является ни согласием, ни разрешением. Проверка целей остаётся обязанностью сторон.
notices-grid = Кто чем располагает
notices-batches = Пакеты
notices-in = Ввод листа
notices-hand = Вручение
notices-in-do = Прочитать лист
notices-batches-none = Пакетов ещё нет: сначала прочитайте лист.
notices-batch = Пакет
notices-batch-all = все пакеты
notices-file = Файл
notices-entered = Внесено
notices-refused = Отклонено
notices-state = Состояние
notices-officer = Подписал
notices-when = Когда
notices-complete = внесён целиком
notices-cut = прерван
notices-cut-about = Прочитайте тот же лист ещё раз: внесение продолжится с места обрыва.
notices-find = Найти по номеру, ссылке, названию
notices-party = Сторона
notices-party-all = все стороны
notices-no-line = { $party } (без линии)
notices-show = Показать
notices-show-active = Действуют
notices-show-owed = Ещё не сообщено
notices-show-unread = Не прочитано
notices-show-expiring = Скоро истекают
notices-show-older = Имеют прежнюю версию
notices-show-ended = Прекращены
notices-show-all = Все
notices-count = { $count ->
    [one] { $count } уведомление
    [few] { $count } уведомления
   *[many] { $count } уведомлений
 }
notices-more-held = Здесь прочитаны только первые { $count } уведомлений: выберите пакет.
notices-more = ещё { $count }
notices-more-filter = Показано 500 строк: сузьте список.
notices-none = Уведомлений нет.
notices-notice = Уведомление
notices-what = Что
notices-times = Начало
notices-valid-until = действует до
notices-expires-soon = скоро истекает
notices-withdrawn = отозвано
notices-kind-SITE = объект
notices-kind-MOVEMENT = передвижение
notices-urgency-EMERGENCY = ЧРЕЗВЫЧАЙНО
notices-urgency-URGENT = СРОЧНО
notices-urgency-ROUTINE = обычным порядком
notices-cell-owed = предстоит сообщить
notices-cell-owed-sheet = предстоит вручить
notices-cell-drafted = составлено, не выпущено
notices-cell-released = выпущено, подтверждения нет
notices-cell-handed = вручено
notices-cell-held = R0: хранит их узел
notices-cell-receipt = { $level ->
    [R1] R1: прочитано
    [R2] R2: понято
    [R3] R3: передано дальше
    [R4] R4: дан ответ
   *[other] { $level }
 }
notices-cell-expired = истекло
notices-cell-withdrawn = отозвано, сообщено ({ $level })
notices-cell-withdrawal-sent = отзыв выпущен, подтверждения нет
notices-cell-withdrawal-drafted = отзыв составлен
notices-cell-withdrawal-owed = отозвано: НЕ сообщено
notices-cell-never-told = отозвано, не сообщалось
notices-cell-older = имеют в. { $version }
notices-cell-attested = удостоверил наш офицер
notices-batch-one = Пакет { $batch }
notices-batch-about = Каждый подписывает один раз за весь пакет; под этим подписывается каждое сообщение.
notices-begun = { $count ->
    [one] { $count } уведомление уже началось
    [few] { $count } уведомления уже начались
   *[many] { $count } уведомлений уже начались
 }
notices-steps = Что ждёт
notices-step-draft = Составление
notices-step-legal = Правовая проверка
notices-step-linguist = Языковая проверка
notices-step-release = Выпуск
notices-step-none = ничто не ждёт
notices-step-waits = { $count ->
    [one] ждёт { $count } сообщение
    [few] ждут { $count } сообщения
   *[many] ждут { $count } сообщений
 }
notices-do-draft = { $count ->
    [one] Составить { $count } сообщение
    [few] Составить { $count } сообщения
   *[many] Составить { $count } сообщений
 }
notices-do-legal = { $count ->
    [one] Проверить { $count } сообщение
    [few] Проверить { $count } сообщения
   *[many] Проверить { $count } сообщений
 }
notices-do-linguist = { $count ->
    [one] Проверить { $count } сообщение
    [few] Проверить { $count } сообщения
   *[many] Проверить { $count } сообщений
 }
notices-do-release = { $count ->
    [one] Выпустить { $count } сообщение
    [few] Выпустить { $count } сообщения
   *[many] Выпустить { $count } сообщений
 }
notices-sign-draft = { $batch }: составить { $count ->
    [one] { $count } сообщение
    [few] { $count } сообщения
   *[many] { $count } сообщений
 }
notices-sign-legal = { $batch }: правовая проверка, { $count ->
    [one] { $count } сообщение
    [few] { $count } сообщения
   *[many] { $count } сообщений
 }
notices-sign-linguist = { $batch }: языковая проверка, { $count ->
    [one] { $count } сообщение
    [few] { $count } сообщения
   *[many] { $count } сообщений
 }
notices-sign-release = { $batch }: ВЫПУСТИТЬ { $count ->
    [one] { $count } сообщение
    [few] { $count } сообщения
   *[many] { $count } сообщений
 }
notices-done-draft = { $count ->
    [one] Составлено { $count } сообщение
    [few] Составлено { $count } сообщения
   *[many] Составлено { $count } сообщений
 }
notices-done-legal = { $count ->
    [one] Проверено { $count } сообщение
    [few] Проверено { $count } сообщения
   *[many] Проверено { $count } сообщений
 }
notices-done-linguist = { $count ->
    [one] Проверено { $count } сообщение
    [few] Проверено { $count } сообщения
   *[many] Проверено { $count } сообщений
 }
notices-done-release = { $count ->
    [one] Выпущено { $count } сообщение
    [few] Выпущено { $count } сообщения
   *[many] Выпущено { $count } сообщений
 }
notices-not-delivered = Ещё не доставлено: не докладывать как отправленное.
notices-who-draft = Составляет дежурный офицер.
notices-who-legal = Проверяет юридический советник.
notices-who-linguist = Проверяет лингвист.
notices-who-release = Делает утверждающий офицер — не тот, кто составил.
notices-release-later = Сначала предыдущие шаги.
notices-law-cited = Нормы права
notices-law-hint = По одной в строке.
notices-progress = Сделано { $done } из { $of }
notices-go-on = { $done } из { $of } внесены и остаются. Нажмите ту же кнопку, чтобы продолжить.
notices-one-act = Вы один раз подтверждаете показанное целиком; затем ваш ключ по частям подписывает каждое сообщение. Ключ доступа спрашивает на каждое.
notices-batch-stands = Положение дел
notices-how = Как
notices-by-line = по линии
notices-by-sheet = листом
notices-party-state-OWED = предстоит сообщить
notices-party-state-DRAFTED = составлено
notices-party-state-SENT = выпущено
notices-party-state-RECEIPTED = с подтверждением
notices-in-about = CSV или книга, строка — объект или передвижение. Лист сначала читается и показывается; этим ничего не вносится.
notices-file-hint = CSV, XLSX, XLS или ODS, не более 16 МиБ.
notices-too-large = Файл больше 16 МиБ.
notices-dry-run = Пробный прогон
notices-dry-title = Пробный прогон { $batch }
notices-dry = Прочитано строк: { $rows }, к внесению: { $enter }, отклонено: { $refused }
notices-dry-nothing = пока ничего не внесено
notices-dry-new = Новые
notices-dry-changed = Новые версии
notices-dry-known = Уже известны
notices-dry-for = Кому
notices-dry-first = Первое начинается
notices-dry-emergencies = Чрезвычайные
notices-dry-refused = Отклонённые строки
notices-dry-refused-about = Исправьте эти строки и прочитайте лист ещё раз; известное дважды не вносится.
notices-dry-late = { $count ->
    [one] { $count } строка опоздала
    [few] { $count } строки опоздали
   *[many] { $count } строк опоздали
 }
notices-dry-doubles = { $count ->
    [one] { $count } строка, возможно, уведомляет об одном дважды
    [few] { $count } строки, возможно, уведомляют об одном дважды
   *[many] { $count } строк, возможно, уведомляют об одном дважды
 }
notices-dry-repeats = возможно, одно и то же
notices-dry-changes = Уведомления, получающие новую версию
notices-row = Строка
notices-reason = Причина
notices-code = Код
notices-in-enter = { $count ->
    [one] Подписать { $count } уведомление
    [few] Подписать { $count } уведомления
   *[many] Подписать { $count } уведомлений
 }
notices-in-sign = { $batch }: внести { $count ->
    [one] { $count } уведомление
    [few] { $count } уведомления
   *[many] { $count } уведомлений
 }
notices-in-nobody-told = Этим никому не сообщается: далее составление и выпуск.
notices-in-nothing = Нового в этом листе нет.
notices-hand-about = Сторона без линии получает лист. В нём названа она и никто другой.
notices-hand-none = У каждой стороны есть линия.
notices-hand-owed = { $count ->
    [one] предстоит вручить { $count } уведомление
    [few] предстоит вручить { $count } уведомления
   *[many] предстоит вручить { $count } уведомлений
 }
notices-hand-nothing = вручать нечего
notices-hand-counts = вручено без подтверждения { $handed }, всего { $all }
notices-sheet = Лист
notices-handed = Вручено
notices-hand-do = { $count ->
    [one] Вручено: { $count }
    [few] Вручено: { $count }
   *[many] Вручено: { $count }
 }
notices-hand-sign = Вручено: { $party }
notices-hand-order = Сначала лист, затем вручение, затем отметка здесь: на одном листе не более тысячи уведомлений.
notices-pdf-of = PDF для { $party }
notices-csv-of = CSV для { $party }
notices-one = Уведомление { $notice }
notices-one-about = О чём оно и насколько каждая сторона им располагает.
notices-all = Все уведомления
notices-parties = Стороны
notices-holds = Имеют
notices-version-of = в. { $version } из { $of }
notices-proof = Доказательство
notices-since = С какого времени
notices-message = Сообщение
notices-message-open = открыть
notices-no-longer-for = этой стороне больше не адресовано
notices-no-party-learns = Ни одна сторона не узнаёт о других.
notices-says = Содержание
notices-reference = Ссылка
notices-organisation = Кто подал
notices-contact = Кому звонить
notices-where = Где
notices-from = Начало
notices-until = Конец
notices-versions = Версии
notices-version = Версия
notices-version-stands = действует
notices-version-older = прежняя
notices-versions-about = Новая версия — строка с той же организацией и ссылкой в следующем листе.
notices-receipt = Услышанное подтверждение
notices-receipt-about = От стороны без линии: то, что вы услышали или держите на бумаге. Стоит как УДОСТОВЕРЕННОЕ и не означает согласия.
notices-level = Уровень
notices-level-0 = R0: хранят у себя
notices-level-1 = R1: прочитал офицер
notices-level-2 = R2: понято, повторено
notices-level-3 = R3: передано названному командованию
notices-receipt-how = Как получено
notices-receipt-hint = Например: повторено дежурным офицером по телефону.
notices-receipt-do = Подписать подтверждение
notices-receipt-sign = Подтверждение стороны { $party }
notices-withdraw = Отозвать
notices-withdraw-about = Каждой стороне, которой сообщено, сообщается и об отзыве: проектами, которые выпускаются. Защита этим не прекращается.
notices-withdraw-do = Отозвать это уведомление
notices-withdraw-sign = Отозвать { $notice }
