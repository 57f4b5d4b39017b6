map-title = Карта
map-keys = Стрілки зсувають карту, плюс і мінус змінюють масштаб. Квадратні дужки переходять від одного видимого об'єкта до іншого; усе видиме стоїть текстом поряд із картою. Enter ставить точку під час вимірювання, Escape його закінчує.
map-loading = Карта будується.
map-failed = Карту побудувати не вдалося; список поряд із нею можна читати.
map-tools = Інструменти карти
map-in = Більше
map-out = Менше
map-all = Показати все
map-measure = Виміряти
map-measure-how = Вкажіть два місця або більше. З клавіатури: зсуньте карту так, щоб місце було посередині, і натисніть Enter.
map-measured = { $distance } за { $points } точками, поверхнею землі.
map-pointer = під вказівником
map-middle = посередині
map-place = місце
map-credit = Суходіл, річки, озера: Natural Earth (суспільне надбання). Кордони не проведено, якщо цей вузол не завантажив їх сам.
map-readback = Між надісланим і повтореним місцем { $distance }; повторене лежить від надісланого в напрямку: { $direction }.
map-in-view = У полі зору: { $count }
map-none = У полі зору немає нічого з вибраних шарів.
map-more = і ще { $count } далі від середини: наблизьте карту або відфільтруйте.
map-find = Знайти об'єкт
map-find-none = Об'єкта з такими літерами немає.
map-forces = містить небезпечні сили (Додатковий протокол I, стаття 56);
map-sign-DISPLAYED = спеціальний знак виставлено
map-sign-NOT-DISPLAYED = спеціальний знак не виставлено, і це не позбавляє захисту
map-sign-NOT-KNOWN = чи виставлено спеціальний знак, невідомо
map-sign-about = Три оранжеві кола: установки і споруди, що містять небезпечні сили. Вони не кажуть, що знак там виставлено.
map-rings = Кільця спостереження від краю об'єкта: { $rings }
map-record = Запис про об'єкт
map-deselect = Закрити
map-concern = Занепокоєння { $id }
map-evidence = { $count ->
    [one] ґрунтується на { $count } повідомленні
   *[other] ґрунтується на { $count } повідомленнях
 }
map-around = Повідомлення за ці дні, що можуть лежати в межах кілець: { $count }
map-doubt = Відомо з точністю до { $distance }
map-report-open = Повідомлення
map-window = Вікно тиші { $id }
map-window-open = Вікно
map-layers = Шари
map-layer-graticule = Градусна сітка
map-layer-facilities = Об'єкти
map-layer-zones = Майданчики та кільця спостереження
map-layer-dependencies = Залежності
map-layer-reports = Повідомлення та точність їхніх місць
map-layer-concerns = Занепокоєння та їхні підстави
map-layer-windows = Вікна тиші
map-layer-imported = Кордони, місця та води, завантажені тут
map-layer-labels = Назви
map-imported-none = Цей вузол не завантажив ані кордонів, ані місць, ані вод: див. «armslength map import».
map-kinds = Види об'єктів
map-kind-nuclear = Ядерні
map-kind-dam = Греблі та гідростанції
map-kind-power = Електростанції
map-kind-grid = Підстанції та лінії
map-kind-industry = Нафтопереробка та хімія
map-kind-fuel = Пальне та трубопроводи
map-kind-water = Вода
map-kind-hospital = Лікарні
map-kind-port = Порти
map-kind-settlement = Населені пункти
map-kind-territory = Смуги та території
map-kind-other = Інші
map-concern-filter = Лише те, що належить до занепокоєння
map-concern-all = Усе
map-days = Повідомлення за днями
map-period = Повідомлення за
map-period-days = { $count ->
    [one] останній { $count } день
    [few] останні { $count } дні
   *[other] останні { $count } днів
 }
map-play = Пуск
map-pause = Пауза
map-day = День (UTC)
map-days-all = усі дні: { $count }
map-reports-shown = { $count ->
    [one] { $count } повідомлення
    [few] { $count } повідомлення
   *[other] { $count } повідомлень
 }
map-reports-more = лише 10 000 найновіших: виберіть менше днів
map-report-EVENT = Подія
map-report-WARNING = Попередження
map-report-FEARED-ACT = Очікувана дія
map-report-DENIAL = Спростування
map-status-FLAGGED = позначено
map-status-CORROBORATED = підтверджено іншими
map-status-PURSUED = у роботі
map-status-HELD = відкладено
map-status-DISMISSED = відхилено
map-status-CONVEYED = доведено
map-status-CLOSED = закрито
map-compass-N = Пн
map-compass-NNE = ПнПнСх
map-compass-NE = ПнСх
map-compass-ENE = СхПнСх
map-compass-E = Сх
map-compass-ESE = СхПдСх
map-compass-SE = ПдСх
map-compass-SSE = ПдПдСх
map-compass-S = Пд
map-compass-SSW = ПдПдЗх
map-compass-SW = ПдЗх
map-compass-WSW = ЗхПдЗх
map-compass-W = Зх
map-compass-WNW = ЗхПнЗх
map-compass-NW = ПнЗх
map-compass-NNW = ПнПнЗх
map-site-NUCLEAR-POWER-PLANT = атомна електростанція
map-site-NUCLEAR-INSTALLATION = ядерна установка
map-site-DAM = гребля
map-site-DYKE = дамба
map-site-SUBSTATION = електрична підстанція
map-site-POWER-LINE = лінія електропередачі
map-site-REFINERY = нафтопереробний завод
map-site-PUMPING-STATION = насосна станція
map-site-WATER-WORKS = водопровідна станція
map-site-HOSPITAL = лікарня
map-site-PORT = порт
map-site-CHEMICAL-PLANT = хімічний завод
map-site-OTHER-FACILITY = інший об’єкт
map-site-THERMAL-POWER-PLANT = теплова електростанція
map-site-HYDRO-POWER-PLANT = гідроелектростанція
map-site-PUMPED-STORAGE-PLANT = гідроакумулювальна електростанція
map-site-WIND-POWER-PLANT = вітрова електростанція
map-site-SOLAR-POWER-PLANT = сонячна електростанція
map-site-POWER-PLANT = електростанція
map-site-PIPELINE = трубопровід
map-site-FUEL-STORE = склад пального
map-site-RESERVOIR = водосховище
map-site-SETTLEMENT = населений пункт
map-site-BORDER-STRIP = прикордонна смуга
map-site-TERRITORY = територія
map-activity-SHELLING = артилерійський обстріл
map-activity-ROCKET-FIRE = вогонь реактивної артилерії
map-activity-MISSILE-STRIKE = ракетний удар
map-activity-AIR-STRIKE = авіаційний удар
map-activity-UNCREWED-AIRCRAFT-STRIKE = удар безпілотного літального апарата
map-activity-SMALL-ARMS-FIRE = вогонь зі стрілецької зброї
map-activity-OVERFLIGHT = проліт повітряних суден
map-activity-UNCREWED-AIRCRAFT-OVERFLIGHT = проліт безпілотних літальних апаратів
map-activity-MINING = мінування або встановлення зарядів
map-activity-EMPLACEMENT-OF-WEAPONS = розміщення озброєнь
map-activity-FIRING-FROM-SITE = ведення вогню з території об’єкта
map-activity-TROOPS-AT-SITE = присутність військ на об’єкті
map-activity-MOVEMENT-NEAR-SITE = пересування сил поблизу об’єкта
map-activity-CUTTING-OF-POWER = припинення електропостачання
map-activity-CUTTING-OF-WATER = припинення водопостачання
map-activity-PRESSURE-ON-STAFF = тиск на експлуатаційний персонал
map-activity-DENIAL-OF-ACCESS = відмова в доступі
map-activity-JAMMING = створення перешкод зв’язку або навігації
map-activity-NAVAL-ACTIVITY = діяльність військово-морських сил
map-activity-UNKNOWN-EXPLOSIONS = вибухи невстановленого походження
map-activity-OTHER-ACTIVITY = інша діяльність, див. текст
map-activity-HOT-SPOT = теплова точка, знята з орбіти
map-activity-AIR-ALERT = повітряна тривога
map-approximate = Місця лежать майже на протилежних боках Землі: відстань приблизна, з точністю до 0,6 %.
map-left-out = Не показано:
map-left-out-rings = { $count ->
    [one] кільця { $count } майданчика
   *[other] кільця { $count } майданчиків
 }
map-left-out-doubts = { $count ->
    [one] { $count } коло невизначеності
    [few] { $count } кола невизначеності
   *[other] { $count } кіл невизначеності
 }
map-left-out-wide = { $count ->
    [one] коло { $count } повідомлення, місце якого відоме менш точно, ніж ширина цього вікна
   *[other] кола { $count } повідомлень, місце яких відоме менш точно, ніж ширина цього вікна
 }
map-left-out-dependencies = { $count ->
    [one] { $count } залежність
    [few] { $count } залежності
   *[other] { $count } залежностей
 }
map-left-out-names = { $count ->
    [one] { $count } назва
    [few] { $count } назви
   *[other] { $count } назв
 }
map-left-out-how = Щоб побачити їх, наблизьте карту, виберіть потрібний об’єкт або звузьте відбір.
map-waters = Основа груба: водосховищ на ній може не бути.
map-waters-imported = Основа груба; докладніші води завантажено на цьому вузлі.
map-waters-import = Водосховищ і малих водойм на основі може не бути; Каховського немає. Докладніші води завантажують командою «armslength map import --kind water».
map-find-more = і ще { $count }: введіть більше літер.
map-around-more = і ще { $count } раніших.
map-until = Останній день (UTC)
map-reports-closed = повідомлення вашим ролям не відкриті
map-signs = Знаки
map-sign-concern = Об’єкт, щодо якого є занепокоєння; пунктир — його закрито
map-sign-doubt = З якою точністю відоме місце повідомлення
map-sign-many = Кілька разом, із їхнім числом: виберіть, щоб наблизити
map-sign-need = Залежить від
map-sign-window = Вікно тиші
map-sign-age = Що давніше повідомлення, то воно блідіше; лише через вік жодне не зникає.
map-window-status-PROPOSED = запропоновано
map-window-status-GREEN = погоджено
map-window-status-ACTIVE = тиша діє
map-window-status-ABORTED = перервано
map-window-status-CLOSED = закінчено
map-until-form = Напишіть день так: 2026-11-22.
