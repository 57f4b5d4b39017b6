translations-title = Переводы
translations-about = Что ждёт лингвиста и что стоит рядом с каждым подлинником. Ничто из этого не уходит на линию.
translations-queue = Ждут
translations-all = Все переводы
translations-owed = Не прочитали новое
translations-owed-mine = { $count ->
    [one] Смысл перевода, который вы читали, изменился. Прочтите заново:
    [few] Смысл { $count } переводов, которые вы читали, изменился. Прочтите их заново:
   *[many] Смысл { $count } переводов, которые вы читали, изменился. Прочтите их заново:
 }
translations-queue-none = Лингвиста ничто не ждёт.
translations-queue-full = Просмотрены только { $count } новейших; могут ждать и более ранние.
translations-targets = Ожидается после получения: с листа 8 минут, черновой 35, официальный 130.
translations-none = Переводов ещё нет.
translations-owed-none = Все прочитали то, что изменилось.
translations-what = Что
translations-form = Сообщение
translations-why = Что нужно
translations-why-stage = Перевод
translations-why-check = Языковая проверка проекта
translations-why-back = Обратный перевод проекта
translations-next = { $stage }, на { $language }
translations-stands = Имеется
translations-due = Ожидается
translations-before-release = до выпуска
translations-since = С какого времени
translations-languages = Языки
translations-minutes = Минут после получения
translations-doubts = Сомнения
translations-when = Последняя версия
translations-version = версия { $number }
translations-back-count = { $count ->
    [one] { $count } обратный перевод
    [few] { $count } обратных перевода
   *[many] { $count } обратных переводов
 }
translations-open-label = Перевести другое
translations-open-hint = Сообщение (in:4), проект, разговор (CL-…) или контакт (CT-…).
translations-subject-MESSAGE = сообщение
translations-subject-DRAFT = проект
translations-subject-CALL = разговор
translations-subject-CONTACT = контакт
translations-one = Перевод: { $name }
translations-one-about = Подлинник и перевод рядом. Открытие ничего не говорит; кто прочитал версию, сам это заявляет.
translations-to-queue = Очередь
translations-to-message = Сообщение
translations-to-draft = Проект
translations-coded = Только кодированные поля: каждый узел показывает их на своём языке, лингвист не нужен.
translations-back-missing = Обратного перевода вторым лингвистом ещё нет; он нужен до выпуска.
translations-back-differs = Обратный перевод не совпадает с тем, что имелось в виду.
translations-changed-for-you = Версия { $version } меняет смысл того, что вы читали.
translations-changed-for-you-detail = Прочтите её и заявите об этом; никто не сделает этого за вас.
translations-what-changed = Что изменилось
translations-into = На язык
translations-into-language = Перевод: { $language }
translations-original = Подлинник ({ $language })
translations-original-binds = Силу имеет подлинник.
translations-no-original = В книгах нет подлинника разговора или контакта: его вносит первая версия.
translations-none-yet = На этот язык ещё не переведено.
translations-read = Эта версия мной прочитана
translations-read-title = Эта версия мной прочитана
translations-read-done = вы её прочитали
translations-after = через { $minutes } мин после получения, ожидалось { $target }
translations-after-late = позже ожидаемого
translations-corrects = Исправляет предыдущую версию той же стадии.
translations-machine-from = начато с машинного черновика
translations-meaning-changed = Меняет смысл
translations-meaning-same = Не меняет смысла предыдущей версии.
translations-readers = Прочитали
translations-readers-none = пока никто
translations-stands-title = Имеется: { $stage }, версия { $number }
translations-older = { $count ->
    [one] { $count } прежняя версия
    [few] { $count } прежние версии
   *[many] { $count } прежних версий
 }
translations-doubts-title = В чём лингвист сомневается
translations-findings = Проверки изложения подлинника
translations-findings-none = Проверки ничего не нашли.
translations-findings-about = Это указания, а не приговор: они ничего не запрещают.
translations-first = Перевести: { $language }
translations-later = Следующая версия: { $language }
translations-begin-from = Начать с версии { $number }
translations-bring = Сказанного нет ни в одном сообщении. Введите его здесь на языке оригинала; оно хранится с первой версией.
translations-from = Язык подлинника
translations-received = Получено (UTC)
translations-received-hint = От этого времени считаются минуты.
translations-bring-original = Подлинник, как было сказано
translations-machine = МАШИННЫЙ ЧЕРНОВИК, НЕ ДЛЯ ВЫПУСКА
translations-machine-ask = Машинный черновик
translations-machine-about = Нигде не хранится и никому не отправляется. Сверьте с подлинником; уберите пометки, прежде чем подписать как свой.
translations-machine-take = Начать с этого черновика
translations-machine-drop = Убрать
translations-machine-began = Начато с черновика программы
translations-machine-began-hint = Указывается рядом с вашей версией. Очистите, если от черновика ничего не осталось.
translations-stage = Стадия
translations-stage-correct = исправление
translations-stage-next = следующая
translations-text = Перевод
translations-doubt-add = Отметить выделенные слова как сомнительные
translations-doubt-hint = Выделите слова перевода, в которых вы не уверены.
translations-doubt-lost = в тексте этих слов больше нет
translations-doubt-note = В чём сомнение { $number }
translations-doubt-drop = Убрать сомнение { $number }
translations-terms = Термины
translations-terms-about = Слова подлинника и что для них предлагает база терминов: указание, а не приговор.
translations-term-TERM-MISSING = предпочтительное слово не употреблено
translations-term-TERM-ADMITTED = употреблено допустимое слово
translations-term-TERM-DEPRECATED = не рекомендуется
translations-term-insert = Вставить
translations-term-insert-one = Вставить «{ $term }»
translations-own-findings = { $count ->
    [one] Проверки изложения указывают на { $count } место вашего текста
    [few] Проверки изложения указывают на { $count } места вашего текста
   *[many] Проверки изложения указывают на { $count } мест вашего текста
 }
translations-changes = Меняет ли это смысл версии { $number }?
translations-changes-no = Нет, смысл тот же
translations-changes-yes = Да: каждый, кто читал прежнюю версию, будет оповещён поимённо
translations-changed = Что изменилось
translations-changed-hint = Одно предложение, понятное читателю прежней версии без самого текста.
translations-sign = Подписать эту версию
translations-sign-title = Перевод ({ $stage }), язык: { $language }
translations-stays = Остаётся здесь: другой стороне ничего из этого не уходит.
translations-need-stage = Выберите стадию.
translations-need-text = Напишите перевод.
translations-need-unmarked = В тексте ещё стоит пометка машинного черновика. Сверьте с подлинником и уберите её.
translations-need-doubts = К каждому сомнению нужны слова, которые есть в тексте, и в чём оно состоит.
translations-need-changes = Скажите, меняет ли эта версия смысл предыдущей.
translations-need-changed = Скажите, что она меняет.
translations-back = Обратный перевод
translations-back-agrees = говорит то, что имелось в виду
translations-back-not = говорит не то, что имелось в виду
translations-back-none = Второй лингвист ещё не переводил обратно.
translations-back-own = Вы участвовали в этом тексте: обратно переводит другой лингвист.
translations-back-write = Перевести обратно: { $language }
translations-back-text = Что говорит текст
translations-back-hint = Переведите то, что написано, не глядя на то, что имелось в виду.
translations-back-question = Говорит ли он то, что имелось в виду?
translations-back-yes = Да
translations-back-no = Нет
translations-back-note = В чём расхождение
translations-back-sign = Подписать обратный перевод
translations-check-IDIOM = идиома: на другом языке читается иначе или не читается
translations-check-METAPHOR = метафора: её могут понять буквально
translations-check-SARCASM = может читаться как сарказм или как недоверие
translations-check-THREAT = может читаться как угроза
translations-check-ACCUSATION = обвиняет, хотя сообщение отмечено как никого не называющее
translations-check-GUARANTEE = гарантия обязывает юридически; сторона даёт заверение
translations-check-CONSENT = слово согласия рядом с подтверждением: подтверждение не согласие и не разрешение
translations-check-DATE-AMBIGUOUS = дату можно прочитать двояко
translations-check-NUMBER-AMBIGUOUS = запятую можно принять за десятичный знак
translations-check-NUMBER-SCALE = числительное, разное в разных языках, или без числа
translations-check-UNIT-MISSING = число без единицы измерения
translations-check-UNIT-MIXED = две единицы для одного и того же
translations-check-UNIT-AMBIGUOUS = единица с несколькими значениями
translations-check-TIME-ZONE = время без часового пояса
translations-check-TIME-RELATIVE = время, зависящее от того, когда и где читают
translations-check-NEGATION-DOUBLE = два отрицания: одно легко теряется в переводе
translations-check-ACTOR-UNCLEAR = не сказано, кто действует
translations-check-NAME-FORM = название не в той форме, что принята на этой линии
translations-check-TERM-DEPRECATED = база терминов не рекомендует это слово
translations-check-LOOK-ALIKE = слово из букв двух алфавитов
translations-check-MACHINE-MARK = машинный черновик, который никому не уходит
