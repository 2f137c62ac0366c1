/**
 * Fog, and the environment map that lights the scene and may be its background. The decoder is loaded with the first
 * map. three.js prefilters a map once and keeps the result with the texture; disposing of the texture frees both.
 */
import {
  Color,
  type DataTexture,
  type Euler,
  Fog,
  Quaternion,
  type Scene,
  type Texture,
} from "three";
import type { EnvironmentMapMessage, FogMessage } from "../protocol/messages.gen";
import type { ImageLoader } from "./images";
import type { Pose } from "./pose";
import { linearRgb } from "./surfaces";

/** In an environment map y is up, in viser z. */
const Y_UP_TO_Z_UP = new Quaternion(Math.SQRT1_2, 0, 0, Math.SQRT1_2);

export class Environment {
  private message: EnvironmentMapMessage | null = null;
  private texture: DataTexture | null = null;
  /** Incremented by each map, so that one that was overtaken while it was decoded is dropped. */
  private generation = 0;
  private fogReceived = false;
  private mapReceived = false;
  private standIn: Texture | null = null;

  constructor(
    private readonly scene: Scene,
    private readonly root: Pose,
    /** Switches the default environment on or off. */
    private readonly setDefault: (on: boolean) => void,
    private readonly images: ImageLoader,
    private readonly changed: () => void,
    /** Problem with the map; null: none. */
    private readonly report: (problem: string | null) => void,
  ) {}

  replayStart(): void {
    this.fogReceived = false;
    this.mapReceived = false;
  }

  /** Resets what was not received again after a reconnection. */
  replayDone(): void {
    if (!this.fogReceived) this.scene.fog = null;
    if (!this.mapReceived && this.message) {
      this.message = null;
      this.show(null);
    }
    this.changed();
  }

  setFog(m: FogMessage): void {
    this.fogReceived = true;
    const ok = m.enabled && Number.isFinite(m.near) && Number.isFinite(m.far);
    // three.js divides by far - near, so far must be greater: the fog then begins abruptly.
    const far = Math.max(m.far, m.near + 1e-6);
    this.scene.fog = ok ? new Fog(new Color().setRGB(...linearRgb(m.color)), m.near, far) : null;
    this.changed();
  }

  setMap(m: EnvironmentMapMessage): void {
    this.mapReceived = true;
    const before = this.message?.hdri_data ?? null;
    this.message = m;
    if (!m.hdri_data) {
      this.generation++;
      this.show(null);
    } else if (before && this.texture && equal(before, m.hdri_data)) {
      this.generation++;
      this.show(this.texture);
    } else {
      this.load(m.hdri_data);
    }
  }

  /** Light from all around while there is no map; null: none. Its owner requests the frame. */
  setStandIn(texture: Texture | null): void {
    this.standIn = texture;
    this.light();
  }

  /** Call after the root's orientation has changed. */
  rootTurned(): void {
    if (this.texture) this.show(this.texture);
  }

  dispose(): void {
    this.generation++;
    this.show(null);
    this.scene.fog = null;
  }

  private load(bytes: Uint8Array): void {
    const generation = ++this.generation;
    const work = import("./hdr")
      .then(({ decodeHdr }) => decodeHdr(bytes, this.images.maxSize))
      .then(
        (texture) => {
          if (generation === this.generation) this.show(texture);
          else texture.dispose();
        },
        (e: unknown) => {
          if (generation !== this.generation) return;
          this.show(null);
          const why = e instanceof Error ? e.message : String(e);
          this.report(`the environment map can't be shown: ${why}`);
        },
      );
    this.images.wait(work);
  }

  private show(texture: DataTexture | null): void {
    this.report(null);
    if (this.texture !== texture) this.texture?.dispose();
    this.texture = texture;
    const { scene, message: m } = this;
    this.light();
    scene.background = texture && m?.background ? texture : null;
    if (m) {
      scene.backgroundIntensity = number(m.background_intensity, 1);
      scene.backgroundBlurriness = Math.min(number(m.background_blurriness, 0), 1);
      this.setRotation(scene.backgroundRotation, m.background_wxyz);
    }
    this.changed();
  }

  /** What lights the scene: the map, or what stands in for it, or by default neither. */
  private light(): void {
    const { scene, texture, standIn, message: m } = this;
    scene.environment = texture ?? standIn;
    scene.environmentIntensity = texture ? number(m!.environment_intensity, 1) : 1;
    if (texture) this.setRotation(scene.environmentRotation, m!.environment_wxyz);
    else scene.environmentRotation.set(0, 0, 0);
    this.setDefault(m === null && standIn === null);
  }

  private setRotation(out: Euler, wxyz: readonly number[]): void {
    const { qx, qy, qz, qw } = this.root;
    const [w, x, y, z] = wxyz;
    const q = new Quaternion(x, y, z, w);
    const length = q.length();
    if (!(length > 0 && length < Infinity)) q.identity();
    const whole = new Quaternion(qx, qy, qz, qw).multiply(q.normalize()).multiply(Y_UP_TO_Z_UP);
    out.setFromQuaternion(whole);
  }
}

function number(x: number, otherwise: number): number {
  return x >= 0 && x < Infinity ? x : otherwise;
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((x, i) => x === b[i]);
}
