/** The name in the address while it is this screen's: on the way to another screen, the old one keeps its own. */
import { here } from "../router.svelte.ts";

export function nameWithin(...screens: readonly string[]): () => string {
  let last = here().name;
  return () => {
    const place = here();
    if (screens.includes(place.screen)) last = place.name;
    return last;
  };
}
