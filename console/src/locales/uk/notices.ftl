notices-title = Сповіщення
notices-about = Гуманітарні сповіщення про об’єкти й пересування кожній стороні. Сповіщення повідомляє й ні про що не просить.
notices-law = Сповіщення не є умовою захисту. Підтвердження отримання не є ні згодою, ні дозволом. Перевірка цілей лишається обов’язком сторін.
notices-grid = Хто що має
notices-batches = Пакети
notices-in = Уведення аркуша
notices-hand = Вручення
notices-in-do = Прочитати аркуш
notices-batches-none = Пакетів ще немає: спершу прочитайте аркуш.
notices-batch = Пакет
notices-batch-all = усі пакети
notices-file = Файл
notices-entered = Внесено
notices-refused = Відхилено
notices-state = Стан
notices-officer = Підписав
notices-when = Коли
notices-complete = внесено цілком
notices-cut = перервано
notices-cut-about = Прочитайте той самий аркуш ще раз: внесення продовжиться з місця обриву.
notices-find = Знайти за номером, посиланням, назвою
notices-party = Сторона
notices-party-all = усі сторони
notices-no-line = { $party } (без лінії)
notices-show = Показати
notices-show-active = Чинні
notices-show-owed = Ще не повідомлено
notices-show-unread = Не прочитано
notices-show-expiring = Скоро спливають
notices-show-older = Мають попередню версію
notices-show-ended = Припинені
notices-show-all = Усі
notices-count = { $count ->
    [one] { $count } сповіщення
    [few] { $count } сповіщення
   *[many] { $count } сповіщень
 }
notices-more-held = Тут прочитано лише перші { $count } сповіщень: виберіть пакет.
notices-more = ще { $count }
notices-more-filter = Показано 500 рядків: звузьте список.
notices-none = Сповіщень немає.
notices-notice = Сповіщення
notices-what = Що
notices-times = Початок
notices-valid-until = чинне до
notices-expires-soon = скоро спливає
notices-withdrawn = відкликано
notices-kind-SITE = об’єкт
notices-kind-MOVEMENT = пересування
notices-urgency-EMERGENCY = НАДЗВИЧАЙНО
notices-urgency-URGENT = ТЕРМІНОВО
notices-urgency-ROUTINE = звичайним порядком
notices-cell-owed = слід повідомити
notices-cell-owed-sheet = слід вручити
notices-cell-drafted = складено, не випущено
notices-cell-released = випущено, підтвердження немає
notices-cell-handed = вручено
notices-cell-held = R0: зберігає їхній вузол
notices-cell-receipt = { $level ->
    [R1] R1: прочитано
    [R2] R2: зрозуміло
    [R3] R3: передано далі
    [R4] R4: дано відповідь
   *[other] { $level }
 }
notices-cell-expired = сплило
notices-cell-withdrawn = відкликано, повідомлено ({ $level })
notices-cell-withdrawal-sent = відкликання випущено, підтвердження немає
notices-cell-withdrawal-drafted = відкликання складено
notices-cell-withdrawal-owed = відкликано: НЕ повідомлено
notices-cell-never-told = відкликано, не повідомлялося
notices-cell-older = мають в. { $version }
notices-cell-attested = посвідчив наш офіцер
notices-batch-one = Пакет { $batch }
notices-batch-about = Кожен підписує один раз за весь пакет; під цим підписується кожне повідомлення.
notices-begun = { $count ->
    [one] { $count } сповіщення вже почалося
    [few] { $count } сповіщення вже почалися
   *[many] { $count } сповіщень уже почалися
 }
notices-steps = Що чекає
notices-step-draft = Складання
notices-step-legal = Правова перевірка
notices-step-linguist = Мовна перевірка
notices-step-release = Випуск
notices-step-none = ніщо не чекає
notices-step-waits = { $count ->
    [one] чекає { $count } повідомлення
    [few] чекають { $count } повідомлення
   *[many] чекають { $count } повідомлень
 }
notices-do-draft = { $count ->
    [one] Скласти { $count } повідомлення
    [few] Скласти { $count } повідомлення
   *[many] Скласти { $count } повідомлень
 }
notices-do-legal = { $count ->
    [one] Перевірити { $count } повідомлення
    [few] Перевірити { $count } повідомлення
   *[many] Перевірити { $count } повідомлень
 }
notices-do-linguist = { $count ->
    [one] Перевірити { $count } повідомлення
    [few] Перевірити { $count } повідомлення
   *[many] Перевірити { $count } повідомлень
 }
notices-do-release = { $count ->
    [one] Випустити { $count } повідомлення
    [few] Випустити { $count } повідомлення
   *[many] Випустити { $count } повідомлень
 }
notices-sign-draft = { $batch }: скласти { $count ->
    [one] { $count } повідомлення
    [few] { $count } повідомлення
   *[many] { $count } повідомлень
 }
notices-sign-legal = { $batch }: правова перевірка, { $count ->
    [one] { $count } повідомлення
    [few] { $count } повідомлення
   *[many] { $count } повідомлень
 }
notices-sign-linguist = { $batch }: мовна перевірка, { $count ->
    [one] { $count } повідомлення
    [few] { $count } повідомлення
   *[many] { $count } повідомлень
 }
notices-sign-release = { $batch }: ВИПУСТИТИ { $count ->
    [one] { $count } повідомлення
    [few] { $count } повідомлення
   *[many] { $count } повідомлень
 }
notices-done-draft = { $count ->
    [one] Складено { $count } повідомлення
    [few] Складено { $count } повідомлення
   *[many] Складено { $count } повідомлень
 }
notices-done-legal = { $count ->
    [one] Перевірено { $count } повідомлення
    [few] Перевірено { $count } повідомлення
   *[many] Перевірено { $count } повідомлень
 }
notices-done-linguist = { $count ->
    [one] Перевірено { $count } повідомлення
    [few] Перевірено { $count } повідомлення
   *[many] Перевірено { $count } повідомлень
 }
notices-done-release = { $count ->
    [one] Випущено { $count } повідомлення
    [few] Випущено { $count } повідомлення
   *[many] Випущено { $count } повідомлень
 }
notices-not-delivered = Ще не доставлено: не доповідати як надіслане.
notices-who-draft = Складає черговий офіцер.
notices-who-legal = Перевіряє юридичний радник.
notices-who-linguist = Перевіряє лінгвіст.
notices-who-release = Робить офіцер, що затверджує, — не той, хто склав.
notices-release-later = Спершу попередні кроки.
notices-law-cited = Норми права
notices-law-hint = По одній у рядку.
notices-progress = Зроблено { $done } з { $of }
notices-go-on = { $done } з { $of } внесено, і так лишається. Натисніть ту саму кнопку, щоб продовжити.
notices-one-act = Ви один раз підтверджуєте показане цілком; потім ваш ключ частинами підписує кожне повідомлення. Ключ доступу запитує на кожне.
notices-batch-stands = Стан справ
notices-how = Як
notices-by-line = лінією
notices-by-sheet = аркушем
notices-party-state-OWED = слід повідомити
notices-party-state-DRAFTED = складено
notices-party-state-SENT = випущено
notices-party-state-RECEIPTED = з підтвердженням
notices-in-about = CSV або книга, рядок — об’єкт чи пересування. Аркуш спершу читається й показується; цим нічого не вноситься.
notices-file-hint = CSV, XLSX, XLS або ODS, не більше 16 МіБ.
notices-too-large = Файл більший за 16 МіБ.
notices-dry-run = Пробний прогін
notices-dry-title = Пробний прогін { $batch }
notices-dry = Прочитано рядків: { $rows }, до внесення: { $enter }, відхилено: { $refused }
notices-dry-nothing = поки нічого не внесено
notices-dry-new = Нові
notices-dry-changed = Нові версії
notices-dry-known = Уже відомі
notices-dry-for = Кому
notices-dry-first = Перше починається
notices-dry-emergencies = Надзвичайні
notices-dry-refused = Відхилені рядки
notices-dry-refused-about = Виправте ці рядки й прочитайте аркуш ще раз; відоме двічі не вноситься.
notices-dry-late = { $count ->
    [one] { $count } рядок запізнився
    [few] { $count } рядки запізнилися
   *[many] { $count } рядків запізнилися
 }
notices-dry-doubles = { $count ->
    [one] { $count } рядок, можливо, сповіщає про одне двічі
    [few] { $count } рядки, можливо, сповіщають про одне двічі
   *[many] { $count } рядків, можливо, сповіщають про одне двічі
 }
notices-dry-repeats = можливо, те саме
notices-dry-changes = Сповіщення, що дістають нову версію
notices-row = Рядок
notices-reason = Причина
notices-code = Код
notices-in-enter = { $count ->
    [one] Підписати { $count } сповіщення
    [few] Підписати { $count } сповіщення
   *[many] Підписати { $count } сповіщень
 }
notices-in-sign = { $batch }: внести { $count ->
    [one] { $count } сповіщення
    [few] { $count } сповіщення
   *[many] { $count } сповіщень
 }
notices-in-nobody-told = Цим нікому не повідомляється: далі складання й випуск.
notices-in-nothing = Нового в цьому аркуші немає.
notices-hand-about = Сторона без лінії дістає аркуш. У ньому названо її й нікого іншого.
notices-hand-none = Кожна сторона має лінію.
notices-hand-owed = { $count ->
    [one] слід вручити { $count } сповіщення
    [few] слід вручити { $count } сповіщення
   *[many] слід вручити { $count } сповіщень
 }
notices-hand-nothing = вручати нічого
notices-hand-counts = вручено без підтвердження { $handed }, усього { $all }
notices-sheet = Аркуш
notices-handed = Вручено
notices-hand-do = { $count ->
    [one] Вручено: { $count }
    [few] Вручено: { $count }
   *[many] Вручено: { $count }
 }
notices-hand-sign = Вручено: { $party }
notices-hand-order = Спершу аркуш, тоді вручення, тоді позначка тут: на одному аркуші не більше тисячі сповіщень.
notices-pdf-of = PDF для { $party }
notices-csv-of = CSV для { $party }
notices-one = Сповіщення { $notice }
notices-one-about = Про що воно й наскільки кожна сторона його має.
notices-all = Усі сповіщення
notices-parties = Сторони
notices-holds = Мають
notices-version-of = в. { $version } з { $of }
notices-proof = Доказ
notices-since = Відколи
notices-message = Повідомлення
notices-message-open = відкрити
notices-no-longer-for = цій стороні більше не адресовано
notices-no-party-learns = Жодна сторона не дізнається про інших.
notices-says = Зміст
notices-reference = Посилання
notices-organisation = Хто подав
notices-contact = Кому телефонувати
notices-where = Де
notices-from = Початок
notices-until = Кінець
notices-versions = Версії
notices-version = Версія
notices-version-stands = чинна
notices-version-older = попередня
notices-versions-about = Нова версія — рядок із тією самою організацією й посиланням у наступному аркуші.
notices-receipt = Почуте підтвердження
notices-receipt-about = Від сторони без лінії: те, що ви почули чи маєте на папері. Стоїть як ПОСВІДЧЕНЕ й не означає згоди.
notices-level = Рівень
notices-level-0 = R0: зберігають у себе
notices-level-1 = R1: прочитав офіцер
notices-level-2 = R2: зрозуміло, повторено
notices-level-3 = R3: передано названому командуванню
notices-receipt-how = Як отримано
notices-receipt-hint = Наприклад: повторено черговим офіцером телефоном.
notices-receipt-do = Підписати підтвердження
notices-receipt-sign = Підтвердження сторони { $party }
notices-withdraw = Відкликати
notices-withdraw-about = Кожній стороні, якій повідомлено, повідомляють і про відкликання: проєктами, які випускаються. Захист цим не припиняється.
notices-withdraw-do = Відкликати це сповіщення
notices-withdraw-sign = Відкликати { $notice }
