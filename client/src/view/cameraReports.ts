import type { Send } from "../contract";
import { cameraParams } from "../shared/params";
import type { CameraRig } from "./camera";
import { Throttle } from "./loop";

/** Milliseconds between two camera messages while the camera moves. */
const INTERVAL_MS = 20;

/** Sends the camera's pose to the server whenever it has changed. */
export class CameraReports {
  private readonly out = new Throttle(INTERVAL_MS, () => this.send());
  /** The root's orientation is known. Before that, the camera's pose in viser's world would be wrong. */
  private oriented = false;
  private lastSent = "";

  constructor(
    private readonly rig: CameraRig,
    private readonly s: {
      send: Send;
      resize(): void;
      logCamera(): boolean;
      /** Of the camera's picture, in device pixels. */
      size(): { width: number; height: number };
    },
  ) {}

  /** A new connection: the server does not know the pose yet. */
  replayStart(): void {
    this.lastSent = "";
    if (this.oriented) this.out.now();
  }

  replayDone(): void {
    this.oriented = true;
    this.out.now();
  }

  /** The root was turned: the same view is another pose in viser's world. */
  rootTurned(): void {
    const first = !this.oriented;
    this.oriented = true;
    if (first) this.out.now();
    else this.out.call();
  }

  /** After each frame. */
  frameDrawn(): void {
    if (!this.oriented) return;
    const { width, height } = this.s.size();
    const now = `${this.rig.key()} ${width} ${height}`;
    if (now === this.lastSent) return;
    this.lastSent = now;
    this.out.call();
  }

  dispose(): void {
    this.out.stop();
  }

  private send(): void {
    this.s.resize();
    this.rig.update(0);
    const { width, height } = this.s.size();
    const message = this.rig.message(width, height);
    this.s.send(message);
    if (this.s.logCamera()) console.log(cameraParams(message));
  }
}
