import type { PictureOptions, SceneView } from "../../contract";
import type { PictureOverlay } from "./overlay";

/** The size of the canvas in pixels. */
export function seenSize(scene: SceneView): { width: number; height: number } {
  const { width, height } = scene.element;
  return { width, height };
}

/** A PNG file of the view with what lies over it. Rejects with a reason for the user. */
export async function takePicture(
  scene: SceneView,
  options: PictureOptions,
  overlays: readonly PictureOverlay[],
): Promise<Blob> {
  const blob = await scene.picture(options);
  if (overlays.length === 0) return blob;
  const bitmap = await createImageBitmap(blob);
  const canvas = new OffscreenCanvas(options.width, options.height);
  const to = canvas.getContext("2d")!;
  to.drawImage(bitmap, 0, 0);
  bitmap.close();
  // As in the canvas, what has a size on the screen keeps its share of the height.
  const scale = options.height / Math.max(1, scene.element.clientHeight);
  for (const overlay of overlays) {
    to.save();
    overlay.draw(to, scale, options.width / scale, options.height / scale);
    to.restore();
  }
  return canvas.convertToBlob({ type: "image/png" });
}
