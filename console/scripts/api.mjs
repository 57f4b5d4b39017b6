// Writes what the console knows of the API, from the description that the node publishes (docs/api/openapi.json):
// types for the compiler, and method and path of each operation for lib/api.ts.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";

const source = new URL("../../docs/api/openapi.json", import.meta.url);
const target = new URL("../src/generated/", import.meta.url);
mkdirSync(fileURLToPath(target), { recursive: true });
const description = JSON.parse(readFileSync(source, "utf8"));

const rows = [];
for (const [path, methods] of Object.entries(description.paths))
  for (const [method, operation] of Object.entries(methods))
    rows.push(`  ${JSON.stringify(operation.operationId)}: ["${method.toUpperCase()}", ${JSON.stringify(path)}, ${JSON.stringify(operation["x-roles"] ?? [])}],`);
writeFileSync(
  new URL("operations.ts", target),
  `/** Method, path and roles of each operation; made from docs/api/openapi.json. */\nexport const OPERATIONS = {\n${rows.sort().join("\n")}\n} as const satisfies Record<string, readonly [string, string, readonly string[]]>;\n`,
);
writeFileSync(new URL("openapi.d.ts", target), astToString(await openapiTS(source)));
