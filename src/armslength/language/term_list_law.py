"""Terms of the law of armed conflict and of relief: one concept a line, EN, RU and UK side by side.

Official texts of the Geneva Conventions in these languages set the words, the definitions are own. NOT REVIEWED BY A
NATIVE LINGUIST: a site's linguist signs what the site uses.
"""

# ruff: noqa: E501 - one concept stands on one line, so that it is found by searching for it

from __future__ import annotations

from typing import Final

DOMAIN: Final = "law"

TEXT: Final = """\
international-humanitarian-law | n | international humanitarian law / law of armed conflict [admitted] | международное гуманитарное право (n) / право вооружённых конфликтов (n) [admitted] | міжнародне гуманітарне право (n) / право збройних конфліктів (n) [admitted] | The law that limits what parties may do in war.
geneva-conventions | n | Geneva Conventions | Женевские конвенции (pl) | Женевські конвенції (pl) | The four conventions of 12 August 1949.
additional-protocol-i | n | Additional Protocol I | Дополнительный протокол I (m) | Додатковий протокол I (m) | The protocol of 8 June 1977 on international conflicts.
customary-law | n | customary law | обычное право (n) | звичаєве право (n) | Law that grew from practice held to be law.
dangerous-forces | n | dangerous forces | опасные силы (pl) | небезпечні сили (pl) | What dams, dykes and nuclear power stations hold, in the words of Article 56.
works-and-installations | n | works and installations containing dangerous forces | установки и сооружения, содержащие опасные силы (pl) | установки і споруди, що містять небезпечні сили (pl) | Dams, dykes and nuclear electrical generating stations.
special-protection | n | special protection | особая защита (f) | особливий захист (m) | Protection above that of civilian objects.
civilian-object | n | civilian object | гражданский объект (m) | цивільний об'єкт (m) | Everything that is no military objective.
military-objective | n | military objective | военный объект (m) / военная цель (f) [deprecated] | воєнний об'єкт (m) / військовий об'єкт (m) [admitted] | What may be attacked, by the test of Article 52.
civilian-population | n | civilian population | гражданское население (n) | цивільне населення (n) | All persons who are civilians.
civilian | n | civilian | гражданское лицо (n) | цивільна особа (f) | Whoever is no combatant.
distinction | n | distinction | проведение различия (n) | проведення відмінності (n) / розрізнення (n) [admitted] | The duty to attack military objectives only.
proportionality | n | proportionality | соразмерность (f) / пропорциональность (f) [admitted] | пропорційність (f) / співмірність (f) [admitted] | The duty not to attack where the harm to civilians would be excessive.
precautions | n | precautions | меры предосторожности (pl) | запобіжні заходи (pl) / заходи безпеки (pl) [deprecated] | What must be done to spare civilians.
attack | n | attack | нападение (n) / атака (f) [admitted] | напад (m) / атака (f) [admitted] | An act of violence against the adversary, in attack or in defence.
reprisals | n | reprisals | репрессалии (pl) | репресалії (pl) | Breaches in answer to breaches; forbidden against these works.
warring-parties | n | parties to the conflict | стороны в конфликте (pl) / стороны конфликта (pl) [admitted] | сторони конфлікту (pl) / сторони, що перебувають у конфлікті (pl) [admitted] | Those who fight each other.
prisoner-of-war | n | prisoner of war | военнопленный (m) | військовополонений (m) | A combatant in the adversary's hands.
wounded | n | the wounded and sick | раненые и больные (pl) | поранені та хворі (pl) | Those who need care and do not fight.
medical-unit | n | medical unit | медицинское формирование (n) | медичне формування (n) | A hospital or other place of care.
hospital | n | hospital | больница (f) / госпиталь (m) [admitted] | лікарня (f) / госпіталь (m) [admitted] | A place of medical care.
medical-transport | n | medical transport | санитарно-транспортное средство (n) | санітарно-транспортний засіб (m) | A vehicle for the wounded.
distinctive-emblem | n | distinctive emblem | отличительная эмблема (f) | розпізнавальна емблема (f) | Red cross, red crescent or red crystal.
special-sign | n | international special sign | международный специальный знак (m) | міжнародний спеціальний знак (m) | Three bright orange circles that mark works with dangerous forces.
cultural-property | n | cultural property | культурные ценности (pl) | культурні цінності (pl) | Monuments, museums and the like.
humanitarian-relief | n | humanitarian relief / humanitarian assistance [admitted] | гуманитарная помощь (f) | гуманітарна допомога (f) | Aid to civilians.
humanitarian-convoy | n | humanitarian convoy | гуманитарный конвой (m) / гуманитарная колонна (f) [admitted] | гуманітарний конвой (m) / гуманітарна колона (f) [admitted] | Vehicles with aid that move together.
humanitarian-corridor | n | humanitarian corridor | гуманитарный коридор (m) | гуманітарний коридор (m) | A way agreed for people or aid.
safe-passage | n | safe passage | безопасный проход (m) | безпечний прохід (m) | Going through without being attacked.
humanitarian-notification | n | humanitarian notification | гуманитарное уведомление (n) | гуманітарне сповіщення (n) | Telling parties of a site or a movement so that it is spared.
route | n | route | маршрут (m) | маршрут (m) | The way that a movement takes.
protected-site | n | protected site | объект, находящийся под защитой (m) / защищённый объект (m) [admitted] | об'єкт, що перебуває під захистом (m) / захищений об'єкт (m) [admitted] | A place that the law protects.
starvation | n | starvation of civilians | использование голода среди гражданского населения (n) | використання голоду серед цивільного населення (n) | A forbidden method of war.
indispensable-objects | n | objects indispensable to the survival of the civilian population | объекты, необходимые для выживания гражданского населения (pl) | об'єкти, необхідні для виживання цивільного населення (pl) | Food, water works and the like.
natural-environment | n | natural environment | природная среда (f) | природне середовище (n) | Air, land and water as such.
legal-basis | n | legal basis | правовое основание (n) | правова підстава (f) | The rule on which a statement rests.
without-prejudice | adv | without prejudice to | без ущерба для | без шкоди для | Saying so leaves legal positions as they are.
legal-position | n | legal position | правовая позиция (f) | правова позиція (f) | What a party holds the law to be.
violation | n | violation / breach [admitted] | нарушение (n) | порушення (n) | An act against a rule or an assurance.
obligation | n | obligation | обязательство (n) | зобов'язання (n) | What a party must do.
sovereignty | n | sovereignty | суверенитет (m) | суверенітет (m) | A state's supreme right in its territory.
territorial-sea | n | territorial sea | территориальное море (n) | територіальне море (n) | The sea to twelve nautical miles from the baseline.
nautical-mile | n | nautical mile | морская миля (f) | морська миля (f) | 1,852 metres.
demilitarized-zone | n | demilitarized zone | демилитаризованная зона (f) | демілітаризована зона (f) | A zone without forces, by agreement.
contact-line | n | line of contact | линия соприкосновения (f) | лінія зіткнення (f) / лінія розмежування (f) [admitted] | Where forces stand against each other.
"""
"""Concept, part of speech, EN, RU, UK, definition."""
