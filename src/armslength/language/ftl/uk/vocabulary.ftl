## The closed vocabularies: one message a code, named code-<vocabulary>-<code>.

# ACTIVITY

code-activity-shelling = артилерійський обстріл
code-activity-rocket-fire = вогонь реактивної артилерії
code-activity-missile-strike = ракетний удар
code-activity-air-strike = авіаційний удар
code-activity-uncrewed-aircraft-strike = удар безпілотного літального апарата
code-activity-small-arms-fire = вогонь зі стрілецької зброї
code-activity-overflight = проліт повітряних суден
code-activity-uncrewed-aircraft-overflight = проліт безпілотних літальних апаратів
code-activity-mining = мінування або встановлення зарядів
code-activity-emplacement-of-weapons = розміщення озброєнь
code-activity-firing-from-site = ведення вогню з території об’єкта
code-activity-troops-at-site = присутність військ на об’єкті
code-activity-movement-near-site = пересування сил поблизу об’єкта
code-activity-cutting-of-power = припинення електропостачання
code-activity-cutting-of-water = припинення водопостачання
code-activity-pressure-on-staff = тиск на експлуатаційний персонал
code-activity-denial-of-access = відмова в доступі
code-activity-jamming = створення перешкод зв’язку або навігації
code-activity-naval-activity = діяльність військово-морських сил
code-activity-unknown-explosions = вибухи невстановленого походження
code-activity-other-activity = інша діяльність, див. текст

# AREA_SHAPE

code-area-shape-circle = коло
code-area-shape-polygon = багатокутник
code-area-shape-route = маршрут

# ASSURANCE_STATE

code-assurance-state-given = надано: надаємо запевнення
code-assurance-state-not-given = не надано: запевнення не надаємо
code-assurance-state-withdrawn = відкликано: відкликаємо запевнення

# ATTRIBUTION

code-attribution-no-attribution = без зазначення відповідальної сторони, повідомлення не говорить, чиї сили діяли
code-attribution-attributed-to-receiver = автор відносить це до сил сторони-одержувача
code-attribution-attributed-to-others = автор відносить це до інших сил, див. текст

# BEARER

code-bearer-https = HTTPS
code-bearer-smtp = електронна пошта
code-bearer-folder = носій з кур’єром
code-bearer-qr = друковані аркуші з кодами
code-bearer-voice = голосовий зв’язок

# CALL_MEDIUM

code-call-medium-telephone = телефоном
code-call-medium-video = відеозв’язком
code-call-medium-meeting = на зустрічі
code-call-medium-other-medium = в інший спосіб, див. текст

# CARGO

code-cargo-food = продовольство
code-cargo-water = питна вода
code-cargo-medical-supplies = медичні засоби
code-cargo-fuel = пальне
code-cargo-shelter-and-clothing = засоби тимчасового житла та одяг
code-cargo-tools-and-spare-parts = інструменти та запасні частини
code-cargo-dangerous-goods = небезпечний вантаж, див. текст
code-cargo-persons-only = лише люди
code-cargo-no-cargo = без вантажу
code-cargo-other-cargo = інший вантаж, див. текст

# ESCORT

code-escort-no-escort = без супроводу
code-escort-unarmed-escort = неозброєний супровід
code-escort-armed-escort = озброєний супровід

# EVIDENCE_LEVEL

code-evidence-level-unconfirmed = не підтверджено
code-evidence-level-one-source = одне джерело
code-evidence-level-several-sources = кілька джерел
code-evidence-level-confirmed-by-monitor = підтверджено міжнародним спостерігачем
code-evidence-level-not-stated = не зазначено

# FACILITY_KIND

code-facility-kind-nuclear-power-plant = атомна електростанція
code-facility-kind-nuclear-installation = ядерна установка
code-facility-kind-dam = гребля
code-facility-kind-dyke = дамба
code-facility-kind-substation = електрична підстанція
code-facility-kind-power-line = лінія електропередачі
code-facility-kind-refinery = нафтопереробний завод
code-facility-kind-pumping-station = насосна станція
code-facility-kind-water-works = водопровідна станція
code-facility-kind-hospital = лікарня
code-facility-kind-port = порт
code-facility-kind-chemical-plant = хімічний завод
code-facility-kind-other-facility = інший об’єкт
code-facility-kind-thermal-power-plant = теплова електростанція
code-facility-kind-hydro-power-plant = гідроелектростанція
code-facility-kind-pumped-storage-plant = гідроакумулювальна електростанція
code-facility-kind-wind-power-plant = вітрова електростанція
code-facility-kind-solar-power-plant = сонячна електростанція
code-facility-kind-power-plant = електростанція
code-facility-kind-pipeline = трубопровід
code-facility-kind-fuel-store = склад пального
code-facility-kind-reservoir = водосховище
code-facility-kind-settlement = населений пункт
code-facility-kind-border-strip = прикордонна смуга
code-facility-kind-territory = територія

# HAZARD

code-hazard-release-of-radiation = викид радіоактивних речовин
code-hazard-flooding = затоплення
code-hazard-toxic-release = викид токсичних речовин
code-hazard-fire-or-explosion = пожежа або вибух
code-hazard-loss-of-power = втрата електропостачання
code-hazard-loss-of-water = втрата водопостачання
code-hazard-loss-of-medical-care = втрата медичного обслуговування
code-hazard-harm-to-civilians = шкода цивільному населенню
code-hazard-collision-or-miscalculation = зіткнення або хибна оцінка намірів
code-hazard-other-hazard = інша небезпека, див. текст

# HAZARDOUS_ACTIVITY

code-hazardous-activity-gun-firing = артилерійські стрільби
code-hazardous-activity-missile-or-rocket-firing = ракетні стрільби
code-hazardous-activity-bombing-practice = навчальне бомбометання
code-hazardous-activity-air-exercise = навчання авіації
code-hazardous-activity-naval-exercise = навчання військово-морських сил
code-hazardous-activity-submarine-activity = діяльність підводних човнів
code-hazardous-activity-land-exercise = навчання сухопутних військ
code-hazardous-activity-uncrewed-aircraft-flights = польоти безпілотних літальних апаратів
code-hazardous-activity-laser-use = використання лазерів
code-hazardous-activity-radio-interference = створення перешкод радіозв’язку або навігації
code-hazardous-activity-blasting-or-mine-clearance = вибухові роботи або розмінування
code-hazardous-activity-works-at-sea = роботи на морі
code-hazardous-activity-search-and-rescue = пошук і рятування
code-hazardous-activity-other-hazardous-activity = інша небезпечна діяльність, див. текст

# INCIDENT_KIND

code-incident-kind-impact-at-site = влучання на території об’єкта
code-incident-kind-impact-near-site = влучання поблизу об’єкта
code-incident-kind-fire-at-site = пожежа на об’єкті
code-incident-kind-loss-of-off-site-power = втрата зовнішнього електропостачання
code-incident-kind-loss-of-cooling = втрата охолодження
code-incident-kind-breach-of-dam = прорив греблі або дамби
code-incident-kind-release-of-dangerous-substance = викид небезпечної речовини
code-incident-kind-dangerous-approach = небезпечне зближення
code-incident-kind-collision = зіткнення
code-incident-kind-loss-of-aircraft = втрата літального апарата
code-incident-kind-border-crossed = перетин кордону
code-incident-kind-munition-out-of-control = некерований боєприпас або боєприпас, що відхилився
code-incident-kind-staff-detained = затримання експлуатаційного персоналу
code-incident-kind-other-incident = інший інцидент, див. текст

# KNOWLEDGE

code-knowledge-own-observation = власне спостереження
code-knowledge-international-monitor = міжнародний спостерігач
code-knowledge-operator-of-site = експлуатуюча організація об’єкта
code-knowledge-other-government = інший уряд
code-knowledge-relief-organisation = гуманітарна організація
code-knowledge-open-sources = відкриті джерела
code-knowledge-public-satellite-data = загальнодоступні супутникові дані
code-knowledge-not-disclosed = не розкривається

# LAUNCH_KIND

code-launch-kind-land-based-ballistic-missile = балістична ракета наземного базування
code-launch-kind-sea-based-ballistic-missile = балістична ракета підводного човна
code-launch-kind-space-rocket = ракета космічного призначення
code-launch-kind-sounding-rocket = дослідницька ракета
code-launch-kind-other-launch = інший пуск, див. текст

# LEGAL_BASIS

code-legal-basis-ap-i-article-56 = Додатковий протокол I, стаття 56: установки і споруди, що містять небезпечні сили
code-legal-basis-ap-ii-article-15 = Додатковий протокол II, стаття 15: установки і споруди, що містять небезпечні сили
code-legal-basis-customary-rule-42 = звичаєве міжнародне гуманітарне право, норма 42: установки і споруди, що містять небезпечні сили
code-legal-basis-ap-i-article-57 = Додатковий протокол I, стаття 57: запобіжні заходи при нападі
code-legal-basis-customary-rule-15 = звичаєве міжнародне гуманітарне право, норма 15: запобіжні заходи при нападі
code-legal-basis-ap-i-article-52 = Додатковий протокол I, стаття 52: захист цивільних об’єктів
code-legal-basis-gc-iv-article-18 = IV Женевська конвенція, стаття 18: цивільні лікарні
code-legal-basis-customary-rule-28 = звичаєве міжнародне гуманітарне право, норма 28: медичні формування
code-legal-basis-ap-i-article-54 = Додатковий протокол I, стаття 54: об’єкти, необхідні для виживання цивільного населення
code-legal-basis-customary-rule-54 = звичаєве міжнародне гуманітарне право, норма 54: об’єкти, необхідні для виживання цивільного населення
code-legal-basis-iaea-seven-pillars = сім обов’язкових складових ядерної та фізичної безпеки, МАГАТЕ
code-legal-basis-iaea-five-principles = п’ять принципів для Запорізької АЕС, МАГАТЕ, 30 травня 2023 року
code-legal-basis-agreement-of-the-charter = угода, включена до статуту цієї лінії, див. текст
code-legal-basis-not-cited = норму не зазначено

# LIST_STAGE

code-list-stage-commit = перша стадія, список закріплено контрольною сумою
code-list-stage-reveal = друга стадія, список розкрито

# MARKING

code-marking-red-cross-or-red-crescent = червоний хрест, червоний півмісяць або червоний кристал
code-marking-united-nations = знаки Організації Об’єднаних Націй
code-marking-emblem-of-organisation = емблема організації
code-marking-white-flag = білий прапор
code-marking-not-marked = без знаків, що не позбавляє захисту
code-marking-other-marking = інші знаки, див. текст

# MOVE_FUNCTION

code-move-function-delivery-of-relief = доставлення гуманітарної допомоги
code-move-function-evacuation-of-civilians = евакуація цивільного населення
code-move-function-evacuation-of-sick-and-wounded = евакуація хворих і поранених
code-move-function-movement-of-staff = пересування персоналу
code-move-function-assessment = оцінювання потреб
code-move-function-repair-of-services = ремонт систем водо-, електро- або теплопостачання
code-move-function-humanitarian-demining = гуманітарне розмінування
code-move-function-return-of-the-dead = передавання тіл загиблих
code-move-function-monitoring-mission = місія міжнародних спостерігачів
code-move-function-other-movement = інше пересування, див. текст

# NOTICE_URGENCY

code-notice-urgency-emergency = надзвичайний випадок
code-notice-urgency-urgent = терміново
code-notice-urgency-routine = у звичайному порядку

# NOT_OURS_SUBJECT

code-not-ours-subject-ground-forces = сухопутні сили
code-not-ours-subject-fire = вогонь
code-not-ours-subject-aircraft = літальний апарат
code-not-ours-subject-uncrewed-aircraft = безпілотний літальний апарат
code-not-ours-subject-vessel = корабель або судно
code-not-ours-subject-munition = боєприпас
code-not-ours-subject-activity = діяльність

# PILLAR

code-pillar-physical-integrity = фізична цілісність об’єктів
code-pillar-safety-and-security-systems = системи й обладнання безпеки та фізичного захисту
code-pillar-operating-staff = можливість персоналу ухвалювати рішення без неправомірного тиску
code-pillar-off-site-power = надійне зовнішнє електропостачання
code-pillar-logistical-supply = безперебійне постачання та перевезення
code-pillar-radiation-monitoring = радіаційний контроль, аварійна готовність і реагування
code-pillar-communications = надійний зв’язок з регулюючим органом та іншими

# PILLAR_STATUS

code-pillar-status-held = дотримується
code-pillar-status-endangered = під загрозою
code-pillar-status-compromised = порушено
code-pillar-status-lost = втрачено
code-pillar-status-not-known = невідомо

# PLAN_STAGE

code-plan-stage-proposed = запропоновано автором
code-plan-stage-as-both-hold-it = у тому вигляді, в якому його мають обидві сторони
code-plan-stage-as-carried-out = у тому вигляді, в якому його виконано

# PRESENCE_STATE

code-presence-state-reachable-now = на зв’язку зараз
code-presence-state-reachable-later = буде на зв’язку пізніше, у зазначений строк
code-presence-state-not-reachable = зв’язатися неможливо
code-presence-state-deputy-reachable = на зв’язку заступник
code-presence-state-not-disclosed = не розкривається

# QUESTION

code-question-purpose-of-activity = Яка мета діяльності?
code-question-exact-place = Яке точне місце?
code-question-time-of-end = Коли діяльність завершиться?
code-question-units-involved = Які частини беруть участь?
code-question-subordination = Якому командуванню вони підпорядковані?
code-question-numbers-and-types = Які чисельність і типи?
code-question-meaning-of-message = Що означає повідомлення?
code-question-place-or-time-in-doubt = Чи правильні вказані місце та час?
code-question-status-of-facility = Який стан об’єкта?
code-question-casualties = Чи є постраждалі?

# RADIATION

code-radiation-normal-levels = рівні в нормі
code-radiation-elevated-levels = підвищені рівні
code-radiation-levels-not-known = рівні невідомі
code-radiation-monitoring-lost = контроль втрачено

# RECEIPT_LEVEL

code-receipt-level-none = підтвердження немає
code-receipt-level-r0 = R0: повідомлення збережено вузлом
code-receipt-level-r1 = R1: прочитано черговим офіцером
code-receipt-level-r2 = R2: зрозуміло і повторено
code-receipt-level-r3 = R3: передано названому командуванню
code-receipt-level-r4 = R4: надано відповідь

# RECEIPT_STATUS

code-receipt-status-accepted = прийнято за порядком
code-receipt-status-ahead = прийнято, попередній номер ще не отримано

# RECORDING

code-recording-not-recorded = не записувався
code-recording-recorded-by-author = записано стороною автора
code-recording-recorded-by-both = записано обома сторонами

# RELATION_VERB

code-relation-verb-recalls = відкликає, попереднє повідомлення не брати до уваги
code-relation-verb-updates = оновлює, замінює попереднє повідомлення
code-relation-verb-adds = доповнює попереднє повідомлення
code-relation-verb-discontinues = припиняє дію, попереднє повідомлення більше не діє
code-relation-verb-relates = стосується попереднього повідомлення

# REPLY_REASON

code-reply-reason-no-reason-given = причину не зазначено
code-reply-reason-facts-disputed = факти заперечуються
code-reply-reason-other-party-responsible = за оцінкою автора, відповідальність несе інша сторона
code-reply-reason-not-under-our-command = не під нашим командуванням
code-reply-reason-rejected-as-pretext = відхиляється як привід
code-reply-reason-outside-the-charter = виходить за межі статуту цієї лінії
code-reply-reason-more-detail-needed = потрібні додаткові відомості
code-reply-reason-facts-being-established = факти встановлюються

# REQUESTED_ACTION

code-requested-action-cease-fire-at-place = припинити вогонь у вказаному місці
code-requested-action-refrain-from-attack = утриматися від нападу на об’єкт і поблизу нього
code-requested-action-keep-distance = тримати сили на відстані
code-requested-action-withdraw-weapons = вивести озброєння
code-requested-action-withdraw-troops = вивести війська
code-requested-action-restore-power = відновити електропостачання
code-requested-action-restore-water = відновити водопостачання
code-requested-action-give-access-to-monitors = надати доступ міжнародним спостерігачам
code-requested-action-give-access-to-repair = надати доступ ремонтним бригадам
code-requested-action-protect-staff = забезпечити захист експлуатаційного персоналу
code-requested-action-pass-to-command = передати це повідомлення відповідальному командуванню
code-requested-action-explain-activity = роз’яснити діяльність
code-requested-action-examine-and-answer = вивчити та надати відповідь
code-requested-action-no-action-requested = дій не запитується

# SERVICE_CODE

code-service-code-planned-outage = планова перерва в роботі лінії
code-service-code-outage = незапланована перерва в роботі лінії
code-service-code-service-restored = роботу відновлено
code-service-code-bearer-added = додано спосіб передавання
code-service-code-bearer-withdrawn = спосіб передавання скасовано
code-service-code-keys-will-change = передбачена зміна ключів
code-service-code-clock-in-doubt = точність нашого годинника під сумнівом
code-service-code-numbers-missing = не отримано повідомлення з указаними номерами, просимо повторити
code-service-code-text-garbled = прийнято зі спотвореннями, просимо повторити
code-service-code-language-not-covered = перекладача на чергуванні немає
code-service-code-language-covered = перекладач на чергуванні
code-service-code-officer-on-watch-changed = зміна чергового офіцера
code-service-code-exercise-begins = навчання розпочинається
code-service-code-exercise-ends = навчання завершено
code-service-code-line-suspended = призупиняємо роботу лінії
code-service-code-line-resumed = відновлюємо роботу лінії

# SPECIAL_SIGN

code-special-sign-displayed = установлено
code-special-sign-not-displayed = не установлено, що не скасовує захисту
code-special-sign-not-known = невідомо

# STATED_ACTION

code-stated-action-passed-to-command = передано командуванню
code-stated-action-fire-ceased = вогонь припинено, за заявою автора
code-stated-action-order-given = наказ віддано
code-stated-action-weapons-withdrawn = озброєння виведено, за заявою автора
code-stated-action-troops-withdrawn = війська виведено, за заявою автора
code-stated-action-access-given = доступ надано
code-stated-action-examination-begun = вивчення розпочато
code-stated-action-no-action-taken = заходів не вжито

# STAYS_OPEN

code-stays-open-stops-and-receipts = повідомлення СТОП і підтвердження отримання
code-stays-open-service-messages = службові повідомлення
code-stays-open-regular-checks = перевірки зв’язку
code-stays-open-named-agreements = названі домовленості
code-stays-open-another-channel = інший канал зв’язку, див. з ким зв’язуватися

# STOP_REASON

code-stop-reason-protected-site-under-fire = під обстрілом об’єкт, що перебуває під захистом міжнародного гуманітарного права
code-stop-reason-civilians-under-fire = під обстрілом цивільні особи
code-stop-reason-medical-site-under-fire = під обстрілом медичний об’єкт
code-stop-reason-relief-convoy-under-fire = під обстрілом гуманітарний конвой
code-stop-reason-our-forces-under-fire = під обстрілом наші сили
code-stop-reason-other-reason = інша причина, див. текст

# SUSPENSION_REASON

code-suspension-reason-decision-of-authorities = рішення нашого керівництва
code-suspension-reason-security-of-the-line = безпека лінії
code-suspension-reason-technical-reason = технічні причини
code-suspension-reason-an-act-of-the-other-side = дія іншої сторони, на думку автора
code-suspension-reason-review-of-the-charter = перегляд статуту лінії
code-suspension-reason-reason-not-stated = причину не зазначено

# TOPIC

code-topic-critical-infrastructure = критична інфраструктура
code-topic-nuclear-safety = ядерна безпека
code-topic-dams-and-water = греблі та водні об’єкти
code-topic-energy-system = енергосистема
code-topic-incident = інцидент
code-topic-air-and-sea-safety = безпека в повітрі та на морі
code-topic-humanitarian = гуманітарні питання
code-topic-service = обслуговування лінії
code-topic-targeting = цілевказання
code-topic-intelligence = розвідувальні відомості
code-topic-command-of-forces = управління силами
code-topic-permission-for-aid = дозвіл на надання допомоги

# VERB

code-verb-confirm = підтверджуємо
code-verb-comply = діятимемо відповідно
code-verb-reject = відхиляємо
code-verb-not-ours = це не наші сили
code-verb-being-examined = вивчається
code-verb-answer-follows = наша відповідь надійде

# WINDOW_REASON

code-window-reason-all-assurances-held = усі запитані запевнення отримано в письмовому вигляді
code-window-reason-assurance-missing = запевнення бракує
code-window-reason-assurance-refused = у запевненні відмовлено
code-window-reason-assurance-withdrawn = запевнення відкликано
code-window-reason-assurance-expired = строк запевнення минув
code-window-reason-violation-observed = зафіксовано порушення
code-window-reason-safety-of-crews = безпека бригад
code-window-reason-weather = погодні умови
code-window-reason-works-done = роботи виконано
code-window-reason-works-not-done = роботи не виконано
code-window-reason-time-passed = час режиму тиші минув
code-window-reason-other-window-reason = інша причина, див. текст

# WINDOW_STATUS

code-window-status-green = ЗЕЛЕНИЙ: режим тиші діє
code-window-status-not-green = НЕ ЗЕЛЕНИЙ: режим тиші не діє
code-window-status-violated = ПОРУШЕНО: зафіксовано порушення
code-window-status-aborted = ПЕРЕРВАНО: режим тиші перервано
code-window-status-closed = ЗАВЕРШЕНО: режим тиші закінчено

# WORDING_ASKED

code-wording-asked-agreement-asked = просимо згоди з формулюванням
code-wording-asked-no-objection-asked = просимо повідомити, чи є заперечення
code-wording-asked-comments-asked = просимо надати зауваження

# WORDING_STATE

code-wording-state-wording-proposed = запропоновано: пропонуємо це формулювання
code-wording-state-agreed-to = погоджено: погоджуємося з цим формулюванням
code-wording-state-no-objection = без заперечень: не заперечуємо проти цього формулювання
code-wording-state-objected-to = заперечення: заперечуємо проти цього формулювання

# WORKS

code-works-repair-of-power-line = ремонт лінії електропередавання
code-works-repair-of-power-plant = ремонт електростанції або підстанції
code-works-repair-of-water-supply = ремонт водопостачання
code-works-repair-of-dam = ремонт греблі
code-works-repair-of-communications = ремонт зв’язку
code-works-demining = розмінування
code-works-survey-of-damage = огляд пошкоджень
code-works-firefighting = гасіння пожежі
code-works-rotation-of-staff = зміна персоналу
code-works-delivery-of-supplies = доставка вантажів
code-works-medical-evacuation = медична евакуація
code-works-recovery-of-the-dead = вивезення загиблих
code-works-other-works = інші роботи, див. текст
