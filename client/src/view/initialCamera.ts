/**
 * The pose and lens that the camera starts with, and that "Reset View" leads to. The parameters of the URL win
 * over the server's initial camera, which wins over the defaults.
 */
import type { CameraProjection, Vec3 } from "../protocol/messages.gen";
import type { UrlParams } from "../shared/params";

/** In the axes of three.js: it looks at a scene from above, whatever the scene's up direction is. */
export const DEFAULT_POSITION = [-3, 3, -3] as const;

const DEFAULT_LENS: Lens = {
  fov: (75 * Math.PI) / 180,
  near: 0.01,
  far: 1000,
  projection: "perspective",
};

/** Vertical field of view in radians; near and far plane in scene units. */
export interface Lens {
  fov: number;
  near: number;
  far: number;
  projection: CameraProjection;
}

/** In viser's world. */
export interface CameraPose {
  position: Vec3;
  lookAt: Vec3;
  up: Vec3;
}

export class InitialCamera {
  /** Whether the server has changed it; reset by its consumer. */
  changed = true;
  private fromServer: Partial<CameraPose & Lens> = {};
  private readonly fromUrl: Partial<CameraPose & Lens> = {};

  constructor(url: UrlParams["initialCamera"]) {
    const { position, lookAt, up, fov, near, far, projection } = url;
    if (position) this.fromUrl.position = [...position];
    if (lookAt) this.fromUrl.lookAt = [...lookAt];
    if (up) this.fromUrl.up = [...up];
    if (fov !== null) this.fromUrl.fov = fov;
    if (near !== null) this.fromUrl.near = near;
    if (far !== null) this.fromUrl.far = far;
    if (projection !== null) this.fromUrl.projection = projection;
  }

  /** A new connection: its server sends its own initial camera. */
  replayStart(): void {
    this.fromServer = {};
    this.changed = true;
  }

  /** What the server sends. */
  set<K extends keyof (CameraPose & Lens)>(part: K, value: (CameraPose & Lens)[K]): void {
    Object.assign(this.fromServer, { [part]: value });
    this.changed = true;
  }

  /** Parts that nobody has set are undefined. */
  pose(): Partial<CameraPose> {
    return { ...this.fromServer, ...this.fromUrl };
  }

  lens(): Lens {
    return { ...DEFAULT_LENS, ...this.fromServer, ...this.fromUrl };
  }
}
