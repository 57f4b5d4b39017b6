# Пошук і назви видів записів.
search-title = Пошук
search-about = Одне поле для трьох писемностей: Запоріжжя, Запорожье і Zaporizhzhia знаходять те саме. Знаходиться те, що дозволяє ваша роль.
search-field = Шукати в усьому
search-hint = «Слова поруч» беріть у прямі лапки. Номер на зразок CASE-2023-000001, in:4 чи CT-2023-000008 відкривається відразу.
search-key = Перейти в поле пошуку
search-kind = Вид
search-every-kind = Усі види
search-case = Справа
search-channel = Канал
search-since = З
search-until = До
search-time-hint = 2023-03-14, UTC
search-narrow = Звузити
search-straight = Відкрити { $name }
search-found = { $count ->
    [one] Знайдено { $count } запис із { $entries } доступних вам
    [few] Знайдено { $count } записи з { $entries } доступних вам
   *[many] Знайдено { $count } записів із { $entries } доступних вам
 }
search-none = Нічого не знайдено. Інша назва місця (Dnieper замість Дніпро), знищене і рядки завантажених файлів не шукаються.
search-begin = Введіть слово. Стрілки ведуть знайденим, Enter відкриває.
search-no-screen = немає екрана, що це показує
search-how-as-typed = як введено
search-how-begins-so = починається так
search-how-another-spelling = інше написання: перевірте, перш ніж діяти
search-more = Показати ще { $count }
search-kind-message = Повідомлення
search-kind-receipt = Підтвердження
search-kind-draft = Проєкт і перевірки
search-kind-alarm = Тривога
search-kind-concern = Занепокоєння
search-kind-report = Донесення
search-kind-rules = Правила спостереження
search-kind-facility = Об'єкт
search-kind-window = Вікно тиші
search-kind-line = Лінія
search-kind-delegation = Делегування
search-kind-decision = Рішення
search-kind-contact = Контакт
search-kind-channel = Канал
search-kind-ladder = Драбина
search-kind-rung = Підйом драбиною
search-kind-line-check = Перевірка зв'язку
search-kind-call = Дзвінок
search-kind-case = Справа
search-kind-account = Виклад
search-kind-statement = Заява
search-kind-log = Запис журналу
search-kind-shift = Чергування
search-kind-codebook = Кодова книга
search-kind-translation = Переклад
search-kind-term = Термін
search-kind-notice = Сповіщення
