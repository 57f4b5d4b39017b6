terms-title = Термины
terms-about = Одна вещь — одно слово, на трёх языках. Что подписал лингвист узла, заменяет поставленное с программой.
terms-base = База терминов
terms-import = Ввод из файла
terms-rules = Названия мест
terms-new = Новый термин
terms-not-reviewed = Термины из поставки не проверены лингвистом — носителем языка.
terms-find = Найти
terms-find-hint = На любом из языков и латиницей: plotina.
terms-own-only = Только наши
terms-own = наш
terms-export-csv = Выгрузить CSV
terms-export-tbx = Выгрузить TBX
terms-none = Терминов нет.
terms-more = ещё { $count }
terms-concept = Понятие
terms-concept-hint = Строчные латинские буквы и дефисы: spent-fuel-pool.
terms-definition = Определение
terms-one = Понятие { $concept }
terms-one-about = Все слова для него. Нерекомендуемое слово остаётся здесь, чтобы его узнавали.
terms-all = Все термины
terms-words = Слова
terms-term = Термин
terms-language = Язык
terms-status = Статус
terms-gender = Род
terms-part = Часть речи
terms-note = Примечание
terms-source = Источник
terms-source-hint = Где такое употребление закреплено.
terms-shipped = из поставки, не проверено
terms-status-preferred = предпочтительный
terms-status-admitted = допустимый
terms-status-deprecated = не рекомендуется
terms-gender-m = мужской
terms-gender-f = женский
terms-gender-n = средний
terms-gender-pl = множественное число
terms-gender-short-m = м.
terms-gender-short-f = ж.
terms-gender-short-n = с.
terms-gender-short-pl = мн.
terms-part-n = существительное
terms-part-v = глагол
terms-part-adj = прилагательное
terms-part-adv = наречие
terms-part-other = другое
terms-enter = Внести или исправить термин
terms-correct = Исправить «{ $term }»
terms-preferred-about = Наше предпочтительное слово делает слово из поставки допустимым. То же слово ещё раз — исправление.
terms-sign = Подписать термин
terms-sign-title = Термин «{ $term }»
terms-import-about = CSV или TBX (ISO 30042). Пробный прогон показывает, что будет внесено и что отклонено; сам он ничего не вносит.
terms-file = Файл
terms-dry-run = Пробный прогон
terms-read = { $count ->
    [one] Прочитана { $count } строка
    [few] Прочитано { $count } строки
   *[many] Прочитано { $count } строк
 }
terms-read-detail = к внесению { $enter }, известно { $known }, отклонено { $refused }. Пока ничего не внесено.
terms-reader = Прочитан как
terms-concepts = Понятий
terms-refused = Отклонённые строки
terms-row = Строка
terms-code = Код
terms-reason = Причина
terms-to-enter = { $count ->
    [one] К внесению { $count } термин
    [few] К внесению { $count } термина
   *[many] К внесению { $count } терминов
 }
terms-import-do = { $count ->
    [one] Подписать и внести { $count } термин
    [few] Подписать и внести { $count } термина
   *[many] Подписать и внести { $count } терминов
 }
terms-import-sign = { $count ->
    [one] Внести { $count } термин
    [few] Внести { $count } термина
   *[many] Внести { $count } терминов
 }
terms-entered = { $count ->
    [one] Внесён { $count } термин
    [few] Внесено { $count } термина
   *[many] Внесено { $count } терминов
 }
terms-rules-about = В тексте латиницей название места имеет на каждой линии одну форму; в украинских и русских текстах оно стоит в форме языка текста.
terms-rule-line = Линия
terms-rule-all = все линии
terms-rule-names = Названия
terms-rule-from = Обратный перевод начиная с
terms-rule-never = никогда
terms-rule-reason = Основание
terms-rule-reason-hint = Например: устав, статья 4.
terms-rule-shipped = как в поставке
terms-rule-at = Внесено
terms-rule-set = Установить правило
terms-rule-sign = Подписать правило
terms-names-uk = украинские (Kyiv, Zaporizhzhia)
terms-names-ru = русские (Kiev, Zaporozhye)
