import "./lines.css";
import { useLayoutEffect, useMemo, useRef, useState } from "react";
import { Lines } from "../lines/lines";
import { VirtualRows } from "../lines/virtual";
import type { ElementOf } from "../store/elements";
import { num, strOrNull } from "../store/read";

const LINE_PX = 18;
/** Distance from the end that counts as at the end. */
const END_PX = 24;
const LEVELS: Record<string, string> = { d: "Debug", w: "Warning", e: "Error" };

/** A log: follows its end, unless the user has scrolled away. */
export function LogWidget({ el }: { el: ElementOf<"GuiLogMessage"> }) {
  const { props } = el;
  const [box, setBox] = useState<HTMLElement | null>(null);
  const reader = useRef(new Lines());
  const [follows, setFollows] = useState(true);
  const lines = useMemo(() => reader.current.read(props.lines), [props.lines]);
  const title = strOrNull(props.label);

  useLayoutEffect(() => {
    // Depends on the number of lines, to run for each new line.
    if (follows && lines.length >= 0) toEnd(box);
  }, [lines, follows, box]);

  return (
    <div>
      {title && <div className="vg-lines-title">{title}</div>}
      <div
        ref={setBox}
        className="vg-lines vg-log"
        role="log"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable by keyboard.
        tabIndex={0}
        aria-label={title ?? "Log"}
        style={{ height: num(props.height, 160) }}
        onScroll={(e) => {
          const { scrollTop, scrollHeight, clientHeight } = e.currentTarget;
          setFollows(scrollTop + clientHeight >= scrollHeight - END_PX);
        }}
      >
        <VirtualRows
          box={box}
          count={lines.length}
          rowHeight={LINE_PX}
          row={(i, top) => {
            const level = lines[i]![0] ?? "i";
            return (
              <div
                key={i}
                data-line
                data-level={level}
                style={{ top, height: LINE_PX, lineHeight: `${LINE_PX}px` }}
              >
                {LEVELS[level] && <span className="vg-sr">{LEVELS[level]}: </span>}
                {lines[i]!.slice(1)}
              </div>
            );
          }}
        />
      </div>
      <div className="vg-lines-foot">
        <span>
          {lines.length.toLocaleString("en")} {lines.length === 1 ? "line" : "lines"}
        </span>
        {!follows && (
          <button type="button" className="vg-plain-button" onClick={() => toEnd(box)}>
            To the end
          </button>
        )}
      </div>
    </div>
  );
}

function toEnd(box: HTMLElement | null): void {
  if (box) box.scrollTop = box.scrollHeight;
}
