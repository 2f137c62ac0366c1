/** Labels under the pointer: the hit area is the label's rectangle after placement. */
import { ahead, fromEye, pointerAt } from "../screenPick";
import type { Eye, Hit, Ray } from "../visual";
import type { Label } from "./label";

export function pickLabel(label: Label, ray: Ray, eye: Eye): Hit | null {
  const { box, spec } = label;
  if (!box) return null;
  const [x, y, depth] = fromEye(ray, eye, label.x, label.y, label.z);
  if (!(depth > eye.near)) return null;
  const [px, py] = pointerAt(ray, eye);
  const [left, bottom, width, height] = box;
  const unit = spec.mode === "screen" ? eye.pixel : 1 / depth;
  const right = (px - x / depth) / unit - (left + label.shiftX);
  const up = (py - y / depth) / unit - (bottom + label.shiftY);
  if (!(right >= 0 && right <= width && up >= 0 && up <= height)) return null;
  const hit: Hit = { distance: depth / ahead(ray, eye), instance: null };
  return spec.depthTest ? { ...hit, occludable: true } : { ...hit, onTop: true };
}
