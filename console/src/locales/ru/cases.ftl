# Дела.
cases-title = Дела
cases-about = Всё, что сказано об одном случае по разным каналам, под одним номером. Ничего не сливается: оба изложения остаются.
cases-new = Открыть дело
cases-new-about = Дело соединяет то, что записано в других местах. То, что делом называет другая сторона, здесь ничего не соединяет.
cases-new-form = Дело
cases-all = Все дела
cases-find = Искать в номере, названии, предмете
cases-boxes = Дела по состоянию
cases-box-open = Открытые
cases-box-disputed = Не оценено
cases-box-closed = Закрытые
cases-box-all = Все
cases-none = Подходящих дел нет.
cases-number = Номер
cases-matter = Случай
cases-status = Состояние
cases-status-OPEN = открыто
cases-status-CLOSED = закрыто
cases-disputes = Противоречия
cases-unassessed = { $count ->
    [one] { $count } противоречие не оценено
    [few] { $count } противоречия не оценены
   *[many] { $count } противоречий не оценено
 }
cases-assessed = { $count ->
    [one] { $count }, оценено
   *[many] { $count }, все оценены
 }
cases-joined = Присоединено / изложений
cases-changed = Последнее изменение
cases-opened = Открыто
cases-bounded = Показаны новейшие, { $count }; более старые находит поиск.
cases-field-title = Название
cases-field-reason = Почему открывается
cases-field-reason-hint = Причина подписывается и остаётся в деле.
cases-field-subject = Предмет
cases-field-subject-hint = Например, MQ-9.
cases-field-facility = Объект
cases-field-facility-hint = Обозначение в реестре, если дело касается объекта.
cases-field-references = Что уже присоединить
cases-field-references-hint = Номера (CT-…, D-…, CL-…, C-…), начало хеша сообщения, обозначение объекта, log:12.
cases-open = Открыть дело
cases-one = Дело { $case }
cases-card = Карточка для начальника
cases-parts = Части дела
cases-timeline = По времени
cases-timeline-none = Пока ничего не присоединено.
cases-linked = Связано
cases-linked-none = Пока ничего не присоединено.
cases-decided = Решения
cases-decided-none = Ни одно решение не называет это дело.
cases-history = Шаги
cases-only = Только один вид
cases-every-kind = Всё
cases-earlier = { $count ->
    [one] ещё { $count } более ранняя строка
    [few] ещё { $count } более ранние строки
   *[many] ещё { $count } более ранних строк
 }
cases-when = Когда
cases-until = до
cases-kind = Вид
cases-what = Что
cases-channel = Канал
cases-proof = Доказательство и уровень
cases-proof-SIGNED = подписано
cases-proof-ATTESTED = удостоверено
cases-proof-REPORTED = по сообщению
cases-rung-desk = дежурный пост
cases-level-means = R0–R4 говорят, как далеко дошло сообщение. Подтверждение — не согласие и не доказательство, что что-либо сделано.
cases-not-used = рассмотрен, не использован
cases-chosen = Избрано
cases-because = Потому что
cases-rejected = Не избранные варианты
cases-rejected-none = Других вариантов не записано.
cases-officer = Офицер
cases-reason = Причина
cases-step-taken = Шаг
cases-left = Изъято из дела
cases-accounts = Изложения рядом ({ $count })
cases-accounts-about = В порядке записи. Если источник позже говорит иное, у него два изложения.
cases-accounts-none = Ничьё изложение ещё не внесено.
cases-account = изложение { $number }
cases-said = Сказано
cases-said-unknown = Когда сказано, неизвестно
cases-entered-by = Внёс { $officer }
cases-disputes-title = Противоречия ({ $count })
cases-disputes-about = Верны быть оба не могут. Сохраняются оба. Если больше ничего не указано, это не доказывает согласия.
cases-dispute-FOUND = найдено, никто ещё не смотрел
cases-dispute-STATED = отмечено, не оценено
cases-dispute-ASSESSED = оценено, сохранены оба
cases-against = против
cases-side-gone = Здесь этого больше нет.
cases-assessment = Наша оценка
cases-state = Отметить
cases-state-label = Отметить противоречие: { $first } и { $second }
cases-assess = Оценить
cases-assess-label = Оценить противоречие: { $first } и { $second }
cases-step = Внести шаг
cases-step-which = Шаг
cases-step-open = Открыто
cases-step-account = Внести изложение
cases-step-account-hint = Кто что говорит и о каком времени. Хранится рядом с остальными.
cases-step-join = Присоединить
cases-step-join-hint = То, что записано в другом месте и не называет это дело.
cases-step-leave = Изъять
cases-step-leave-hint = Остаётся видимым, с вашей причиной.
cases-step-contradiction = Отметить противоречие
cases-step-contradiction-hint = Два изложения, которые не могут быть верны оба. Сохраняются оба.
cases-step-assess = Оценить противоречие
cases-step-assess-hint = Что мы об этом думаем; оба изложения остаются.
cases-step-close = Закрыть дело
cases-step-close-hint = Больше ничего не ожидается. Дело можно открыть снова.
cases-step-reopen = Открыть снова
cases-step-reopen-hint = Появилось новое.
cases-close-refused = { $count ->
    [one] { $count } противоречие не оценено. Отмеченное нужно оценить до закрытия дела.
    [few] { $count } противоречия не оценены. Отмеченные нужно оценить до закрытия дела.
   *[many] { $count } противоречий не оценено. Отмеченные нужно оценить до закрытия дела.
 }
cases-source = Кто так говорит
cases-source-hint = Например: Министерство обороны России.
cases-question = На какой вопрос
cases-question-about = О чём
cases-question-about-hint = Например, номер контакта; пусто — о самом случае.
cases-question-said = Что говорит источник?
cases-question-initiated-by = Кто начал?
cases-question-by-whom = Чьё это действие?
cases-question-ours = Признаёт ли источник это своим?
cases-question-used = Был ли использован канал?
cases-question-happened = Произошло ли это?
cases-question-count = Сколько?
cases-question-time = Когда это было?
cases-question-place = Где это было?
cases-question-read-out = Какие темы называет сообщение о разговоре?
cases-question-law = Что источник считает правом?
cases-choose = Выберите
cases-answer = Ответ
cases-answer-party = Код стороны, например US.
cases-answer-number = Целое число.
cases-answer-time = Время, день либо с и до: 2023-03-14T06:03Z до 2023-03-14T06:05Z.
cases-answer-place = Координаты: 44.5 33.1, либо MGRS.
cases-answer-topics = Темы через запятую.
cases-says = Его слова
cases-says-hint = Дословно либо точное изложение с пометкой, что это изложение.
cases-said-at = Когда сказано
cases-said-at-hint = По UTC: 2023-03-14 18:30; пусто, если неизвестно.
cases-stands-in = Где это стоит
cases-stands-in-hint = Контакт, заявление, страница печати.
cases-reference = Что
cases-first = Одна сторона
cases-second = Другая сторона
cases-pair-hint = Изложение по номеру либо то, что присоединено к делу.
cases-reason-found = Можно оставить пустым: причиной станет найденное.
