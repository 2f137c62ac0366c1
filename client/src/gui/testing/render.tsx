import { act } from "react";
import type {
  ClientMessage,
  ConnectionState,
  GuiOptions,
  GuiView,
  Mount,
  NodeDetails,
  SceneSettings,
  SceneView,
  TreeNode,
} from "../../contract";
import { Actions } from "../../shared/actions";
import { Cell } from "../../shared/observable";
import { mountGui } from "../index";
import { FakeTimeline } from "./timeline";

declare global {
  // React requires it for act().
  var IS_REACT_ACT_ENVIRONMENT: boolean | undefined;
}
globalThis.IS_REACT_ACT_ENVIRONMENT = true;

/** Polyfills browser APIs that jsdom lacks. */
export function polyfillJsdom(): void {
  window.matchMedia ??= ((query: string) => ({
    matches: false,
    media: query,
    addEventListener: () => {},
    removeEventListener: () => {},
    addListener: () => {},
    removeListener: () => {},
  })) as unknown as typeof window.matchMedia;
  window.ResizeObserver ??= class {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  } as typeof ResizeObserver;
  Element.prototype.scrollIntoView ??= () => {};
  URL.createObjectURL ??= () => "blob:none";
  URL.revokeObjectURL ??= () => {};
}

export function treeNode(path: string, given: Partial<TreeNode> = {}): TreeNode {
  const name = path.split("/").pop() ?? "";
  return { name, path, kind: "Box", visible: true, override: null, children: [], ...given };
}

export class FakeScene {
  root: TreeNode = treeNode("", { kind: "" });
  readonly mounts = new Cell<readonly Mount[]>([]);
  readonly calls: string[] = [];
  readonly watchers = new Set<() => void>();
  /** Results of node(), by path. */
  readonly details = new Map<string, NodeDetails>();

  settings: SceneSettings = { fixedDpr: null, logCamera: false, orbitOriginTool: false };

  readonly selection = new Cell<readonly string[]>([]);
  /** What was selected by its user. */
  readonly selects: string[] = [];

  readonly view: SceneView = {
    selection: this.selection,
    select: (paths, mode = "set") => {
      this.selects.push(`${mode} ${paths}`);
      this.selection.set(mode === "set" ? [...paths] : [...this.selection.get(), ...paths]);
    },
    apply: () => {},
    replayStart: () => {},
    replayDone: () => {},
    setReadOnly: () => {},
    setDark: (dark) => void this.calls.push(`dark ${dark}`),
    focusNode: async (path) => void this.calls.push(`focus ${path}`),
    lookAlong: (axis, sign) => void this.calls.push(`along ${axis} ${sign}`),
    lookAt: () => [1, 2, 3],
    setLookAt: (point) => void this.calls.push(`look at ${point}`),
    settings: () => this.settings,
    configure: (next) => {
      this.settings = { ...this.settings, ...next };
    },
    resetView: () => void this.calls.push("reset"),
    picture: async (options) => {
      this.calls.push(`picture ${JSON.stringify(options)}`);
      return new Blob(["picture"], { type: "image/png" });
    },
    element: Object.assign(document.createElement("canvas"), { width: 800, height: 600 }),
    overlays: new Cell([]),
    redraw: () => void this.calls.push("redraw"),
    viewsParams: () => [],
    camera: () => ({
      type: "ViewerCameraMessage",
      wxyz: [1, 0, 0, 0],
      position: [0, -4, 0],
      fov: 1.25,
      near: 0.01,
      far: 1000,
      image_height: 600,
      image_width: 800,
      look_at: [0, 0, 0],
      up_direction: [0, 0, 1],
    }),
    tree: {
      root: () => this.root,
      subscribe: (cb) => {
        this.watchers.add(cb);
        return () => this.watchers.delete(cb);
      },
    },
    mounts: this.mounts,
    looks: new Cell(new Set<string>()),
    setVisibilityOverride: (path, visible) => void this.calls.push(`${path} ${visible}`),
    node: (path) => this.details.get(path) ?? null,
    edit: (path, edit) => void this.calls.push(`edit ${path} ${JSON.stringify(edit)}`),
    unedit: (path, names) => void this.calls.push(`unedit ${path} ${names}`),
    stats: () => ({
      frames: 0,
      frameMs: 1.5,
      pixelRatio: 2,
      drawCalls: 1,
      triangles: 2,
      geometries: 3,
      textures: 4,
      programs: 5,
      nodes: 6,
    }),
    dispose: () => {},
  };
}

export interface Mounted {
  actions: Actions;
  el: HTMLElement;
  gui: GuiView;
  sent: ClientMessage[];
  scene: FakeScene;
  connection: Cell<ConnectionState>;
  dark: Cell<boolean>;
  timeline: FakeTimeline;
  strip: HTMLElement;
  retries: { count: number };
  /** Applies messages and waits until the page shows them. */
  receive: (...messages: Parameters<GuiView["apply"]>[0]) => Promise<void>;
  dispose: () => Promise<void>;
}

export const LIVE: ConnectionState = { kind: "live", detail: "Connected.", replaying: false };

/** Mounts the whole panel in a document, connected and replayed. */
export async function mount(): Promise<Mounted> {
  polyfillJsdom();
  const el = document.createElement("div");
  const strip = document.createElement("div");
  document.body.append(el, strip);
  const timeline = new FakeTimeline();
  const sent: ClientMessage[] = [];
  const scene = new FakeScene();
  const connection = new Cell<ConnectionState>(LIVE);
  const dark = new Cell(false);
  const retries = { count: 0 };
  const actions = new Actions();
  const options = {
    send: (message: ClientMessage) => void sent.push(message),
    scene: scene.view,
    actions,
    connection: {
      get: connection.get,
      subscribe: connection.subscribe,
      retryNow: () => void retries.count++,
    },
    dark,
    params: { hideSceneTree: false, linkedView: { theme: null, hide: [], show: [], select: [] } },
    timeline,
    takenFiles: new Cell(null),
    strip,
  } as unknown as GuiOptions;
  let gui!: GuiView;
  await act(async () => {
    gui = mountGui(el, options);
    gui.replayStart();
    gui.replayDone();
  });
  return {
    actions,
    el,
    gui,
    sent,
    scene,
    connection,
    dark,
    timeline,
    strip,
    retries,
    receive: async (...messages) => {
      await act(async () => gui.apply(messages));
      await settle();
    },
    dispose: async () => {
      await act(async () => gui.dispose());
      el.remove();
      strip.remove();
    },
  };
}

/** Waits for frames and chunks. */
export async function settle(ms = 40): Promise<void> {
  await act(async () => {
    await new Promise((resolve) => setTimeout(resolve, ms));
  });
}

/** Waits until check no longer throws, for chunks and popovers that load asynchronously. */
export async function until(check: () => void, withinMs = 20_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    await settle();
    try {
      check();
      return;
    } catch (e) {
      if (Date.now() > deadline) throw e;
    }
  }
}

/** Sets the value through the native setter, so that React gets the event. */
export function setInput(input: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  const prototype = input instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
  const setter = Object.getOwnPropertyDescriptor(prototype.prototype, "value")?.set;
  act(() => {
    setter?.call(input, text);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

export function press(target: Element, key: string, given: KeyboardEventInit = {}): void {
  act(() => {
    target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, ...given }));
  });
}

export function click(target: Element): void {
  act(() => (target as HTMLElement).click());
}
