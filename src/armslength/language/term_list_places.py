"""Terms of nuclear safety, dams and the power grid: one concept a line, EN, RU and UK side by side.

The vocabulary is that of public documents of the IAEA and of grid operators, the definitions are own words. NOT
REVIEWED BY A NATIVE LINGUIST: a site's linguist signs what the site uses.
"""

# ruff: noqa: E501 - one concept stands on one line, so that it is found by searching for it

from __future__ import annotations

from typing import Final

DOMAIN: Final = "places"

TEXT: Final = """\
nuclear-power-plant | n | nuclear power plant / nuclear power station [admitted] / NPP [admitted] | атомная электростанция (f) / АЭС (f) [admitted] / атомная станция (f) [admitted] | атомна електростанція (f) / АЕС (f) [admitted] / атомна станція (f) [admitted] | A power station whose heat comes from reactors.
reactor | n | reactor | реактор (m) | реактор (m) | The vessel and core in which the chain reaction runs.
power-unit | n | power unit / reactor unit [admitted] | энергоблок (m) / блок (m) [admitted] | енергоблок (m) / блок (m) [admitted] | One reactor with its turbine and generator.
cold-shutdown | n | cold shutdown | холодный останов (m) | холодний зупин (m) / холодний останов (m) [deprecated] | A reactor stopped and below 100 degrees.
hot-shutdown | n | hot shutdown | горячий останов (m) | гарячий зупин (m) / гарячий останов (m) [deprecated] | A reactor stopped and kept hot.
spent-fuel | n | spent nuclear fuel / spent fuel [admitted] | отработавшее ядерное топливо (n) / отработанное топливо (n) [deprecated] | відпрацьоване ядерне паливо (n) / відпрацьоване паливо (n) [admitted] | Fuel that was taken out of a reactor.
spent-fuel-pool | n | spent fuel pool | бассейн выдержки (m) | басейн витримки (m) | The pool in which spent fuel is cooled.
dry-storage | n | dry spent fuel storage facility | сухое хранилище отработавшего ядерного топлива (n) | сухе сховище відпрацьованого ядерного палива (n) | Where spent fuel stands in casks in the open.
radioactive-waste | n | radioactive waste | радиоактивные отходы (pl) | радіоактивні відходи (pl) | Waste that radiates.
containment | n | containment | защитная оболочка (f) / гермооболочка (f) [admitted] | захисна оболонка (f) / гермооболонка (f) [admitted] | The building that keeps in what a reactor may release.
cooling-pond | n | cooling pond | пруд-охладитель (m) | ставок-охолоджувач (m) | The pond that takes up a plant's waste heat.
spray-pond | n | spray pond | брызгальный бассейн (m) | бризкальний басейн (m) | A basin that cools the essential service water.
cooling-water | n | cooling water | охлаждающая вода (f) | охолоджувальна вода (f) / охолоджуюча вода (f) [deprecated] | Water that carries heat away.
cooling-tower | n | cooling tower | градирня (f) | градирня (f) | A tower that cools water by air.
off-site-power | n | off-site power / external power supply [admitted] | внешнее электроснабжение (n) | зовнішнє електропостачання (n) | Power that a plant takes from the grid.
loss-of-off-site-power | n | loss of off-site power | потеря внешнего электроснабжения (f) | втрата зовнішнього електропостачання (f) | No line feeds the plant any more.
station-blackout | n | station blackout | полное обесточивание станции (n) | повне знеструмлення станції (n) | Neither grid nor generators feed the plant.
emergency-diesel | n | emergency diesel generator | аварийный дизель-генератор (m) / резервный дизель-генератор (m) [admitted] | аварійний дизель-генератор (m) / резервний дизель-генератор (m) [admitted] | The engine that feeds the plant when the grid does not.
diesel-fuel | n | diesel fuel | дизельное топливо (n) | дизельне паливо (n) / дизельне пальне (n) [admitted] | What emergency generators burn.
own-needs | n | station service power / house load [admitted] | собственные нужды (pl) | власні потреби (pl) | What a plant itself consumes.
physical-integrity | n | physical integrity | физическая целостность (f) | фізична цілісність (f) | That reactors, pools and stores are whole; the first pillar.
nuclear-safety | n | nuclear safety | ядерная безопасность (f) | ядерна безпека (f) | Protection against accidents of nuclear plants.
nuclear-security | n | nuclear security / physical nuclear security [admitted] | физическая ядерная безопасность (f) | фізична ядерна безпека (f) / фізична ядерна захищеність (f) [admitted] | Protection against theft, sabotage and attack.
safeguards | n | safeguards | гарантии МАГАТЭ (pl) | гарантії МАГАТЕ (pl) | The IAEA's verification that material stays in peaceful use; no assurance between parties.
seven-pillars | n | seven indispensable pillars | семь неотъемлемых компонентов (pl) | сім невід'ємних складових (pl) | The IAEA's list of what nuclear safety in a conflict needs.
operating-staff | n | operating staff | эксплуатационный персонал (m) | експлуатаційний персонал (m) | The people who run a plant.
undue-pressure | n | undue pressure | неправомерное давление (n) | неправомірний тиск (m) | What staff must be free of to decide on safety.
radiation-monitoring | n | radiation monitoring | радиационный контроль (m) / радиационный мониторинг (m) [admitted] | радіаційний контроль (m) / радіаційний моніторинг (m) [admitted] | The measuring of radiation at and around a plant.
radiation-background | n | background radiation | радиационный фон (m) | радіаційний фон (m) | The level that is there without any release.
release-of-radioactivity | n | radioactive release / release of radioactive material [admitted] | выброс радиоактивных веществ (m) | викид радіоактивних речовин (m) | Radioactive material that leaves a plant.
dose-rate | n | dose rate | мощность дозы (f) | потужність дози (f) | Dose per hour.
emergency-preparedness | n | emergency preparedness and response | аварийная готовность и реагирование | аварійна готовність і реагування | What is kept ready for an accident.
accident | n | accident | авария (f) | аварія (f) | An unintended event with harm; of a plant, not of an army.
core-damage | n | core damage | повреждение активной зоны (n) | пошкодження активної зони (n) | Harm to the fuel in a reactor.
core | n | reactor core | активная зона (f) | активна зона (f) | Where the fuel lies in a reactor.
regulator | n | nuclear regulator / regulatory authority [admitted] | регулирующий орган (m) | регулюючий орган (m) [admitted] / орган регулювання (m) | The authority that licenses and inspects.
operator | n | operating organisation / operator [admitted] | эксплуатирующая организация (f) | експлуатуюча організація (f) | Who answers for a plant.
monitoring-mission | n | monitoring mission / support and assistance mission [admitted] | миссия наблюдателей (f) / миссия поддержки и помощи (f) [admitted] | місія спостерігачів (f) / місія підтримки та допомоги (f) [admitted] | International experts present at a place.
dam | n | dam | плотина (f) | гребля (f) | A structure across a river that holds water back.
dyke | n | dyke / levee [admitted] | дамба (f) | дамба (f) | An embankment along water that keeps it off the land.
reservoir | n | reservoir | водохранилище (n) | водосховище (n) | The water behind a dam, and its basin.
hydroelectric-plant | n | hydroelectric power plant | гидроэлектростанция (f) / ГЭС (f) [admitted] | гідроелектростанція (f) / ГЕС (f) [admitted] | A power station driven by falling water.
spillway | n | spillway | водосброс (m) | водоскид (m) | The part of a dam over which surplus water leaves.
sluice-gate | n | sluice gate | затвор (m) | затвор (m) | A gate that lets water through or holds it.
lock | n | navigation lock | судоходный шлюз (m) / шлюз (m) [admitted] | судноплавний шлюз (m) / шлюз (m) [admitted] | A chamber that lifts ships past a dam.
water-level | n | water level | уровень воды (m) | рівень води (m) | Height of the water against a named datum.
headwater | n | headwater / upstream side [admitted] | верхний бьеф (m) | верхній б'єф (m) | The water above a dam.
tailwater | n | tailwater / downstream side [admitted] | нижний бьеф (m) | нижній б'єф (m) | The water below a dam.
dam-breach | n | breach of the dam | прорыв плотины (m) | прорив греблі (m) | A gap through which the reservoir leaves.
flooding | n | flooding | затопление (n) | затоплення (n) | Land under water that is not meant to be.
flood-wave | n | flood wave | волна прорыва (f) | хвиля прориву (f) | The front of water after a breach.
evacuation | n | evacuation | эвакуация (f) | евакуація (f) | The moving of people out of danger.
settlement | n | settlement | населённый пункт (m) | населений пункт (m) | A town, village or hamlet.
discharge | n | water discharge | расход воды (m) | витрата води (f) | Volume of water per second.
pumping-station | n | pumping station | насосная станция (f) | насосна станція (f) | A plant that lifts water.
water-supply | n | water supply | водоснабжение (n) | водопостачання (n) | Water brought to people.
filter-station | n | water filtration station | фильтровальная станция (f) | фільтрувальна станція (f) | A plant that makes water fit to drink.
power-grid | n | power grid / power system [admitted] | энергосистема (f) | енергосистема (f) | Lines, stations and plants that work as one.
power-line | n | overhead power line / transmission line [admitted] | воздушная линия электропередачи (f) / линия электропередачи (f) [admitted] / ЛЭП (f) [admitted] | повітряна лінія електропередачі (f) / лінія електропередачі (f) [admitted] / ЛЕП (f) [admitted] | Wires on towers that carry power.
substation | n | substation | подстанция (f) | підстанція (f) | Where voltages are changed and lines switched.
switchyard | n | switchyard / open switchyard [admitted] | открытое распределительное устройство (n) / ОРУ (n) [admitted] | відкритий розподільний пристрій (m) / ВРП (m) [admitted] | The switching station of a power plant.
transformer | n | transformer | трансформатор (m) / автотрансформатор (m) [admitted] | трансформатор (m) / автотрансформатор (m) [admitted] | A machine that changes voltage.
backup-line | n | backup line / reserve line [admitted] | резервная линия (f) | резервна лінія (f) | A line held for when the main one fails.
thermal-power-plant | n | thermal power plant | тепловая электростанция (f) / ТЭС (f) [admitted] | теплова електростанція (f) / ТЕС (f) [admitted] | A power station that burns fuel.
heat-and-power-plant | n | combined heat and power plant | теплоэлектроцентраль (f) / ТЭЦ (f) [admitted] | теплоелектроцентраль (f) / ТЕЦ (f) [admitted] | A station that gives heat and power to a town.
power-cut | n | power cut / blackout [admitted] | отключение электроэнергии (n) / перебой в электроснабжении (m) [admitted] | вимкнення електроенергії (n) / відключення електроенергії (n) [admitted] | People without power.
restoration-of-power | n | restoration of power supply | восстановление электроснабжения (n) | відновлення електропостачання (n) | Power brought back.
disconnection-from-grid | n | disconnection from the grid | отключение от энергосистемы (n) | відключення від енергосистеми (n) | A plant that no longer feeds or is fed.
generating-capacity | n | generating capacity | генерирующая мощность (f) | генерувальна потужність (f) / генеруюча потужність (f) [deprecated] | Power that stations can give.
critical-infrastructure | n | critical infrastructure | критическая инфраструктура (f) / критически важная инфраструктура (f) [admitted] | критична інфраструктура (f) | What a society cannot live without for long.
gas-pipeline | n | gas pipeline | газопровод (m) | газопровід (m) | A pipe that carries gas.
ammonia-pipeline | n | ammonia pipeline | аммиакопровод (m) | аміакопровід (m) | A pipe that carries ammonia.
chemical-plant | n | chemical plant | химическое предприятие (n) | хімічне підприємство (n) | Works that make or keep chemicals.
toxic-release | n | toxic release | выброс токсичных веществ (m) | викид токсичних речовин (m) | Poison that leaves a plant.
refinery | n | oil refinery | нефтеперерабатывающий завод (m) / НПЗ (m) [admitted] | нафтопереробний завод (m) / НПЗ (m) [admitted] | Works that make fuel of oil.
fuel-depot | n | fuel depot / oil depot [admitted] | нефтебаза (f) / склад горючего (m) [admitted] | нафтобаза (f) / склад пального (m) [admitted] | Where fuel is kept.
port | n | sea port | морской порт (m) | морський порт (m) | A harbour with its works.
repair-works | n | repair works | ремонтные работы (pl) | ремонтні роботи (pl) | What a crew does at a damaged line or plant.
demining | n | demining / mine clearance [admitted] | разминирование (n) | розмінування (n) | The removal of mines before people work.
"""
"""Concept, part of speech, EN, RU, UK, definition."""
