import "./app/app.css";
import { type Page, type Parts, startPage } from "./app/start";

declare global {
  interface Window {
    /** For tests, and for use in the browser's console. */
    viserPage?: Page;
  }
}

async function loadParts(): Promise<Parts> {
  const [{ createSceneView }, { mountGui }] = await Promise.all([
    import("./view/index"),
    import("./gui/index"),
  ]);
  return { createSceneView, mountGui };
}

const root = document.getElementById("app");
if (!root) throw new Error("the page has no element with the id app");
const loadPlayback = () => import("./playback/channel");
window.viserPage = startPage(root, window.location, loadParts, loadPlayback);
