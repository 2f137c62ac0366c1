/**
 * The views in a link: "views" has the layout and whether they are linked, "camera1" to "camera3" the cameras of the
 * others beside the main one, and "hide0" to "hide3" the nodes that are hidden in one view.
 */
import type { Vec3 } from "../../protocol/messages.gen";
import { shortNumbers } from "../../shared/params";
import { isLayout } from "./layouts";
import type { ViewSplit } from "./split";

/** Position, look-at point, up direction; then the field of view, and how it is drawn. */
const NUMBERS = 10;
const MAX_HIDDEN = 2_000;

export type Parameter = readonly [name: string, value: string];

export function viewsParams(split: ViewSplit): readonly Parameter[] {
  if (split.layout === "single") return [];
  const out: Parameter[] = [["views", split.linked ? `${split.layout},linked` : split.layout]];
  for (let i = 0; ; i++) {
    const view = split.viewAt(i);
    if (!view) return out;
    if (i > 0) {
      const c = view.rig.message(1, 1);
      const place = shortNumbers(c.position, c.look_at);
      const short = (x: number) => String(Number(x.toFixed(6)) + 0);
      const numbers = [
        ...[...c.position, ...c.look_at].map(place),
        ...[...c.up_direction, c.fov].map(short),
      ];
      out.push([`camera${i}`, `${numbers.join(",")},${c.projection}`]);
    }
    for (const path of split.hiddenPaths(view)) out.push([`hide${i}`, path]);
  }
}

/** What can't be read is left out. */
export function followViews(split: ViewSplit, query: URLSearchParams): void {
  const [layout, linked] = (query.get("views") ?? "").split(",");
  if (!isLayout(layout) || layout === "single") return;
  split.setLayout(layout);
  for (let i = 0; ; i++) {
    const view = split.viewAt(i);
    if (!view) break;
    const hidden = query.getAll(`hide${i}`).slice(0, MAX_HIDDEN);
    if (hidden.length > 0) split.setHidden(view, new Set(hidden));
    const parts = query.get(`camera${i}`)?.split(",") ?? [];
    const n = parts.slice(0, NUMBERS).map(Number);
    if (i === 0 || parts.length !== NUMBERS + 1 || !n.every(Number.isFinite)) continue;
    const triple = (at: number): Vec3 => [n[at]!, n[at + 1]!, n[at + 2]!];
    const initial = false;
    const { rig } = view;
    rig.apply({ type: "SetCameraPositionMessage", position: triple(0), initial });
    rig.apply({ type: "SetCameraLookAtMessage", look_at: triple(3), initial });
    rig.apply({ type: "SetCameraUpDirectionMessage", position: triple(6), initial });
    rig.apply({ type: "SetCameraFovMessage", fov: n[9]!, initial });
    const projection = parts[NUMBERS] === "orthographic" ? "orthographic" : "perspective";
    rig.setProjection(projection);
    rig.commit(false);
  }
  // The program's initial camera of the main view is not to move the others.
  split.linkedAfterReplay = linked === "linked";
}
