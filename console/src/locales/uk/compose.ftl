compose-title = Скласти
compose-about = Проєкт — це лише проєкт: до затвердження нічого не надсилається.
compose-find = Знайти формуляр
compose-forms = Формуляри
compose-form = Формуляр
compose-when = Коли надсилається
compose-who = Хто затверджує
compose-precedence = Терміновість
compose-replies = Можливі відповіді
compose-no-form = Відповідного формуляра немає.
compose-form-unknown = Формуляра { $form } немає.
compose-other-form = Інший формуляр
compose-two-persons = дві особи, починаючи з терміновості { $precedence }
compose-one-person = може надіслати одна особа
compose-with-linguist = перевірка тексту лінгвістом
compose-with-legal = юридична перевірка
compose-no-reply = відповідь не очікується
compose-due-within = строк: { $span }
compose-stop-elsewhere = СТОП надсилається з будь-якого екрана клавішею F8. Формуляри, які вузол заповнює сам, є на своїх екранах.
compose-fields = Поля повідомлення
compose-required = обовʼязково
compose-taken-up = Продовжено з того місця, де ви зупинилися; це не було подано.
compose-begin-anew = Почати заново
compose-line = Лінія
compose-choose-line = виберіть лінію
compose-to = Кому
compose-usual = звичайна для цього формуляра
compose-language = Мова тексту
compose-language-hint = Написане вами має силу цією мовою; коди кожна сторона читає своєю.
compose-not-said = не зазначено
compose-none-chosen = не вибрано
compose-they-read = Вони прочитають:
compose-place-hint = Градуси (47.5122N 34.5858E) або MGRS (36TXT1940063300).
compose-place-read = Прочитано як
compose-shape = Фігура
compose-radius = Радіус, метри
compose-width = Ширина, метри
compose-centre = Центр
compose-points = Точки, по одній у рядку
compose-instant-hint = UTC: 2022-11-20 14:05, для сьогоднішнього дня 14:05, або група дати й часу (201405ZNOV22).
compose-now = зараз
compose-in-minutes = за { $count ->
    [one] { $count } хвилину
    [few] { $count } хвилини
   *[other] { $count } хвилин
 }
compose-from = { $field }: від
compose-until = { $field }: до
compose-facility-choose = { $field }, з реєстру
compose-facility-hint = За назвою або номером; заповнює назву, номер і місце.
compose-unit = Одиниця
compose-unit-s = секунди
compose-unit-min = хвилини
compose-unit-h = години
compose-unit-d = доби
compose-unit-persons = осіб
compose-unit-minutes = хвилини
compose-unit-metres = метри
compose-unit-vehicles = машини
compose-relation-none = нове: не повʼязане з попереднім повідомленням
compose-to-message = з яким повідомленням
compose-names-hint = По одному в рядку.
compose-phrases-hint = Одна фраза в рядку: 20 | 47.5122N 34.5858E | 2022-11-20T14:30:00Z
compose-parties-hint = Коди сторін через кому.
compose-take-out = Прибрати { $name }
compose-no-sites = Обʼєкти не вибрано.
compose-add = Додати
compose-message-in = вхідне { $number }
compose-message-out = вихідне { $number }
compose-words = { $count ->
    [one] { $count } слово тексту
    [few] { $count } слова тексту
   *[other] { $count } слів тексту
 }
compose-words-of = слів у тексті: { $count }, не більше ніж { $most }
compose-words-urgent = Термінове повідомлення коротке: його читають уголос.
compose-more-fields = Інші поля ({ $count })
compose-wrong = { $count ->
    [one] Виправити лишилося { $count } пункт; нічого не подано.
    [few] Виправити лишилося { $count } пункти; нічого не подано.
   *[other] Виправити лишилося { $count } пунктів; нічого не подано.
 }
compose-problem-MISSING = треба заповнити: { $expected }
compose-problem-MALFORMED = записано не так, як вимагає формуляр: { $expected }
compose-problem-UNKNOWN-CODE = не підходить: { $expected }
compose-problem-UNKNOWN-FIELD = такого поля у формулярі немає
compose-problem-PRECEDENCE = допустимо: { $expected }
compose-problem-TIME-ORDER = порядок часу: { $expected }
compose-problem-TOO-LONG = задовго: { $expected }
compose-submit = Подання
compose-draft-about = Проєкт — це лише проєкт. Інші його перевіряють, друга особа затверджує.
compose-alone-about = Це може надіслати одна особа. Після затвердження повідомлення має номер, і відкликати його не можна.
compose-draft = Проєкт на перевірку
compose-release-now = Затвердити й надіслати
compose-may-not = Проєкт цього формуляра складають: { $roles }.
compose-need-legal = юридична перевірка
compose-need-linguist = перевірка лінгвіста
compose-need-second-person = затвердження другою особою
compose-answered = Повідомлення, про яке йдеться
compose-reply-by = Відповідь просять до
compose-asked = Про що спитали
compose-covered = відповіли
compose-not-covered = ще не відповіли
compose-preview = Як це прочитають
compose-preview-about = Складено вузлом із полів у теперішньому вигляді; від перегляду нічого не зберігається й не надсилається.
compose-as-they-read = Як прочитає { $party }
compose-as-we-read = Як читаємо ми, { $party }
compose-sent = Затверджено
compose-released-as = Затверджено під номером { $number }.
compose-not-delivered = Ще не доставлено: не доповідати як надіслане.
compose-held = Прийнято вузлом { $party } (R0)
compose-held-means = Їхній вузол зберіг повідомлення. Ніхто його ще не прочитав; отримання не є згодою.
compose-see-message = Повідомлення та його квитанції
compose-findings-of = Перевірка тексту: { $field }
compose-findings = { $count ->
    [one] { $count } місце варто переглянути; заборони в цьому немає
    [few] { $count } місця варто переглянути; заборони в цьому немає
   *[other] { $count } місць варто переглянути; заборони в цьому немає
 }
compose-instead = Натомість:
compose-finding-IDIOM = Ідіома: іншою мовою читається інакше або не читається зовсім.
compose-finding-METAPHOR = Метафора: її можуть зрозуміти буквально.
compose-finding-SARCASM = Можуть прочитати як сарказм або сумнів у добросовісності іншої сторони.
compose-finding-THREAT = Можуть прочитати як погрозу.
compose-finding-ACCUSATION = Це звинувачення, а повідомлення позначене як таке, що нікого не називає.
compose-finding-GUARANTEE = Гарантія звʼязує юридично; на лінії сторона дає запевнення.
compose-finding-CONSENT = Слово згоди поруч з отриманням: отримання не є ні згодою, ні дозволом.
compose-finding-DATE-AMBIGUOUS = Цю дату можна прочитати двояко.
compose-finding-NUMBER-AMBIGUOUS = Кому можуть прочитати як десятковий знак.
compose-finding-NUMBER-SCALE = Числівник, який у мовах означає різне або не називає числа.
compose-finding-UNIT-MISSING = Число без одиниці вимірювання.
compose-finding-UNIT-MIXED = Дві одиниці для одного й того самого в одному тексті.
compose-finding-UNIT-AMBIGUOUS = Одиниця з кількома значеннями або така, чиї літери означають іншу.
compose-finding-TIME-ZONE = Час без часового поясу.
compose-finding-TIME-RELATIVE = Час, який залежить від того, коли й де це читають.
compose-finding-NEGATION-DOUBLE = Два заперечення: одне легко губиться в перекладі.
compose-finding-ACTOR-UNCLEAR = Не сказано, хто це робить.
compose-finding-NAME-FORM = Назва стоїть не в тій формі, якої вимагає правило цієї лінії.
compose-finding-TERM-DEPRECATED = Термінологічна база не радить це слово.
compose-finding-LOOK-ALIKE = Слово з літер двох абеток.
compose-finding-MACHINE-MARK = Машинний переклад: він нікому не надсилається.
compose-purpose-TEST = Надсилається в години плану перевірок за статутом лінії та після ремонту, щоб показати, що лінія передає текст.
compose-purpose-CONCERN = Надсилається, коли дії поблизу захищеного місця можуть завдати шкоди, якій обидві сторони мають причину запобігти.
compose-purpose-CLARIFICATION-REQUEST = Надсилається, щоб спитати, що означає дія або попереднє повідомлення, перш ніж робити висновки.
compose-purpose-REPLY = Надсилається у відповідь на повідомлення; містить одне дієслово відповіді й може сказати, що зроблено і чому.
compose-purpose-NOT-OURS = Надсилається, щоб заявити, що сили, вогонь або обʼєкт у даному місці й часі не свої.
compose-purpose-INCIDENT = Надсилається, коли сталося те, що інша сторона може зрозуміти хибно або допомогти стримати.
compose-purpose-SERVICE = Надсилається черговій зміні іншої сторони про саму лінію: перерви, канали передавання, ключі, годинники, мови.
compose-purpose-QUERY-RECEIPT = Надсилається, коли квитанція не прийшла в строк: питає, чи отримано повідомлення і до якого рівня.
compose-purpose-WINDOW = Надсилається, щоб запропонувати режим тиші: зону й час, у які роботи ведуться під письмові запевнення.
compose-purpose-ASSURANCE = Надсилається, щоб дати, не дати або відкликати запевнення названого командування для режиму тиші.
compose-purpose-SITE-NOTICE = Надсилається, щоб розкрити вибрані відомості про один захищений обʼєкт, з вибраною точністю і до зазначеного строку.
compose-purpose-ACTIVITY-NOTICE = Надсилається за 3–5 діб до діяльності, яка може бути небезпечною для суден, літаків або людей у районі, і знову при зміні часу чи району; діє до кінця строку або до припинення.
compose-purpose-LAUNCH-NOTICE = Надсилається не пізніше ніж за 24 години до планового пуску балістичної ракети або ракети-носія; діє чотири доби від планової дати; перенесення в їхніх межах або скасування нового повідомлення не потребує.
compose-purpose-MOVE-NOTICE = Надсилається за 48 годин до гуманітарного руху, у терміновому випадку за 24 години, і знову при зміні маршруту, часу чи машин; діє до кінця строку або до припинення.
compose-purpose-DAILY-PLAN = Надсилається до 12:00 з рухами та роботами наступного дня і повертається до 16:00 у тому вигляді, в якому його тримають обидві сторони; зміна протягом дня його оновлює.
compose-purpose-CALL-REQUEST = Надсилається, коли начальник просить розмови з іншою стороною у зазначений строк.
compose-purpose-CALL-RECORD = Надсилається після розмови з текстом, який тримають обидві сторони; погоджений, коли інша сторона підтвердить.
compose-purpose-SUSPEND = Надсилається, коли сторона призупиняє лінію для себе; СТОП і квитанції проходять, завершує RESUME.
compose-purpose-RESUME = Надсилається, коли сторона поновлює лінію, яку призупинила.
compose-purpose-PUBLIC-WORDING = Надсилається, щоб запропонувати формулювання для публіки або погодитися, не заперечувати чи заперечити проти запропонованого.
compose-purpose-PRESENCE-QUERY = Надсилається, щоб спитати, чи доступний начальник іншої сторони і за скільки хвилин.
compose-purpose-PRESENCE = Надсилається у відповідь на PRESENCE-QUERY або без запиту, коли начальник більше не доступний.
compose-purpose-PHRASE = Надсилається, щоб сказати погоджені фрази кодової книги їхніми номерами; кожна сторона читає їх своєю мовою.
