import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const here = fileURLToPath(new URL(".", import.meta.url));
const LANGUAGES = ["en", "ru", "uk"];

/** One module a language, made of the Fluent files of every area, so that an area owns its three files and nothing else. */
function messages(): Plugin {
  const folder = (language: string) => join(here, "src/locales", language);
  return {
    name: "armslength-messages",
    resolveId: (id) => (id.startsWith("virtual:messages/") ? `\0${id}` : null),
    load(id) {
      if (!id.startsWith("\0virtual:messages/")) return null;
      const language = id.slice("\0virtual:messages/".length);
      if (!LANGUAGES.includes(language)) throw new Error(`no such language: ${language}`);
      const files = readdirSync(folder(language)).filter((name) => name.endsWith(".ftl")).sort();
      const texts = files.map((name) => {
        const path = join(folder(language), name);
        this.addWatchFile(path);
        return readFileSync(path, "utf8").split("\n").filter((line) => !line.startsWith("#")).join("\n");
      });
      const source = texts.join("\n");
      // Words are data: the browser fetches them as text, and only those of the language that is read.
      if (process.env["VITEST"]) return `export default ${JSON.stringify(source)};`;
      const file = this.emitFile({ type: "asset", name: `${language}.ftl`, source });
      return `export default import.meta.ROLLUP_FILE_URL_${file};`;
    },
  };
}

export default defineConfig({
  root: here,
  base: "/",
  plugins: [messages(), svelte()],
  resolve: {
    alias: { $lib: join(here, "src/lib"), $ui: join(here, "src/ui") },
    ...(process.env["VITEST"] ? { conditions: ["browser"] } : {}),
  },
  build: {
    outDir: join(here, "../src/armslength/entrypoints/console/assets"),
    emptyOutDir: true,
    // A page under a strict policy loads files, never data in their place.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    target: "es2023",
    chunkSizeWarningLimit: 1200,
  },
  worker: { format: "es" },
  test: { include: ["src/**/*.test.ts"], environment: "node" },
});
