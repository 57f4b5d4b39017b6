# Справи.
cases-title = Справи
cases-about = Усе, що сказано про один випадок різними каналами, під одним номером. Нічого не зливається: обидва виклади лишаються.
cases-new = Відкрити справу
cases-new-about = Справа поєднує те, що записано в інших місцях. Те, що справою називає інша сторона, тут нічого не поєднує.
cases-new-form = Справа
cases-all = Усі справи
cases-find = Шукати в номері, назві, предметі
cases-boxes = Справи за станом
cases-box-open = Відкриті
cases-box-disputed = Не оцінено
cases-box-closed = Закриті
cases-box-all = Усі
cases-none = Відповідних справ немає.
cases-number = Номер
cases-matter = Випадок
cases-status = Стан
cases-status-OPEN = відкрита
cases-status-CLOSED = закрита
cases-disputes = Суперечності
cases-unassessed = { $count ->
    [one] { $count } суперечність не оцінено
    [few] { $count } суперечності не оцінено
   *[many] { $count } суперечностей не оцінено
 }
cases-assessed = { $count ->
    [one] { $count }, оцінено
   *[many] { $count }, усі оцінено
 }
cases-joined = Приєднано / викладів
cases-changed = Остання зміна
cases-opened = Відкрито
cases-bounded = Показано найновіші, { $count }; давніші знаходить пошук.
cases-field-title = Назва
cases-field-reason = Чому відкривається
cases-field-reason-hint = Причина підписується і лишається у справі.
cases-field-subject = Предмет
cases-field-subject-hint = Наприклад, MQ-9.
cases-field-facility = Об'єкт
cases-field-facility-hint = Позначення в реєстрі, якщо справа стосується об'єкта.
cases-field-references = Що вже приєднати
cases-field-references-hint = Номери (CT-…, D-…, CL-…, C-…), початок гешу повідомлення, позначення об'єкта, log:12.
cases-open = Відкрити справу
cases-one = Справа { $case }
cases-card = Картка для начальника
cases-parts = Частини справи
cases-timeline = За часом
cases-timeline-none = Поки нічого не приєднано.
cases-linked = Пов'язане
cases-linked-none = Поки нічого не приєднано.
cases-decided = Рішення
cases-decided-none = Жодне рішення не називає цієї справи.
cases-history = Кроки
cases-only = Лише один вид
cases-every-kind = Усе
cases-earlier = { $count ->
    [one] ще { $count } раніший рядок
    [few] ще { $count } раніші рядки
   *[many] ще { $count } раніших рядків
 }
cases-when = Коли
cases-until = до
cases-kind = Вид
cases-what = Що
cases-channel = Канал
cases-proof = Доказ і рівень
cases-proof-SIGNED = підписано
cases-proof-ATTESTED = засвідчено
cases-proof-REPORTED = за повідомленням
cases-rung-desk = черговий пост
cases-level-means = R0–R4 кажуть, як далеко дійшло повідомлення. Підтвердження — не згода і не доказ, що щось зроблено.
cases-not-used = розглянуто, не використано
cases-chosen = Обрано
cases-because = Тому що
cases-rejected = Не обрані варіанти
cases-rejected-none = Інших варіантів не записано.
cases-officer = Офіцер
cases-reason = Причина
cases-step-taken = Крок
cases-left = Вилучено зі справи
cases-accounts = Виклади поруч ({ $count })
cases-accounts-about = У порядку запису. Якщо джерело згодом каже інше, воно має два виклади.
cases-accounts-none = Нічийого викладу ще не внесено.
cases-account = виклад { $number }
cases-said = Сказано
cases-said-unknown = Коли сказано, невідомо
cases-entered-by = Вніс { $officer }
cases-disputes-title = Суперечності ({ $count })
cases-disputes-about = Правильними обидва бути не можуть. Зберігаються обидва. Якщо більше нічого не вказано, це не доводить згоди.
cases-dispute-FOUND = знайдено, ніхто ще не дивився
cases-dispute-STATED = зазначено, не оцінено
cases-dispute-ASSESSED = оцінено, збережено обидва
cases-against = проти
cases-side-gone = Тут цього більше немає.
cases-assessment = Наша оцінка
cases-state = Зазначити
cases-state-label = Зазначити суперечність: { $first } і { $second }
cases-assess = Оцінити
cases-assess-label = Оцінити суперечність: { $first } і { $second }
cases-step = Внести крок
cases-step-which = Крок
cases-step-open = Відкрито
cases-step-account = Внести виклад
cases-step-account-hint = Хто що каже і про який час. Зберігається поруч з іншими.
cases-step-join = Приєднати
cases-step-join-hint = Те, що записано деінде і не називає цієї справи.
cases-step-leave = Вилучити
cases-step-leave-hint = Лишається видимим, із вашою причиною.
cases-step-contradiction = Зазначити суперечність
cases-step-contradiction-hint = Два виклади, які не можуть бути правильні обидва. Зберігаються обидва.
cases-step-assess = Оцінити суперечність
cases-step-assess-hint = Що ми про це думаємо; обидва виклади лишаються.
cases-step-close = Закрити справу
cases-step-close-hint = Більше нічого не очікується. Справу можна відкрити знову.
cases-step-reopen = Відкрити знову
cases-step-reopen-hint = З'явилося нове.
cases-close-refused = { $count ->
    [one] { $count } суперечність не оцінено. Зазначену треба оцінити до закриття справи.
    [few] { $count } суперечності не оцінено. Зазначені треба оцінити до закриття справи.
   *[many] { $count } суперечностей не оцінено. Зазначені треба оцінити до закриття справи.
 }
cases-source = Хто так каже
cases-source-hint = Наприклад: Міністерство оборони Росії.
cases-question = На яке запитання
cases-question-about = Про що
cases-question-about-hint = Наприклад, номер контакту; порожньо — про сам випадок.
cases-question-said = Що каже джерело?
cases-question-initiated-by = Хто почав?
cases-question-by-whom = Чия це дія?
cases-question-ours = Чи визнає джерело це своїм?
cases-question-used = Чи було використано канал?
cases-question-happened = Чи сталося це?
cases-question-count = Скільки?
cases-question-time = Коли це було?
cases-question-place = Де це було?
cases-question-read-out = Які теми називає повідомлення про розмову?
cases-question-law = Що джерело вважає правом?
cases-choose = Оберіть
cases-answer = Відповідь
cases-answer-party = Код сторони, наприклад US.
cases-answer-number = Ціле число.
cases-answer-time = Час, день або з і до: 2023-03-14T06:03Z до 2023-03-14T06:05Z.
cases-answer-place = Координати: 44.5 33.1 або MGRS.
cases-answer-topics = Теми через кому.
cases-says = Його слова
cases-says-hint = Дослівно або точний виклад із позначкою, що це виклад.
cases-said-at = Коли сказано
cases-said-at-hint = За UTC: 2023-03-14 18:30; порожньо, якщо невідомо.
cases-stands-in = Де це стоїть
cases-stands-in-hint = Контакт, заява, сторінка преси.
cases-reference = Що
cases-first = Один бік
cases-second = Інший бік
cases-pair-hint = Виклад за номером або те, що приєднано до справи.
cases-reason-found = Можна лишити порожнім: причиною стане знайдене.
