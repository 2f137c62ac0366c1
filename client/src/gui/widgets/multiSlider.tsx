import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { useGui } from "../context";
import type { ElementOf } from "../store/elements";
import { clamp, digits, format, list, num, numOrNull, str, strOrNull } from "../store/read";
import { useGesture } from "./gesture";
import { freeOf, type Handles, handlesOf, isFixed, moved, nearest, rangeOf } from "./handles";
import { Marks } from "./marks";
import "./multiSlider.css";
import { Row } from "./row";
import { keyTarget } from "./sliderKeys";
import { fractionOf, ticksOf, valueAt } from "./ticks";

/** Safety limit: maximum number of handles. */
const MAX_HANDLES = 100;

export function MultiSliderWidget({ el }: { el: ElementOf<"GuiMultiSliderMessage"> }) {
  const { store } = useGui();
  const { props, uuid } = el;
  const box = useRef<HTMLDivElement>(null);
  const held = useRef(-1);
  const gesture = useGesture(uuid, box);
  const ticks = ticksOf(num(props.min, 0), num(props.max, 1), num(props.step, 0));
  const places = digits(props.precision);
  const handles = handlesOf(
    ticks,
    places,
    numOrNull(props.min_range),
    props.fixed_endpoints === true,
  );
  const values = valuesOf(el.value, handles);
  const disabled = props.disabled || ticks.count === 0;

  // Several events may precede the next render, so this reads the store's current value.
  const move = (i: number, tick: (now: number) => number) => {
    const now = valuesOf(store.element(uuid)?.value, handles);
    const next = moved(handles, now, i, tick(now[i] ?? ticks.min));
    if (next) store.edit(uuid, next);
  };
  const press = (event: PointerEvent<HTMLDivElement>) => {
    if (disabled || event.button !== 0) return;
    const tick = tickAt(event, ticks.count);
    held.current = nearest(handles, values, tick);
    if (held.current < 0) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture?.(event.pointerId);
    gesture();
    thumb(event.currentTarget, held.current)?.focus();
    move(held.current, () => tick);
  };
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (held.current < 0) return;
    const tick = tickAt(event, ticks.count);
    const now = valuesOf(store.element(uuid)?.value, handles);
    held.current = freeOf(handles, now, held.current, tick);
    move(held.current, () => tick);
  };
  const drop = () => {
    held.current = -1;
  };
  const onKey = (event: KeyboardEvent, i: number) => {
    const to = keyTarget(event, ticks);
    if (to === null) return;
    event.preventDefault();
    move(i, to);
  };

  return (
    <Row props={props} group>
      {({ labelId }) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset would add a frame and a legend.
        <div className="vg-track" role="group" aria-labelledby={labelId}>
          <div
            ref={box}
            className="vg-multi"
            data-disabled={disabled || undefined}
            onPointerDown={press}
            onPointerMove={drag}
            onPointerUp={drop}
            onPointerCancel={drop}
            onLostPointerCapture={drop}
          >
            <div className="vg-multi-rail" style={railStyle(handles, values)} />
            {values.map((value, i) => {
              const [low, high] = rangeOf(handles, values, i);
              const fixed = disabled || isFixed(handles, values, i);
              return (
                <div
                  // biome-ignore lint/suspicious/noArrayIndexKey: a handle is identified by its index.
                  key={i}
                  className="vg-thumb"
                  role="slider"
                  tabIndex={fixed ? -1 : 0}
                  aria-label={`${str(props.label)} ${i + 1} of ${values.length}`.trim()}
                  aria-description={strOrNull(props.hint) ?? undefined}
                  aria-disabled={fixed || undefined}
                  aria-valuemin={valueAt(ticks, Math.min(low, high), places)}
                  aria-valuemax={valueAt(ticks, Math.max(low, high), places)}
                  aria-valuenow={value}
                  style={{ "--vg-at": fractionOf(handles.ticks, value) }}
                  onKeyDown={(event) => {
                    if (!fixed) onKey(event, i);
                  }}
                  onBlur={() => store.leave(uuid)}
                >
                  <output aria-hidden>{format(value, places)}</output>
                </div>
              );
            })}
          </div>
          <Marks ticks={ticks} marks={list(props._marks)} />
        </div>
      )}
    </Row>
  );
}

/** The values, validated and clamped to the range. */
function valuesOf(value: unknown, { ticks }: Handles): number[] {
  return list(value)
    .slice(0, MAX_HANDLES)
    .map((x) => clamp(num(x, ticks.min), ticks.min, ticks.max));
}

/** The rail is colored between the outer handles; with a single one, from the start. */
function railStyle(handles: Handles, values: readonly number[]) {
  const first = values.length > 1 ? fractionOf(handles.ticks, values[0] ?? 0) : 0;
  return {
    "--vg-from": first,
    "--vg-fill": fractionOf(handles.ticks, values[values.length - 1] ?? 0),
  };
}

function tickAt(event: PointerEvent<HTMLDivElement>, count: number): number {
  const rail = event.currentTarget.querySelector(".vg-multi-rail");
  const { left, width } = (rail ?? event.currentTarget).getBoundingClientRect();
  return width > 0 ? Math.round(clamp((event.clientX - left) / width, 0, 1) * count) : 0;
}

function thumb(box: HTMLElement, i: number): HTMLElement | undefined {
  return box.querySelectorAll<HTMLElement>(".vg-thumb")[i];
}
