/**
 * What is around a scene: fog, and a panorama that lights it and may be seen behind it. The code that decodes
 * panoramas comes when the first one does. three.js filters a panorama once and keeps the result with the
 * texture; disposing of the texture frees both.
 */
import { Color, type DataTexture, type Euler, Fog, Quaternion, type Scene } from "three";
import type { EnvironmentMapMessage, FogMessage } from "../protocol/messages.gen";
import type { ImageLoader } from "./images";
import type { Pose } from "./pose";
import { linearRgb } from "./surfaces";

/** A panorama's up is y, viser's is z. */
const UPRIGHT = new Quaternion(Math.SQRT1_2, 0, 0, Math.SQRT1_2);

export class Surroundings {
  private message: EnvironmentMapMessage | null = null;
  private texture: DataTexture | null = null;
  /** Counts panoramas, so that one that was overtaken while it was decoded is dropped. */
  private turn = 0;
  private fogSaid = false;
  private panoramaSaid = false;

  constructor(
    private readonly scene: Scene,
    private readonly root: Pose,
    /** Whether no surroundings have been received. */
    private readonly setUnknown: (unknown: boolean) => void,
    private readonly images: ImageLoader,
    private readonly changed: () => void,
    /** Problem with the panorama; null: none. */
    private readonly report: (problem: string | null) => void,
  ) {}

  replayStart(): void {
    this.fogSaid = false;
    this.panoramaSaid = false;
  }

  /** What was not received again after a reconnection is reset. */
  replayDone(): void {
    if (!this.fogSaid) this.scene.fog = null;
    if (!this.panoramaSaid && this.message) {
      this.message = null;
      this.show(null);
      this.setUnknown(true);
    }
    this.changed();
  }

  setFog(m: FogMessage): void {
    this.fogSaid = true;
    const ok = m.enabled && Number.isFinite(m.near) && Number.isFinite(m.far);
    // Where far is not behind near, fog is a wall: three.js would divide by nothing.
    const far = Math.max(m.far, m.near + 1e-6);
    this.scene.fog = ok ? new Fog(new Color().setRGB(...linearRgb(m.color)), m.near, far) : null;
    this.changed();
  }

  setPanorama(m: EnvironmentMapMessage): void {
    this.panoramaSaid = true;
    const before = this.message?.hdri_data ?? null;
    this.message = m;
    this.setUnknown(false);
    if (!m.hdri_data) {
      this.turn++;
      this.show(null);
    } else if (before && this.texture && equal(before, m.hdri_data)) {
      this.turn++;
      this.show(this.texture);
    } else {
      this.load(m.hdri_data);
    }
  }

  /** After the root was turned. */
  turned(): void {
    if (this.texture) this.show(this.texture);
  }

  dispose(): void {
    this.turn++;
    this.show(null);
    this.scene.fog = null;
  }

  private load(bytes: Uint8Array): void {
    const turn = ++this.turn;
    const work = import("./hdr")
      .then(({ decodeHdr }) => decodeHdr(bytes, this.images.maxSize))
      .then(
        (texture) => {
          if (turn === this.turn) this.show(texture);
          else texture.dispose();
        },
        (e: unknown) => {
          if (turn !== this.turn) return;
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
    scene.environment = texture;
    scene.background = texture && m?.background ? texture : null;
    if (m) {
      scene.environmentIntensity = number(m.environment_intensity, 1);
      scene.backgroundIntensity = number(m.background_intensity, 1);
      scene.backgroundBlurriness = Math.min(number(m.background_blurriness, 0), 1);
      this.rotate(scene.environmentRotation, m.environment_wxyz);
      this.rotate(scene.backgroundRotation, m.background_wxyz);
    }
    this.changed();
  }

  private rotate(out: Euler, wxyz: readonly number[]): void {
    const { qx, qy, qz, qw } = this.root;
    const [w, x, y, z] = wxyz;
    const q = new Quaternion(x, y, z, w);
    const length = q.length();
    if (!(length > 0 && length < Infinity)) q.identity();
    const whole = new Quaternion(qx, qy, qz, qw).multiply(q.normalize()).multiply(UPRIGHT);
    out.setFromQuaternion(whole);
  }
}

function number(x: number, otherwise: number): number {
  return x >= 0 && x < Infinity ? x : otherwise;
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((x, i) => x === b[i]);
}
