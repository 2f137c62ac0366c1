import type { KeyboardEvent } from "react";
import { type Ticks, tickAfter } from "./ticks";

/** The tick after a key press, as in native sliders; null for other keys. */
export function keyTarget(event: KeyboardEvent, ticks: Ticks): ((now: number) => number) | null {
  if (event.altKey || event.ctrlKey || event.metaKey) return null;
  const far = Math.max(1, Math.round(ticks.count / 10));
  const by = (steps: number) => (now: number) => tickAfter(ticks, now, steps);
  switch (event.key) {
    case "ArrowRight":
    case "ArrowUp":
      return by(event.shiftKey ? far : 1);
    case "ArrowLeft":
    case "ArrowDown":
      return by(event.shiftKey ? -far : -1);
    case "PageUp":
      return by(far);
    case "PageDown":
      return by(-far);
    case "Home":
      return () => 0;
    case "End":
      return () => ticks.count;
    default:
      return null;
  }
}
