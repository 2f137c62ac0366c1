/** The parameters in the page's URL. */
import type { ViewerCameraMessage } from "../protocol/messages.gen";

export type Triple = readonly [number, number, number];

export interface InitialCamera {
  readonly position: Triple | null;
  readonly lookAt: Triple | null;
  readonly up: Triple | null;
  /** Radians, vertical. */
  readonly fov: number | null;
  readonly near: number | null;
  readonly far: number | null;
}

/** The page is drawn as a window of this size (CSS pixels), for screenshots. */
export interface DummyWindow {
  readonly size: readonly [number, number] | "fill";
  readonly title: string;
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
  readonly initialCamera: InitialCamera;
  readonly dummyWindow: DummyWindow | null;
}

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
    initialCamera: {
      position: triple(query, "initialCameraPosition"),
      lookAt: triple(query, "initialCameraLookAt"),
      up: triple(query, "initialCameraUp"),
      fov: positive(query, "initialCameraFov"),
      near: positive(query, "initialCameraNear"),
      far: positive(query, "initialCameraFar"),
    },
    dummyWindow: dummyWindow(query),
  };
}

/** The camera as parameters to be added to the page's address, which then begins there. */
export function cameraParams(camera: ViewerCameraMessage): string {
  const short = (x: number) => String(Number(x.toPrecision(6)));
  const list = (v: readonly number[]) => v.map(short).join(",");
  return [
    "",
    `initialCameraPosition=${list(camera.position)}`,
    `initialCameraLookAt=${list(camera.look_at)}`,
    `initialCameraUp=${list(camera.up_direction)}`,
    `initialCameraFov=${short(camera.fov)}`,
    `initialCameraNear=${short(camera.near)}`,
    `initialCameraFar=${short(camera.far)}`,
  ].join("&");
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
