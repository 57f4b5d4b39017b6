translations-title = Переклади
translations-about = Що чекає на лінгвіста і що стоїть поруч із кожним оригіналом. Ніщо з цього не йде на лінію.
translations-queue = Чекають
translations-all = Усі переклади
translations-owed = Не прочитали нове
translations-owed-mine = { $count ->
    [one] Зміст перекладу, який ви читали, змінився. Прочитайте знову:
    [few] Зміст { $count } перекладів, які ви читали, змінився. Прочитайте їх знову:
   *[many] Зміст { $count } перекладів, які ви читали, змінився. Прочитайте їх знову:
 }
translations-queue-none = На лінгвіста нічого не чекає.
translations-queue-full = Переглянуто лише { $count } найновіших; можуть чекати й давніші.
translations-targets = Очікується після отримання: з аркуша 8 хвилин, чорновий 35, офіційний 130.
translations-none = Перекладів ще немає.
translations-owed-none = Усі прочитали те, що змінилося.
translations-what = Що
translations-form = Повідомлення
translations-why = Що потрібно
translations-why-stage = Переклад
translations-why-check = Мовна перевірка проєкту
translations-why-back = Зворотний переклад проєкту
translations-next = { $stage }, мова: { $language }
translations-stands = Є
translations-due = Очікується
translations-before-release = до випуску
translations-since = Відколи
translations-languages = Мови
translations-minutes = Хвилин після отримання
translations-doubts = Сумніви
translations-when = Остання версія
translations-version = версія { $number }
translations-back-count = { $count ->
    [one] { $count } зворотний переклад
    [few] { $count } зворотні переклади
   *[many] { $count } зворотних перекладів
 }
translations-open-label = Перекласти інше
translations-open-hint = Повідомлення (in:4), проєкт, розмова (CL-…) або контакт (CT-…).
translations-subject-MESSAGE = повідомлення
translations-subject-DRAFT = проєкт
translations-subject-CALL = розмова
translations-subject-CONTACT = контакт
translations-one = Переклад: { $name }
translations-one-about = Оригінал і переклад поруч. Відкриття нічого не каже; хто прочитав версію, сам це заявляє.
translations-to-queue = Черга
translations-to-message = Повідомлення
translations-to-draft = Проєкт
translations-coded = Лише кодовані поля: кожен вузол показує їх своєю мовою, лінгвіст не потрібен.
translations-back-missing = Зворотного перекладу другим лінгвістом ще немає; він потрібен до випуску.
translations-back-differs = Зворотний переклад не збігається з тим, що малося на увазі.
translations-changed-for-you = Версія { $version } змінює зміст того, що ви читали.
translations-changed-for-you-detail = Прочитайте її й заявіть про це; ніхто не зробить цього за вас.
translations-what-changed = Що змінилося
translations-into = Мовою
translations-into-language = Переклад: { $language }
translations-original = Оригінал ({ $language })
translations-original-binds = Силу має оригінал.
translations-no-original = У книгах немає оригіналу розмови чи контакту: його вносить перша версія.
translations-none-yet = Цією мовою ще не перекладено.
translations-read = Цю версію я прочитав
translations-read-title = Цю версію я прочитав
translations-read-done = ви її прочитали
translations-after = через { $minutes } хв після отримання, очікувалося { $target }
translations-after-late = пізніше за очікуване
translations-corrects = Виправляє попередню версію тієї самої стадії.
translations-machine-from = розпочато з машинної чернетки
translations-meaning-changed = Змінює зміст
translations-meaning-same = Не змінює змісту попередньої версії.
translations-readers = Прочитали
translations-readers-none = поки ніхто
translations-stands-title = Є: { $stage }, версія { $number }
translations-older = { $count ->
    [one] { $count } попередня версія
    [few] { $count } попередні версії
   *[many] { $count } попередніх версій
 }
translations-doubts-title = У чому лінгвіст сумнівається
translations-findings = Перевірки викладу оригіналу
translations-findings-none = Перевірки нічого не знайшли.
translations-findings-about = Це вказівки, а не вирок: вони нічого не забороняють.
translations-first = Перекласти: { $language }
translations-later = Наступна версія: { $language }
translations-begin-from = Почати з версії { $number }
translations-bring = Сказаного немає в жодному повідомленні. Уведіть його тут мовою оригіналу; воно зберігається з першою версією.
translations-from = Мова оригіналу
translations-received = Отримано (UTC)
translations-received-hint = Від цього часу рахуються хвилини.
translations-bring-original = Оригінал, як було сказано
translations-machine = МАШИННА ЧЕРНЕТКА, НЕ ДЛЯ ВИПУСКУ
translations-machine-ask = Машинна чернетка
translations-machine-about = Ніде не зберігається й нікому не надсилається. Звірте з оригіналом; приберіть позначки, перш ніж підписати як свою.
translations-machine-take = Почати з цієї чернетки
translations-machine-drop = Прибрати
translations-machine-began = Розпочато з чернетки програми
translations-machine-began-hint = Зазначається поруч із вашою версією. Очистьте, якщо від чернетки нічого не лишилося.
translations-stage = Стадія
translations-stage-correct = виправлення
translations-stage-next = наступна
translations-text = Переклад
translations-doubt-add = Позначити виділені слова як сумнівні
translations-doubt-hint = Виділіть слова перекладу, в яких ви не певні.
translations-doubt-lost = у тексті цих слів більше немає
translations-doubt-note = У чому сумнів { $number }
translations-doubt-drop = Прибрати сумнів { $number }
translations-terms = Терміни
translations-terms-about = Слова оригіналу й що для них пропонує база термінів: вказівка, а не вирок.
translations-term-TERM-MISSING = бажане слово не вжито
translations-term-TERM-ADMITTED = ужито допустиме слово
translations-term-TERM-DEPRECATED = не рекомендовано
translations-term-insert = Вставити
translations-term-insert-one = Вставити «{ $term }»
translations-own-findings = { $count ->
    [one] Перевірки викладу вказують на { $count } місце вашого тексту
    [few] Перевірки викладу вказують на { $count } місця вашого тексту
   *[many] Перевірки викладу вказують на { $count } місць вашого тексту
 }
translations-changes = Чи змінює це зміст версії { $number }?
translations-changes-no = Ні, зміст той самий
translations-changes-yes = Так: кожного, хто читав попередню версію, буде сповіщено поіменно
translations-changed = Що змінилося
translations-changed-hint = Одне речення, зрозуміле читачеві попередньої версії без самого тексту.
translations-sign = Підписати цю версію
translations-sign-title = Переклад ({ $stage }), мова: { $language }
translations-stays = Лишається тут: іншій стороні нічого з цього не йде.
translations-need-stage = Виберіть стадію.
translations-need-text = Напишіть переклад.
translations-need-unmarked = У тексті ще стоїть позначка машинної чернетки. Звірте з оригіналом і приберіть її.
translations-need-doubts = До кожного сумніву потрібні слова, які є в тексті, і в чому він полягає.
translations-need-changes = Скажіть, чи змінює ця версія зміст попередньої.
translations-need-changed = Скажіть, що вона змінює.
translations-back = Зворотний переклад
translations-back-agrees = каже те, що малося на увазі
translations-back-not = каже не те, що малося на увазі
translations-back-none = Другий лінгвіст ще не перекладав назад.
translations-back-own = Ви долучалися до цього тексту: назад перекладає інший лінгвіст.
translations-back-write = Перекласти назад: { $language }
translations-back-text = Що каже текст
translations-back-hint = Перекладіть те, що написано, не дивлячись на те, що малося на увазі.
translations-back-question = Чи каже він те, що малося на увазі?
translations-back-yes = Так
translations-back-no = Ні
translations-back-note = У чому розбіжність
translations-back-sign = Підписати зворотний переклад
translations-check-IDIOM = ідіома: іншою мовою читається інакше або не читається
translations-check-METAPHOR = метафора: її можуть зрозуміти буквально
translations-check-SARCASM = може читатися як сарказм або як недовіра
translations-check-THREAT = може читатися як погроза
translations-check-ACCUSATION = звинувачує, хоча повідомлення позначене як таке, що нікого не називає
translations-check-GUARANTEE = гарантія зобов’язує юридично; сторона дає запевнення
translations-check-CONSENT = слово згоди поруч із підтвердженням: підтвердження не згода і не дозвіл
translations-check-DATE-AMBIGUOUS = дату можна прочитати двояко
translations-check-NUMBER-AMBIGUOUS = кому можна сприйняти як десятковий знак
translations-check-NUMBER-SCALE = числівник, різний у різних мовах, або без числа
translations-check-UNIT-MISSING = число без одиниці виміру
translations-check-UNIT-MIXED = дві одиниці для одного й того самого
translations-check-UNIT-AMBIGUOUS = одиниця з кількома значеннями
translations-check-TIME-ZONE = час без часового поясу
translations-check-TIME-RELATIVE = час, що залежить від того, коли і де читають
translations-check-NEGATION-DOUBLE = два заперечення: одне легко губиться в перекладі
translations-check-ACTOR-UNCLEAR = не сказано, хто діє
translations-check-NAME-FORM = назва не в тій формі, що прийнята на цій лінії
translations-check-TERM-DEPRECATED = база термінів не рекомендує це слово
translations-check-LOOK-ALIKE = слово з літер двох абеток
translations-check-MACHINE-MARK = машинна чернетка, яка нікому не йде
