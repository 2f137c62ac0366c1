import "./app/app.css";
import type { GuiView, SceneView } from "./app/contract";
import { type Page, startPage } from "./app/start";

declare global {
  interface Window {
    viserPage?: Page;
  }
}

function placeholder(name: string): GuiView {
  return {
    apply: (messages) => console.log(name, messages),
    replayStart: () => console.log(name, "replayStart"),
    replayDone: () => console.log(name, "replayDone"),
    dispose: () => {},
  };
}
const loadParts = async () => ({
  createSceneView: () =>
    ({
      ...placeholder("scene"),
      setDark: () => {},
      stats: () => ({
        frames: 0,
        drawCalls: 0,
        triangles: 0,
        geometries: 0,
        textures: 0,
        programs: 0,
        nodes: 0,
      }),
    }) as unknown as SceneView,
  mountGui: () => placeholder("gui"),
});

const root = document.getElementById("app");
if (root) window.viserPage = startPage(root, window.location, loadParts);
