/**
 * Cuts in a link: "plane,x,y,z,nx,ny,nz" with the plane's place and normal, or "box,x,y,z,hx,hy,hz" with the middle and
 * half the size of a box, in the viser world. "flip", "open" (it is not filled) and "off" may follow, and at the end the
 * paths of the nodes that are cut, one a line.
 */
import type { Vec3 } from "../../protocol/messages.gen";
import { Cut } from "../../scene/cuts/cut";
import { Pose } from "../../scene/pose";
import { placeOf } from "./space";

const DIGITS = 7;
const MAX_NODES = 200;

export function writeCut(cut: Cut): string {
  const numbers = [...placeOf(cut), ...(cut.normal ?? cut.half)];
  const words = [
    cut.normal ? "plane" : "box",
    ...numbers.map((v) => String(Number(v.toPrecision(DIGITS)))),
    ...(cut.flip ? ["flip"] : []),
    ...(cut.cap ? [] : ["open"]),
    ...(cut.shown ? [] : ["off"]),
  ];
  return words.join(",") + cut.nodes.join("\n");
}

/** null: it can't be read. */
export function readCut(text: string, key: string): Cut | null {
  const slash = text.indexOf("/");
  const head = slash < 0 ? text : text.slice(0, slash);
  const nodes = slash < 0 ? [] : text.slice(slash).split("\n");
  const [kind, ...words] = head.split(",");
  const n = words.slice(0, 6).map((word) => (word.trim() === "" ? Number.NaN : Number(word)));
  const flags = words.slice(6);
  const known = flags.every((word) => ["flip", "open", "off"].includes(word));
  if (n.length !== 6 || !n.every(usable) || !known || nodes.length > MAX_NODES) return null;
  const cut = new Cut(key);
  cut.inRoot = new Pose();
  if (!cut.inRoot.setPosition(n[0]!, n[1]!, n[2]!)) return null;
  const v: Vec3 = [n[3]!, n[4]!, n[5]!];
  const length = Math.hypot(...v);
  if (kind === "plane" && length > 0) cut.normal = v.map((x) => x / length) as Vec3;
  else if (kind === "box" && v.every((x) => x > 0)) cut.half = v;
  else return null;
  cut.flip = flags.includes("flip");
  cut.cap = !flags.includes("open");
  cut.shown = !flags.includes("off");
  cut.nodes = nodes;
  return cut;
}

function usable(v: number): boolean {
  return Number.isFinite(v) && Math.abs(v) < 1e30;
}
