/** A file for the register: read in the browser, tried by the node, signed whole, and sent with the signature. */

/** As the node's own bound (desk/service_imports.py). */
export const FILE_BYTES_MAX = 64 * 1024 * 1024;

/** A file's bytes in base64, by the browser's own reader: a string made byte by byte would stall on 64 MiB. */
export function base64Of(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onerror = () => reject(new Error(reader.error?.message ?? "the file could not be read"));
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ""));
    reader.readAsDataURL(file);
  });
}

/** Options that are filled in; an empty one is left out, since the node takes each that it is given. */
export function optionsOf(options: { [name: string]: string }): { [name: string]: string } {
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [name, value.trim()] as const).filter(([, value]) => value));
}

export const FACILITY_READERS = ["gppd", "wri", "geodb", "geonuclear", "osm-power", "geonames", "ocha", "reference", "geojson", "kml", "table"] as const;
export const REPORT_READERS = ["firms", "viina", "ucdp", "sirens", "cap", "cot", "documents", "geojson", "table"] as const;
