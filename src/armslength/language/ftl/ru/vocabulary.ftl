## The closed vocabularies: one message a code, named code-<vocabulary>-<code>.

# ACTIVITY

code-activity-shelling = артиллерийский обстрел
code-activity-rocket-fire = огонь реактивной артиллерии
code-activity-missile-strike = ракетный удар
code-activity-air-strike = авиационный удар
code-activity-uncrewed-aircraft-strike = удар беспилотного летательного аппарата
code-activity-small-arms-fire = огонь из стрелкового оружия
code-activity-overflight = пролёт воздушных судов
code-activity-uncrewed-aircraft-overflight = пролёт беспилотных летательных аппаратов
code-activity-mining = минирование или установка зарядов
code-activity-emplacement-of-weapons = размещение вооружений
code-activity-firing-from-site = ведение огня с территории объекта
code-activity-troops-at-site = присутствие войск на объекте
code-activity-movement-near-site = передвижение сил вблизи объекта
code-activity-cutting-of-power = прекращение электроснабжения
code-activity-cutting-of-water = прекращение водоснабжения
code-activity-pressure-on-staff = давление на эксплуатационный персонал
code-activity-denial-of-access = отказ в доступе
code-activity-jamming = создание помех связи или навигации
code-activity-naval-activity = деятельность военно-морских сил
code-activity-unknown-explosions = взрывы неустановленного происхождения
code-activity-other-activity = иная деятельность, см. текст

# AREA_SHAPE

code-area-shape-circle = круг
code-area-shape-polygon = многоугольник
code-area-shape-route = маршрут

# ASSURANCE_STATE

code-assurance-state-given = дано: даём заверение
code-assurance-state-not-given = не дано: заверения не даём
code-assurance-state-withdrawn = отозвано: отзываем заверение

# ATTRIBUTION

code-attribution-no-attribution = без указания ответственной стороны, сообщение не говорит, чьи силы действовали
code-attribution-attributed-to-receiver = автор относит это к силам получающей стороны
code-attribution-attributed-to-others = автор относит это к иным силам, см. текст

# BEARER

code-bearer-https = HTTPS
code-bearer-smtp = электронная почта
code-bearer-folder = носитель с курьером
code-bearer-qr = печатные листы с кодами
code-bearer-voice = голосовая связь

# CALL_MEDIUM

code-call-medium-telephone = по телефону
code-call-medium-video = по видеосвязи
code-call-medium-meeting = на встрече
code-call-medium-other-medium = иным способом, см. текст

# CARGO

code-cargo-food = продовольствие
code-cargo-water = питьевая вода
code-cargo-medical-supplies = медицинские средства
code-cargo-fuel = топливо
code-cargo-shelter-and-clothing = средства временного жилья и одежда
code-cargo-tools-and-spare-parts = инструменты и запасные части
code-cargo-dangerous-goods = опасный груз, см. текст
code-cargo-persons-only = только люди
code-cargo-no-cargo = без груза
code-cargo-other-cargo = иной груз, см. текст

# ESCORT

code-escort-no-escort = без сопровождения
code-escort-unarmed-escort = невооружённое сопровождение
code-escort-armed-escort = вооружённое сопровождение

# EVIDENCE_LEVEL

code-evidence-level-unconfirmed = не подтверждено
code-evidence-level-one-source = один источник
code-evidence-level-several-sources = несколько источников
code-evidence-level-confirmed-by-monitor = подтверждено международным наблюдателем
code-evidence-level-not-stated = не указано

# FACILITY_KIND

code-facility-kind-nuclear-power-plant = атомная электростанция
code-facility-kind-nuclear-installation = ядерная установка
code-facility-kind-dam = плотина
code-facility-kind-dyke = дамба
code-facility-kind-substation = электрическая подстанция
code-facility-kind-power-line = линия электропередачи
code-facility-kind-refinery = нефтеперерабатывающий завод
code-facility-kind-pumping-station = насосная станция
code-facility-kind-water-works = водопроводная станция
code-facility-kind-hospital = больница
code-facility-kind-port = порт
code-facility-kind-chemical-plant = химический завод
code-facility-kind-other-facility = иной объект
code-facility-kind-thermal-power-plant = тепловая электростанция
code-facility-kind-hydro-power-plant = гидроэлектростанция
code-facility-kind-pumped-storage-plant = гидроаккумулирующая электростанция
code-facility-kind-wind-power-plant = ветровая электростанция
code-facility-kind-solar-power-plant = солнечная электростанция
code-facility-kind-power-plant = электростанция
code-facility-kind-pipeline = трубопровод
code-facility-kind-fuel-store = склад топлива
code-facility-kind-reservoir = водохранилище
code-facility-kind-settlement = населённый пункт
code-facility-kind-border-strip = приграничная полоса
code-facility-kind-territory = территория

# HAZARD

code-hazard-release-of-radiation = выброс радиоактивных веществ
code-hazard-flooding = затопление
code-hazard-toxic-release = выброс токсичных веществ
code-hazard-fire-or-explosion = пожар или взрыв
code-hazard-loss-of-power = потеря электроснабжения
code-hazard-loss-of-water = потеря водоснабжения
code-hazard-loss-of-medical-care = потеря медицинского обслуживания
code-hazard-harm-to-civilians = вред гражданскому населению
code-hazard-collision-or-miscalculation = столкновение или неверная оценка намерений
code-hazard-other-hazard = иная опасность, см. текст

# HAZARDOUS_ACTIVITY

code-hazardous-activity-gun-firing = артиллерийские стрельбы
code-hazardous-activity-missile-or-rocket-firing = ракетные стрельбы
code-hazardous-activity-bombing-practice = учебное бомбометание
code-hazardous-activity-air-exercise = учения авиации
code-hazardous-activity-naval-exercise = учения военно-морских сил
code-hazardous-activity-submarine-activity = деятельность подводных лодок
code-hazardous-activity-land-exercise = учения сухопутных войск
code-hazardous-activity-uncrewed-aircraft-flights = полёты беспилотных летательных аппаратов
code-hazardous-activity-laser-use = использование лазеров
code-hazardous-activity-radio-interference = создание помех радиосвязи или навигации
code-hazardous-activity-blasting-or-mine-clearance = взрывные работы или разминирование
code-hazardous-activity-works-at-sea = работы на море
code-hazardous-activity-search-and-rescue = поиск и спасание
code-hazardous-activity-other-hazardous-activity = иная опасная деятельность, см. текст

# INCIDENT_KIND

code-incident-kind-impact-at-site = попадание на территории объекта
code-incident-kind-impact-near-site = попадание вблизи объекта
code-incident-kind-fire-at-site = пожар на объекте
code-incident-kind-loss-of-off-site-power = потеря внешнего электроснабжения
code-incident-kind-loss-of-cooling = потеря охлаждения
code-incident-kind-breach-of-dam = прорыв плотины или дамбы
code-incident-kind-release-of-dangerous-substance = выброс опасного вещества
code-incident-kind-dangerous-approach = опасное сближение
code-incident-kind-collision = столкновение
code-incident-kind-loss-of-aircraft = потеря летательного аппарата
code-incident-kind-border-crossed = пересечение границы
code-incident-kind-munition-out-of-control = отклонившийся или неуправляемый боеприпас
code-incident-kind-staff-detained = задержание эксплуатационного персонала
code-incident-kind-other-incident = иной инцидент, см. текст

# KNOWLEDGE

code-knowledge-own-observation = собственное наблюдение
code-knowledge-international-monitor = международный наблюдатель
code-knowledge-operator-of-site = эксплуатирующая организация объекта
code-knowledge-other-government = другое правительство
code-knowledge-relief-organisation = гуманитарная организация
code-knowledge-open-sources = открытые источники
code-knowledge-public-satellite-data = общедоступные спутниковые данные
code-knowledge-not-disclosed = не раскрывается

# LAUNCH_KIND

code-launch-kind-land-based-ballistic-missile = баллистическая ракета наземного базирования
code-launch-kind-sea-based-ballistic-missile = баллистическая ракета подводной лодки
code-launch-kind-space-rocket = ракета космического назначения
code-launch-kind-sounding-rocket = исследовательская ракета
code-launch-kind-other-launch = иной пуск, см. текст

# LEGAL_BASIS

code-legal-basis-ap-i-article-56 = Дополнительный протокол I, статья 56: установки и сооружения, содержащие опасные силы
code-legal-basis-ap-ii-article-15 = Дополнительный протокол II, статья 15: установки и сооружения, содержащие опасные силы
code-legal-basis-customary-rule-42 = обычное международное гуманитарное право, норма 42: установки и сооружения, содержащие опасные силы
code-legal-basis-ap-i-article-57 = Дополнительный протокол I, статья 57: меры предосторожности при нападении
code-legal-basis-customary-rule-15 = обычное международное гуманитарное право, норма 15: меры предосторожности при нападении
code-legal-basis-ap-i-article-52 = Дополнительный протокол I, статья 52: защита гражданских объектов
code-legal-basis-gc-iv-article-18 = IV Женевская конвенция, статья 18: гражданские больницы
code-legal-basis-customary-rule-28 = обычное международное гуманитарное право, норма 28: медицинские формирования
code-legal-basis-ap-i-article-54 = Дополнительный протокол I, статья 54: объекты, необходимые для выживания гражданского населения
code-legal-basis-customary-rule-54 = обычное международное гуманитарное право, норма 54: объекты, необходимые для выживания гражданского населения
code-legal-basis-iaea-seven-pillars = семь необходимых компонентов ядерной и физической безопасности, МАГАТЭ
code-legal-basis-iaea-five-principles = пять принципов для Запорожской АЭС, МАГАТЭ, 30 мая 2023 года
code-legal-basis-agreement-of-the-charter = соглашение, включённое в устав этой линии, см. текст
code-legal-basis-not-cited = норма не указана

# LIST_STAGE

code-list-stage-commit = первая стадия, список закреплён контрольной суммой
code-list-stage-reveal = вторая стадия, список раскрыт

# MARKING

code-marking-red-cross-or-red-crescent = красный крест, красный полумесяц или красный кристалл
code-marking-united-nations = знаки Организации Объединённых Наций
code-marking-emblem-of-organisation = эмблема организации
code-marking-white-flag = белый флаг
code-marking-not-marked = без знаков, что не лишает защиты
code-marking-other-marking = иные знаки, см. текст

# MOVE_FUNCTION

code-move-function-delivery-of-relief = доставка гуманитарной помощи
code-move-function-evacuation-of-civilians = эвакуация гражданского населения
code-move-function-evacuation-of-sick-and-wounded = эвакуация больных и раненых
code-move-function-movement-of-staff = передвижение персонала
code-move-function-assessment = оценка потребностей
code-move-function-repair-of-services = ремонт систем водо-, электро- или теплоснабжения
code-move-function-humanitarian-demining = гуманитарное разминирование
code-move-function-return-of-the-dead = передача тел погибших
code-move-function-monitoring-mission = миссия международных наблюдателей
code-move-function-other-movement = иное передвижение, см. текст

# NOTICE_URGENCY

code-notice-urgency-emergency = чрезвычайный случай
code-notice-urgency-urgent = срочно
code-notice-urgency-routine = в обычном порядке

# NOT_OURS_SUBJECT

code-not-ours-subject-ground-forces = сухопутные силы
code-not-ours-subject-fire = огонь
code-not-ours-subject-aircraft = летательный аппарат
code-not-ours-subject-uncrewed-aircraft = беспилотный летательный аппарат
code-not-ours-subject-vessel = корабль или судно
code-not-ours-subject-munition = боеприпас
code-not-ours-subject-activity = деятельность

# PILLAR

code-pillar-physical-integrity = физическая целостность объектов
code-pillar-safety-and-security-systems = системы и оборудование безопасности и физической защиты
code-pillar-operating-staff = возможность персонала принимать решения без неправомерного давления
code-pillar-off-site-power = надёжное внешнее электроснабжение
code-pillar-logistical-supply = бесперебойное снабжение и перевозки
code-pillar-radiation-monitoring = радиационный контроль, аварийная готовность и реагирование
code-pillar-communications = надёжная связь с регулирующим органом и другими

# PILLAR_STATUS

code-pillar-status-held = соблюдается
code-pillar-status-endangered = под угрозой
code-pillar-status-compromised = нарушено
code-pillar-status-lost = утрачено
code-pillar-status-not-known = неизвестно

# PLAN_STAGE

code-plan-stage-proposed = предложен автором
code-plan-stage-as-both-hold-it = в том виде, в каком он имеется у обеих сторон
code-plan-stage-as-carried-out = в том виде, в каком он выполнен

# PRESENCE_STATE

code-presence-state-reachable-now = на связи сейчас
code-presence-state-reachable-later = будет на связи позже, в указанный срок
code-presence-state-not-reachable = связаться невозможно
code-presence-state-deputy-reachable = на связи заместитель
code-presence-state-not-disclosed = не раскрывается

# QUESTION

code-question-purpose-of-activity = Какова цель деятельности?
code-question-exact-place = Каково точное место?
code-question-time-of-end = Когда деятельность завершится?
code-question-units-involved = Какие части участвуют?
code-question-subordination = Какому командованию они подчинены?
code-question-numbers-and-types = Каковы численность и типы?
code-question-meaning-of-message = Что означает сообщение?
code-question-place-or-time-in-doubt = Верны ли указанные место и время?
code-question-status-of-facility = Каково состояние объекта?
code-question-casualties = Есть ли пострадавшие?

# RADIATION

code-radiation-normal-levels = уровни в норме
code-radiation-elevated-levels = повышенные уровни
code-radiation-levels-not-known = уровни неизвестны
code-radiation-monitoring-lost = контроль утрачен

# RECEIPT_LEVEL

code-receipt-level-none = подтверждения нет
code-receipt-level-r0 = R0: сообщение сохранено узлом
code-receipt-level-r1 = R1: прочитано дежурным офицером
code-receipt-level-r2 = R2: понято и повторено
code-receipt-level-r3 = R3: передано названному командованию
code-receipt-level-r4 = R4: дан ответ

# RECEIPT_STATUS

code-receipt-status-accepted = принято по порядку
code-receipt-status-ahead = принято, предыдущий номер ещё не получен

# RECORDING

code-recording-not-recorded = не записывался
code-recording-recorded-by-author = записан стороной автора
code-recording-recorded-by-both = записан обеими сторонами

# RELATION_VERB

code-relation-verb-recalls = отзывает, более раннее сообщение не принимать во внимание
code-relation-verb-updates = обновляет, заменяет более раннее сообщение
code-relation-verb-adds = дополняет более раннее сообщение
code-relation-verb-discontinues = прекращает действие, более раннее сообщение более не действует
code-relation-verb-relates = относится к более раннему сообщению

# REPLY_REASON

code-reply-reason-no-reason-given = причина не указана
code-reply-reason-facts-disputed = факты оспариваются
code-reply-reason-other-party-responsible = по оценке автора, ответственность несёт другая сторона
code-reply-reason-not-under-our-command = не под нашим командованием
code-reply-reason-rejected-as-pretext = отклоняется как предлог
code-reply-reason-outside-the-charter = выходит за рамки устава этой линии
code-reply-reason-more-detail-needed = требуются дополнительные сведения
code-reply-reason-facts-being-established = факты устанавливаются

# REQUESTED_ACTION

code-requested-action-cease-fire-at-place = прекратить огонь в указанном месте
code-requested-action-refrain-from-attack = воздержаться от нападения на объект и вблизи него
code-requested-action-keep-distance = держать силы на расстоянии
code-requested-action-withdraw-weapons = вывести вооружения
code-requested-action-withdraw-troops = вывести войска
code-requested-action-restore-power = восстановить электроснабжение
code-requested-action-restore-water = восстановить водоснабжение
code-requested-action-give-access-to-monitors = предоставить доступ международным наблюдателям
code-requested-action-give-access-to-repair = предоставить доступ ремонтным бригадам
code-requested-action-protect-staff = обеспечить защиту эксплуатационного персонала
code-requested-action-pass-to-command = передать это сообщение ответственному командованию
code-requested-action-explain-activity = разъяснить деятельность
code-requested-action-examine-and-answer = изучить и дать ответ
code-requested-action-no-action-requested = действий не запрашивается

# SERVICE_CODE

code-service-code-planned-outage = плановый перерыв в работе линии
code-service-code-outage = незапланированный перерыв в работе линии
code-service-code-service-restored = работа восстановлена
code-service-code-bearer-added = добавлен способ передачи
code-service-code-bearer-withdrawn = способ передачи отменён
code-service-code-keys-will-change = предстоит смена ключей
code-service-code-clock-in-doubt = точность наших часов под сомнением
code-service-code-numbers-missing = не получены сообщения с указанными номерами, просим повторить
code-service-code-text-garbled = принято с искажениями, просим повторить
code-service-code-language-not-covered = переводчика на дежурстве нет
code-service-code-language-covered = переводчик на дежурстве
code-service-code-officer-on-watch-changed = смена дежурного офицера
code-service-code-exercise-begins = учение начинается
code-service-code-exercise-ends = учение завершено
code-service-code-line-suspended = приостанавливаем работу линии
code-service-code-line-resumed = возобновляем работу линии

# SPECIAL_SIGN

code-special-sign-displayed = установлен
code-special-sign-not-displayed = не установлен, что не отменяет защиты
code-special-sign-not-known = неизвестно

# STATED_ACTION

code-stated-action-passed-to-command = передано командованию
code-stated-action-fire-ceased = огонь прекращён, по заявлению автора
code-stated-action-order-given = приказ отдан
code-stated-action-weapons-withdrawn = вооружения выведены, по заявлению автора
code-stated-action-troops-withdrawn = войска выведены, по заявлению автора
code-stated-action-access-given = доступ предоставлен
code-stated-action-examination-begun = изучение начато
code-stated-action-no-action-taken = меры не принимались

# STAYS_OPEN

code-stays-open-stops-and-receipts = сообщения СТОП и подтверждения получения
code-stays-open-service-messages = служебные сообщения
code-stays-open-regular-checks = проверки связи
code-stays-open-named-agreements = названные договорённости
code-stays-open-another-channel = другой канал связи, см. с кем связываться

# STOP_REASON

code-stop-reason-protected-site-under-fire = под обстрелом объект, находящийся под защитой международного гуманитарного права
code-stop-reason-civilians-under-fire = под обстрелом гражданские лица
code-stop-reason-medical-site-under-fire = под обстрелом медицинский объект
code-stop-reason-relief-convoy-under-fire = под обстрелом гуманитарный конвой
code-stop-reason-our-forces-under-fire = под обстрелом наши силы
code-stop-reason-other-reason = иная причина, см. текст

# SUSPENSION_REASON

code-suspension-reason-decision-of-authorities = решение нашего руководства
code-suspension-reason-security-of-the-line = безопасность линии
code-suspension-reason-technical-reason = технические причины
code-suspension-reason-an-act-of-the-other-side = действие другой стороны, по мнению автора
code-suspension-reason-review-of-the-charter = пересмотр устава линии
code-suspension-reason-reason-not-stated = причина не указана

# TOPIC

code-topic-critical-infrastructure = критическая инфраструктура
code-topic-nuclear-safety = ядерная безопасность
code-topic-dams-and-water = плотины и водные объекты
code-topic-energy-system = энергосистема
code-topic-incident = инцидент
code-topic-air-and-sea-safety = безопасность в воздухе и на море
code-topic-humanitarian = гуманитарные вопросы
code-topic-service = обслуживание линии
code-topic-targeting = целеуказание
code-topic-intelligence = разведывательные сведения
code-topic-command-of-forces = управление силами
code-topic-permission-for-aid = разрешение на оказание помощи

# VERB

code-verb-confirm = подтверждаем
code-verb-comply = будем действовать соответственно
code-verb-reject = отклоняем
code-verb-not-ours = это не наши силы
code-verb-being-examined = изучается
code-verb-answer-follows = наш ответ следует

# WINDOW_REASON

code-window-reason-all-assurances-held = все запрошенные заверения получены в письменном виде
code-window-reason-assurance-missing = заверение отсутствует
code-window-reason-assurance-refused = в заверении отказано
code-window-reason-assurance-withdrawn = заверение отозвано
code-window-reason-assurance-expired = срок заверения истёк
code-window-reason-violation-observed = зафиксировано нарушение
code-window-reason-safety-of-crews = безопасность бригад
code-window-reason-weather = погодные условия
code-window-reason-works-done = работы выполнены
code-window-reason-works-not-done = работы не выполнены
code-window-reason-time-passed = время режима тишины истекло
code-window-reason-other-window-reason = иная причина, см. текст

# WINDOW_STATUS

code-window-status-green = ЗЕЛЁНЫЙ: режим тишины действует
code-window-status-not-green = НЕ ЗЕЛЁНЫЙ: режим тишины не действует
code-window-status-violated = НАРУШЕН: зафиксировано нарушение
code-window-status-aborted = ПРЕРВАН: режим тишины прерван
code-window-status-closed = ЗАВЕРШЁН: режим тишины окончен

# WORDING_ASKED

code-wording-asked-agreement-asked = просим согласия с формулировкой
code-wording-asked-no-objection-asked = просим сообщить, есть ли возражения
code-wording-asked-comments-asked = просим дать замечания

# WORDING_STATE

code-wording-state-wording-proposed = предложено: предлагаем эту формулировку
code-wording-state-agreed-to = согласовано: согласны с этой формулировкой
code-wording-state-no-objection = без возражений: не возражаем против этой формулировки
code-wording-state-objected-to = возражение: возражаем против этой формулировки

# WORKS

code-works-repair-of-power-line = ремонт линии электропередачи
code-works-repair-of-power-plant = ремонт электростанции или подстанции
code-works-repair-of-water-supply = ремонт водоснабжения
code-works-repair-of-dam = ремонт плотины
code-works-repair-of-communications = ремонт связи
code-works-demining = разминирование
code-works-survey-of-damage = осмотр повреждений
code-works-firefighting = тушение пожара
code-works-rotation-of-staff = смена персонала
code-works-delivery-of-supplies = доставка грузов
code-works-medical-evacuation = медицинская эвакуация
code-works-recovery-of-the-dead = вывоз погибших
code-works-other-works = иные работы, см. текст
