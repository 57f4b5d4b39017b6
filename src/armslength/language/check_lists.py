"""Words that a drafter's text is held against, a list a language: what reads otherwise at the other end.

One pattern a line below its code: words, ``*`` for any ending, then what to write instead. The lists are own work and
kept short: what is flagged should be worth a look. NOT REVIEWED BY A NATIVE LINGUIST.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

ENGLISH: Final = """\
[IDIOM]
ball is in your court = say what is expected of whom, by when
turn* a blind eye = say what was seen and not acted on
red line* = say what exactly must not happen
on the same page = say what both sides agree on
at the end of the day = leave it out
bite the bullet = say what must be done
call* it a day = say when it ended
cut corners = say which step was left out
in hot water = say what the difficulty is
keep an eye on = observe
last straw = say what happened and what follows
level playing field = say which terms are equal
move* the goalposts = say which condition changed
off the record = say who may be told
on thin ice = say what the danger is
pull* the plug = say what was ended
raise* the bar = say what is asked for now
rule of thumb = give the rule
smoking gun = say which evidence
the other way round = say both directions
tip of the iceberg = say what else is known
touch base = call, or write
touch and go = say how likely it is
under the table = say how it was done
up in the air = not decided
wash* your hands = say who does not act
green light = say who agreed to what
back to square one = say what must begin again
in the loop = informed
out of the blue = without notice
hit* the nail on the head = right
[METAPHOR]
playing with fire = say what the danger is
powder keg = say what the danger is
ticking time bomb = say by when what may happen
time bomb = say by when what may happen
storm is coming = say what is expected
house of cards = say what may fail
open* the door to = say what becomes possible
door is open = say what is offered
bridge* too far = say what is not accepted
cross* the rubicon = say what cannot be undone
domino effect = say what follows from what
slippery slope = say what follows from what
boiling point = say what may happen
dark cloud* = say what is feared
shadow of war = say what is feared
bear hug = leave it out
iron fist = leave it out
[SARCASM]
of course you = leave it out
so-called = name it as the other side does, or describe it
as usual = say when it happened before
once again you = say when it happened before
how convenient = leave it out
surely you = ask
needless to say = leave it out
we are supposed to believe = say that it cannot be confirmed
what a surprise = leave it out
how strange = leave it out
with all due respect = leave it out
brilliant = say what is meant
[THREAT]
retaliat* = say what is asked for; a threat is no deconfliction
ultimatum = state a time by which an answer is asked for
or else = leave it out
you will regret = leave it out
severe consequences = say what is feared for whom
grave consequences = say what is feared for whom
face the consequences = leave it out
will pay for = leave it out
pay a price = leave it out
last warning = state the request and the time
final warning = state the request and the time
all options = leave it out
punish* = leave it out
revenge = leave it out
we will destroy = leave it out
we will strike = this line carries no threats
we will hit = this line carries no threats
we will attack = this line carries no threats
respond with force = this line carries no threats
decisive response = say what is asked for
will not tolerate = say what is asked for
we demand = we ask
[ACCUSATION]
your forces attacked = say what happened where, and name nobody
you attacked = say what happened where, and name nobody
your attack* = say what happened where, and name nobody
you are responsible = leave it out under no attribution
your shelling = the shelling
you shelled = the place was shelled
your troops shelled = the place was shelled
aggressor* = name the party by its code
terroris* = describe what happened
war crime* = say what happened; the legal basis has its own field
criminal* = say what happened
barbaric = leave it out
deliberately = say what happened
provocation* = say what happened
your guilt = leave it out
to blame = leave it out
violated your = say what happened and which text it touches
[GUARANTEE]
guarantee* = assurance; a guarantee binds in law
[CONSENT]
approve* = a receipt approves nothing: say only what was received
authori?e* = a receipt permits nothing: say only what was received
permit* = a receipt permits nothing: say only what was received
permission is given = a receipt gives no permission: say only what was received
permission is granted = a receipt gives no permission: say only what was received
permission granted = a receipt gives no permission: say only what was received
you have permission = a receipt gives no permission: say only what was received
we consent = a receipt is no consent: say only what was received
we agree = a receipt is no consent: say only what was received
we accept = a receipt is no consent: say only what was received
[RECEIPT]
receiv* = -
receipt* = -
acknowledg* = -
[TIME-RELATIVE]
tonight = give date and time in UTC
today = give the date
tomorrow = give the date
yesterday = give the date
shortly = give a time
soon = give a time
as soon as possible = give a time by which
asap = give a time by which
this morning = give date and time in UTC
this afternoon = give date and time in UTC
this evening = give date and time in UTC
last night = give date and time in UTC
last week = give the dates
next week = give the dates
recently = give the date
in the near future = give a time
in due course = give a time
in a few hours = give a time
within the hour = give a time
an hour ago = give the time
end of the day = give a time in UTC
close of business = give a time in UTC
midnight = give date and 00:00 or 24:00 in UTC
noon = 12:00 with its zone
[NUMBER-SCALE]
billion* = write the digits with the unit: 18,200,000,000 m3 is 18.2 km3
trillion* = write the digits with the unit
dozens = give a number, or at least
several hundred = give a number, or at least
[NEGATION-DOUBLE]
not unlikely = likely, or how likely
not impossible = possible
not unaware = aware
not unusual = usual
not uncommon = common
not incorrect = correct
not inaccurate = accurate
not untrue = true
not unjustified = justified
not unwilling = willing
not without = with
cannot not = must
never not = always
do not deny = confirm, or say that it is not confirmed
does not deny = confirms, or has not confirmed
not fail to = do it, with a time
[ACTOR-UNCLEAR]
it was decided = say who decided
it was ordered = say who ordered
it is believed = say who believes it
it is reported = say who reported it
it is understood = say who understands it so
mistakes were made = say who did what
measures will be taken = say who does what, by when
measures have been taken = say who did what
steps will be taken = say who does what, by when
steps have been taken = say who did what
[UNIT-AMBIGUOUS]
mile = nautical mile or kilometre
miles = nautical miles or kilometres
tons = tonnes
gallon* = litres or cubic metres
"""

RUSSIAN: Final = """\
[IDIOM]
мяч на вашей стороне = сказать, чего ждём, от кого и к какому сроку
закрыва* глаза на = сказать, что видели и на что не ответили
красн* черт* = сказать, чего именно не должно быть
красн* лини* = сказать, чего именно не должно быть
последн* капл* = сказать, что произошло и что следует
держать в курсе = сообщать
держать руку на пульсе = наблюдать
дать зелёный свет = сказать, кто на что согласен
зелёный свет = сказать, кто на что согласен
зеленый свет = сказать, кто на что согласен
ставить палки в колёса = сказать, кто чему мешает
палки в колеса = сказать, кто чему мешает
спустя рукава = сказать, что сделано не так
водить за нос = сказать, что оказалось неверным
не за горами = назвать срок
до поры до времени = назвать срок
с бухты-барахты = без уведомления
как снег на голову = без уведомления
как гром среди ясного неба = без уведомления
верхушк* айсберга = сказать, что ещё известно
тянуть время = сказать, что ответа нет
спускать на тормозах = сказать, что не сделано
сидеть сложа руки = сказать, что не сделано
из рук вон плохо = сказать, что не так
бросать слова на ветер = убрать
одним махом = сказать, что и когда
в ежовых рукавицах = убрать
рубить сплеча = убрать
вставлять палки = сказать, кто чему мешает
игра в одни ворота = сказать, что выполняет только одна сторона
[METAPHOR]
игра* с огнём = сказать, в чём опасность
игра* с огнем = сказать, в чём опасность
играть с огнём = сказать, в чём опасность
порохов* бочк* = сказать, в чём опасность
бомба замедленного действия = сказать, что и когда может произойти
карточн* домик* = сказать, что может отказать
эффект домино = сказать, что из чего следует
точка кипения = сказать, что может произойти
чаша терпения = убрать
перейти рубикон = сказать, чего не отменить
железн* кулак* = убрать
сгущаются тучи = сказать, чего опасаемся
открыва* дверь = сказать, что становится возможным
скользк* дорожк* = сказать, что из чего следует
[SARCASM]
так называем* = назвать так, как называет другая сторона
так наз* = назвать так, как называет другая сторона
как всегда = сказать, когда это уже было
как обычно у вас = сказать, когда это уже было
якобы = сказать, кто это утверждает
дескать = сказать, кто это утверждает
кто бы сомневался = убрать
само собой разумеется = убрать
при всём уважении = убрать
при всем уважении = убрать
удивительное совпадение = убрать
надо же = убрать
как удобно = убрать
[THREAT]
ответный удар = линия не несёт угроз
возмезди* = линия не несёт угроз
ультиматум* = назвать срок, к которому просим ответить
последнее предупреждение = назвать просьбу и срок
вы пожалеете = убрать
пеняйте на себя = убрать
тяжк* последстви* = сказать, чего и для кого опасаемся
серьёзн* последстви* = сказать, чего и для кого опасаемся
серьезн* последстви* = сказать, чего и для кого опасаемся
понес* наказание = убрать
покара* = убрать
отомст* = убрать
месть = убрать
будете отвечать = убрать
уничтожим = линия не несёт угроз
ударим = линия не несёт угроз
нанесём удар = линия не несёт угроз
нанесем удар = линия не несёт угроз
не потерпим = сказать, о чём просим
жёстк* ответ* = сказать, о чём просим
жестк* ответ* = сказать, о чём просим
мы требуем = мы просим
требуем немедленно = просим
[ACCUSATION]
вы обстреляли = объект обстрелян
вы атаковали = сказать, что и где произошло, никого не называя
ваши войска обстреляли = объект обстрелян
ваша атака = сказать, что и где произошло
ваш обстрел = обстрел
вашими войсками = сказать, что и где произошло
вы виноваты = убрать
по вашей вине = убрать
ваша вина = убрать
агрессор* = назвать сторону её кодом
террорист* = описать, что произошло
нацист* = убрать
боевик* = описать, что произошло
военн* преступлени* = сказать, что произошло; для основания в праве есть поле
преступн* = сказать, что произошло
варварск* = убрать
провокаци* = сказать, что произошло
умышленно = сказать, что произошло
цинично = убрать
[GUARANTEE]
гарантия = заверение
гарантии = заверения
гарантий = заверений
гарантию = заверение
гарантией = заверением
гарантиру* = заверяем
[CONSENT]
одобря* = подтверждение получения ничего не одобряет
утвержда* план = подтверждение получения ничего не утверждает
разреша* = подтверждение получения ничего не разрешает
даём согласие = подтверждение получения не есть согласие
даем согласие = подтверждение получения не есть согласие
мы согласны = подтверждение получения не есть согласие
соглашаемся = подтверждение получения не есть согласие
не возража* = подтверждение получения не есть согласие
[RECEIPT]
получен* = -
получил* = -
подтверждаем получение = -
подтверждение получения = -
[TIME-RELATIVE]
сегодня = назвать дату
завтра = назвать дату
вчера = назвать дату
сегодня вечером = назвать дату и время UTC
ночью = назвать дату и время UTC
утром = назвать дату и время UTC
вечером = назвать дату и время UTC
скоро = назвать время
вскоре = назвать время
в ближайшее время = назвать время
как можно скорее = назвать срок
на днях = назвать дату
недавно = назвать дату
через пару часов = назвать время
через несколько часов = назвать время
час назад = назвать время
на следующей неделе = назвать даты
на прошлой неделе = назвать даты
в полночь = дата и 00:00 или 24:00 UTC
в полдень = 12:00 с указанием пояса
до конца дня = назвать время UTC
своевременно = назвать срок
[NUMBER-SCALE]
миллиард* = написать цифрами с единицей: 18 200 000 000 м3 это 18,2 км3
млрд = написать цифрами с единицей
биллион* = написать цифрами с единицей
триллион* = написать цифрами с единицей
десятки = назвать число или «не менее»
сотни = назвать число или «не менее»
[NEGATION-DOUBLE]
не без = с
нельзя не = нужно
не может не = должен
не могут не = должны
не могли не = должны были
не можем не = сказать прямо
не исключено = возможно
не исключаем = возможно, по нашей оценке
не отрица* = подтверждаем, или не подтверждаем
не невозможно = возможно
не неизвестно = известно
[ACTOR-UNCLEAR]
было решено = сказать, кто решил
принято решение = сказать, кто решил
как сообщается = сказать, кто сообщает
считается = сказать, кто так считает
есть мнение = сказать, чьё
приняты меры = сказать, кто что сделал
будут приняты меры = сказать, кто что сделает и когда
меры принимаются = сказать, кто что делает
были допущены ошибки = сказать, кто что сделал
[UNIT-AMBIGUOUS]
миля = морская миля или километр
мили = морские мили или километры
миль = морских миль или километров
милях = морских милях или километрах
галлон* = литры или кубометры
"""

UKRAINIAN: Final = """\
[IDIOM]
м'яч на вашому боці = сказати, чого чекаємо, від кого і до якого часу
заплющу* очі на = сказати, що бачили і на що не відповіли
червон* ліні* = сказати, чого саме не має бути
останн* крапл* = сказати, що сталося і що з того випливає
тримати в курсі = повідомляти
тримати руку на пульсі = спостерігати
зелене світло = сказати, хто на що згоден
палиці в колеса = сказати, хто чому заважає
спустивши рукава = сказати, що зроблено не так
водити за носа = сказати, що виявилося неправильним
не за горами = назвати строк
до певного часу = назвати строк
як сніг на голову = без повідомлення
як грім серед ясного неба = без повідомлення
верхівк* айсберга = сказати, що ще відомо
тягнути час = сказати, що відповіді немає
спускати на гальмах = сказати, що не зроблено
сидіти склавши руки = сказати, що не зроблено
кидати слова на вітер = прибрати
одним махом = сказати, що і коли
в їжакових рукавицях = прибрати
рубати з плеча = прибрати
гра в одні ворота = сказати, що виконує лише одна сторона
бити на сполох = сказати, кого повідомлено
пекти раків = прибрати
ні риба ні м'ясо = сказати, що саме
крапка над і = сказати, що вирішено
крапку над і = сказати, що вирішено
лити воду на млин = сказати, кому і чим це допомагає
з відкритими картами = сказати, що відомо кожній стороні
[METAPHOR]
гра з вогнем = сказати, у чому небезпека
гратися з вогнем = сказати, у чому небезпека
грати з вогнем = сказати, у чому небезпека
порохов* діжк* = сказати, у чому небезпека
порохов* бочк* = сказати, у чому небезпека
бомба уповільненої дії = сказати, що і коли може статися
картков* будин* = сказати, що може відмовити
ефект доміно = сказати, що з чого випливає
точка кипіння = сказати, що може статися
чаша терпіння = прибрати
перейти рубікон = сказати, чого не скасувати
залізн* кулак* = прибрати
згущуються хмари = сказати, чого побоюємося
відчиня* двері = сказати, що стає можливим
слизьк* стежк* = сказати, що з чого випливає
[SARCASM]
так зван* = назвати так, як називає інша сторона
як завжди = сказати, коли це вже було
нібито = сказати, хто це стверджує
начебто = сказати, хто це стверджує
мовляв = сказати, хто це стверджує
хто б сумнівався = прибрати
само собою зрозуміло = прибрати
за всієї поваги = прибрати
при всій повазі = прибрати
дивовижний збіг = прибрати
треба ж = прибрати
як зручно = прибрати
[THREAT]
удар у відповідь = лінія не несе погроз
відплат* = лінія не несе погроз
помст* = прибрати
ультиматум* = назвати час, до якого просимо відповісти
останнє попередження = назвати прохання і час
ви пошкодуєте = прибрати
нарікайте на себе = прибрати
тяжк* наслідк* = сказати, чого і для кого побоюємося
серйозн* наслідк* = сказати, чого і для кого побоюємося
понес* покарання = прибрати
покара* = прибрати
будете відповідати = прибрати
знищимо = лінія не несе погроз
вдаримо = лінія не несе погроз
завдамо удару = лінія не несе погроз
не потерпимо = сказати, про що просимо
жорстк* відповід* = сказати, про що просимо
ми вимагаємо = ми просимо
вимагаємо негайно = просимо
[ACCUSATION]
ви обстріляли = об'єкт обстріляно
ви атакували = сказати, що і де сталося, нікого не називаючи
ваші війська обстріляли = об'єкт обстріляно
ваша атака = сказати, що і де сталося
ваш обстріл = обстріл
вашими військами = сказати, що і де сталося
ви винні = прибрати
з вашої вини = прибрати
ваша вина = прибрати
агресор* = назвати сторону її кодом
терорист* = описати, що сталося
окупант* = назвати сторону її кодом
рашист* = прибрати
воєнн* злочин* = сказати, що сталося; для підстави в праві є поле
злочинн* = сказати, що сталося
варварськ* = прибрати
провокаці* = сказати, що сталося
навмисно = сказати, що сталося
цинічно = прибрати
[GUARANTEE]
гарантія = запевнення
гарантії = запевнення
гарантій = запевнень
гарантію = запевнення
гарантією = запевненням
гаранту* = запевняємо
[CONSENT]
схвалю* = підтвердження отримання нічого не схвалює
затверджу* план = підтвердження отримання нічого не затверджує
дозволя* = підтвердження отримання нічого не дозволяє
даємо згоду = підтвердження отримання не є згодою
ми згодні = підтвердження отримання не є згодою
погоджуємося = підтвердження отримання не є згодою
не заперечуємо проти = підтвердження отримання не є згодою
[RECEIPT]
отриман* = -
отримал* = -
підтверджуємо отримання = -
підтвердження отримання = -
[TIME-RELATIVE]
сьогодні = назвати дату
завтра = назвати дату
вчора = назвати дату
учора = назвати дату
сьогодні ввечері = назвати дату і час UTC
вночі = назвати дату і час UTC
вранці = назвати дату і час UTC
увечері = назвати дату і час UTC
ввечері = назвати дату і час UTC
незабаром = назвати час
скоро = назвати час
найближчим часом = назвати час
якнайшвидше = назвати час
якомога швидше = назвати час
цими днями = назвати дату
нещодавно = назвати дату
за кілька годин = назвати час
через кілька годин = назвати час
годину тому = назвати час
наступного тижня = назвати дати
минулого тижня = назвати дати
опівночі = дата і 00:00 або 24:00 UTC
опівдні = 12:00 із зазначенням поясу
до кінця дня = назвати час UTC
своєчасно = назвати час
[NUMBER-SCALE]
мільярд* = написати цифрами з одиницею: 18 200 000 000 м3 це 18,2 км3
млрд = написати цифрами з одиницею
більйон* = написати цифрами з одиницею
трильйон* = написати цифрами з одиницею
десятки = назвати число або «не менше»
сотні = назвати число або «не менше»
[NEGATION-DOUBLE]
не без = з
не можна не = треба
не може не = має
не можуть не = мають
не можемо не = сказати прямо
не могли не = мали
не виключено = можливо
не виключаємо = можливо, за нашою оцінкою
не заперечу* факт* = підтверджуємо, або не підтверджуємо
не неможливо = можливо
не невідомо = відомо
[ACTOR-UNCLEAR]
було вирішено = сказати, хто вирішив
ухвалено рішення = сказати, хто вирішив
прийнято рішення = сказати, хто вирішив
як повідомляється = сказати, хто повідомляє
вважається = сказати, хто так вважає
є думка = сказати, чия
вжито заходів = сказати, хто що зробив
буде вжито заходів = сказати, хто що зробить і коли
вживаються заходи = сказати, хто що робить
були допущені помилки = сказати, хто що зробив
[UNIT-AMBIGUOUS]
миля = морська миля або кілометр
милі = морські милі або кілометри
миль = морських миль або кілометрів
милях = морських милях або кілометрах
галон* = літри або кубометри
"""

LISTS: Final[Mapping[str, str]] = {"en": ENGLISH, "ru": RUSSIAN, "uk": UKRAINIAN}
"""Language -> its lists."""
