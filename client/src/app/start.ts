import type { GuiOptions, GuiView, SceneView, SceneViewOptions } from "../contract";
import { parseParams, type UrlParams } from "../shared/params";
import { openChannel } from "../transport/channel";
import { mountConnectionBanner } from "./connectionBanner";
import { buildLayout, type Layout } from "./layout";
import { mountLogo } from "./logo";
import { showNotice } from "./notice";
import { Session } from "./session";
import { mountSoftwareNotice } from "./softwareNotice";
import { mountStats } from "./stats";
import { drawsInSoftware, webglProblem } from "./webgl";

/** The big parts of the page, loaded while the connection is being made. */
export interface Parts {
  createSceneView(options: SceneViewOptions): SceneView;
  mountGui(element: HTMLElement, options: GuiOptions): GuiView;
}

/** What a test, or a person with the console open, can reach as `window.viserPage`. */
export interface Page {
  readonly session: Session;
  /** null until it is loaded. */
  readonly scene: SceneView | null;
  dispose(): void;
}

export function startPage(
  root: HTMLElement,
  location: Location,
  loadParts: () => Promise<Parts>,
): Page {
  const params = parseParams(location);
  // The text that index.html shows until here.
  root.replaceChildren();
  const layout = buildLayout(root, params.dummyWindow);
  const session = new Session(params.websocket, () => channel, params.darkMode);
  const cleanups = [followTheme(session), mountConnectionBanner(root, session.connection)];
  if (!params.hideViserLogo) cleanups.push(mountLogo(layout.corner, session.showLogo));

  let scene: SceneView | null = null;
  let disposed = false;
  const ready = loadParts().then((parts) => {
    if (disposed) return;
    const views = mountParts(parts, layout, session, params);
    scene = views.scene;
    cleanups.push(views.dispose);
  });
  ready.catch((e: unknown) => {
    console.error("viser:", e);
    showNotice(
      layout.scene,
      "The page could not start",
      e instanceof Error ? e.message : String(e),
    );
  });
  const channel = openChannel(params.websocket, session, ready);
  cleanups.push(() => channel.dispose());

  return {
    session,
    get scene() {
      return scene;
    },
    dispose() {
      disposed = true;
      for (const cleanup of cleanups.reverse()) cleanup();
    },
  };
}

function mountParts(
  parts: Parts,
  layout: Layout,
  session: Session,
  params: UrlParams,
): { scene: SceneView; dispose: () => void } {
  const { send, connection, dark } = session;
  const scene = createScene(parts, { container: layout.scene, send, params });
  scene.setDark(dark.get());
  const unfollow = dark.subscribe((value) => scene.setDark(value));
  const gui = parts.mountGui(layout.gui, { send, scene, connection, params, dark });
  const hideNotice = mountSoftwareNotice(layout.corner, drawsInSoftware, () => localStorage);
  const hideStats = params.showStats ? mountStats(layout.corner, scene) : () => {};
  session.setViews(scene, gui);
  return {
    scene,
    dispose() {
      unfollow();
      hideStats();
      hideNotice();
      gui.dispose();
      scene.dispose();
    },
  };
}

function createScene(parts: Parts, options: SceneViewOptions): SceneView {
  try {
    return parts.createSceneView(options);
  } catch (e) {
    const problem = webglProblem();
    throw problem ? new Error(problem, { cause: e }) : e;
  }
}

/** The page's own colors follow the theme; see app.css. */
function followTheme(session: Session): () => void {
  const show = (dark: boolean): void => {
    document.documentElement.dataset.theme = dark ? "dark" : "light";
  };
  show(session.dark.get());
  return session.dark.subscribe(show);
}
