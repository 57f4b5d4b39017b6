"""Texts for line checks in English: our own, neutral, each with every letter and every digit.

Their order is part of what nodes of one version agree on: texts are added at the end and never moved.
"""

from __future__ import annotations

from typing import Final

TEXTS: Final[tuple[str, ...]] = (
    (
        "The harbour pilot ties his boat at the old pier and hangs the lantern on its hook. The jolly weaver "
        "packed six quilts, five boxes of zinc buttons and grey yarn from home. Shelf mark: 6031 485 927."
    ),
    (
        "In the reading room the librarian stamps each card and returns the atlas to its shelf. Expert joiners "
        "quickly plane maple, fig, boxwood and wild cherry beside a Zurich vise. Ledger entry: 0923 185 746."
    ),
    (
        "The baker weighs the flour before dawn and sets the loaves beside the oven door. Equipped with six maps "
        "and a jug of cocoa, Zara walked five long bays by the fresh coast. Catalogue number: 7164 932 805."
    ),
    (
        "An orchard of pears stands behind the school, and every tree has a small wooden label. Jute, flax, wool, "
        "silk and grey gauze have equal measure by the box in customs ports. Drawer label: 7501 864 293."
    ),
    (
        "The clock mender opens the back plate, oils the wheels and listens to the beat. The quick potter from "
        "the next yard, Josef, glazed twelve big vases and a dish. Shelf mark: 0263 149 857."
    ),
    (
        "Two neighbours meet on the bench and play the same chess opening as last spring. Jars of fixative, "
        "beeswax, quartz, glue and dry pigment were kept by the calm museum hall. Ledger entry: 1375 280 694."
    ),
    (
        "The river bends twice below the mill and then runs straight to the salt flats. The expert judge of "
        "quizzes walked by the calm river with pink flowers in a vase. Catalogue number: 3058 241 679."
    ),
    (
        "Students count the stars of the Lyre and draw them on squared paper. Joyful makers of violins wax, glaze "
        "and polish quite expensive boards with care and thumb. Drawer label: 6748 953 102."
    ),
    (
        "The bookbinder folds the sheets, sews them with linen thread and presses the spine. A queue of small "
        "boats, kayaks and junks glides past the zoo, next to five cream and white houses. Shelf mark: 5137 420 "
        "896."
    ),
    (
        "A glass blower turns the pipe slowly, and the bowl grows round and clear. Blue ink, jade paste, beeswax, "
        "quartz and gypsum have for years coloured the manuscripts. Ledger entry: 6032 847 519."
    ),
    (
        "The ferry carries bicycles in the morning and crates of apples after noon. A jovial cook mixed ginger, "
        "quince and barley with fresh orange zest for the school kitchen by the pump. Catalogue number: 7012 984 "
        "653."
    ),
    (
        "The botanist presses a fern between two papers and writes the Latin name below. The sextet of Jack "
        "played a quiet waltz, five marches and a bright melody for guests. Drawer label: 9105 827 436."
    ),
    (
        "A choir rehearses in the village hall, first the altos, then the low voices. Very quaint jazz of flutes, "
        "oboes and a wooden xylophone marks the calm campus evening. Shelf mark: 5438 190 762."
    ),
    (
        "The map maker inks the coast line, lets it dry and adds the names of the bays. Six big jars of quince, "
        "zesty pickles and vanilla honey warmed the farm market of the town. Ledger entry: 3295 016 874."
    ),
    (
        "In the workshop a cooper bends the staves and drives the hoop down with a mallet. Quaint wooden boxes of "
        "jam, figs, plums, honey and kvass cool in the lazy evening river breeze. Catalogue number: 6453 081 729."
    ),
    (
        "The gardener sows carrots in rows and marks the end of each with a stick. A zealous gardener fixed the "
        "jet of the pump, quickly pruned vines and watered basil. Drawer label: 0836 194 725."
    ),
    (
        "A tailor chalks the cloth, cuts the sleeve and keeps the ribbon for the cuff. Six big jars of quince, "
        "zesty pickles and vanilla honey warmed the farm market of the town. Shelf mark: 2083 457 196."
    ),
    (
        "The lighthouse museum shows a lens, a log book and a brass telescope. Quaint wooden boxes of jam, figs, "
        "plums, honey and kvass cool in the lazy evening river breeze. Ledger entry: 2105 948 763."
    ),
    (
        "Children fold paper cranes and hang them over the window of the class. A zealous gardener fixed the jet "
        "of the pump, quickly pruned vines and watered basil. Catalogue number: 7680 514 392."
    ),
    (
        "The astronomer cleans the mirror and waits until the planet stands above the roof. The jolly weaver "
        "packed six quilts, five boxes of zinc buttons and grey yarn from home. Drawer label: 6318 549 270."
    ),
    (
        "A printer sets the line by hand, letter after letter, and reads it in the mirror. Expert joiners quickly "
        "plane maple, fig, boxwood and wild cherry beside a Zurich vise. Shelf mark: 8425 367 190."
    ),
    (
        "The shepherd counts the flock at the bridge and whistles to his dog. Equipped with six maps and a jug of "
        "cocoa, Zara walked five long bays by the fresh coast. Ledger entry: 5938 106 724."
    ),
    (
        "A potter centres the clay and lifts the wall of the bowl with two fingers. Jute, flax, wool, silk and "
        "grey gauze have equal measure by the box in customs ports. Catalogue number: 8743 502 169."
    ),
    (
        "The teacher of geometry draws a circle and asks the class for its centre. The quick potter from the next "
        "yard, Josef, glazed twelve big vases and a dish. Drawer label: 1742 896 035."
    ),
    (
        "The violin maker taps the spruce and hears whether the board is thin enough. Jars of fixative, beeswax, "
        "quartz, glue and dry pigment were kept by the calm museum hall. Shelf mark: 9758 234 160."
    ),
    (
        "On the market square the stall with cheese stands next to the one with candles. The expert judge of "
        "quizzes walked by the calm river with pink flowers in a vase. Ledger entry: 4182 653 709."
    ),
    (
        "The postman sorts the letters by street and ties each bundle with string. Joyful makers of violins wax, "
        "glaze and polish quite expensive boards with care and thumb. Catalogue number: 0672 435 981."
    ),
    (
        "A train of the narrow line stops at the quarry and again at the water tower. A queue of small boats, "
        "kayaks and junks glides past the zoo, next to five cream and white houses. Drawer label: 7263 945 180."
    ),
    (
        "The weaver threads the loom and begins with a plain border of blue and white. Blue ink, jade paste, "
        "beeswax, quartz and gypsum have for years coloured the manuscripts. Shelf mark: 6814 093 725."
    ),
    (
        "The curator lists the coins by city and puts each one into a paper sleeve. A jovial cook mixed ginger, "
        "quince and barley with fresh orange zest for the school kitchen by the pump. Ledger entry: 7961 458 023."
    ),
    (
        "A carpenter planes the table top and rubs the grain with linseed oil. The sextet of Jack played a quiet "
        "waltz, five marches and a bright melody for guests. Catalogue number: 1674 039 825."
    ),
    (
        "The sailing class learns three knots and ties each of them behind the back. Very quaint jazz of flutes, "
        "oboes and a wooden xylophone marks the calm campus evening. Drawer label: 3451 270 896."
    ),
    (
        "The meadow is cut in June, and the hay dries on wooden racks by the lane. A jovial cook mixed ginger, "
        "quince and barley with fresh orange zest for the school kitchen by the pump. Shelf mark: 1293 054 768."
    ),
    (
        "The apprentice sharpens the chisel and tries its edge on a piece of lime wood. The sextet of Jack played "
        "a quiet waltz, five marches and a bright melody for guests. Ledger entry: 8473 250 619."
    ),
    (
        "The archive keeps its rolls in tin tubes, and each tube has a linen tag. Very quaint jazz of flutes, "
        "oboes and a wooden xylophone marks the calm campus evening. Catalogue number: 2539 867 014."
    ),
    (
        "A cook reduces the stock, adds thyme and strains it through a cloth. Six big jars of quince, zesty "
        "pickles and vanilla honey warmed the farm market of the town. Drawer label: 0391 846 725."
    ),
    (
        "The school orchestra tunes to the oboe and begins with a slow dance. Quaint wooden boxes of jam, figs, "
        "plums, honey and kvass cool in the lazy evening river breeze. Shelf mark: 2903 154 876."
    ),
    (
        "The surveyor sets his tripod on the hill and reads the angle to the tower. A zealous gardener fixed the "
        "jet of the pump, quickly pruned vines and watered basil. Ledger entry: 7513 648 029."
    ),
    (
        "Beside the canal a row of poplars throws its shade upon the towing path. The jolly weaver packed six "
        "quilts, five boxes of zinc buttons and grey yarn from home. Catalogue number: 7620 189 345."
    ),
    (
        "The mosaic of the bath house shows a dolphin, a shell and a rope border. Expert joiners quickly plane "
        "maple, fig, boxwood and wild cherry beside a Zurich vise. Drawer label: 3941 572 860."
    ),
    (
        "A bee keeper opens the hive in the afternoon and counts the full frames. Equipped with six maps and a "
        "jug of cocoa, Zara walked five long bays by the fresh coast. Shelf mark: 2345 170 698."
    ),
    (
        "The lace of this valley is made on a pillow with four dozen bobbins. Jute, flax, wool, silk and grey "
        "gauze have equal measure by the box in customs ports. Ledger entry: 7549 013 826."
    ),
    (
        "The engraver holds the copper plate to the window and looks at the fine lines. The quick potter from the "
        "next yard, Josef, glazed twelve big vases and a dish. Catalogue number: 8375 609 214."
    ),
    (
        "In the greenhouse the lemon trees are turned a little every second day. Jars of fixative, beeswax, "
        "quartz, glue and dry pigment were kept by the calm museum hall. Drawer label: 4371 092 685."
    ),
    (
        "The watch of the tower museum winds the great clock on the first day of the month. The expert judge of "
        "quizzes walked by the calm river with pink flowers in a vase. Shelf mark: 5307 819 426."
    ),
    (
        "The theatre workshop paints a forest on canvas and rolls it on a long pole. Joyful makers of violins "
        "wax, glaze and polish quite expensive boards with care and thumb. Ledger entry: 1046 729 538."
    ),
    (
        "The fountain in the yard has a stone basin and a spout in the form of a leaf. A queue of small boats, "
        "kayaks and junks glides past the zoo, next to five cream and white houses. Catalogue number: 1845 379 "
        "206."
    ),
    (
        "The old dictionary explains the word, gives its root and quotes a poem. Blue ink, jade paste, beeswax, "
        "quartz and gypsum have for years coloured the manuscripts. Drawer label: 0429 615 738."
    ),
    (
        "A basket maker soaks the willow, splits it and weaves the bottom first. Joyful makers of violins wax, "
        "glaze and polish quite expensive boards with care and thumb. Shelf mark: 1945 620 873."
    ),
    (
        "The bridge has nine arches, and under the middle one the current is deepest. A queue of small boats, "
        "kayaks and junks glides past the zoo, next to five cream and white houses. Ledger entry: 8254 076 913."
    ),
    (
        "The tea house serves green tea in small cups and almond cake on a plate. Blue ink, jade paste, beeswax, "
        "quartz and gypsum have for years coloured the manuscripts. Catalogue number: 3571 986 402."
    ),
    (
        "The geologist scratches the stone with a nail and notes its colour in the book. A jovial cook mixed "
        "ginger, quince and barley with fresh orange zest for the school kitchen by the pump. Drawer label: 1604 "
        "825 973."
    ),
    (
        "A swimmer crosses the lake along the buoys and rests on the wooden raft. The sextet of Jack played a "
        "quiet waltz, five marches and a bright melody for guests. Shelf mark: 1972 458 063."
    ),
    (
        "The calligrapher rules the page, mixes the ink and writes the first initial. Very quaint jazz of flutes, "
        "oboes and a wooden xylophone marks the calm campus evening. Ledger entry: 6103 725 894."
    ),
    (
        "The night train has a dining car, and its menu lists soup, fish and pears. Six big jars of quince, zesty "
        "pickles and vanilla honey warmed the farm market of the town. Catalogue number: 2703 185 469."
    ),
    (
        "The hat maker steams the felt and shapes the brim over a block of beech. Quaint wooden boxes of jam, "
        "figs, plums, honey and kvass cool in the lazy evening river breeze. Drawer label: 2156 048 379."
    ),
    (
        "The chess club writes the score of every game into a green note book. A zealous gardener fixed the jet "
        "of the pump, quickly pruned vines and watered basil. Shelf mark: 2387 695 401."
    ),
    (
        "The painter grinds ochre on a slab and stirs it into warm oil. The jolly weaver packed six quilts, five "
        "boxes of zinc buttons and grey yarn from home. Ledger entry: 7251 480 936."
    ),
    (
        "The miller lifts the sluice, and the wheel begins to turn in the stream. Expert joiners quickly plane "
        "maple, fig, boxwood and wild cherry beside a Zurich vise. Catalogue number: 2091 357 846."
    ),
    (
        "A student of languages copies ten verbs and reads them to a friend. Equipped with six maps and a jug of "
        "cocoa, Zara walked five long bays by the fresh coast. Drawer label: 9013 628 745."
    ),
    (
        "The botanical walk starts at the gate and ends below the old cedar. Jute, flax, wool, silk and grey "
        "gauze have equal measure by the box in customs ports. Shelf mark: 3170 984 526."
    ),
    (
        "The paper mill hangs its sheets to dry over long ropes in the loft. The quick potter from the next yard, "
        "Josef, glazed twelve big vases and a dish. Ledger entry: 0934 586 217."
    ),
    (
        "The guild of bakers keeps its flag in a chest with an iron lock. Jars of fixative, beeswax, quartz, glue "
        "and dry pigment were kept by the calm museum hall. Catalogue number: 2475 906 813."
    ),
    (
        "The sculptor measures the block, marks the corners and starts with the base. The expert judge of quizzes "
        "walked by the calm river with pink flowers in a vase. Drawer label: 4269 531 807."
    ),
)
"""Number -> text."""
