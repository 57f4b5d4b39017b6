"""Sentences for the drafting checks: a code and words that must be found, and sentences in which nothing may be."""

from __future__ import annotations

FOUND = {
    "en": """\
IDIOM|The ball is in your court regarding the line.
IDIOM|A red line was passed at the dam.
IDIOM|Nobody may turn a blind eye to the leak.
IDIOM|This is the tip of the iceberg.
IDIOM|We gave the crew the green light.
IDIOM|We are back to square one with the repair.
METAPHOR|The plant is a powder keg.
METAPHOR|Both sides are playing with fire at the pond.
METAPHOR|It would open the door to further fire.
METAPHOR|The reservoir is a ticking time bomb.
METAPHOR|We fear a domino effect in the grid.
SARCASM|Your so-called assurance has ended.
SARCASM|As usual, no answer came.
SARCASM|Needless to say, the line is quiet.
SARCASM|With all due respect, the place is wrong.
THREAT|We will retaliate for each round.
THREAT|This is our last warning.
THREAT|There will be severe consequences.
THREAT|Answer, or else.
THREAT|We demand an answer.
THREAT|All options remain.
ACCUSATION|Your forces attacked the substation.
ACCUSATION|You are responsible for the fire.
ACCUSATION|It was a provocation.
ACCUSATION|The aggressor fired at the dam.
ACCUSATION|The place was hit deliberately.
GUARANTEE|We guarantee that no fire will be opened.
GUARANTEE|Please give us guarantees for the crew.
CONSENT|We received your notice and approve the route.
CONSENT|Receipt of your plan; permission is given.
CONSENT|Your notice was received, we agree to it.
DATE-AMBIGUOUS|The crew works on 03/04/2023.
DATE-AMBIGUOUS|Fire fell on 05/06 at the dam.
DATE-AMBIGUOUS|We wrote on 04.05.2023 of it.
NUMBER-AMBIGUOUS|A zone of 1,500 metres is kept.
NUMBER-AMBIGUOUS|The crew needs 12,500 litres.
NUMBER-SCALE|It holds 18 billion cubic metres.
NUMBER-SCALE|Dozens were hurt.
UNIT-MISSING|We ask to keep a distance of 500 from the line.
UNIT-MISSING|The aircraft was at an altitude of 3000.
UNIT-MIXED|Stay 5 km away; the ship is 3 nmi off.
UNIT-MIXED|It flew at 300 m and later at 2000 ft.
UNIT-MIXED|First 18 million m3 were told, then 18 thousand m3.
UNIT-AMBIGUOUS|The ship is 5 miles from the buoy.
UNIT-AMBIGUOUS|The unit gives 950 mW to the grid.
TIME-ZONE|Fire was seen at 10:30 near the pond.
TIME-ZONE|The window begins at 06:00 on 18 October.
TIME-RELATIVE|The crew goes out tonight.
TIME-RELATIVE|An answer will follow shortly.
TIME-RELATIVE|The line was hit yesterday.
TIME-RELATIVE|Please answer as soon as possible.
NEGATION-DOUBLE|A further event is not unlikely.
NEGATION-DOUBLE|We do not deny the flight.
ACTOR-UNCLEAR|It was decided to stop the works.
ACTOR-UNCLEAR|Measures will be taken at the dam.
LOOK-ALIKE|The plant of Зaпорожье is meant.
MACHINE-MARK|MACHINE DRAFT, NOT FOR RELEASE""",
    "ru": """\
IDIOM|Мяч на вашей стороне.
IDIOM|Это красная черта для нас.
IDIOM|Нельзя закрывать глаза на утечку.
IDIOM|Бригаде дали зелёный свет.
IDIOM|Просим держать нас, держать в курсе.
IDIOM|Это верхушка айсберга.
METAPHOR|Станция стоит как пороховая бочка.
METAPHOR|Это игра с огнём.
METAPHOR|Возможен эффект домино в энергосистеме.
METAPHOR|Водохранилище - бомба замедленного действия.
METAPHOR|Сгущаются тучи над плотиной.
SARCASM|Ваше так называемое заверение истекло.
SARCASM|Как всегда, ответа нет.
SARCASM|Вы якобы не знали о бригаде.
SARCASM|Само собой разумеется, линия молчит.
THREAT|Последует возмездие за каждый выстрел.
THREAT|Это последнее предупреждение.
THREAT|Будут серьёзные последствия.
THREAT|Мы требуем ответа.
THREAT|Мы этого не потерпим.
THREAT|Вы пожалеете об этом.
ACCUSATION|Вы обстреляли подстанцию.
ACCUSATION|Пожар возник по вашей вине.
ACCUSATION|Это провокация у плотины.
ACCUSATION|Агрессор открыл огонь.
ACCUSATION|Удар нанесён умышленно.
GUARANTEE|Мы гарантируем прекращение огня.
GUARANTEE|Просим дать гарантии для бригады.
CONSENT|Ваше уведомление получено, мы согласны с маршрутом.
CONSENT|Подтверждаем получение и не возражаем.
DATE-AMBIGUOUS|Бригада работает 03/04/2023.
DATE-AMBIGUOUS|Обстрел был 05.06.23 у плотины.
NUMBER-AMBIGUOUS|Зона в 1,500 метров соблюдается.
NUMBER-SCALE|В нём 18 миллиардов кубометров.
NUMBER-SCALE|Пострадали десятки людей.
UNIT-MISSING|Просим сохранять расстояние 500 от линии.
UNIT-MISSING|Самолёт шёл на высоте 3000 над морем.
UNIT-MIXED|Держитесь в 5 км; судно в 3 морских милях.
UNIT-MIXED|Сначала 18 млн м3, потом 18 тыс. м3.
UNIT-AMBIGUOUS|Судно находится в 5 милях от буя.
UNIT-AMBIGUOUS|Блок выдаёт 950 мВт в сеть.
TIME-ZONE|Огонь наблюдали в 10:30 у пруда.
TIME-ZONE|Окно начинается в 06:00 18 октября.
TIME-RELATIVE|Бригада выходит сегодня.
TIME-RELATIVE|Ответ последует в ближайшее время.
TIME-RELATIVE|Линия повреждена вчера.
TIME-RELATIVE|Просим ответить как можно скорее.
NEGATION-DOUBLE|Повторение не исключено.
NEGATION-DOUBLE|Мы не можем не сообщить об этом.
ACTOR-UNCLEAR|Было решено остановить работы.
ACTOR-UNCLEAR|Будут приняты меры у плотины.
LOOK-ALIKE|Речь о станции Зaпорожье.""",
    "uk": """\
IDIOM|М'яч на вашому боці.
IDIOM|Це червона лінія для нас.
IDIOM|Бригаді дали зелене світло.
IDIOM|Це верхівка айсберга.
IDIOM|Не можна заплющувати очі на витік.
IDIOM|Це сталося як сніг на голову.
METAPHOR|Станція стоїть як порохова діжка.
METAPHOR|Це гра з вогнем.
METAPHOR|Можливий ефект доміно в енергосистемі.
METAPHOR|Водосховище - бомба уповільненої дії.
METAPHOR|Згущуються хмари над греблею.
SARCASM|Ваше так зване запевнення сплило.
SARCASM|Як завжди, відповіді немає.
SARCASM|Ви нібито не знали про бригаду.
SARCASM|Само собою зрозуміло, лінія мовчить.
THREAT|Буде відплата за кожний постріл.
THREAT|Це останнє попередження.
THREAT|Будуть серйозні наслідки.
THREAT|Ми вимагаємо відповіді.
THREAT|Ми цього не потерпимо.
THREAT|Ви пошкодуєте про це.
ACCUSATION|Ви обстріляли підстанцію.
ACCUSATION|Пожежа виникла з вашої вини.
ACCUSATION|Це провокація біля греблі.
ACCUSATION|Агресор відкрив вогонь.
ACCUSATION|Удару завдано навмисно.
GUARANTEE|Ми гарантуємо припинення вогню.
GUARANTEE|Просимо надати гарантії для бригади.
CONSENT|Ваше повідомлення отримано, ми згодні з маршрутом.
CONSENT|Підтверджуємо отримання та погоджуємося.
DATE-AMBIGUOUS|Бригада працює 03/04/2023.
DATE-AMBIGUOUS|Обстріл був 05.06.23 біля греблі.
NUMBER-AMBIGUOUS|Зона в 1,500 метрів зберігається.
NUMBER-SCALE|У ньому 18 мільярдів кубометрів.
NUMBER-SCALE|Постраждали десятки людей.
UNIT-MISSING|Просимо зберігати відстань 500 від лінії.
UNIT-MISSING|Літак ішов на висоті 3000 над морем.
UNIT-MIXED|Тримайтеся за 5 км; судно за 3 морські милі.
UNIT-MIXED|Спочатку 18 млн м3, потім 18 тис. м3.
UNIT-AMBIGUOUS|Судно перебуває за 5 миль від буя.
UNIT-AMBIGUOUS|Блок видає 950 мВт у мережу.
TIME-ZONE|Вогонь бачили о 10:30 біля ставка.
TIME-ZONE|Вікно починається о 06:00 18 жовтня.
TIME-RELATIVE|Бригада виходить сьогодні.
TIME-RELATIVE|Відповідь буде найближчим часом.
TIME-RELATIVE|Лінію пошкоджено вчора.
TIME-RELATIVE|Просимо відповісти якнайшвидше.
NEGATION-DOUBLE|Повторення не виключено.
NEGATION-DOUBLE|Ми не можемо не повідомити про це.
ACTOR-UNCLEAR|Було вирішено зупинити роботи.
ACTOR-UNCLEAR|Буде вжито заходів біля греблі.
LOOK-ALIKE|Ідеться про станцію Зaпоріжжя.""",
}
CLEAN = {
    "en": """\
Fire fell within 300 m of the spray ponds on 20 November 2022 between 06:10 and 06:50 UTC.
We ask that fire at the place cease and that the event be examined.
We name no party and ask both for care.
The 750 kV line was lost at 16:56 UTC on 23 September 2025.
Seven diesel generators run, thirteen stand by.
Please answer by 12:00 UTC on 21 October 2022.
The crew of eight works on the line from 06:00 to 14:00 UTC on 18 October 2025.
The reservoir holds 18.2 km3.
The water level at Nikopol was 11.74 m on 9 June 2023 at 05:00 UTC.
Your message number 4 was received at 08:02Z and is being examined.
We hold no report of our own of this event.
The place is 47.5122N 34.5858E, known within 10 m.
The zone has a radius of 1500 m around the substation.
The ship keeps a distance of 3 nautical miles from the buoy.
The flight is at an altitude of 9000 m.
We do not know who fired.
Nobody was hurt.
The convoy has four vehicles marked with a red cross.
The route runs from the port to the hospital along the coast.
The window of silence was proposed for 11 to 17 October 2025.
Two explosions were heard; the cause is not known to us.
The unit gives 950 MW to the grid.
The monitor at the plant reports normal radiation levels.
We state this without prejudice to the legal positions of either party.
The works need demining before the crew goes out.
An interpreter is at the telephone now.
The line check of 7 April 2023 was not answered.
The second bearer is in use, the first is down.
Our duty officer called the number of the book at 09:00 UTC.
The file names 24 places.
Message 12 supersedes message 11.
The generator has fuel for ten days.
The bridge at the dam carries no vehicles.
We ask for the names of the commands that give the assurance.
The pump station works on one of two lines.
The hospital has 240 beds.
The dam was inspected on 12 May 2023.
The distance from the dam to the plant is 110 km.
The gate opened by 2 m over 6 hours.
The exercise ended at 18:00 UTC on 3 May 2023.
We observed one launch toward the sea.
The ring of 30 km around the plant is watched 24/7.
The form asks for three items; the third is missing.
Kyiv, Zaporizhzhia and Odesa are on the list.""",
    "ru": """\
Огонь велся в пределах 300 м от брызгальных бассейнов 20 ноября 2022 года с 06:10 до 06:50 UTC.
Просим прекратить огонь в этом районе и рассмотреть событие.
Мы не называем ни одну из сторон и просим обе проявить осторожность.
Линия 750 кВ потеряна в 16:56 UTC 23 сентября 2025 года.
Работают семь дизель-генераторов, тринадцать в резерве.
Просим ответить до 12:00 UTC 21 октября 2022 года.
Бригада из восьми человек работает на линии с 06:00 до 14:00 UTC 18.10.2025.
В водохранилище 18,2 км3 воды.
Уровень воды у Никополя был 11,74 м 9 июня 2023 года в 05:00 UTC.
Ваше сообщение номер 4 получено в 08:02 UTC и рассматривается.
У нас нет собственных сведений об этом событии.
Координаты объекта известны с точностью до 10 м.
Зона имеет радиус 1500 м вокруг подстанции.
Судно сохраняет расстояние 3 морские мили от буя.
Полёт проходит на высоте 9000 м.
Мы не знаем, кто вёл огонь.
Никто не пострадал.
В колонне четыре автомобиля с красным крестом.
Маршрут идёт от порта к больнице вдоль берега.
Режим тишины предложен на 11-17 октября 2025 года.
Слышны два взрыва; причина нам не известна.
Блок выдаёт 950 МВт в сеть.
Наблюдатель на станции сообщает о нормальном радиационном фоне.
Это сказано без ущерба для правовых позиций сторон.
Перед выходом бригады необходимо разминирование.
Переводчик находится у телефона.
Проверка связи 7 апреля 2023 года осталась без ответа.
Используется второй путь, первый не работает.
Наш дежурный позвонил по номеру книги в 09:00 UTC.
В списке 24 объекта.
Сообщение 12 заменяет сообщение 11.
Топлива для генератора хватит на десять дней.
Мост у плотины закрыт для машин.
Просим назвать командования, дающие заверение.
Насосная станция работает от одной из двух линий.
В больнице 240 мест.
Плотина осмотрена 12 мая 2023 года.
От плотины до станции 110 км.
Затвор открыт на 2 м за 6 часов.
Учение закончилось в 18:00 UTC 3 мая 2023 года.
Мы наблюдали один пуск в сторону моря.
Зона 30 км вокруг станции наблюдается круглосуточно.
В бланке три вопроса; третий без ответа.
Киев, Запорожье и Одесса стоят в списке.""",
    "uk": """\
Вогонь вели в межах 300 м від бризкальних басейнів 20 листопада 2022 року з 06:10 до 06:50 UTC.
Просимо припинити вогонь у цьому районі та розглянути подію.
Ми не називаємо жодної зі сторін і просимо обидві бути обережними.
Лінію 750 кВ втрачено о 16:56 UTC 23 вересня 2025 року.
Працюють сім дизель-генераторів, тринадцять у резерві.
Просимо відповісти до 12:00 UTC 21 жовтня 2022 року.
Бригада з восьми осіб працює на лінії з 06:00 до 14:00 UTC 18.10.2025.
У водосховищі 18,2 км3 води.
Рівень води біля Нікополя був 11,74 м 9 червня 2023 року о 05:00 UTC.
Ваше повідомлення номер 4 отримано о 08:02 UTC, його розглядають.
Ми не маємо власних відомостей про цю подію.
Координати об'єкта відомі з точністю до 10 м.
Зона має радіус 1500 м навколо підстанції.
Судно зберігає відстань 3 морські милі від буя.
Політ проходить на висоті 9000 м.
Ми не знаємо, хто вів вогонь.
Ніхто не постраждав.
У колоні чотири автомобілі з червоним хрестом.
Маршрут іде від порту до лікарні вздовж берега.
Режим тиші запропоновано на 11-17 жовтня 2025 року.
Чути два вибухи; причина нам не відома.
Блок видає 950 МВт у мережу.
Спостерігач на станції повідомляє про нормальний радіаційний фон.
Це сказано без шкоди для правових позицій сторін.
Перед виходом бригади потрібне розмінування.
Перекладач перебуває біля телефону.
Перевірка зв'язку 7 квітня 2023 року залишилася без відповіді.
Використовується другий шлях, перший не працює.
Наш черговий зателефонував за номером книги о 09:00 UTC.
У списку 24 об'єкти.
Повідомлення 12 замінює повідомлення 11.
Пального для генератора вистачить на десять днів.
Міст біля греблі закрито для машин.
Просимо назвати командування, що дають запевнення.
Насосна станція працює від однієї з двох ліній.
У лікарні 240 місць.
Греблю оглянуто 12 травня 2023 року.
Від греблі до станції 110 км.
Затвор відкрито на 2 м за 6 годин.
Навчання закінчилося о 18:00 UTC 3 травня 2023 року.
Ми спостерігали один пуск у бік моря.
Зона 30 км навколо станції під цілодобовим спостереженням.
У бланку три запитання; третє без відповіді.
Київ, Запоріжжя та Одеса стоять у списку.""",
}
