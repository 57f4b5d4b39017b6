map-title = Карта
map-keys = Стрелки сдвигают карту, плюс и минус меняют масштаб. Квадратные скобки переходят от одного видимого объекта к другому; всё видимое стоит текстом рядом с картой. Enter ставит точку при измерении, Escape его заканчивает.
map-loading = Карта строится.
map-failed = Карту построить не удалось; список рядом с ней можно читать.
map-tools = Инструменты карты
map-in = Крупнее
map-out = Мельче
map-all = Показать всё
map-measure = Измерить
map-measure-how = Укажите два места или больше. С клавиатуры: сдвиньте карту так, чтобы место было в середине, и нажмите Enter.
map-measured = { $distance } по { $points } точкам, по поверхности земли.
map-pointer = под указателем
map-middle = в середине
map-place = место
map-credit = Суша, реки, озёра: Natural Earth (общественное достояние). Границы не проведены, если этот узел не загрузил их сам.
map-readback = Между отправленным и повторённым местом { $distance }; повторённое лежит от отправленного в направлении: { $direction }.
map-in-view = В поле зрения: { $count }
map-none = В поле зрения нет ничего из выбранных слоёв.
map-more = и ещё { $count } дальше от середины: приблизьте карту или отфильтруйте.
map-find = Найти объект
map-find-none = Объекта с такими буквами нет.
map-forces = содержит опасные силы (Дополнительный протокол I, статья 56);
map-sign-DISPLAYED = специальный знак выставлен
map-sign-NOT-DISPLAYED = специальный знак не выставлен, и это не лишает защиты
map-sign-NOT-KNOWN = выставлен ли специальный знак, неизвестно
map-sign-about = Три оранжевых круга: установки и сооружения, содержащие опасные силы. Они не говорят, что знак там выставлен.
map-rings = Кольца наблюдения от края объекта: { $rings }
map-record = Запись об объекте
map-deselect = Закрыть
map-concern = Озабоченность { $id }
map-evidence = { $count ->
    [one] основана на { $count } сообщении
   *[other] основана на { $count } сообщениях
 }
map-around = Сообщения за эти дни, которые могут лежать в пределах колец: { $count }
map-doubt = Известно с точностью до { $distance }
map-report-open = Сообщение
map-window = Окно тишины { $id }
map-window-open = Окно
map-layers = Слои
map-layer-graticule = Градусная сетка
map-layer-facilities = Объекты
map-layer-zones = Площадки и кольца наблюдения
map-layer-dependencies = Зависимости
map-layer-reports = Сообщения и точность их мест
map-layer-concerns = Озабоченности и их основания
map-layer-windows = Окна тишины
map-layer-imported = Границы, места и воды, загруженные здесь
map-layer-labels = Названия
map-imported-none = Этот узел не загрузил ни границ, ни мест, ни вод: см. «armslength map import».
map-kinds = Виды объектов
map-kind-nuclear = Ядерные
map-kind-dam = Плотины и гидростанции
map-kind-power = Электростанции
map-kind-grid = Подстанции и линии
map-kind-industry = Нефтепереработка и химия
map-kind-fuel = Топливо и трубопроводы
map-kind-water = Вода
map-kind-hospital = Больницы
map-kind-port = Порты
map-kind-settlement = Населённые пункты
map-kind-territory = Полосы и территории
map-kind-other = Прочие
map-concern-filter = Только относящееся к озабоченности
map-concern-all = Всё
map-days = Сообщения по дням
map-period = Сообщения за
map-period-days = { $count ->
    [one] последний { $count } день
    [few] последние { $count } дня
   *[other] последние { $count } дней
 }
map-play = Пуск
map-pause = Пауза
map-day = День (UTC)
map-days-all = все дни: { $count }
map-reports-shown = { $count ->
    [one] { $count } сообщение
    [few] { $count } сообщения
   *[other] { $count } сообщений
 }
map-reports-more = только 10 000 новейших: выберите меньше дней
map-report-EVENT = Событие
map-report-WARNING = Предупреждение
map-report-FEARED-ACT = Ожидаемое действие
map-report-DENIAL = Опровержение
map-status-FLAGGED = отмечена
map-status-CORROBORATED = подтверждена другими
map-status-PURSUED = в работе
map-status-HELD = отложена
map-status-DISMISSED = отклонена
map-status-CONVEYED = доведена
map-status-CLOSED = закрыта
map-compass-N = С
map-compass-NNE = ССВ
map-compass-NE = СВ
map-compass-ENE = ВСВ
map-compass-E = В
map-compass-ESE = ВЮВ
map-compass-SE = ЮВ
map-compass-SSE = ЮЮВ
map-compass-S = Ю
map-compass-SSW = ЮЮЗ
map-compass-SW = ЮЗ
map-compass-WSW = ЗЮЗ
map-compass-W = З
map-compass-WNW = ЗСЗ
map-compass-NW = СЗ
map-compass-NNW = ССЗ
map-site-NUCLEAR-POWER-PLANT = атомная электростанция
map-site-NUCLEAR-INSTALLATION = ядерная установка
map-site-DAM = плотина
map-site-DYKE = дамба
map-site-SUBSTATION = электрическая подстанция
map-site-POWER-LINE = линия электропередачи
map-site-REFINERY = нефтеперерабатывающий завод
map-site-PUMPING-STATION = насосная станция
map-site-WATER-WORKS = водопроводная станция
map-site-HOSPITAL = больница
map-site-PORT = порт
map-site-CHEMICAL-PLANT = химический завод
map-site-OTHER-FACILITY = иной объект
map-site-THERMAL-POWER-PLANT = тепловая электростанция
map-site-HYDRO-POWER-PLANT = гидроэлектростанция
map-site-PUMPED-STORAGE-PLANT = гидроаккумулирующая электростанция
map-site-WIND-POWER-PLANT = ветровая электростанция
map-site-SOLAR-POWER-PLANT = солнечная электростанция
map-site-POWER-PLANT = электростанция
map-site-PIPELINE = трубопровод
map-site-FUEL-STORE = склад топлива
map-site-RESERVOIR = водохранилище
map-site-SETTLEMENT = населённый пункт
map-site-BORDER-STRIP = приграничная полоса
map-site-TERRITORY = территория
map-activity-SHELLING = артиллерийский обстрел
map-activity-ROCKET-FIRE = огонь реактивной артиллерии
map-activity-MISSILE-STRIKE = ракетный удар
map-activity-AIR-STRIKE = авиационный удар
map-activity-UNCREWED-AIRCRAFT-STRIKE = удар беспилотного летательного аппарата
map-activity-SMALL-ARMS-FIRE = огонь из стрелкового оружия
map-activity-OVERFLIGHT = пролёт воздушных судов
map-activity-UNCREWED-AIRCRAFT-OVERFLIGHT = пролёт беспилотных летательных аппаратов
map-activity-MINING = минирование или установка зарядов
map-activity-EMPLACEMENT-OF-WEAPONS = размещение вооружений
map-activity-FIRING-FROM-SITE = ведение огня с территории объекта
map-activity-TROOPS-AT-SITE = присутствие войск на объекте
map-activity-MOVEMENT-NEAR-SITE = передвижение сил вблизи объекта
map-activity-CUTTING-OF-POWER = прекращение электроснабжения
map-activity-CUTTING-OF-WATER = прекращение водоснабжения
map-activity-PRESSURE-ON-STAFF = давление на эксплуатационный персонал
map-activity-DENIAL-OF-ACCESS = отказ в доступе
map-activity-JAMMING = создание помех связи или навигации
map-activity-NAVAL-ACTIVITY = деятельность военно-морских сил
map-activity-UNKNOWN-EXPLOSIONS = взрывы неустановленного происхождения
map-activity-OTHER-ACTIVITY = иная деятельность, см. текст
map-activity-HOT-SPOT = тепловая точка, снятая с орбиты
map-activity-AIR-ALERT = воздушная тревога
map-approximate = Места лежат почти на противоположных сторонах Земли: расстояние приблизительное, с точностью до 0,6 %.
map-left-out = Не показано:
map-left-out-rings = { $count ->
    [one] кольца { $count } площадки
   *[other] кольца { $count } площадок
 }
map-left-out-doubts = { $count ->
    [one] { $count } круг неопределённости
    [few] { $count } круга неопределённости
   *[other] { $count } кругов неопределённости
 }
map-left-out-wide = { $count ->
    [one] круг { $count } сообщения, место которого известно менее точно, чем ширина этого окна
   *[other] круги { $count } сообщений, место которых известно менее точно, чем ширина этого окна
 }
map-left-out-dependencies = { $count ->
    [one] { $count } зависимость
    [few] { $count } зависимости
   *[other] { $count } зависимостей
 }
map-left-out-names = { $count ->
    [one] { $count } название
    [few] { $count } названия
   *[other] { $count } названий
 }
map-left-out-how = Чтобы увидеть их, приблизьте карту, выберите нужный объект или сузьте отбор.
map-waters = Основа грубая: водохранилищ на ней может не быть.
map-waters-imported = Основа грубая; более подробные воды загружены на этом узле.
map-waters-import = Водохранилищ и малых водоёмов на основе может не быть; Каховского нет. Более подробные воды загружаются командой «armslength map import --kind water».
map-find-more = и ещё { $count }: введите больше букв.
map-around-more = и ещё { $count } более ранних.
map-until = Последний день (UTC)
map-reports-closed = сообщения вашим ролям не открыты
map-signs = Знаки
map-sign-concern = Объект, по которому есть озабоченность; пунктир — она закрыта
map-sign-doubt = С какой точностью известно место сообщения
map-sign-many = Несколько вместе, с их числом: выберите, чтобы приблизить
map-sign-need = Зависит от
map-sign-window = Окно тишины
map-sign-age = Чем старше сообщение, тем оно бледнее; только из-за возраста ни одно не исчезает.
map-window-status-PROPOSED = предложено
map-window-status-GREEN = согласовано
map-window-status-ACTIVE = тишина действует
map-window-status-ABORTED = прервано
map-window-status-CLOSED = окончено
map-until-form = Напишите день так: 2026-11-22.
