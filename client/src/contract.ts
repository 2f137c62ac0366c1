/**
 * The interfaces between the parts of the page. Each part is created by one function that takes its dependencies
 * and returns one of the interfaces below, which is all that other parts use of it:
 *
 *   client/src/view/index.ts   export function createSceneView(opts: SceneViewOptions): SceneView
 *   client/src/gui/index.tsx   export function mountGui(el: HTMLElement, opts: GuiOptions): GuiView
 *
 * Life of a connection, as the scene and the panel see it:
 *
 *   connection state "live" -> replayStart() -> apply()… -> replayDone() -> apply()… -> (lost) -> …
 *
 * After a loss either that begins again, or, if the session continues: resumed() -> apply()…
 *
 * `send` works from replayStart() on, and drops what is sent while there is no connection; see GuiView.unsent.
 *
 * Arrays in messages are typed arrays of the wire's type (`<f4` Float32Array, `<u4` Uint32Array, `|u1`
 * Uint8Array …), views on the frame that they came in: several share one ArrayBuffer. Half floats (`<f2`)
 * arrive as a Uint16Array of their bits; only the points of a point cloud are ever sent so. Shapes are not
 * on the wire. `bytes` are Uint8Array.
 */
import type {
  ClientMessage,
  ServerMessage,
  Vec3,
  Vec4,
  ViewerCameraMessage,
} from "./protocol/messages.gen";
import type { Actions } from "./shared/actions";
import type { Observable } from "./shared/observable";
import type { UrlParams } from "./shared/params";
import type { TimelineState } from "./shared/timeline";

export type { ClientMessage, ServerMessage, TimelineState, UrlParams };

export type Send = (message: ClientMessage) => void;

/**
 * Why the controls do nothing, apart from the user's role: what is shown is a recording, or a program's past. They show
 * the values of that time.
 */
export type NotLive = "recording" | "past";

export interface ConnectionState {
  kind: "connecting" | "live" | "reconnecting" | "closed";
  /** The state as a text for the user. */
  detail: string;
  /** The websocket's address, or the recording's. */
  server?: string;
  /** The subprotocol in use: "viser-go.v1" or "viser-v1.1.x". */
  dialect?: string;
  /** How many tries in a row have failed. */
  attempt?: number;
  /** When the next try is due (milliseconds, as Date.now()). */
  nextRetryAt?: number;
  /** Bytes that have been received but are not yet shown. */
  bytesPending?: number;
  /** Large arrays that are being fetched over HTTP, until they are shown: how many, and their bytes. */
  arrays?: { count: number; loaded: number; total: number };
  /** True between replayStart and replayDone: what is shown may be incomplete. */
  replaying?: boolean;
  /** Not live: the session will be continued if the server is reached in time, and with it what is in progress. */
  resumable?: boolean;
  /** Live: what has happened, as a text for the user that may disappear after some seconds. */
  note?: string;
  /** The user may only look: nothing that they do reaches the program, but for their camera. */
  readOnly?: boolean;
  notLive?: NotLive;
  /** Who the user is to the server; absent if it has no name for them. */
  user?: string;
}

export interface Connection extends Observable<ConnectionState> {
  /** Tries at once instead of at nextRetryAt; also leaves "closed". */
  retryNow(): void;
}

/** Moves the page in time; null while it has no timeline. */
export interface Timeline extends Observable<TimelineState | null> {
  play(): void;
  pause(): void;
  /** Shows the state after all changes up to a time. Of several calls in a row only the last may be shown. */
  seek(time: number): void;
  setSpeed(speed: number): void;
  setLoop(on: boolean): void;
  /** Pauses at the next change after the time shown, or the last one before it. */
  step(direction: 1 | -1): void;
  /** Live: returns to what the program does now. */
  follow(): void;
  /** Live: brings the range up to date, which grows without reports while the page follows. */
  refresh(): void;
}

export interface TreeNode {
  /** Last part of the path; "" for the root. */
  name: string;
  path: string;
  /** Message type without "Message" ("PointCloud"); "" when only children made it. */
  kind: string;
  /** Visibility set by the server. */
  visible: boolean;
  /** Visibility set by this page's user instead; null: the server's applies. */
  override: boolean | null;
  /** A problem with showing the node, as a message for the user. */
  error?: string;
  /** This page's user changed properties of it. */
  edited?: true;
  children: readonly TreeNode[];
}

/** The effective node at a name, at the time of the call. */
export interface NodeDetails {
  path: string;
  /** Type of the message that made it; "" for the missing parent of another node. */
  kind: string;
  /** "" for the scene of all clients, else the id of the client that it belongs to. */
  owner: string;
  /** As drawn, including changes on this page; replaced by a new object when one changes. Read-only. */
  props: Readonly<Record<string, unknown>>;
  /** Names of what this page's user changed: properties, "#position", "#wxyz". */
  edited: ReadonlySet<string>;
  /** Relative to its parent. */
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

/** An element that follows a node. The scene positions it; the panel renders its contents. */
export interface Mount {
  readonly key: number;
  readonly element: HTMLElement;
  /** Uuid of its GUI container. */
  readonly container: string;
}

/** Instead of what is selected; in addition to it; or those that are not selected yet are, and if all are, none is. */
export type SelectMode = "set" | "add" | "toggle";

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

/** View settings of the page's user; initial values come from the URL. */
export interface SceneSettings {
  /** Device pixels per CSS pixel; null: that of the screen. */
  fixedDpr: number | null;
  /** Logs the URL of the view to the console when the camera has moved. */
  logCamera: boolean;
  /** Shows the orbit point of the camera, with handles to move it. */
  orbitOriginTool: boolean;
}

/** A picture of what the page's user sees, at another size. */
export interface PictureOptions {
  /** Pixels. The vertical field of view stays: a wider picture shows more at its sides. */
  width: number;
  height: number;
  /** The background is transparent instead of the page's. */
  transparent: boolean;
  /** With the labels of the scene. */
  labels: boolean;
}

/** What lies over the canvas and can be drawn into pictures. */
export interface PictureOverlay {
  /** For a checkbox: "Color bars". */
  readonly label: string;
  readonly element: HTMLElement;
}

export interface SceneViewOptions {
  container: HTMLElement;
  send: Send;
  params: UrlParams;
  /** The page's: the scene adds those that concern it. */
  actions: Actions;
  /** Whether the server is one of ours, which understands more than viser 1.1 has. */
  extended(): boolean;
}

export interface SceneView {
  /** One call is one atomic step: no frame is drawn in between. Unknown types are ignored. */
  apply(messages: readonly ServerMessage[]): void;
  /** A (re)connection: existing nodes stay visible until replayDone. Sends the camera. */
  replayStart(): void;
  /** Removes what was not sent again since replayStart. */
  replayDone(): void;
  setDark(dark: boolean): void;
  /** The user may only look, or this is not live: clicks, drags and gizmos do nothing. */
  setReadOnly(readOnly: boolean): void;
  resetView(): void;
  /** Moves the camera to see a node, with what is in it; rejects with a reason for the user. */
  focusNode(path: string): Promise<void>;
  /** Looks at the orbit point from that side, along an axis of the world. */
  lookAlong(axis: 0 | 1 | 2, sign: 1 | -1): void;
  /** The orbit point, in viser's world frame. */
  lookAt(): Vec3;
  setLookAt(point: Vec3): void;
  settings(): SceneSettings;
  configure(settings: Partial<SceneSettings>): void;
  /** What is seen as a PNG file. Rejects with a reason for the user: too many pixels, a lost context. */
  picture(options: PictureOptions): Promise<Blob>;
  readonly overlays: Observable<readonly PictureOverlay[]>;
  /** The canvas, whose pixels are there only until the task ends that has drawn them. */
  readonly element: HTMLCanvasElement;
  /** Draws the picture once more. */
  redraw(): void;
  /** The camera of the view that was used last, or of the main one, as the server would be told. */
  camera(main?: boolean): ViewerCameraMessage;
  /** Of a link: how the page is split, and the cuts of its user. */
  viewsParams(): readonly (readonly [name: string, value: string])[];
  readonly tree: SceneTreeModel;
  /** Names of what the scene is drawn with (view/looks); its actions "look.NAME" change it. */
  readonly looks: Observable<ReadonlySet<string>>;
  /** Elements at positions in the scene, for GUI containers. */
  readonly mounts: Observable<readonly Mount[]>;
  /** Paths of the selected nodes, in the order in which they were selected; of nodes that there are. */
  readonly selection: Observable<readonly string[]>;
  /** By the page's user; paths of which there is no node are left out, and more than 10,000. Default mode: "set". */
  select(paths: readonly string[], mode?: SelectMode): void;
  /** Shows or hides a node on this page only; null leaves it to the server. */
  setVisibilityOverride(path: string, visible: boolean | null): void;
  /** The node at a path; null: none. */
  node(path: string): NodeDetails | null;
  /** Changes a node on this page only, each property until the server sets it again. */
  edit(path: string, edit: NodeEdit): void;
  /** Reverts changes, by the names in NodeDetails.edited; null: all. */
  unedit(path: string, names: readonly string[] | null): void;
  stats(): SceneStats;
  dispose(): void;
}

/** The files that the program takes from the page's user. */
export interface TakenFiles {
  readonly maxBytes: number;
  /** Endings of names, in lower case with their period; none: any. */
  readonly types: readonly string[];
  /** What the page says while a file is over it; "": its own text. */
  readonly hint: string;
}

export interface GuiOptions {
  send: Send;
  scene: SceneView;
  /** The page's: the palette lists them, and the panel adds its own. */
  actions: Actions;
  connection: Connection;
  params: UrlParams;
  timeline: Timeline;
  /** At the page's lower edge, for the timeline: empty while there is none. */
  strip: HTMLElement;
  /** Whether pictures are drawn without a graphics card. Takes some milliseconds. */
  drawsInSoftware: () => boolean;
  /** Dark if the URL or the server's theme sets it. */
  dark: Observable<boolean>;
  /** Plays a recording of the user's, or sends files to the program; undefined: the page has no place for that. */
  openFile?: (files: Iterable<File>) => void;
  /** null: the program takes none. */
  takenFiles: Observable<TakenFiles | null>;
}

export interface GuiView {
  apply(messages: readonly ServerMessage[]): void;
  replayStart(): void;
  replayDone(): void;
  /** Another connection continues the session; what is shown is complete unless a replay goes on. */
  resumed(complete: boolean): void;
  /** Sends files to the program, and shows how far they are. */
  upload(files: readonly File[]): void;
  /** A message of the scene was not sent, as there is no connection: tells the user if it was an action of theirs. */
  unsent(message: ClientMessage): void;
  /** The user may only look, or this is not live: controls are shown disabled. */
  setReadOnly(readOnly: boolean): void;
  dispose(): void;
}
