/** What the page's address says. */

export type Triple = readonly [number, number, number];

export interface UrlParams {
  /** Address of the server's websocket. */
  readonly websocket: string;
  readonly darkMode: boolean;
  readonly showStats: boolean;
  /** Device pixel ratio to draw with instead of the screen's. */
  readonly fixedDpr: number | null;
  /** Writes the camera to the console when it moves. */
  readonly logCamera: boolean;
  readonly hideViserLogo: boolean;
  readonly hideSceneTree: boolean;
  readonly initialCamera: {
    readonly position: Triple | null;
    readonly lookAt: Triple | null;
    readonly up: Triple | null;
    /** Radians, vertical. */
    readonly fov: number | null;
    readonly near: number | null;
    readonly far: number | null;
  };
  /** The page draws itself in a box of this size (CSS pixels), or in the whole window ("fill"), framed as a window. */
  readonly dummyWindow: {
    readonly size: readonly [number, number] | "fill";
    readonly title: string;
  } | null;
}
