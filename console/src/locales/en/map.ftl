map-title = Map
map-keys = Arrows pan, plus and minus zoom. Square brackets go from one thing in view to the next; what is in view stands as text beside the map. Enter sets a point while measuring, Escape ends it.
map-loading = The map is being drawn.
map-failed = The map cannot be drawn; the list beside it can still be read.
map-tools = Map tools
map-in = Zoom in
map-out = Zoom out
map-all = Show all
map-measure = Measure
map-measure-how = Click two places or more. By keyboard: move the map so that its middle is on the place, then Enter.
map-measured = { $distance } over { $points } points, along the earth's surface.
map-pointer = at the pointer
map-middle = in the middle
map-place = place
map-credit = Land, rivers, lakes: Natural Earth (public domain). No borders are drawn unless this node imported them.
map-readback = Sent and read back lie { $distance } apart; read back is { $direction } of what was sent.
map-in-view = In view: { $count }
map-none = Nothing of the chosen layers is in view.
map-more = and { $count } farther from the middle: zoom in, or filter.
map-find = Find a facility
map-find-none = No facility with these letters.
map-forces = holds dangerous forces (Additional Protocol I, Article 56);
map-sign-DISPLAYED = the special sign is displayed
map-sign-NOT-DISPLAYED = the special sign is not displayed, which takes away no protection
map-sign-NOT-KNOWN = whether the special sign is displayed is not known
map-sign-about = Three orange circles: works and installations containing dangerous forces. They do not say that the sign is displayed there.
map-rings = Watch rings from the edge of the site: { $rings }
map-record = Its record
map-deselect = Close
map-concern = Concern { $id }
map-evidence = { $count ->
    [one] rests on { $count } report
   *[other] rests on { $count } reports
 }
map-around = Reports of these days that may lie within its rings: { $count }
map-doubt = Known within { $distance }
map-report-open = The report
map-window = Window of silence { $id }
map-window-open = The window
map-layers = Layers
map-layer-graticule = Graticule
map-layer-facilities = Facilities
map-layer-zones = Sites and watch rings
map-layer-dependencies = Dependencies
map-layer-reports = Reports, with how far each is known
map-layer-concerns = Concerns and their evidence
map-layer-windows = Windows of silence
map-layer-imported = Borders, places and waters imported here
map-layer-labels = Names
map-imported-none = This node has imported no borders, places or waters: see "armslength map import".
map-kinds = Kinds of facility
map-kind-nuclear = Nuclear
map-kind-dam = Dams and hydro
map-kind-power = Power plants
map-kind-grid = Substations and lines
map-kind-industry = Refineries and chemical plants
map-kind-fuel = Fuel and pipelines
map-kind-water = Water
map-kind-hospital = Hospitals
map-kind-port = Ports
map-kind-settlement = Settlements
map-kind-territory = Strips and territories
map-kind-other = Others
map-concern-filter = Only what belongs to a concern
map-concern-all = All
map-days = Reports by day
map-period = Reports of
map-period-days = { $count ->
    [one] the last day
   *[other] the last { $count } days
 }
map-play = Play
map-pause = Pause
map-day = Day (UTC)
map-days-all = { $count ->
    [one] { $count } day
   *[other] all { $count } days
 }
map-reports-shown = { $count ->
    [one] { $count } report
   *[other] { $count } reports
 }
map-reports-more = the newest 10,000 only: choose fewer days
map-report-EVENT = Event
map-report-WARNING = Warning
map-report-FEARED-ACT = Feared act
map-report-DENIAL = Denial
map-status-FLAGGED = flagged
map-status-CORROBORATED = corroborated
map-status-PURSUED = pursued
map-status-HELD = held
map-status-DISMISSED = dismissed
map-status-CONVEYED = conveyed
map-status-CLOSED = closed
map-compass-N = N
map-compass-NNE = NNE
map-compass-NE = NE
map-compass-ENE = ENE
map-compass-E = E
map-compass-ESE = ESE
map-compass-SE = SE
map-compass-SSE = SSE
map-compass-S = S
map-compass-SSW = SSW
map-compass-SW = SW
map-compass-WSW = WSW
map-compass-W = W
map-compass-WNW = WNW
map-compass-NW = NW
map-compass-NNW = NNW
map-site-NUCLEAR-POWER-PLANT = nuclear power plant
map-site-NUCLEAR-INSTALLATION = nuclear installation
map-site-DAM = dam
map-site-DYKE = dyke
map-site-SUBSTATION = electrical substation
map-site-POWER-LINE = power line
map-site-REFINERY = refinery
map-site-PUMPING-STATION = pumping station
map-site-WATER-WORKS = water works
map-site-HOSPITAL = hospital
map-site-PORT = port
map-site-CHEMICAL-PLANT = chemical plant
map-site-OTHER-FACILITY = other facility
map-site-THERMAL-POWER-PLANT = thermal power station
map-site-HYDRO-POWER-PLANT = hydroelectric power station
map-site-PUMPED-STORAGE-PLANT = pumped-storage power station
map-site-WIND-POWER-PLANT = wind power station
map-site-SOLAR-POWER-PLANT = solar power station
map-site-POWER-PLANT = power station
map-site-PIPELINE = pipeline
map-site-FUEL-STORE = fuel store
map-site-RESERVOIR = reservoir
map-site-SETTLEMENT = settlement
map-site-BORDER-STRIP = border strip
map-site-TERRITORY = territory
map-activity-SHELLING = artillery shelling
map-activity-ROCKET-FIRE = rocket artillery fire
map-activity-MISSILE-STRIKE = missile strike
map-activity-AIR-STRIKE = air strike
map-activity-UNCREWED-AIRCRAFT-STRIKE = strike by uncrewed aircraft
map-activity-SMALL-ARMS-FIRE = small-arms fire
map-activity-OVERFLIGHT = overflight by aircraft
map-activity-UNCREWED-AIRCRAFT-OVERFLIGHT = overflight by uncrewed aircraft
map-activity-MINING = laying of mines or charges
map-activity-EMPLACEMENT-OF-WEAPONS = emplacement of weapons
map-activity-FIRING-FROM-SITE = firing from the site
map-activity-TROOPS-AT-SITE = presence of troops at the site
map-activity-MOVEMENT-NEAR-SITE = movement of forces near the site
map-activity-CUTTING-OF-POWER = cutting of the power supply
map-activity-CUTTING-OF-WATER = cutting of the water supply
map-activity-PRESSURE-ON-STAFF = pressure on operating staff
map-activity-DENIAL-OF-ACCESS = denial of access
map-activity-JAMMING = interference with communications or navigation
map-activity-NAVAL-ACTIVITY = naval activity
map-activity-UNKNOWN-EXPLOSIONS = explosions of unknown origin
map-activity-OTHER-ACTIVITY = other activity, see the text
map-activity-HOT-SPOT = hot spot seen from orbit
map-activity-AIR-ALERT = air-raid alarm
map-approximate = The places lie nearly opposite one another on the earth: the distance is approximate, within 0.6 %.
map-left-out = Not drawn:
map-left-out-rings = { $count ->
    [one] the rings of { $count } site
   *[other] the rings of { $count } sites
 }
map-left-out-doubts = { $count ->
    [one] { $count } circle of doubt
   *[other] { $count } circles of doubt
 }
map-left-out-wide = { $count ->
    [one] the circle of { $count } report that is known less exactly than this window is wide
   *[other] the circles of { $count } reports that are known less exactly than this window is wide
 }
map-left-out-dependencies = { $count ->
    [one] { $count } dependency
   *[other] { $count } dependencies
 }
map-left-out-names = { $count ->
    [one] { $count } name
   *[other] { $count } names
 }
map-left-out-how = Zoom in, choose one of them, or filter, to see them.
map-waters = The base is coarse: reservoirs may be missing.
map-waters-imported = The base is coarse; finer water was imported here.
map-waters-import = Reservoirs and small waters may be missing in the base; Kakhovka's is. Finer water is imported with "armslength map import --kind water".
map-find-more = and { $count } more: write more letters.
map-around-more = and { $count } earlier ones.
map-until = Last day (UTC)
map-reports-closed = your roles do not read reports
map-signs = Signs
map-sign-concern = Facility of a concern; dashed when it is closed
map-sign-doubt = How far the place of a report is known
map-sign-many = Several together, with their number: choose it to come nearer
map-sign-need = Depends on
map-sign-window = Window of silence
map-sign-age = The older a report is, the paler; none vanishes by age alone.
map-window-status-PROPOSED = proposed
map-window-status-GREEN = agreed
map-window-status-ACTIVE = silence holds
map-window-status-ABORTED = broken off
map-window-status-CLOSED = ended
map-until-form = Write the day as 2026-11-22.
