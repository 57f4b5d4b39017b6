## The closed vocabularies: one message a code, named code-<vocabulary>-<code>.

# ACTIVITY

code-activity-shelling = artillery shelling
code-activity-rocket-fire = rocket artillery fire
code-activity-missile-strike = missile strike
code-activity-air-strike = air strike
code-activity-uncrewed-aircraft-strike = strike by uncrewed aircraft
code-activity-small-arms-fire = small-arms fire
code-activity-overflight = overflight by aircraft
code-activity-uncrewed-aircraft-overflight = overflight by uncrewed aircraft
code-activity-mining = laying of mines or charges
code-activity-emplacement-of-weapons = emplacement of weapons
code-activity-firing-from-site = firing from the site
code-activity-troops-at-site = presence of troops at the site
code-activity-movement-near-site = movement of forces near the site
code-activity-cutting-of-power = cutting of the power supply
code-activity-cutting-of-water = cutting of the water supply
code-activity-pressure-on-staff = pressure on operating staff
code-activity-denial-of-access = denial of access
code-activity-jamming = interference with communications or navigation
code-activity-naval-activity = naval activity
code-activity-unknown-explosions = explosions of unknown origin
code-activity-other-activity = other activity, see the text

# AREA_SHAPE

code-area-shape-circle = circle
code-area-shape-polygon = polygon
code-area-shape-route = route

# ASSURANCE_STATE

code-assurance-state-given = given: we give the assurance
code-assurance-state-not-given = not given: we do not give the assurance
code-assurance-state-withdrawn = withdrawn: we withdraw the assurance

# ATTRIBUTION

code-attribution-no-attribution = no attribution, this message does not say whose forces acted
code-attribution-attributed-to-receiver = attributed by the author to forces of the receiving party
code-attribution-attributed-to-others = attributed by the author to others, see the text

# BEARER

code-bearer-https = HTTPS
code-bearer-smtp = electronic mail
code-bearer-folder = courier media
code-bearer-qr = printed code sheets
code-bearer-voice = voice

# CALL_MEDIUM

code-call-medium-telephone = by telephone
code-call-medium-video = by video
code-call-medium-meeting = at a meeting
code-call-medium-other-medium = by other means, see the text

# CARGO

code-cargo-food = food
code-cargo-water = drinking water
code-cargo-medical-supplies = medical supplies
code-cargo-fuel = fuel
code-cargo-shelter-and-clothing = shelter items and clothing
code-cargo-tools-and-spare-parts = tools and spare parts
code-cargo-dangerous-goods = dangerous goods, see the text
code-cargo-persons-only = persons only
code-cargo-no-cargo = no cargo
code-cargo-other-cargo = other cargo, see the text

# ESCORT

code-escort-no-escort = no escort
code-escort-unarmed-escort = unarmed escort
code-escort-armed-escort = armed escort

# EVIDENCE_LEVEL

code-evidence-level-unconfirmed = not confirmed
code-evidence-level-one-source = one source
code-evidence-level-several-sources = several sources
code-evidence-level-confirmed-by-monitor = confirmed by an international monitor
code-evidence-level-not-stated = not stated

# FACILITY_KIND

code-facility-kind-nuclear-power-plant = nuclear power plant
code-facility-kind-nuclear-installation = nuclear installation
code-facility-kind-dam = dam
code-facility-kind-dyke = dyke
code-facility-kind-substation = electrical substation
code-facility-kind-power-line = power line
code-facility-kind-refinery = refinery
code-facility-kind-pumping-station = pumping station
code-facility-kind-water-works = water works
code-facility-kind-hospital = hospital
code-facility-kind-port = port
code-facility-kind-chemical-plant = chemical plant
code-facility-kind-other-facility = other facility
code-facility-kind-thermal-power-plant = thermal power station
code-facility-kind-hydro-power-plant = hydroelectric power station
code-facility-kind-pumped-storage-plant = pumped-storage power station
code-facility-kind-wind-power-plant = wind power station
code-facility-kind-solar-power-plant = solar power station
code-facility-kind-power-plant = power station
code-facility-kind-pipeline = pipeline
code-facility-kind-fuel-store = fuel store
code-facility-kind-reservoir = reservoir
code-facility-kind-settlement = settlement
code-facility-kind-border-strip = border strip
code-facility-kind-territory = territory

# HAZARD

code-hazard-release-of-radiation = release of radioactive substances
code-hazard-flooding = flooding
code-hazard-toxic-release = release of toxic substances
code-hazard-fire-or-explosion = fire or explosion
code-hazard-loss-of-power = loss of power supply
code-hazard-loss-of-water = loss of water supply
code-hazard-loss-of-medical-care = loss of medical care
code-hazard-harm-to-civilians = harm to civilians
code-hazard-collision-or-miscalculation = collision or miscalculation
code-hazard-other-hazard = other hazard, see the text

# HAZARDOUS_ACTIVITY

code-hazardous-activity-gun-firing = firing of guns
code-hazardous-activity-missile-or-rocket-firing = firing of missiles or rockets
code-hazardous-activity-bombing-practice = bombing practice
code-hazardous-activity-air-exercise = air exercise
code-hazardous-activity-naval-exercise = naval exercise
code-hazardous-activity-submarine-activity = submarine activity
code-hazardous-activity-land-exercise = exercise of land forces
code-hazardous-activity-uncrewed-aircraft-flights = flights of uncrewed aircraft
code-hazardous-activity-laser-use = use of lasers
code-hazardous-activity-radio-interference = interference with radio or navigation
code-hazardous-activity-blasting-or-mine-clearance = blasting or clearance of mines
code-hazardous-activity-works-at-sea = works at sea
code-hazardous-activity-search-and-rescue = search and rescue
code-hazardous-activity-other-hazardous-activity = other hazardous activity, see the text

# INCIDENT_KIND

code-incident-kind-impact-at-site = impact at the site
code-incident-kind-impact-near-site = impact near the site
code-incident-kind-fire-at-site = blaze at the site
code-incident-kind-loss-of-off-site-power = loss of off-site power
code-incident-kind-loss-of-cooling = loss of cooling
code-incident-kind-breach-of-dam = breach of a dam or dyke
code-incident-kind-release-of-dangerous-substance = release of a dangerous substance
code-incident-kind-dangerous-approach = dangerous approach
code-incident-kind-collision = collision
code-incident-kind-loss-of-aircraft = loss of an aircraft
code-incident-kind-border-crossed = crossing of a border
code-incident-kind-munition-out-of-control = munition out of control
code-incident-kind-staff-detained = detention of operating staff
code-incident-kind-other-incident = other incident, see the text

# KNOWLEDGE

code-knowledge-own-observation = own observation
code-knowledge-international-monitor = international monitor
code-knowledge-operator-of-site = operator of the site
code-knowledge-other-government = other government
code-knowledge-relief-organisation = relief organisation
code-knowledge-open-sources = open sources
code-knowledge-public-satellite-data = public satellite data
code-knowledge-not-disclosed = not disclosed

# LAUNCH_KIND

code-launch-kind-land-based-ballistic-missile = land-based ballistic missile
code-launch-kind-sea-based-ballistic-missile = submarine-launched ballistic missile
code-launch-kind-space-rocket = space launch rocket
code-launch-kind-sounding-rocket = sounding rocket
code-launch-kind-other-launch = other launch, see the text

# LEGAL_BASIS

code-legal-basis-ap-i-article-56 = Additional Protocol I, Article 56: works and installations containing dangerous forces
code-legal-basis-ap-ii-article-15 = Additional Protocol II, Article 15: works and installations containing dangerous forces
code-legal-basis-customary-rule-42 = customary international humanitarian law, Rule 42: works and installations containing dangerous forces
code-legal-basis-ap-i-article-57 = Additional Protocol I, Article 57: precautions in attack
code-legal-basis-customary-rule-15 = customary international humanitarian law, Rule 15: precautions in attack
code-legal-basis-ap-i-article-52 = Additional Protocol I, Article 52: protection of civilian objects
code-legal-basis-gc-iv-article-18 = Fourth Geneva Convention, Article 18: civilian hospitals
code-legal-basis-customary-rule-28 = customary international humanitarian law, Rule 28: medical units
code-legal-basis-ap-i-article-54 = Additional Protocol I, Article 54: objects indispensable to the survival of the civilian population
code-legal-basis-customary-rule-54 = customary international humanitarian law, Rule 54: objects indispensable to the survival of the civilian population
code-legal-basis-iaea-seven-pillars = the seven indispensable pillars of nuclear safety and security, IAEA
code-legal-basis-iaea-five-principles = the five principles for the Zaporizhzhia plant, IAEA, 30 May 2023
code-legal-basis-agreement-of-the-charter = an agreement carried by the charter of this line, see the text
code-legal-basis-not-cited = no rule cited

# LIST_STAGE

code-list-stage-commit = first stage, the list is fixed by its digest
code-list-stage-reveal = second stage, the list is shown

# MARKING

code-marking-red-cross-or-red-crescent = red cross, red crescent or red crystal
code-marking-united-nations = markings of the United Nations
code-marking-emblem-of-organisation = emblem of the organisation
code-marking-white-flag = white flag
code-marking-not-marked = not marked, which lifts no protection
code-marking-other-marking = other marking, see the text

# MOVE_FUNCTION

code-move-function-delivery-of-relief = delivery of relief
code-move-function-evacuation-of-civilians = evacuation of civilians
code-move-function-evacuation-of-sick-and-wounded = evacuation of the sick and wounded
code-move-function-movement-of-staff = movement of staff
code-move-function-assessment = assessment of needs
code-move-function-repair-of-services = repair of water, power or heating
code-move-function-humanitarian-demining = humanitarian clearance of mines
code-move-function-return-of-the-dead = return of the dead
code-move-function-monitoring-mission = mission of international monitors
code-move-function-other-movement = other movement, see the text

# NOTICE_URGENCY

code-notice-urgency-emergency = emergency
code-notice-urgency-urgent = urgent
code-notice-urgency-routine = routine

# NOT_OURS_SUBJECT

code-not-ours-subject-ground-forces = ground forces
code-not-ours-subject-fire = the fire
code-not-ours-subject-aircraft = the aircraft
code-not-ours-subject-uncrewed-aircraft = the uncrewed aircraft
code-not-ours-subject-vessel = the vessel
code-not-ours-subject-munition = the munition
code-not-ours-subject-activity = the activity

# PILLAR

code-pillar-physical-integrity = physical integrity of the facilities
code-pillar-safety-and-security-systems = safety and security systems and equipment
code-pillar-operating-staff = operating staff able to decide free of undue pressure
code-pillar-off-site-power = secure off-site power supply
code-pillar-logistical-supply = uninterrupted logistical supply and transport
code-pillar-radiation-monitoring = radiation monitoring, emergency preparedness and response
code-pillar-communications = reliable communications with the regulator and others

# PILLAR_STATUS

code-pillar-status-held = held
code-pillar-status-endangered = endangered
code-pillar-status-compromised = compromised
code-pillar-status-lost = lost
code-pillar-status-not-known = not known

# PLAN_STAGE

code-plan-stage-proposed = proposed by the author
code-plan-stage-as-both-hold-it = as both sides hold it
code-plan-stage-as-carried-out = as it was carried out

# PRESENCE_STATE

code-presence-state-reachable-now = reachable now
code-presence-state-reachable-later = reachable later, within the time stated
code-presence-state-not-reachable = not reachable
code-presence-state-deputy-reachable = a deputy is reachable
code-presence-state-not-disclosed = not disclosed

# QUESTION

code-question-purpose-of-activity = What is the purpose of the activity?
code-question-exact-place = What is the exact place?
code-question-time-of-end = When will the activity end?
code-question-units-involved = Which units are involved?
code-question-subordination = To which command are they subordinate?
code-question-numbers-and-types = What are the numbers and types?
code-question-meaning-of-message = What does the message mean?
code-question-place-or-time-in-doubt = Are the place and time given correct?
code-question-status-of-facility = What is the status of the facility?
code-question-casualties = Are there casualties?

# RADIATION

code-radiation-normal-levels = normal levels
code-radiation-elevated-levels = elevated levels
code-radiation-levels-not-known = levels not known
code-radiation-monitoring-lost = monitoring lost

# RECEIPT_LEVEL

code-receipt-level-none = no receipt
code-receipt-level-r0 = R0: the node holds it
code-receipt-level-r1 = R1: an officer read it
code-receipt-level-r2 = R2: understood and read back
code-receipt-level-r3 = R3: passed to a named command
code-receipt-level-r4 = R4: answered

# RECEIPT_STATUS

code-receipt-status-accepted = accepted in order
code-receipt-status-ahead = accepted, an earlier number is still missing

# RECORDING

code-recording-not-recorded = not recorded
code-recording-recorded-by-author = recorded by the author's side
code-recording-recorded-by-both = recorded by both sides

# RELATION_VERB

code-relation-verb-recalls = recalls, the earlier message is to be disregarded
code-relation-verb-updates = updates, replaces the earlier message
code-relation-verb-adds = adds to the earlier message
code-relation-verb-discontinues = discontinues, the earlier message no longer holds
code-relation-verb-relates = relates to the earlier message

# REPLY_REASON

code-reply-reason-no-reason-given = no reason given
code-reply-reason-facts-disputed = the facts are disputed
code-reply-reason-other-party-responsible = another party is responsible, in the author's view
code-reply-reason-not-under-our-command = not under our command
code-reply-reason-rejected-as-pretext = rejected as a pretext
code-reply-reason-outside-the-charter = outside the charter of this line
code-reply-reason-more-detail-needed = more detail is needed
code-reply-reason-facts-being-established = the facts are being established

# REQUESTED_ACTION

code-requested-action-cease-fire-at-place = cease fire at the place
code-requested-action-refrain-from-attack = refrain from attack on the facility and near it
code-requested-action-keep-distance = keep forces at a distance
code-requested-action-withdraw-weapons = withdraw weapons
code-requested-action-withdraw-troops = withdraw troops
code-requested-action-restore-power = restore the power supply
code-requested-action-restore-water = restore the water supply
code-requested-action-give-access-to-monitors = give access to international monitors
code-requested-action-give-access-to-repair = give access to repair crews
code-requested-action-protect-staff = protect the operating staff
code-requested-action-pass-to-command = pass this message to the responsible command
code-requested-action-explain-activity = explain the activity
code-requested-action-examine-and-answer = examine and answer
code-requested-action-no-action-requested = no action is requested

# SERVICE_CODE

code-service-code-planned-outage = planned outage of the line
code-service-code-outage = unplanned outage of the line
code-service-code-service-restored = service restored
code-service-code-bearer-added = bearer added
code-service-code-bearer-withdrawn = bearer withdrawn
code-service-code-keys-will-change = keys will change
code-service-code-clock-in-doubt = our clock is in doubt
code-service-code-numbers-missing = message numbers are missing, please send again
code-service-code-text-garbled = received garbled, please send again
code-service-code-language-not-covered = no linguist on watch
code-service-code-language-covered = linguist on watch
code-service-code-officer-on-watch-changed = change of the officer on watch
code-service-code-exercise-begins = exercise begins
code-service-code-exercise-ends = exercise ends
code-service-code-line-suspended = we suspend this line
code-service-code-line-resumed = we resume this line

# SPECIAL_SIGN

code-special-sign-displayed = displayed
code-special-sign-not-displayed = not displayed, which lifts no protection
code-special-sign-not-known = not known

# STATED_ACTION

code-stated-action-passed-to-command = passed to the command
code-stated-action-fire-ceased = fire ceased, as stated by the author
code-stated-action-order-given = order given
code-stated-action-weapons-withdrawn = weapons withdrawn, as stated by the author
code-stated-action-troops-withdrawn = troops withdrawn, as stated by the author
code-stated-action-access-given = access given
code-stated-action-examination-begun = examination begun
code-stated-action-no-action-taken = no action taken

# STAYS_OPEN

code-stays-open-stops-and-receipts = stop messages and receipts
code-stays-open-service-messages = service messages
code-stays-open-regular-checks = line checks
code-stays-open-named-agreements = the agreements named
code-stays-open-another-channel = another channel, see whom to reach

# STOP_REASON

code-stop-reason-protected-site-under-fire = a site protected by international humanitarian law is under fire
code-stop-reason-civilians-under-fire = civilians are under fire
code-stop-reason-medical-site-under-fire = a medical site is under fire
code-stop-reason-relief-convoy-under-fire = a relief convoy is under fire
code-stop-reason-our-forces-under-fire = our forces are under fire
code-stop-reason-other-reason = other reason, see the text

# SUSPENSION_REASON

code-suspension-reason-decision-of-authorities = decision of our authorities
code-suspension-reason-security-of-the-line = security of the line
code-suspension-reason-technical-reason = technical reasons
code-suspension-reason-an-act-of-the-other-side = an act of the other side, as the author sees it
code-suspension-reason-review-of-the-charter = review of the charter
code-suspension-reason-reason-not-stated = no reason is stated

# TOPIC

code-topic-critical-infrastructure = critical infrastructure
code-topic-nuclear-safety = nuclear safety
code-topic-dams-and-water = dams and water
code-topic-energy-system = energy system
code-topic-incident = incident
code-topic-air-and-sea-safety = safety in the air and at sea
code-topic-humanitarian = humanitarian matters
code-topic-service = service of the line
code-topic-targeting = targeting
code-topic-intelligence = intelligence
code-topic-command-of-forces = command of forces
code-topic-permission-for-aid = permission for aid

# VERB

code-verb-confirm = we confirm
code-verb-comply = we will act accordingly
code-verb-reject = we reject
code-verb-not-ours = these are not our forces
code-verb-being-examined = being examined
code-verb-answer-follows = our answer follows

# WINDOW_REASON

code-window-reason-all-assurances-held = all assurances asked for are held in writing
code-window-reason-assurance-missing = an assurance is missing
code-window-reason-assurance-refused = an assurance was refused
code-window-reason-assurance-withdrawn = an assurance was withdrawn
code-window-reason-assurance-expired = an assurance has expired
code-window-reason-violation-observed = a violation was observed
code-window-reason-safety-of-crews = safety of the crews
code-window-reason-weather = weather
code-window-reason-works-done = the works are done
code-window-reason-works-not-done = the works are not done
code-window-reason-time-passed = the time of the window has passed
code-window-reason-other-window-reason = other reason, see the text

# WINDOW_STATUS

code-window-status-green = GREEN: the window stands
code-window-status-not-green = NOT GREEN: the window does not stand
code-window-status-violated = VIOLATED: a violation was observed
code-window-status-aborted = ABORTED: the window is broken off
code-window-status-closed = CLOSED: the window is over

# WORDING_ASKED

code-wording-asked-agreement-asked = we ask for agreement to the wording
code-wording-asked-no-objection-asked = we ask whether there is an objection
code-wording-asked-comments-asked = we ask for comments

# WORDING_STATE

code-wording-state-wording-proposed = proposed: we propose this wording
code-wording-state-agreed-to = agreed: we agree to this wording
code-wording-state-no-objection = no objection: we do not object to this wording
code-wording-state-objected-to = objection: we object to this wording

# WORKS

code-works-repair-of-power-line = repair of a power line
code-works-repair-of-power-plant = repair of a power station or substation
code-works-repair-of-water-supply = repair of the water supply
code-works-repair-of-dam = repair of a dam
code-works-repair-of-communications = repair of communications
code-works-demining = clearance of mines
code-works-survey-of-damage = survey of damage
code-works-firefighting = firefighting
code-works-rotation-of-staff = rotation of staff
code-works-delivery-of-supplies = delivery of supplies
code-works-medical-evacuation = medical evacuation
code-works-recovery-of-the-dead = recovery of the dead
code-works-other-works = other works, see the text
