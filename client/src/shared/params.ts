/** The parameters in the page's URL. */
import type { CameraProjection, ViewerCameraMessage } from "../protocol/messages.gen";

export type Triple = readonly [number, number, number];

export interface InitialCamera {
  readonly position: Triple | null;
  readonly lookAt: Triple | null;
  readonly up: Triple | null;
  /** Radians, vertical. */
  readonly fov: number | null;
  readonly near: number | null;
  readonly far: number | null;
  readonly projection: CameraProjection | null;
}

/** The page is drawn as a window of this size (CSS pixels), for screenshots. */
export interface DummyWindow {
  readonly size: readonly [number, number] | "fill";
  readonly title: string;
}

/** What a link to a view shows beside its camera. */
export interface LinkedView {
  /** Instead of the user's own choice, as long as the page is open. */
  readonly theme: "light" | "dark" | null;
  /** Paths of nodes that are hidden, or shown, whatever the program says. */
  readonly hide: readonly string[];
  readonly show: readonly string[];
  /** Paths of nodes that are selected. */
  readonly select: readonly string[];
}

export interface UrlParams {
  /** Address of the server's websocket. */
  readonly websocket: string;
  /** Address of a recording to play instead of connecting to a server, relative to the page's; null: none. */
  readonly playbackPath: string | null;
  /** The origin of the page around this one that may control it; null: none may. */
  readonly controlOrigin: string | null;
  readonly darkMode: boolean;
  readonly showStats: boolean;
  /** Device pixel ratio to draw with instead of the screen's. */
  readonly fixedDpr: number | null;
  /** Writes the camera to the console when it moves. */
  readonly logCamera: boolean;
  readonly hideViserLogo: boolean;
  readonly hideSceneTree: boolean;
  /** Large arrays are fetched over HTTP, if the server can; else they are in the connection. */
  readonly fetchArrays: boolean;
  readonly forceOrbitOriginTool: boolean;
  /** Of Scene.SetLook; only these are on, until the user or the program changes them; null: not set. */
  readonly looks: readonly string[] | null;
  readonly initialCamera: InitialCamera;
  readonly linkedView: LinkedView;
  /** Those of a link to a page that is split; null: it is not. */
  readonly views: URLSearchParams | null;
  /** The cuts of a link, as view/cut/cutLink writes them. */
  readonly cuts: readonly string[];
  readonly dummyWindow: DummyWindow | null;
}

/** More nodes are left out. A link of the page has no more, as it is bounded. */
const MAX_LINKED_NODES = 2_000;

/** The parameters of a link to a view. */
export const VIEW_PARAMS = [
  "initialCameraPosition",
  "initialCameraLookAt",
  "initialCameraUp",
  "initialCameraFov",
  "initialCameraNear",
  "initialCameraFar",
  "initialCameraProjection",
  "theme",
  "hide",
  "show",
  "select",
  "views",
  "camera1",
  "camera2",
  "camera3",
  "hide0",
  "hide1",
  "hide2",
  "hide3",
  "cut",
  "looks",
] as const;

/** A parameter that cannot be parsed counts as absent; a warning in the console names it. */
export function parseParams(location: {
  protocol: string;
  host: string;
  pathname: string;
  search: string;
}): UrlParams {
  const query = new URLSearchParams(location.search);
  return {
    websocket: query.get("websocket") || pageWebsocket(location),
    playbackPath: query.get("playbackPath") || null,
    controlOrigin: origin(query, "controlOrigin"),
    darkMode: flag(query, "darkMode"),
    showStats: flag(query, "showStats"),
    fixedDpr: positive(query, "fixedDpr"),
    logCamera: flag(query, "logCamera"),
    hideViserLogo: flag(query, "hideViserLogo"),
    hideSceneTree: flag(query, "hideSceneTree"),
    fetchArrays: flag(query, "fetchArrays", true),
    forceOrbitOriginTool: flag(query, "forceOrbitOriginTool"),
    looks: query.get("looks")?.split(",") ?? null,
    initialCamera: {
      position: triple(query, "initialCameraPosition"),
      lookAt: triple(query, "initialCameraLookAt"),
      up: direction(query, "initialCameraUp"),
      fov: positive(query, "initialCameraFov"),
      ...planes(query),
      projection: oneOf(query, "initialCameraProjection", ["perspective", "orthographic"]),
    },
    linkedView: {
      theme: oneOf(query, "theme", ["light", "dark"]),
      hide: query.getAll("hide").slice(0, MAX_LINKED_NODES),
      show: query.getAll("show").slice(0, MAX_LINKED_NODES),
      select: query.getAll("select").slice(0, MAX_LINKED_NODES),
    },
    views: query.has("views") ? query : null,
    cuts: query.getAll("cut").slice(0, MAX_LINKED_NODES),
    dummyWindow: dummyWindow(query),
  };
}

/** The camera as parameters to be added to the page's address, which then begins there. */
export function cameraParams(camera: ViewerCameraMessage): string {
  const short = (x: number) => String(Number(x.toPrecision(6)));
  const place = shortNumbers(camera.position, camera.look_at);
  return [
    "",
    `initialCameraPosition=${camera.position.map(place).join(",")}`,
    `initialCameraLookAt=${camera.look_at.map(place).join(",")}`,
    `initialCameraUp=${camera.up_direction.map(short).join(",")}`,
    `initialCameraFov=${short(camera.fov)}`,
    `initialCameraNear=${short(camera.near)}`,
    `initialCameraFar=${short(camera.far)}`,
    ...(camera.projection === "orthographic" ? ["initialCameraProjection=orthographic"] : []),
  ].join("&");
}

/**
 * Writes coordinates of a camera with as many digits as matter for what it sees: far from the origin that are more
 * than for a small scene.
 */
export function shortNumbers(
  position: readonly number[],
  lookAt: readonly number[],
): (x: number) => string {
  const distance = Math.hypot(...position.map((p, i) => p - lookAt[i]!));
  const places = Math.ceil(5 - Math.log10(distance));
  const bounded = Number.isFinite(places) ? Math.min(100, Math.max(0, places)) : 6;
  return (x) => String(Number(x.toFixed(bounded)) + 0);
}

/** The websocket of the server that sent the page, under the same path. */
function pageWebsocket(location: { protocol: string; host: string; pathname: string }): string {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const directory = location.pathname.slice(0, location.pathname.lastIndexOf("/") + 1);
  return `${scheme}://${location.host}${directory || "/"}`;
}

/** "?name" and "?name=1" are true, "?name=0" and "?name=false" are false. */
function flag(query: URLSearchParams, name: string, absent = false): boolean {
  const value = query.get(name);
  if (value === null) return absent;
  return value !== "0" && value.toLowerCase() !== "false";
}

function oneOf<T extends string>(
  query: URLSearchParams,
  name: string,
  values: readonly T[],
): T | null {
  const text = query.get(name);
  if (text === null) return null;
  return values.find((v) => v === text) ?? unreadable(name, text, values.join(" or "));
}

function origin(query: URLSearchParams, name: string): string | null {
  const text = query.get(name);
  if (text === null || isOrigin(text)) return text;
  return unreadable(name, text, "an origin, such as https://example.org");
}

/** An exact origin, "https://example.org:8443"; "null", which every sandboxed page has, is none. */
export function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}

function positive(query: URLSearchParams, name: string): number | null {
  const text = query.get(name);
  if (text === null) return null;
  const value = toNumber(text);
  if (value === null || value <= 0) return unreadable(name, text, "a number above zero");
  return value;
}

function triple(query: URLSearchParams, name: string): Triple | null {
  const text = query.get(name);
  if (text === null) return null;
  const [x, y, z, ...more] = text.split(",").map(toNumber);
  if (x == null || y == null || z == null || more.length > 0) {
    return unreadable(name, text, "three numbers, x,y,z");
  }
  return [x, y, z];
}

function direction(query: URLSearchParams, name: string): Triple | null {
  const v = triple(query, name);
  return v?.every((x) => x === 0) ? unreadable(name, v.join(), "a direction") : v;
}

/** The near plane must be nearer than the far one, if both are given. */
function planes(query: URLSearchParams): { near: number | null; far: number | null } {
  const near = positive(query, "initialCameraNear");
  const far = positive(query, "initialCameraFar");
  if (near === null || far === null || near < far) return { near, far };
  unreadable("initialCameraNear", String(near), "nearer than initialCameraFar");
  return { near: null, far: null };
}

function dummyWindow(query: URLSearchParams): DummyWindow | null {
  const text = query.get("dummyWindowDimensions");
  if (text === null) return null;
  const title = query.get("dummyWindowTitle") ?? "";
  if (text === "fill") return { size: "fill", title };
  const [, width, height] = /^(\d{2,5})x(\d{2,5})$/.exec(text) ?? [];
  if (!width || !height) {
    return unreadable("dummyWindowDimensions", text, "WIDTHxHEIGHT or fill");
  }
  return { size: [Number(width), Number(height)], title };
}

function toNumber(text: string): number | null {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : null;
}

function unreadable(name: string, text: string, wanted: string): null {
  console.warn(
    `viser: ${name}=${text.slice(0, 80)} in the address is ignored: it is not ${wanted}`,
  );
  return null;
}
