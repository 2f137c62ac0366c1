import "./app/app.css";
import { mountDrops } from "./app/drops";
import { type Page, type Parts, startPage } from "./app/start";

declare global {
  interface Window {
    /** For tests, and for use in the browser's console. */
    viserPage?: Page;
  }
}

const root = document.getElementById("app");
if (!root) throw new Error("the page has no element with the id app");
const element = root;
const loadPlayback = () => import("./playback/channel");

// A page that is one file has its recording only once, so there would be no way back from another one.
const drops =
  window.__VISER_EMBED_DATA__ === undefined
    ? mountDrops(document.body, {
        play,
        taken: () => window.viserPage?.session.takenFiles.get() ?? null,
        upload: (files) => window.viserPage?.upload(files),
      })
    : null;

async function play(file: File): Promise<string | null> {
  const { problemOf } = await loadPlayback();
  const problem = await problemOf(file);
  if (problem === null) show(file);
  return problem;
}

async function loadParts(): Promise<Parts> {
  const [{ createSceneView }, { mountGui }] = await Promise.all([
    import("./view/index"),
    import("./gui/index"),
  ]);
  const openFile = drops?.take;
  return { createSceneView, mountGui: (into, options) => mountGui(into, { ...options, openFile }) };
}

/** The page anew, with a file of the user's or with what its address says. */
function show(file: File | null): void {
  window.viserPage?.dispose();
  const recorded = new URLSearchParams(window.location.search).get("playbackPath");
  const back = { label: recorded ? "Back" : "Back to live", press: () => show(null) };
  const own = file && { file, back };
  window.viserPage = startPage(element, window.location, loadParts, loadPlayback, own);
}

show(null);
