## The codebook: pre-agreed phrases. A change of any phrase is a new version of the codebook.
## Not reviewed by a native linguist.

# Counts in the case that the phrase asks for. Numbers are written in digits in every language.

minutes-for =
    { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }
minutes-within =
    { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }
persons-count =
    { $persons ->
        [one] { $persons } person
       *[other] { $persons } persons
    }
persons-genitive =
    { $persons ->
        [one] { $persons } person is
       *[other] { $persons } persons are
    }
metres-for =
    { $metres ->
        [one] { $metres } metre
       *[other] { $metres } metres
    }

# A site: its kind in the case that the phrase asks for, then its name as it was given.

facility-nominative =
    { $kind ->
        [NUCLEAR-POWER-PLANT] nuclear power plant { $facility }
        [NUCLEAR-INSTALLATION] nuclear installation { $facility }
        [DAM] dam { $facility }
        [DYKE] dyke { $facility }
        [SUBSTATION] electrical substation { $facility }
        [POWER-LINE] power line { $facility }
        [REFINERY] refinery { $facility }
        [PUMPING-STATION] pumping station { $facility }
        [WATER-WORKS] water works { $facility }
        [HOSPITAL] hospital { $facility }
        [PORT] port { $facility }
        [CHEMICAL-PLANT] chemical plant { $facility }
        [THERMAL-POWER-PLANT] thermal power station { $facility }
        [HYDRO-POWER-PLANT] hydroelectric power station { $facility }
        [PUMPED-STORAGE-PLANT] pumped-storage power station { $facility }
        [WIND-POWER-PLANT] wind power station { $facility }
        [SOLAR-POWER-PLANT] solar power station { $facility }
        [POWER-PLANT] power station { $facility }
        [PIPELINE] pipeline { $facility }
        [FUEL-STORE] fuel store { $facility }
        [RESERVOIR] reservoir { $facility }
        [SETTLEMENT] settlement { $facility }
       *[other] site { $facility }
    }
facility-genitive =
    { $kind ->
        [NUCLEAR-POWER-PLANT] nuclear power plant { $facility }
        [NUCLEAR-INSTALLATION] nuclear installation { $facility }
        [DAM] dam { $facility }
        [DYKE] dyke { $facility }
        [SUBSTATION] electrical substation { $facility }
        [POWER-LINE] power line { $facility }
        [REFINERY] refinery { $facility }
        [PUMPING-STATION] pumping station { $facility }
        [WATER-WORKS] water works { $facility }
        [HOSPITAL] hospital { $facility }
        [PORT] port { $facility }
        [CHEMICAL-PLANT] chemical plant { $facility }
        [THERMAL-POWER-PLANT] thermal power station { $facility }
        [HYDRO-POWER-PLANT] hydroelectric power station { $facility }
        [PUMPED-STORAGE-PLANT] pumped-storage power station { $facility }
        [WIND-POWER-PLANT] wind power station { $facility }
        [SOLAR-POWER-PLANT] solar power station { $facility }
        [POWER-PLANT] power station { $facility }
        [PIPELINE] pipeline { $facility }
        [FUEL-STORE] fuel store { $facility }
        [RESERVOIR] reservoir { $facility }
        [SETTLEMENT] settlement { $facility }
       *[other] site { $facility }
    }

# 000: The line and its checks.

code-001 = Line check. No message.
code-002 = I hear you well.
code-003 = Your text has arrived complete and without errors.
code-004 = I hear you badly. Please repeat slowly.
code-005 = Line check. A message follows.
code-006 = We are ready to receive your message.
code-007 = Please wait { minutes-for }.
code-008 = We are waiting.
code-009 = The next line check is at { $time }.

# 010: Stop and fire.

code-010 = Cease fire. A site protected by international humanitarian law is under fire.
code-011 = Passed to the command; answer in { minutes-for }.
code-012 = These are not our forces.
code-013 = Cease fire at once. Your fire is hitting the place { $place }.
code-014 = Cease fire at once in the area of the { facility-genitive }.
code-015 = The order to cease fire was given: { $time }.
code-016 = The firing has stopped: { $time }.
code-017 = The firing continues.
code-018 = About { persons-genitive } in danger at the place { $place }.
code-019 = Rescue workers are at the place { $place }. Please do not fire there.

# 020: Concern and clarification.

code-020 = We ask for an explanation of the activity at the place { $place } by { $time }.
code-021 = We convey concern about activity near the { facility-genitive }.
code-022 = Received. Receipt is not agreement.
code-023 = We convey concern about military activity at the place { $place }.
code-024 = This message does not say who is responsible.
code-025 = What is the purpose of this activity?
code-026 = This activity is a planned exercise. It ends: { $time }.
code-027 = This activity is not directed against you.
code-028 = This activity has ended: { $time }.
code-029 = Please tell us what you know about the event at the place { $place }.

# 030: Windows of silence and assurances.

code-030 = We propose a window of silence: zone { $zone }, from { $from } to { $until }.
code-031 = We give the assurance.
code-032 = We do not give the assurance.
code-033 = A violation is observed at the place { $place }.
code-034 = We propose another time: from { $from } to { $until }.
code-035 = The window of silence has begun: zone { $zone }.
code-036 = The window of silence has ended: zone { $zone }.
code-037 = We withdraw our assurance from { $time }.
code-038 = The repair crews leave the zone within { minutes-within }.
code-039 = The repair crews are in the zone { $zone }: { persons-count }.

# 040: Answers, delays, corrections, read-back.

code-040 = Our answer follows in our language.
code-041 = Our answer is delayed; answer in { minutes-for }.
code-042 = We have received no answer to our message number { $number }.
code-043 = We correct our message number { $number }. The correction follows.
code-044 = We cancel our message number { $number }.
code-045 = Please read back to us what you received.
code-046 = We read back what we received.
code-047 = Correct. Your read-back agrees with our message.
code-048 = Wrong. Your read-back differs from our message. We repeat our message.
code-049 = Understood.

# 050: Calls, presence, interpreter.

code-050 = Our principal asks for a call within { minutes-within }.
code-051 = The call request is passed on; answer in { minutes-for }.
code-052 = We agree to the call: { $time }.
code-053 = The call is not possible now.
code-054 = Can your principal be reached now?
code-055 = Our principal can be reached in { minutes-for }.
code-056 = Our principal cannot be reached now.
code-057 = We need an interpreter. Please wait { minutes-for }.
code-058 = An interpreter is on the line.
code-059 = We call you back to verify, on the number in our book.

# 060: Exercise.

code-060 = This is an exercise.
code-061 = Understood: exercise.
code-062 = The exercise begins: { $time }.
code-063 = The exercise has ended: { $time }. All later messages are real.
code-064 = This message is real. It is not part of an exercise.
code-065 = Stop the exercise at once. A real event is under way.
code-066 = The exercise is stopped.
code-067 = We propose a communications exercise: from { $from } to { $until }.
code-068 = We agree to the exercise.
code-069 = We do not agree to the exercise.

# 070: Notices.

code-070 = We notify you of a protected site: { facility-nominative }, { $place }.
code-071 = We notify you of a humanitarian movement: { persons-count }, route { $name }, from { $from } to { $until }.
code-072 = The movement is delayed by { minutes-for }.
code-073 = The movement is completed: { $time }.
code-074 = The movement is cancelled.
code-075 = We notify you of a planned launch between { $from } and { $until }. Impact area: { $zone }.
code-076 = The planned launch is cancelled.
code-077 = We notify you of planned activity: zone { $zone }, from { $from } to { $until }.
code-078 = Our plan of movements for the next day follows.
code-079 = No movements are planned for the next day.

# 080: Incidents, radiation, evacuation, medical.

code-080 = An incident has occurred: place { $place }, time { $time }.
code-081 = A hit is recorded on the grounds of the { facility-genitive }: { $time }.
code-082 = Radiation in the area of the { facility-genitive } is within normal limits.
code-083 = Radiation in the area of the { facility-genitive } is above normal limits.
code-084 = Off-site power of the { facility-genitive } is lost: { $time }.
code-085 = Off-site power of the { facility-genitive } is restored: { $time }.
code-086 = Structures of the { facility-genitive } are breached. Water is escaping without control.
code-087 = We are evacuating people from the place { $place }: { persons-count }. Please do not hinder the evacuation.
code-088 = We ask for access of medical workers to the place { $place } from { $from } to { $until }.
code-089 = According to our information: killed { $killed }, injured { $injured }.

# 090: State of the line.

code-090 = We suspend this line from { $time }.
code-091 = We resume this line from { $time }.
code-092 = Planned outage of the line: from { $from } to { $until }.
code-093 = There is a fault on our side. We are repairing it.
code-094 = We suppose that there is a fault on your side. Please check.
code-095 = No fault is found on our side.
code-096 = Message number { $number } has not arrived. Please send it again.
code-097 = Message number { $number } is sent again.
code-098 = Your clock and our clock differ by { minutes-for }. Please check.
code-099 = The duty officer on our side has changed.

# 100: Numbers, times, places, spelling.

code-100 = We spell the name letter by letter.
code-101 = We read the number digit by digit.
code-102 = We repeat slowly.
code-103 = All times are Coordinated Universal Time, UTC.
code-104 = Dates are given as year, month, day.
code-105 = Coordinates are in degrees with decimals, WGS 84, latitude first.
code-106 = We have not understood the coordinates. Please repeat them.
code-107 = The place is { $place }.
code-108 = The time is { $time }.
code-109 = The place in your read-back is { metres-for } from our place.

# 110: Public wording.

code-110 = We intend to make a public statement about this contact: { $time }.
code-111 = We do not object to the public statement.
code-112 = We ask you not to make this contact public.
code-113 = We will not make this contact public.
code-114 = The wording that we propose follows in our language.
code-115 = We agree to the wording.
code-116 = We do not agree to the wording.
code-117 = Your public statement of { $time } does not agree with our record.
code-118 = We inform a third party about this contact: { $name }.
code-119 = We make no public comment.

# 120: Channels and third parties.

code-120 = Please use another channel: { $name }.
code-121 = We change to another channel: { $name }.
code-122 = This channel is not available to us: { $name }.
code-123 = This is the same matter as in our message number { $number }.
code-124 = We pass this matter to a third party as well: { $name }.
code-125 = We propose an observer: { $name }.
code-126 = We agree to the observer.
code-127 = We do not agree to the observer.
code-128 = This matter does not belong to this line.
code-129 = Please tell us your name and post.

# 130: Nuclear safety, power, water, dangerous substances.

code-130 = Pillar { $number } of nuclear safety and security is compromised; site: { facility-nominative }.
code-131 = Pillar { $number } of nuclear safety and security is upheld; site: { facility-nominative }.
code-132 = The cooling water of the { facility-genitive } is below its normal level.
code-133 = Emergency generators supply the power of the { facility-genitive }.
code-134 = We ask for passage of fuel for the emergency generators of the { facility-genitive } from { $from } to { $until }.
code-135 = We ask that a power line can be repaired: { $name }, from { $from } to { $until }.
code-136 = The water is rising at the place { $place }. People downstream are in danger.
code-137 = A dangerous substance is escaping from the grounds of the { facility-genitive }.
code-138 = There is a fire on the grounds of the { facility-genitive }.
code-139 = The fire on the grounds of the { facility-genitive } is put out.

# 140: Persons and verification.

code-140 = The duty officer is speaking: { $name }.
code-141 = Please tell us the agreed word.
code-142 = The agreed word is { $name }.
code-143 = We have not been able to verify who you are.
