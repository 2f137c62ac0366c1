/**
 * Pictures and videos of the view, links to it, and its camera as code: the actions, and what is open. The work is in
 * chunks that are loaded when they are used.
 */
import type { GuiOptions } from "../../contract";
import { Disposables } from "../../shared/disposables";
import { Cell } from "../../shared/observable";
import type { Notices } from "../notices/notices";
import type { ThemeState } from "../themeState";
import type { VideoRecorder } from "./videoRecorder";

export class PictureTools {
  /** Whether the dialog is open. */
  readonly open = new Cell(false);
  /** The video in progress. */
  readonly video = new Cell<VideoRecorder | null>(null);
  private readonly disposables = new Disposables();
  private starting = false;

  constructor(
    private readonly options: Pick<GuiOptions, "scene" | "actions">,
    private readonly notices: Notices,
    private readonly theme: ThemeState,
  ) {
    const { actions } = options;
    this.disposables.add(
      actions.add(
        {
          id: "picture.save",
          label: "Save a picture …",
          description: "png screenshot, transparent, larger",
          section: "Picture",
          run: () => this.open.set(true),
        },
        {
          id: "picture.copy",
          label: "Copy a picture",
          description: "screenshot to the clipboard",
          section: "Picture",
          available: () => typeof ClipboardItem === "function",
          run: () => this.copyPicture(),
        },
        {
          id: "picture.video",
          label: "Record a video",
          description: "webm of the canvas",
          section: "Picture",
          available: () => typeof MediaRecorder === "function",
          on: () => this.video.get() !== null,
          run: () => this.toggleVideo(),
        },
        {
          id: "picture.link",
          label: "Copy a link to this view",
          description: "share url with camera, selection, hidden nodes",
          section: "Picture",
          run: () => this.copyLink(),
        },
        {
          id: "picture.code",
          label: "Copy the camera as Go code",
          section: "Picture",
          run: () => this.copyCode(),
        },
      ),
    );
  }

  async copyPicture(): Promise<void> {
    const { scene } = this.options;
    const { copyPicture } = await import("../../shared/clipboard");
    const { seenSize, takePicture } = await import("./takePicture");
    const shot = { ...seenSize(scene), transparent: false, labels: true };
    await copyPicture(takePicture(scene, shot, scene.overlays.get()));
    this.say("Picture copied");
  }

  async copyLink(): Promise<void> {
    const { copyText } = await import("../../shared/clipboard");
    const { linkTo } = await import("./viewLink");
    const link = linkTo(window.location.href, this.options.scene, this.theme.choice.get());
    await copyText(link.url);
    const left = link.leftOut;
    this.say("Link copied", left > 0 ? `It is too long for ${left} of the nodes.` : "");
  }

  async copyCode(): Promise<void> {
    const { copyText } = await import("../../shared/clipboard");
    const { cameraCode } = await import("./cameraCode");
    await copyText(cameraCode(this.options.scene.camera()));
    this.say("Go code copied");
  }

  async toggleVideo(): Promise<void> {
    const running = this.video.get();
    if (running) return running.stop();
    if (this.starting) return;
    this.starting = true;
    try {
      const { VideoRecorder } = await import("./videoRecorder");
      const video = new VideoRecorder(this.options.scene, (problem) => {
        this.video.set(null);
        if (problem) this.say("The video has ended", problem);
      });
      this.video.set(video);
    } finally {
      this.starting = false;
    }
  }

  dispose(): void {
    this.video.get()?.cancel();
    this.disposables.dispose();
  }

  /** Shows for a moment what was done. */
  say(title: string, body = ""): void {
    const autoCloseMs = body === "" ? 2_500 : 8_000;
    this.notices.show("picture", { title, body, loading: false, closable: true, autoCloseMs });
  }
}
