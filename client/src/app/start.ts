import type { GuiOptions, GuiView, SceneView, SceneViewOptions } from "../contract";
import { Disposables } from "../shared/disposables";
import { parseParams, type UrlParams } from "../shared/params";
import { openChannel } from "../transport/channel";
import { mountConnectionBanner } from "./connectionBanner";
import { buildLayout, type Layout } from "./layout";
import { mountLoadingLine } from "./loadingLine";
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

/** The object at `window.viserPage`, for tests and the browser's console. */
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
  // Removes the static text of index.html.
  root.replaceChildren();
  const layout = buildLayout(root, params.dummyWindow);
  const session = new Session(params.websocket, () => channel, params.darkMode);
  const disposables = new Disposables();
  disposables.add(followTheme(session));
  disposables.add(mountConnectionBanner(root, session.connection));
  if (!params.hideViserLogo) disposables.add(mountLogo(layout.corner, session.showLogo));
  disposables.add(mountLoadingLine(layout.corner, session.connection));

  let scene: SceneView | null = null;
  let disposed = false;
  const ready = loadParts().then((parts) => {
    if (disposed) return;
    scene = mountParts(parts, layout, session, params, disposables);
  });
  ready.catch((e: unknown) => {
    console.error("viser:", e);
    showNotice(
      layout.scene,
      "The page could not start",
      e instanceof Error ? e.message : String(e),
    );
  });
  const channel = disposables.use(
    openChannel(params.websocket, session, ready, params.fetchArrays),
  );

  return {
    session,
    get scene() {
      return scene;
    },
    dispose() {
      disposed = true;
      disposables.dispose();
    },
  };
}

function mountParts(
  parts: Parts,
  layout: Layout,
  session: Session,
  params: UrlParams,
  disposables: Disposables,
): SceneView {
  const { send, connection, dark } = session;
  const scene = disposables.use(createScene(parts, { container: layout.scene, send, params }));
  scene.setDark(dark.get());
  const gui = disposables.use(
    parts.mountGui(layout.gui, { send, scene, connection, params, drawsInSoftware, dark }),
  );
  disposables.add(mountSoftwareNotice(layout.corner, drawsInSoftware, () => localStorage));
  if (params.showStats) disposables.add(mountStats(layout.corner, scene));
  disposables.add(dark.subscribe((value) => scene.setDark(value)));
  session.setViews(scene, gui);
  return scene;
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
