/** Wheel, drags, pinches, double clicks and keys of a view. */
import { Disposables } from "../../shared/disposables";
import { moved, type Point, type Size, type View, zoomed } from "./viewport";

export interface Target {
  /** null: nothing is shown. */
  picture(): Size | null;
  box(): Size;
  view(): View;
  setView(view: View): void;
  fit(): void;
  /** The pointer is over that point; null: it has left. */
  over(at: Point | null): void;
  click(at: Point): void;
}

/** Moved by less is a click. */
const CLICK_PX = 5;
const KEY_ZOOM = 1.25;
const KEY_PAN_SHARE = 0.1;
/** Two taps within that time are a double tap; browsers send dblclick only where touches are not handled. */
const DOUBLE_MS = 300;

export function listen(element: HTMLElement, target: Target): Disposables {
  const all = new Disposables();
  const pointers = new Map<number, Point>();
  let travelled = 0;
  let lastClick = { time: 0, at: [0, 0] as Point };

  const at = (e: MouseEvent): Point => {
    const r = element.getBoundingClientRect();
    return [e.clientX - r.left, e.clientY - r.top];
  };
  const zoomBy = (factor: number, point: Point) => {
    const picture = target.picture();
    if (!picture) return;
    const view = target.view();
    target.setView(zoomed(view, view.scale * factor, point, target.box(), picture));
  };
  const panBy = (dx: number, dy: number) => {
    const picture = target.picture();
    if (picture) target.setView(moved(target.view(), dx, dy, target.box(), picture));
  };
  const toggle = (point: Point) => {
    if (target.view().fit) zoomBy(Math.max(2, 1 / target.view().scale), point);
    else target.fit();
  };

  const wheel = (e: WheelEvent) => {
    if (!target.picture()) return;
    e.preventDefault();
    const lines = e.deltaMode === 1 ? 16 : 1;
    zoomBy(Math.exp(-e.deltaY * lines * (e.ctrlKey ? 0.01 : 0.002)), at(e));
  };
  all.listen(element, "wheel", wheel, { passive: false });

  all.listen(element, "pointerdown", (e: PointerEvent) => {
    if (e.button !== 0 && e.pointerType === "mouse") return;
    if (pointers.size === 0) travelled = 0;
    pointers.set(e.pointerId, at(e));
    element.setPointerCapture(e.pointerId);
  });
  all.listen(element, "pointermove", (e: PointerEvent) => {
    const now = at(e);
    const before = pointers.get(e.pointerId);
    target.over(now);
    if (!before) return;
    const others = [...pointers].filter(([id]) => id !== e.pointerId).map(([, p]) => p);
    pointers.set(e.pointerId, now);
    travelled += Math.hypot(now[0] - before[0], now[1] - before[1]);
    if (travelled < CLICK_PX) return;
    const other = others[0];
    if (!other) {
      panBy(now[0] - before[0], now[1] - before[1]);
      return;
    }
    const apart = (p: Point) => Math.max(1, Math.hypot(p[0] - other[0], p[1] - other[1]));
    zoomBy(apart(now) / apart(before), [(now[0] + other[0]) / 2, (now[1] + other[1]) / 2]);
    panBy((now[0] - before[0]) / 2, (now[1] - before[1]) / 2);
  });
  all.listen(element, "pointerup", (e: PointerEvent) => {
    const was = pointers.delete(e.pointerId);
    if (e.pointerType !== "mouse") target.over(at(e)); // the values of the touched pixel stay
    if (!was || pointers.size > 0 || travelled >= CLICK_PX) return;
    const point = at(e);
    target.click(point);
    const near = Math.hypot(point[0] - lastClick.at[0], point[1] - lastClick.at[1]) < 20;
    const twice = e.timeStamp - lastClick.time < DOUBLE_MS && near;
    lastClick = { time: twice ? 0 : e.timeStamp, at: point };
    if (twice) toggle(point);
  });
  all.listen(element, "pointercancel", (e: PointerEvent) => pointers.delete(e.pointerId));
  all.listen(element, "pointerleave", (e: PointerEvent) => {
    if (e.pointerType === "mouse") target.over(null);
  });

  all.listen(element, "keydown", (e: KeyboardEvent) => {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const box = target.box();
    const middle: Point = [box.width / 2, box.height / 2];
    const [dx, dy] = [box.width * KEY_PAN_SHARE, box.height * KEY_PAN_SHARE];
    const keys: Record<string, () => void> = {
      "+": () => zoomBy(KEY_ZOOM, middle),
      "=": () => zoomBy(KEY_ZOOM, middle),
      "-": () => zoomBy(1 / KEY_ZOOM, middle),
      "0": () => target.fit(),
      "1": () => zoomBy(1 / target.view().scale, middle),
      ArrowLeft: () => panBy(dx, 0),
      ArrowRight: () => panBy(-dx, 0),
      ArrowUp: () => panBy(0, dy),
      ArrowDown: () => panBy(0, -dy),
      Enter: () => target.click(middle),
    };
    const run = keys[e.key];
    if (!run) return;
    e.preventDefault();
    e.stopPropagation();
    run();
  });
  return all;
}
