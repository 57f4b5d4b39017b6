terms-title = Терміни
terms-about = Одна річ — одне слово, трьома мовами. Що підписав лінгвіст вузла, замінює поставлене з програмою.
terms-base = База термінів
terms-import = Уведення з файлу
terms-rules = Назви місць
terms-new = Новий термін
terms-not-reviewed = Терміни з поставки не перевірені лінгвістом — носієм мови.
terms-find = Знайти
terms-find-hint = Будь-якою з мов і латиницею: hreblia.
terms-own-only = Лише наші
terms-own = наш
terms-export-csv = Вивантажити CSV
terms-export-tbx = Вивантажити TBX
terms-none = Термінів немає.
terms-more = ще { $count }
terms-concept = Поняття
terms-concept-hint = Малі латинські літери й дефіси: spent-fuel-pool.
terms-definition = Визначення
terms-one = Поняття { $concept }
terms-one-about = Усі слова для нього. Нерекомендоване слово лишається тут, щоб його впізнавали.
terms-all = Усі терміни
terms-words = Слова
terms-term = Термін
terms-language = Мова
terms-status = Статус
terms-gender = Рід
terms-part = Частина мови
terms-note = Примітка
terms-source = Джерело
terms-source-hint = Де таке вживання закріплено.
terms-shipped = із поставки, не перевірено
terms-status-preferred = бажаний
terms-status-admitted = допустимий
terms-status-deprecated = не рекомендовано
terms-gender-m = чоловічий
terms-gender-f = жіночий
terms-gender-n = середній
terms-gender-pl = множина
terms-gender-short-m = ч.
terms-gender-short-f = ж.
terms-gender-short-n = с.
terms-gender-short-pl = мн.
terms-part-n = іменник
terms-part-v = дієслово
terms-part-adj = прикметник
terms-part-adv = прислівник
terms-part-other = інше
terms-enter = Внести або виправити термін
terms-correct = Виправити «{ $term }»
terms-preferred-about = Наше бажане слово робить слово з поставки допустимим. Те саме слово ще раз — виправлення.
terms-sign = Підписати термін
terms-sign-title = Термін «{ $term }»
terms-import-about = CSV або TBX (ISO 30042). Пробний прогін показує, що буде внесено й що відхилено; сам він нічого не вносить.
terms-file = Файл
terms-dry-run = Пробний прогін
terms-read = { $count ->
    [one] Прочитано { $count } рядок
    [few] Прочитано { $count } рядки
   *[many] Прочитано { $count } рядків
 }
terms-read-detail = до внесення { $enter }, відомо { $known }, відхилено { $refused }. Поки нічого не внесено.
terms-reader = Прочитано як
terms-concepts = Понять
terms-refused = Відхилені рядки
terms-row = Рядок
terms-code = Код
terms-reason = Причина
terms-to-enter = { $count ->
    [one] До внесення { $count } термін
    [few] До внесення { $count } терміни
   *[many] До внесення { $count } термінів
 }
terms-import-do = { $count ->
    [one] Підписати й внести { $count } термін
    [few] Підписати й внести { $count } терміни
   *[many] Підписати й внести { $count } термінів
 }
terms-import-sign = { $count ->
    [one] Внести { $count } термін
    [few] Внести { $count } терміни
   *[many] Внести { $count } термінів
 }
terms-entered = { $count ->
    [one] Внесено { $count } термін
    [few] Внесено { $count } терміни
   *[many] Внесено { $count } термінів
 }
terms-rules-about = У тексті латиницею назва місця має на кожній лінії одну форму; в українських і російських текстах вона стоїть у формі мови тексту.
terms-rule-line = Лінія
terms-rule-all = усі лінії
terms-rule-names = Назви
terms-rule-from = Зворотний переклад починаючи з
terms-rule-never = ніколи
terms-rule-reason = Підстава
terms-rule-reason-hint = Наприклад: статут, стаття 4.
terms-rule-shipped = як у поставці
terms-rule-at = Внесено
terms-rule-set = Установити правило
terms-rule-sign = Підписати правило
terms-names-uk = українські (Kyiv, Zaporizhzhia)
terms-names-ru = російські (Kiev, Zaporozhye)
