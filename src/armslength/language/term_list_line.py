"""Terms of the line itself and of deconfliction: one concept a line, EN, RU and UK side by side.

Own work, as are the definitions. NOT REVIEWED BY A NATIVE LINGUIST: a site's linguist signs what the site uses.
"""

# ruff: noqa: E501 - one concept stands on one line, so that it is found by searching for it

from __future__ import annotations

from typing import Final

DOMAIN: Final = "line"

TEXT: Final = """\
deconfliction | n | deconfliction | деконфликтация (f) / предотвращение инцидентов (n) [admitted] | деконфліктація (f) / запобігання інцидентам (n) [admitted] | Measures by which parties keep what each does from harming the other or third persons by accident.
deconfliction-line | n | deconfliction line / hotline [deprecated] | линия деконфликтации (f) / горячая линия (f) [deprecated] | лінія деконфліктації (f) / гаряча лінія (f) [deprecated] | A channel between two parties kept for deconfliction alone.
party-to-line | n | party / side [admitted] | сторона (f) | сторона (f) | One of the two who agreed to a line.
counterpart | n | counterpart | визави (m) [admitted] / другая сторона (f) | візаві (m) [admitted] / інша сторона (f) | The party or the person at the other end.
duty-officer | n | duty officer / watch officer [admitted] | дежурный офицер (m) / дежурный (m) [admitted] | черговий офіцер (m) / черговий (m) [admitted] | The officer who has the watch and takes every message and call.
watch | n | watch / shift [admitted] | дежурство (n) / смена (f) [admitted] | чергування (n) / зміна (f) [admitted] | The time for which one crew is on duty.
hand-over | n | hand-over of the watch | сдача дежурства (f) | здавання чергування (n) / здача чергування (f) [deprecated] | The passing of everything open from one watch to the next.
linguist | n | linguist / translator [admitted] | переводчик (m) / лингвист (m) [admitted] | перекладач (m) / лінгвіст (m) [admitted] | Who answers for translations at a node.
interpreter | n | interpreter | устный переводчик (m) | усний перекладач (m) | Who translates speech in a call or meeting.
releasing-officer | n | releasing officer | офицер, разрешающий отправку (m) | офіцер, який дозволяє відправлення (m) | The person by whose signature a message leaves.
legal-adviser | n | legal adviser | юридический советник (m) | юридичний радник (m) | Who advises on the law of a message.
message | n | message | сообщение (n) | повідомлення (n) | A text of a form that crosses the line under a number.
notice | n | notice / notification [admitted] | уведомление (n) | повідомлення (n) / сповіщення (n) [admitted] | A message that tells of something planned or of a place, and asks for nothing.
concern | n | concern | озабоченность (f) | занепокоєння (n) | What a party conveys when it fears for a protected place.
convey-concern | v | convey a concern | выразить озабоченность | висловити занепокоєння | To state a concern over a line.
receipt | n | receipt / acknowledgement of receipt [admitted] | подтверждение получения (n) / квитанция (f) [admitted] | підтвердження отримання (n) / квитанція (f) [admitted] | A statement that a message came to a certain level; never consent.
read-back | n | read-back | повторение принятого (n) / обратное чтение (n) [deprecated] | повторення прийнятого (n) / зворотне читання (n) [deprecated] | The receiver's saying of what he understood, in his own reading.
consent | n | consent | согласие (n) | згода (f) | Agreement to what another proposes; no receipt is one.
permission | n | permission | разрешение (n) | дозвіл (m) | Leave to do something; this product neither asks nor gives it.
assurance | n | assurance / guarantee [deprecated] | заверение (n) / гарантия (f) [deprecated] | запевнення (n) / гарантія (f) [deprecated] | A party's statement of what it will or will not do; a political word, no legal guarantee.
reply | n | reply / answer [admitted] | ответ (m) | відповідь (f) | A message that answers another.
clarification | n | clarification | разъяснение (n) / уточнение (n) [admitted] | роз'яснення (n) / уточнення (n) [admitted] | What is asked for when a message is not understood.
not-ours | n | not ours | не наши действия (pl) | не наші дії (pl) | An answer by which a party says that it did not do what is spoken of.
precedence | n | precedence / priority level [admitted] | категория срочности (f) / срочность (f) [admitted] | категорія терміновості (f) / терміновість (f) [admitted] | The order in which messages are handled.
flash | n | flash | молния (f) | блискавка (f) | The highest precedence.
immediate | adj | immediate | немедленно | негайно | The second precedence.
routine | adj | routine | обычное | звичайне | The lowest precedence.
urgent | adj | urgent | срочно | терміново | That which cannot wait.
reply-by | n | reply requested by | ответ просим дать до | відповідь просимо надати до | The time by which an answer is asked for.
deadline | n | deadline / time limit [admitted] | срок (m) / крайний срок (m) [admitted] / дедлайн (m) [deprecated] | термін (m) / строк (m) [admitted] / дедлайн (m) [deprecated] | The time at which something is late.
line-check | n | line check / test call [admitted] | проверка связи (f) | перевірка зв'язку (f) | A test in which nothing of substance is said.
no-answer | n | no answer | ответа нет (m) | відповіді немає (f) | A call or check to which nobody answered.
outage | n | outage | перерыв связи (m) | перерва зв'язку (f) | A time in which a path does not carry.
channel | n | channel | канал связи (m) / канал (m) [admitted] | канал зв'язку (m) / канал (m) [admitted] | Any way by which two parties speak.
backup-channel | n | backup channel | резервный канал (m) | резервний канал (m) | The channel that is used when the first does not carry.
ladder | n | ladder of channels | порядок эскалации каналов (m) | порядок ескалації каналів (m) | The order in which channels are tried.
third-party | n | third party / mediator [admitted] | третья сторона (f) / посредник (m) [admitted] | третя сторона (f) / посередник (m) [admitted] | One who passes words between parties without being one of them.
call-sheet | n | call sheet | бланк разговора (m) | бланк розмови (m) | A paper by which a call is led and written down.
call-back | n | call-back | обратный звонок (m) | зворотний дзвінок (m) | A call to the number of the book, to learn who called.
conversation-record | n | record of the call | запись разговора (f) | запис розмови (m) | What is kept of a call.
agreed-text | n | agreed text | согласованный текст (m) | узгоджений текст (m) | Words that both sides accept as what was said.
authentic-text | n | authentic text / original [admitted] | аутентичный текст (m) / подлинник (m) [admitted] | автентичний текст (m) / оригінал (m) [admitted] | The text that counts where texts differ.
translation | n | translation | перевод (m) | переклад (m) | A text in another language; the original stays authoritative.
sight-translation | n | sight translation | перевод с листа (m) | переклад з аркуша (m) | A translation spoken or typed while the original is first read.
rough-translation | n | rough translation | черновой перевод (m) | чорновий переклад (m) | A translation made with care and not yet checked.
official-translation | n | official translation | официальный перевод (m) | офіційний переклад (m) | The translation that the party stands by.
back-translation | n | back-translation | обратный перевод (m) | зворотний переклад (m) | A translation of a translation, to hold it against the original.
machine-translation | n | machine translation | машинный перевод (m) | машинний переклад (m) | A program's draft; nobody stands by it.
codebook | n | codebook | кодовая книга (f) / кодовая таблица (f) [admitted] | кодова книга (f) / кодова таблиця (f) [admitted] | Numbered phrases with one meaning in each language.
window-of-silence | n | window of silence | режим тишины (m) / окно тишины (n) [admitted] | режим тиші (m) / вікно тиші (n) [admitted] | A time and zone in which no one fires, so that works can be done.
cease-fire | n | cease-fire | прекращение огня (n) | припинення вогню (n) | The stopping of fire.
local-cease-fire | n | local cease-fire | локальное прекращение огня (n) | локальне припинення вогню (n) | A cease-fire for one place.
truce | n | truce | перемирие (n) | перемир'я (n) | A cease-fire agreed for a time.
shelling | n | shelling | обстрел (m) / артобстрел (m) [admitted] | обстріл (m) / артобстріл (m) [admitted] | Fire of guns, mortars or rockets on a place.
strike | n | strike | удар (m) | удар (m) | A single attack by missile, aircraft or drone.
missile | n | missile | ракета (f) | ракета (f) | A guided weapon with a motor.
drone | n | unmanned aircraft / drone [admitted] | беспилотный летательный аппарат (m) / беспилотник (m) [admitted] / дрон (m) [admitted] | безпілотний літальний апарат (m) / безпілотник (m) [admitted] / дрон (m) [admitted] | An aircraft without a crew.
launch | n | launch | пуск (m) / запуск (m) [admitted] | пуск (m) / запуск (m) [admitted] | The start of a missile or rocket.
impact-area | n | impact area | район падения (m) | район падіння (m) | Where a missile or its parts come down.
airspace | n | airspace | воздушное пространство (n) | повітряний простір (m) | The air over a territory.
miscalculation | n | miscalculation | просчёт (m) | прорахунок (m) | A wrong judgement of what the other means to do.
unintended-escalation | n | unintended escalation | непреднамеренная эскалация (f) | ненавмисна ескалація (f) | A worsening that nobody wanted.
incident | n | incident | инцидент (m) | інцидент (m) | A single event that harmed or nearly harmed.
activity | n | activity | деятельность (f) | діяльність (f) | What is done at a place over some time, in neutral words.
no-attribution | n | without attribution | без указания виновной стороны | без зазначення винної сторони | A statement that names nobody as having done it.
evidence | n | evidence | доказательства (pl) | докази (pl) | What shows that something happened.
basis-of-knowledge | n | basis of knowledge | источник сведений (m) | джерело відомостей (n) | From where a party knows what it says.
exercise | n | exercise / drill [admitted] | учение (n) / учения (pl) [admitted] | навчання (n) | What is practised and not meant.
command-post | n | command post | командный пункт (m) | командний пункт (m) | Where a command works.
crew | n | repair crew | ремонтная бригада (f) | ремонтна бригада (f) | The people who do works in a window.
coordinates | n | coordinates | координаты (pl) | координати (pl) | The numbers of a place on the globe.
time-of-message | n | date-time group / time of the message [admitted] | дата и время сообщения | дата і час повідомлення | When a message was made, in UTC.
"""
"""Concept, part of speech, EN, RU, UK, definition."""
