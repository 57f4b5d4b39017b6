# Поиск и названия видов записей.
search-title = Поиск
search-about = Одно поле для трёх письменностей: Запоріжжя, Запорожье и Zaporizhzhia находят одно и то же. Находится то, что разрешает ваша роль.
search-field = Искать во всём
search-hint = «Слова рядом» берите в прямые кавычки. Номер вида CASE-2023-000001, in:4 или CT-2023-000008 открывается сразу.
search-key = Перейти в поле поиска
search-kind = Вид
search-every-kind = Все виды
search-case = Дело
search-channel = Канал
search-since = С
search-until = До
search-time-hint = 2023-03-14, UTC
search-narrow = Сузить
search-straight = Открыть { $name }
search-found = { $count ->
    [one] Найдена { $count } запись из { $entries } доступных вам
    [few] Найдено { $count } записи из { $entries } доступных вам
   *[many] Найдено { $count } записей из { $entries } доступных вам
 }
search-none = Ничего не найдено. Другое имя места (Dnieper вместо Дніпро), уничтоженное и строки загруженных файлов не ищутся.
search-begin = Введите слово. Стрелки ведут по найденному, Enter открывает.
search-no-screen = нет экрана, который это показывает
search-how-as-typed = как введено
search-how-begins-so = начинается так
search-how-another-spelling = другое написание: проверьте, прежде чем действовать
search-more = Показать ещё { $count }
search-kind-message = Сообщение
search-kind-receipt = Подтверждение
search-kind-draft = Проект и проверки
search-kind-alarm = Тревога
search-kind-concern = Озабоченность
search-kind-report = Донесение
search-kind-rules = Правила наблюдения
search-kind-facility = Объект
search-kind-window = Окно тишины
search-kind-line = Линия
search-kind-delegation = Делегирование
search-kind-decision = Решение
search-kind-contact = Контакт
search-kind-channel = Канал
search-kind-ladder = Лестница
search-kind-rung = Подъём по лестнице
search-kind-line-check = Проверка связи
search-kind-call = Звонок
search-kind-case = Дело
search-kind-account = Изложение
search-kind-statement = Заявление
search-kind-log = Запись журнала
search-kind-shift = Дежурство
search-kind-codebook = Кодовая книга
search-kind-translation = Перевод
search-kind-term = Термин
search-kind-notice = Уведомление
