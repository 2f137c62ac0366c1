import { lazy, Suspense, useContext } from "react";
import { createPortal } from "react-dom";
import { PhoneContext, useCell, useGui } from "../context";
import { hasTime } from "./time";

const TimelineBar = lazy(() => import("./timelineBar"));

/** Below the rest of the page, while there is a timeline; its code is loaded then. */
export function TimelineStrip() {
  const { timeline, strip } = useGui().options;
  const state = useCell(timeline);
  const phone = useContext(PhoneContext);
  if (!state || !(hasTime(state) || state.notes.length > 0)) return null;
  return createPortal(
    <Suspense>
      <TimelineBar timeline={timeline} state={state} phone={phone} />
    </Suspense>,
    strip,
  );
}
