/** How the state of a drill is drawn. */
import type { Level } from "$ui/Status.svelte";

export const LEVELS: Readonly<Record<string, Level>> = { PLANNED: "standby", RUNNING: "normal", STOPPED: "critical", ENDED: "off", "CALLED-OFF": "off" };
