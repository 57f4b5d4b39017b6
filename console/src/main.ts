import { mount } from "svelte";
import App from "./App.svelte";
import { start } from "./lib/i18n.svelte.ts";
import { listen } from "./lib/keys.svelte.ts";
import { startPalette } from "./lib/palette.svelte.ts";
import "./styles/base.css";

startPalette();
listen();
await start();
const target = document.getElementById("app");
if (target) mount(App, { target });
