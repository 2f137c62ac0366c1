/**
 * The interfaces between the parts of the page. Each part is made by one function that takes its dependencies
 * and returns one of the interfaces below; other parts use nothing else of it:
 *
 *   client/src/view/index.ts   export function createSceneView(opts: SceneViewOptions): SceneView
 *   client/src/gui/index.tsx   export function mountGui(el: HTMLElement, opts: GuiOptions): GuiView
 *
 * Life of a connection, as the scene and the panel see it:
 *
 *   connection state "live" -> replayStart() -> apply()… -> replayDone() -> apply()… -> (lost) -> …
 *
 * `send` works from replayStart() on, and drops what is sent while there is no connection.
 *
 * Arrays in messages are typed arrays of the wire's type (`<f4` Float32Array, `<u4` Uint32Array, `|u1`
 * Uint8Array …), views on the frame that they came in: several share one ArrayBuffer. Half floats (`<f2`)
 * arrive as a Uint16Array of their bits; only the points of a point cloud are ever sent so. Shapes are not
 * on the wire. `bytes` are Uint8Array.
 */
import type { ClientMessage, ServerMessage, Vec3, Vec4 } from "./protocol/messages.gen";
import type { Observable } from "./shared/observable";
import type { UrlParams } from "./shared/params";

export type { ClientMessage, ServerMessage, UrlParams };

export type Send = (message: ClientMessage) => void;

export interface ConnectionState {
  kind: "connecting" | "live" | "reconnecting" | "closed";
  /** The state as a text for the user. */
  detail: string;
  /** The websocket's address. */
  server?: string;
  /** The subprotocol in use: "viser-go.v1" or "viser-v1.1.x". */
  dialect?: string;
  /** How many tries in a row have failed. */
  attempt?: number;
  /** When the next try is due (milliseconds, as Date.now()). */
  nextRetryAt?: number;
  /** Bytes that have arrived but are not yet shown. */
  bytesPending?: number;
  /** True between replayStart and replayDone: what is shown may be incomplete. */
  replaying?: boolean;
}

export interface Connection extends Observable<ConnectionState> {
  /** Tries at once instead of at nextRetryAt; also leaves "closed". */
  retryNow(): void;
}

export interface TreeNode {
  /** Last part of the path; "" for the root. */
  name: string;
  path: string;
  /** Message type without "Message" ("PointCloud"); "" when only children made it. */
  kind: string;
  /** Visibility set by the server. */
  visible: boolean;
  /** Visibility set by this page's user instead; null: as the server has it. */
  override: boolean | null;
  /** Why the node is not shown as it should be, as a text for the user. */
  error?: string;
  /** This page's user changed properties of it. */
  edited?: true;
  children: readonly TreeNode[];
}

/** All about the node that counts at a name, at the time of the call. */
export interface NodeDetails {
  path: string;
  /** Type of the message that made it; "" for the missing parent of another node. */
  kind: string;
  /** "" for the program's scene for all, else the number of the page that it belongs to. */
  owner: string;
  /** As they are drawn, changes of this page included; a new object when one changes. Not to be changed. */
  props: Readonly<Record<string, unknown>>;
  /** What this page's user changed: names of properties, "#position", "#wxyz". */
  edited: ReadonlySet<string>;
  /** In its parent. */
  position: Vec3;
  wxyz: Vec4;
  error: string | undefined;
}

export interface NodeEdit {
  props?: Readonly<Record<string, unknown>>;
  position?: Vec3;
  /** Of any length but zero. */
  wxyz?: Vec4;
}

/** An element that moves along with a node. The scene places it; the panel fills it. */
export interface Mount {
  readonly key: number;
  readonly element: HTMLElement;
  /** Of which controls. */
  readonly container: string;
}

export interface SceneTreeModel {
  root(): TreeNode;
  /** Called (at most once a frame) after the tree changed. */
  subscribe(cb: () => void): () => void;
}

export interface SceneStats {
  /** Frames drawn since the start; an idle page draws none. */
  frames: number;
  /** Milliseconds of script in the last frame; the graphics card works after that. */
  frameMs: number;
  /** Pixels of the picture for each CSS pixel. */
  pixelRatio: number;
  drawCalls: number;
  triangles: number;
  geometries: number;
  textures: number;
  programs: number;
  nodes: number;
}

/** What the user of the page can set about the view; the address says how it begins. */
export interface SceneSettings {
  /** Pixels of the picture for each CSS pixel; null: as the screen has. */
  fixedDpr: number | null;
  /** Writes the address of the view to the console when the camera has moved. */
  logCamera: boolean;
  /** Shows the point that the camera turns around, with handles to move it. */
  orbitOriginTool: boolean;
}

export interface SceneViewOptions {
  container: HTMLElement;
  send: Send;
  params: UrlParams;
}

export interface SceneView {
  /** One call is one atomic step: no frame is drawn in between. Types it does not know are ignored. */
  apply(messages: readonly ServerMessage[]): void;
  /** A (re)connection: the nodes of before stay drawn until replayDone. Sends the camera. */
  replayStart(): void;
  /** Removes what was not sent again since replayStart. */
  replayDone(): void;
  setDark(dark: boolean): void;
  resetView(): void;
  /** Looks at the orbit point from that side, along an axis of the world. */
  lookAlong(axis: 0 | 1 | 2, sign: 1 | -1): void;
  /** The point that the camera turns around, in the world of programs. */
  lookAt(): Vec3;
  setLookAt(point: Vec3): void;
  settings(): SceneSettings;
  configure(settings: Partial<SceneSettings>): void;
  /** Saves the canvas as a PNG download. */
  saveCanvas(): void;
  readonly tree: SceneTreeModel;
  /** Elements at places in the scene, for controls to be drawn into. */
  readonly mounts: Observable<readonly Mount[]>;
  /** Shows or hides a node on this page only; null leaves it to the server. */
  setVisibilityOverride(path: string, visible: boolean | null): void;
  /** The node there; null where there is none. */
  node(path: string): NodeDetails | null;
  /** Changes a node on this page only, each property until the server sets it anew. */
  edit(path: string, edit: NodeEdit): void;
  /** Takes changes back, by the names in NodeDetails.edited; null: all. */
  unedit(path: string, names: readonly string[] | null): void;
  stats(): SceneStats;
  dispose(): void;
}

export interface GuiOptions {
  send: Send;
  scene: SceneView;
  connection: Connection;
  params: UrlParams;
  /** Dark if the URL or the server's theme sets it. */
  dark: Observable<boolean>;
}

export interface GuiView {
  apply(messages: readonly ServerMessage[]): void;
  replayStart(): void;
  replayDone(): void;
  dispose(): void;
}
