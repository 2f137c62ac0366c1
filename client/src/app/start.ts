import type { GuiOptions, GuiView, SceneView, SceneViewOptions } from "../contract";
import { Actions } from "../shared/actions";
import { Disposables } from "../shared/disposables";
import { parseParams, type UrlParams } from "../shared/params";
import { mountConnectionBanner } from "./connectionBanner";
import { type Embedded, takeEmbedded } from "./embedded";
import { type FileLineButton, mountFileLine } from "./fileLine";
import { buildLayout, type Layout } from "./layout";
import { mountLoadingLine } from "./loadingLine";
import { mountLogo } from "./logo";
import { showNotice } from "./notice";
import { Session } from "./session";
import { mountSoftwareNotice } from "./softwareNotice";
import { type LoadPlayback, openSource, sourceOf } from "./source";
import { mountStats } from "./stats";
import { drawsInSoftware, webglProblem } from "./webgl";

/** The big parts of the page, loaded while the connection is being made. */
export interface Parts {
  createSceneView(options: SceneViewOptions): SceneView;
  mountGui(element: HTMLElement, options: GuiOptions): GuiView;
}

/** A file of the user's that is played instead of what the page is for. */
export interface OwnRecording {
  readonly file: File;
  /** What the user calls it who wants that again, and what does it. */
  readonly back: FileLineButton;
}

/** The object at `window.viserPage`, for tests and the browser's console. */
export interface Page {
  readonly session: Session;
  /** null until it is loaded. */
  readonly scene: SceneView | null;
  /** Sends files to the program. */
  upload(files: readonly File[]): void;
  dispose(): void;
}

export function startPage(
  root: HTMLElement,
  location: Location,
  loadParts: () => Promise<Parts>,
  loadPlayback: LoadPlayback,
  own: OwnRecording | null = null,
): Page {
  const embedded = takeEmbedded(window);
  const params = withEmbedded(location, embedded);
  const source = sourceOf(params, embedded, own?.file ?? null);
  // Removes the static text of index.html.
  root.replaceChildren();
  const layout = buildLayout(root, params.dummyWindow);
  const session = new Session(source.name, () => wire, params.darkMode, source.recording !== null);
  const disposables = new Disposables();
  disposables.use(session);
  disposables.add(followTheme(session));
  disposables.add(mountConnectionBanner(root, session.connection));
  if (!params.hideViserLogo) disposables.add(mountLogo(layout.corner, session.showLogo));
  disposables.add(mountLoadingLine(layout.corner, session.connection));
  if (own) mountFileLine(layout.corner, own.file.name, own.back);

  let scene: SceneView | null = null;
  let gui: GuiView | null = null;
  let disposed = false;
  const ready = loadParts().then((parts) => {
    if (disposed) return;
    ({ scene, gui } = mountParts(parts, layout, session, params, disposables));
    if (params.controlOrigin !== null) void control(params.controlOrigin, session, scene);
    const { hide, show, select } = params.linkedView;
    if (hide.length + show.length + select.length > 0) void link(scene);
  });
  ready.catch((e: unknown) => {
    console.error("viser:", e);
    showNotice(
      layout.scene,
      "The page could not start",
      e instanceof Error ? e.message : String(e),
    );
  });
  const control = async (origin: string, session: Session, scene: SceneView): Promise<void> => {
    const { listenToParent } = await import("./control");
    if (!disposed) disposables.use(listenToParent({ origin, window, session, scene }));
  };
  const link = async (scene: SceneView): Promise<void> => {
    const { followLink } = await import("./linkedView");
    if (!disposed) disposables.add(followLink(scene, params.linkedView));
  };
  const wire = disposables.use(openSource(source, params, session, ready, loadPlayback));

  return {
    session,
    get scene() {
      return scene;
    },
    upload(files) {
      gui?.upload(files);
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
): { scene: SceneView; gui: GuiView } {
  const { send, connection, dark, timeline, takenFiles } = session;
  const actions = new Actions();
  const scene = disposables.use(
    createScene(parts, {
      container: layout.scene,
      send,
      params,
      actions,
      extended: () => connection.get().dialect === "viser-go.v1",
    }),
  );
  scene.setDark(dark.get());
  const gui = disposables.use(
    parts.mountGui(layout.gui, {
      send,
      scene,
      actions,
      connection,
      params,
      timeline,
      takenFiles,
      strip: layout.strip,
      drawsInSoftware,
      dark,
    }),
  );
  disposables.add(mountSoftwareNotice(layout.corner, drawsInSoftware, () => localStorage));
  if (params.showStats) disposables.add(mountStats(layout.corner, scene));
  disposables.add(dark.subscribe((value) => scene.setDark(value)));
  session.setViews(scene, gui);
  return { scene, gui };
}

/** What the page was made with, and what its address adds. */
function withEmbedded(location: Location, embedded: Embedded | null): UrlParams {
  if (!embedded) return parseParams(location);
  const { protocol, host, pathname, search } = location;
  const params = parseParams({ protocol, host, pathname, search: `${search}&${embedded.query}` });
  return {
    ...params,
    darkMode: params.darkMode || embedded.darkMode,
    hideSceneTree: params.hideSceneTree || embedded.hideSceneTree,
    controlOrigin: params.controlOrigin ?? embedded.controlOrigin,
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
