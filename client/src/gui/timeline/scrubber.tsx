import { type PointerEvent, useRef, useState } from "react";
import type { Timeline, TimelineState } from "../../contract";
import { clamp } from "../store/read";
import { spokenTime, timeText } from "./time";

/** Where the pointer is on the rail. */
interface Pointed {
  /** 0…1. */
  at: number;
  time: number;
}

/** The slider for the time. The time under the pointer is shown above it, before and during a drag. */
export function Scrubber({ timeline, state }: { timeline: Timeline; state: TimelineState }) {
  const rail = useRef<HTMLDivElement>(null);
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const drag = useRef<{ playing: boolean } | null>(null);

  const point = (event: PointerEvent): Pointed => {
    const { left, width } = rail.current?.getBoundingClientRect() ?? { left: 0, width: 1 };
    const at = clamp((event.clientX - left) / Math.max(1, width), 0, 1);
    const { from, to } = timeline.get() ?? state;
    return { at, time: from + at * (to - from) };
  };
  const press = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0 || drag.current) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { playing: state.playing && !state.following };
    // Under a finger that rests the time must not go on.
    if (state.playing) timeline.pause();
    timeline.refresh();
    const to = point(event);
    setPointed(to);
    timeline.seek(to.time);
  };
  const move = (event: PointerEvent) => {
    timeline.refresh();
    const to = point(event);
    if (drag.current) timeline.seek(to.time);
    if (drag.current || event.pointerType === "mouse") setPointed(to);
  };
  const release = (event: PointerEvent) => {
    if (!drag.current) return;
    const { playing } = drag.current;
    drag.current = null;
    if (state.mode === "live" && point(event).at === 1) timeline.follow();
    else if (playing) timeline.play();
    if (event.pointerType !== "mouse") setPointed(null);
  };
  const leave = () => {
    if (!drag.current) setPointed(null);
  };

  const range = state.to - state.from;
  const at = state.following ? 1 : range > 0 ? clamp((state.time - state.from) / range, 0, 1) : 0;
  return (
    <div
      className="vg-scrub"
      role="slider"
      tabIndex={0}
      aria-label="Time"
      aria-valuemin={state.from}
      aria-valuemax={state.to}
      aria-valuenow={state.time}
      aria-valuetext={spokenTime(state, state.time)}
      data-buffering={state.buffering || undefined}
      style={{ "--vg-at": at }}
      onPointerDown={press}
      onPointerMove={move}
      onPointerUp={release}
      onPointerCancel={release}
      onPointerLeave={leave}
    >
      <div ref={rail} className="vg-rail">
        <i className="vg-rail-past" />
        <i className="vg-rail-thumb" />
        {pointed && (
          <span className="vg-rail-hint" aria-hidden style={{ "--vg-at": pointed.at }}>
            {timeText(state, pointed.time)}
          </span>
        )}
      </div>
    </div>
  );
}
