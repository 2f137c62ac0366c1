import "./timelineBar.css";
import { useLayoutEffect, useRef, useState } from "react";
import type { Timeline, TimelineState } from "../../contract";
import { Disposables } from "../../shared/disposables";
import { MAX_SPEED, MIN_SPEED } from "../../shared/timeline";
import { IconButton } from "../icons";
import { actionOf, playOrPause } from "./keys";
import { Scrubber } from "./scrubber";
import { countsBack, hasTime, timeText } from "./time";

const SPEEDS = [MIN_SPEED, 0.25, 0.5, 1, 2, 4, 8, MAX_SPEED] as const;

interface BarProps {
  timeline: Timeline;
  state: TimelineState;
  phone: boolean;
}

/** The controls of time, at the page's lower edge. */
export default function TimelineBar({ timeline, state, phone }: BarProps) {
  const bar = useRef<HTMLElement>(null);
  useKeys(bar, timeline);
  const { mode, playing, following, loop } = state;
  const past = countsBack(state);
  const name = following ? "Stop here" : playing ? "Pause" : "Play";
  return (
    <section
      ref={bar}
      className="vg-timeline"
      aria-label="Timeline"
      data-past={(mode === "live" && !following) || undefined}
      data-layout={phone ? "phone" : "wide"}
      data-portal
    >
      <Notes notes={state.notes} />
      {hasTime(state) && (
        <div className="vg-timeline-row">
          <IconButton
            icon={playing || following ? "pause" : "play"}
            label={name}
            data-hint={`${name} (Space)`}
            onClick={() => playOrPause(timeline, state)}
          />
          <IconButton
            icon="stepBack"
            label="Previous change"
            data-hint="Previous change ( , )"
            onClick={() => timeline.step(-1)}
          />
          <IconButton
            icon="stepOn"
            label="Next change"
            data-hint="Next change ( . )"
            disabled={following}
            onClick={() => timeline.step(1)}
          />
          <Scrubber timeline={timeline} state={state} />
          <span className="vg-time">
            {following && past ? "now" : timeText(state, state.time)}
            {!past && <i> / {timeText(state, state.to)}</i>}
          </span>
          <Speed timeline={timeline} speed={state.speed} />
          <IconButton
            icon="loop"
            label="Loop"
            aria-pressed={loop}
            data-on={loop || undefined}
            onClick={() => timeline.setLoop(!loop)}
          />
          {mode === "live" && (
            <button
              type="button"
              className="vg-live"
              aria-pressed={following}
              data-hint={following ? "This is live" : "Back to what the program does now"}
              onClick={() => timeline.follow()}
            >
              <i />
              Live
            </button>
          )}
        </div>
      )}
    </section>
  );
}

function Speed({ timeline, speed }: { timeline: Timeline; speed: number }) {
  const known: readonly number[] = SPEEDS;
  const speeds = known.includes(speed) ? known : [...known, speed].sort((a, b) => a - b);
  return (
    <select
      className="vg-speed"
      aria-label="Speed"
      data-hint="Speed"
      value={speed}
      onChange={(e) => timeline.setSpeed(Number(e.currentTarget.value))}
    >
      {speeds.map((x) => (
        <option key={x} value={x}>
          {Number(x.toFixed(2))}×
        </option>
      ))}
    </select>
  );
}

/** What is wrong with the recording, until the user has closed it. */
function Notes({ notes }: { notes: readonly string[] }) {
  const [closed, setClosed] = useState("");
  const text = notes.join(" ");
  const open = text !== "" && text !== closed;
  return (
    <div className="vg-timeline-notes" role="status">
      {open && (
        <>
          <p>{text}</p>
          <IconButton icon="close" label="Close the note" onClick={() => setClosed(text)} />
        </>
      )}
    </div>
  );
}

/** The keys of time work on the whole page. */
function useKeys(bar: React.RefObject<HTMLElement | null>, timeline: Timeline): void {
  // Before the bar is seen: a key that is pressed as soon as it is would be lost.
  useLayoutEffect(() => {
    const listeners = new Disposables();
    const press = (event: KeyboardEvent) => {
      const state = timeline.get();
      const action = bar.current && state && actionOf(event, bar.current, state);
      if (!action) return;
      // In the capture phase: else the arrows would turn the camera as well.
      event.preventDefault();
      timeline.refresh();
      action(timeline, timeline.get() ?? state);
    };
    listeners.listen(document, "keydown", press, { capture: true });
    return () => listeners.dispose();
  }, [bar, timeline]);
}
