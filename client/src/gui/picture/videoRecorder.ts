import type { SceneView } from "../../contract";
import { Cell } from "../../shared/observable";
import { saveFile } from "../../shared/saveFile";

/** What browsers record, best first; Safari has no WebM. */
const TYPES = ["video/webm;codecs=vp9", "video/webm;codecs=vp8", "video/webm", "video/mp4"];
const BITS_PER_SECOND = 12e6;
/** Browsers keep what was recorded, and can't hold more in one file. */
const MAX_BYTES = 1.5e9;
const PART_MS = 1_000;

export interface VideoProgress {
  seconds: number;
  bytes: number;
}

/** Records the canvas, frame by frame as they are drawn, and saves the file when it is stopped. */
export class VideoRecorder {
  readonly progress = new Cell<VideoProgress>({ seconds: 0, bytes: 0 });
  private readonly recorder: MediaRecorder;
  private readonly stream: MediaStream;
  private readonly parts: Blob[] = [];
  private readonly begin = performance.now();
  private bytes = 0;
  private problem = "";
  private readonly timer: ReturnType<typeof setInterval>;
  private readonly stopped: Promise<void>;

  /** `ended` is called once, with a reason for the user if it was not stopped by them. Throws what the browser says. */
  constructor(
    private readonly scene: SceneView,
    private readonly ended: (problem: string) => void,
  ) {
    const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
    if (!mimeType) throw new Error("This browser cannot record videos.");
    this.stream = scene.element.captureStream();
    this.recorder = new MediaRecorder(this.stream, {
      mimeType,
      videoBitsPerSecond: BITS_PER_SECOND,
    });
    this.recorder.addEventListener("dataavailable", (e) => this.add(e.data));
    this.recorder.addEventListener("error", () => this.fail("The browser cannot record any more."));
    this.stopped = new Promise((resolve) => {
      this.recorder.addEventListener("stop", () => {
        this.finish();
        resolve();
      });
    });
    this.timer = setInterval(() => this.report(), PART_MS);
    this.recorder.start(PART_MS);
    // An idle page draws nothing by itself, and the video needs a first frame.
    scene.redraw();
  }

  /** Ends the video and saves it. */
  async stop(): Promise<void> {
    if (this.recorder.state === "inactive") return this.stopped;
    // The last picture counts for as long as it was seen.
    this.scene.redraw();
    await nextFrame();
    this.end();
    return this.stopped;
  }

  /** Ends without a file: the page ends. */
  cancel(): void {
    this.parts.length = 0;
    this.bytes = Number.NaN;
    this.end();
  }

  private end(): void {
    if (this.recorder.state !== "inactive") this.recorder.stop();
  }

  private add(part: Blob): void {
    if (part.size === 0 || Number.isNaN(this.bytes)) return;
    this.parts.push(part);
    this.bytes += part.size;
    if (this.bytes > MAX_BYTES) this.fail("The file has 1.5 GB, the most that a page can keep.");
  }

  private fail(problem: string): void {
    if (this.recorder.state === "inactive") return;
    this.problem = problem;
    this.recorder.stop();
  }

  private report(): void {
    const seconds = (performance.now() - this.begin) / 1000;
    this.progress.set({ seconds, bytes: this.bytes });
  }

  private finish(): void {
    clearInterval(this.timer);
    for (const track of this.stream.getTracks()) track.stop();
    if (this.parts.length > 0) {
      const { mimeType } = this.recorder;
      const name = mimeType.startsWith("video/mp4") ? "viser.mp4" : "viser.webm";
      saveFile(new Blob(this.parts, { type: mimeType }), name);
    }
    this.ended(this.problem);
  }
}

/** After the next frame was drawn; in a hidden page there is none. */
function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 100);
    requestAnimationFrame(() => setTimeout(resolve));
  });
}
