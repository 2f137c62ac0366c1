import type { PictureOptions, PictureOverlay, SceneView } from "../../contract";
import { drawElement } from "./drawElement";

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
  const seen = scene.element.getBoundingClientRect();
  const scale = options.height / Math.max(1, seen.height);
  for (const { element } of overlays) {
    const box = element.getBoundingClientRect();
    // A picture of other proportions keeps what is at its right edge there.
    const right = box.x + box.width / 2 > seen.x + seen.width / 2;
    const moved = right ? options.width / scale - seen.width : 0;
    to.setTransform(scale, 0, 0, scale, (moved - seen.x) * scale, -seen.y * scale);
    drawElement(to, element);
  }
  return canvas.convertToBlob({ type: "image/png" });
}
