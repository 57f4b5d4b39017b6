/** What a line of the log that is written on a screen is about: the thing whose screen is open. */
const NAMED = /^(CASE-\d{4}-\d+|CT-\d{4}-\d+|CL-\d{4}-\d+|D-\d{4}-\d+|C-\d{4}-\d+|[0-9a-f]{64})$/i;

export function aboutOf(place: { screen: string; name: string }): string {
  // Other names (in:4, a channel) are not references of the log; they are not guessed at.
  return NAMED.test(place.name) ? place.name : "";
}
