compose-title = Составить
compose-about = Проект — это только проект: до утверждения ничего не отправляется.
compose-find = Найти формуляр
compose-forms = Формуляры
compose-form = Формуляр
compose-when = Когда направляется
compose-who = Кто утверждает
compose-precedence = Срочность
compose-replies = Возможные ответы
compose-no-form = Подходящего формуляра нет.
compose-form-unknown = Формуляра { $form } нет.
compose-other-form = Другой формуляр
compose-two-persons = два лица, начиная со срочности { $precedence }
compose-one-person = может отправить одно лицо
compose-with-linguist = проверка текста лингвистом
compose-with-legal = юридическая проверка
compose-no-reply = ответ не ожидается
compose-due-within = срок: { $span }
compose-stop-elsewhere = СТОП отправляется с любого экрана клавишей F8. Формуляры, которые узел заполняет сам, находятся на своих экранах.
compose-fields = Поля сообщения
compose-required = обязательно
compose-taken-up = Продолжено с того места, где вы остановились; это не было подано.
compose-begin-anew = Начать заново
compose-line = Линия
compose-choose-line = выберите линию
compose-to = Кому
compose-usual = обычная для этого формуляра
compose-language = Язык текста
compose-language-hint = Написанное вами имеет силу на этом языке; коды каждая сторона читает на своём.
compose-not-said = не указано
compose-none-chosen = не выбрано
compose-they-read = Они прочтут:
compose-place-hint = Градусы (47.5122N 34.5858E) или MGRS (36TXT1940063300).
compose-place-read = Прочитано как
compose-shape = Фигура
compose-radius = Радиус, метры
compose-width = Ширина, метры
compose-centre = Центр
compose-points = Точки, по одной в строке
compose-instant-hint = UTC: 2022-11-20 14:05, для сегодняшнего дня 14:05, или группа даты и времени (201405ZNOV22).
compose-now = сейчас
compose-in-minutes = через { $count ->
    [one] { $count } минуту
    [few] { $count } минуты
   *[other] { $count } минут
 }
compose-from = { $field }: с
compose-until = { $field }: до
compose-facility-choose = { $field }, из реестра
compose-facility-hint = По названию или номеру; заполняет название, номер и место.
compose-unit = Единица
compose-unit-s = секунды
compose-unit-min = минуты
compose-unit-h = часы
compose-unit-d = сутки
compose-unit-persons = человек
compose-unit-minutes = минуты
compose-unit-metres = метры
compose-unit-vehicles = машины
compose-relation-none = новое: не связано с прежним сообщением
compose-to-message = с каким сообщением
compose-names-hint = По одному в строке.
compose-phrases-hint = Одна фраза в строке: 20 | 47.5122N 34.5858E | 2022-11-20T14:30:00Z
compose-parties-hint = Коды сторон через запятую.
compose-take-out = Убрать { $name }
compose-no-sites = Объекты не выбраны.
compose-add = Добавить
compose-message-in = входящее { $number }
compose-message-out = исходящее { $number }
compose-words = { $count ->
    [one] { $count } слово текста
    [few] { $count } слова текста
   *[other] { $count } слов текста
 }
compose-words-of = слов в тексте: { $count }, не более { $most }
compose-words-urgent = Срочное сообщение кратко: его читают вслух.
compose-more-fields = Другие поля ({ $count })
compose-wrong = { $count ->
    [one] Исправить осталось { $count } пункт; ничего не подано.
    [few] Исправить осталось { $count } пункта; ничего не подано.
   *[other] Исправить осталось { $count } пунктов; ничего не подано.
 }
compose-problem-MISSING = нужно заполнить: { $expected }
compose-problem-MALFORMED = записано не так, как требует формуляр: { $expected }
compose-problem-UNKNOWN-CODE = не подходит: { $expected }
compose-problem-UNKNOWN-FIELD = такого поля в формуляре нет
compose-problem-PRECEDENCE = допустимо: { $expected }
compose-problem-TIME-ORDER = порядок времени: { $expected }
compose-problem-TOO-LONG = слишком длинно: { $expected }
compose-submit = Подача
compose-draft-about = Проект — это только проект. Другие его проверяют, второе лицо утверждает.
compose-alone-about = Это может отправить одно лицо. После утверждения сообщение имеет номер и отозвать его нельзя.
compose-draft = Проект на проверку
compose-release-now = Утвердить и отправить
compose-may-not = Проект этого формуляра составляют: { $roles }.
compose-need-legal = юридическая проверка
compose-need-linguist = проверка лингвиста
compose-need-second-person = утверждение вторым лицом
compose-answered = Сообщение, о котором идёт речь
compose-reply-by = Ответ просят до
compose-asked = О чём спросили
compose-covered = отвечено
compose-not-covered = ещё не отвечено
compose-preview = Как это будет прочитано
compose-preview-about = Составлено узлом из полей в их нынешнем виде; от просмотра ничего не сохраняется и не отправляется.
compose-as-they-read = Как прочтёт { $party }
compose-as-we-read = Как читаем мы, { $party }
compose-sent = Утверждено
compose-released-as = Утверждено под номером { $number }.
compose-not-delivered = Ещё не доставлено: не докладывать как отправленное.
compose-held = Принято узлом { $party } (R0)
compose-held-means = Их узел сохранил сообщение. Никто его ещё не прочитал; получение не есть согласие.
compose-see-message = Сообщение и его квитанции
compose-findings-of = Проверка текста: { $field }
compose-findings = { $count ->
    [one] { $count } место стоит посмотреть; запрета в этом нет
    [few] { $count } места стоит посмотреть; запрета в этом нет
   *[other] { $count } мест стоит посмотреть; запрета в этом нет
 }
compose-instead = Вместо этого:
compose-finding-IDIOM = Идиома: на другом языке читается иначе или не читается вовсе.
compose-finding-METAPHOR = Метафора: её могут понять буквально.
compose-finding-SARCASM = Могут прочесть как сарказм или сомнение в добросовестности другой стороны.
compose-finding-THREAT = Могут прочесть как угрозу.
compose-finding-ACCUSATION = Это обвинение, а сообщение помечено как никого не называющее.
compose-finding-GUARANTEE = Гарантия связывает юридически; на линии сторона даёт заверение.
compose-finding-CONSENT = Слово согласия рядом с получением: получение не есть ни согласие, ни разрешение.
compose-finding-DATE-AMBIGUOUS = Эту дату можно прочесть двояко.
compose-finding-NUMBER-AMBIGUOUS = Запятую могут прочесть как десятичный знак.
compose-finding-NUMBER-SCALE = Числительное, которое в языках значит разное или не называет числа.
compose-finding-UNIT-MISSING = Число без единицы измерения.
compose-finding-UNIT-MIXED = Две единицы для одного и того же в одном тексте.
compose-finding-UNIT-AMBIGUOUS = Единица, у которой несколько значений, или чьи буквы означают другую.
compose-finding-TIME-ZONE = Время без часового пояса.
compose-finding-TIME-RELATIVE = Время, которое зависит от того, когда и где это читают.
compose-finding-NEGATION-DOUBLE = Два отрицания: одно легко теряется в переводе.
compose-finding-ACTOR-UNCLEAR = Не сказано, кто это делает.
compose-finding-NAME-FORM = Название стоит не в той форме, какую требует правило этой линии.
compose-finding-TERM-DEPRECATED = Терминологическая база не советует это слово.
compose-finding-LOOK-ALIKE = Слово из букв двух алфавитов.
compose-finding-MACHINE-MARK = Машинный перевод: он никому не отправляется.
compose-purpose-TEST = Направляется в часы плана проверок по уставу линии и после ремонта, чтобы показать, что линия передаёт текст.
compose-purpose-CONCERN = Направляется, когда действия вблизи охраняемого места могут причинить вред, который обе стороны заинтересованы предотвратить.
compose-purpose-CLARIFICATION-REQUEST = Направляется, чтобы спросить, что означает действие или прежнее сообщение, прежде чем делать выводы.
compose-purpose-REPLY = Направляется в ответ на сообщение; содержит один глагол ответа и может сказать, что сделано и почему.
compose-purpose-NOT-OURS = Направляется, чтобы заявить, что силы, огонь или объект в данном месте и времени не свои.
compose-purpose-INCIDENT = Направляется, когда случилось то, что другая сторона может понять неверно или помочь сдержать.
compose-purpose-SERVICE = Направляется дежурной смене другой стороны о самой линии: перерывы, каналы передачи, ключи, часы, языки.
compose-purpose-QUERY-RECEIPT = Направляется, когда квитанция не пришла в срок: спрашивает, получено ли сообщение и до какого уровня.
compose-purpose-WINDOW = Направляется, чтобы предложить режим тишины: зону и время, в которые работы ведутся под письменные заверения.
compose-purpose-ASSURANCE = Направляется, чтобы дать, не дать или отозвать заверение названного командования для режима тишины.
compose-purpose-SITE-NOTICE = Направляется, чтобы раскрыть выбранные сведения об одном охраняемом объекте, с выбранной точностью и до указанного срока.
compose-purpose-ACTIVITY-NOTICE = Направляется за 3–5 суток до деятельности, которая может быть опасна для судов, самолётов или людей в районе, и вновь при изменении времени или района; действует до конца срока или до прекращения.
compose-purpose-LAUNCH-NOTICE = Направляется не менее чем за 24 часа до планового пуска баллистической ракеты или ракеты-носителя; действует четверо суток от плановой даты; перенос в их пределах или отмена нового уведомления не требует.
compose-purpose-MOVE-NOTICE = Направляется за 48 часов до гуманитарного движения, в срочном случае за 24 часа, и вновь при изменении маршрута, времени или машин; действует до конца срока или до прекращения.
compose-purpose-DAILY-PLAN = Направляется до 12:00 с движениями и работами следующего дня и возвращается до 16:00 в том виде, в каком его держат обе стороны; изменение в течение дня его обновляет.
compose-purpose-CALL-REQUEST = Направляется, когда начальник просит разговора с другой стороной в указанный срок.
compose-purpose-CALL-RECORD = Направляется после разговора с текстом, который держат обе стороны; согласован, когда другая сторона подтвердит.
compose-purpose-SUSPEND = Направляется, когда сторона приостанавливает линию для себя; СТОП и квитанции проходят, завершает RESUME.
compose-purpose-RESUME = Направляется, когда сторона возобновляет линию, которую приостановила.
compose-purpose-PUBLIC-WORDING = Направляется, чтобы предложить формулировку для публики или согласиться, не возражать либо возразить против предложенной.
compose-purpose-PRESENCE-QUERY = Направляется, чтобы спросить, доступен ли начальник другой стороны и через сколько минут.
compose-purpose-PRESENCE = Направляется в ответ на PRESENCE-QUERY или без запроса, когда начальник более не доступен.
compose-purpose-PHRASE = Направляется, чтобы сказать согласованные фразы кодовой книги их номерами; каждая сторона читает их на своём языке.
