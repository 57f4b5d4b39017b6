/** Where the officer is: `#/screen/name?filter=x`. The address alone brings a screen back after a reload. */

export interface Place {
  screen: string;
  name: string;
  query: Record<string, string>;
}

function parse(hash: string): Place {
  const [path = "", search = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const [screen = "", ...rest] = path.split("/");
  let name = rest.join("/");
  try {
    name = decodeURIComponent(name);
  } catch {
    // A broken address shows as it stands.
  }
  return { screen: screen || "floor", name, query: Object.fromEntries(new URLSearchParams(search)) };
}

const state = $state<{ place: Place }>({ place: parse(location.hash) });
addEventListener("hashchange", () => (state.place = parse(location.hash)));

export function here(): Place {
  return state.place;
}

/** The address of a screen, for links. */
export function href(screen: string, name = "", query: Record<string, string> = {}): string {
  const search = new URLSearchParams(query).toString();
  return `#/${screen}${name ? `/${encodeURIComponent(name)}` : ""}${search ? `?${search}` : ""}`;
}

export function go(screen: string, name = "", query: Record<string, string> = {}): void {
  location.hash = href(screen, name, query);
}

/** Change the query alone (filters, tabs) without another step in the history. */
export function setQuery(query: Record<string, string | undefined>): void {
  const kept = Object.entries({ ...state.place.query, ...query }).filter((one): one is [string, string] => Boolean(one[1]));
  const address = href(state.place.screen, state.place.name, Object.fromEntries(kept));
  history.replaceState(null, "", address);
  state.place = parse(address);
}
