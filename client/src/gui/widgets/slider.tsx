import "./slider.css";
import { type KeyboardEvent, useRef } from "react";
import { useGui } from "../context";
import { QUIET_TYPING_MS } from "../store/edits";
import type { ElementOf } from "../store/elements";
import { clamp, digits, format, list, num, str } from "../store/read";
import { useGesture } from "./gesture";
import { Marks } from "./marks";
import { NumberField } from "./numberField";
import { Row } from "./row";
import { keyTarget } from "./sliderKeys";
import { decimals, fractionOf, type Ticks, tickAfter, tickOf, ticksOf, valueAt } from "./ticks";

export function SliderWidget({ el }: { el: ElementOf<"GuiSliderMessage"> }) {
  const { store } = useGui();
  const { props, uuid } = el;
  const range = useRef<HTMLInputElement>(null);
  const gesture = useGesture(uuid, range);
  const places = digits(props.precision);
  const ticks = ticksOf(num(props.min, 0), num(props.max, 1), num(props.step, 0));
  const value = clamp(num(el.value, ticks.min), ticks.min, ticks.max);
  const tick = tickOf(ticks, value);
  const shownPlaces = Math.max(places, decimals(ticks.step));
  const disabled = props.disabled || ticks.count === 0;
  // The browser's own handling would round a value between two steps first.
  const onKey = (event: KeyboardEvent) => {
    const to = keyTarget(event, ticks);
    if (to === null) return;
    event.preventDefault();
    const now = num(store.element(uuid)?.value, value);
    store.edit(uuid, valueAt(ticks, to(now), places));
  };
  return (
    <Row props={props}>
      {({ id }) => (
        <div className="vg-slider">
          <div className="vg-track">
            <input
              ref={range}
              id={id}
              type="range"
              className="vg-range"
              min={0}
              max={ticks.count}
              step={1}
              value={tick}
              disabled={disabled}
              style={{ "--vg-fill": fractionOf(ticks, value) }}
              aria-valuetext={String(value)}
              aria-description={props.hint ?? undefined}
              onPointerDown={gesture}
              onChange={(e) =>
                store.edit(uuid, valueAt(ticks, Number(e.currentTarget.value), places))
              }
              onKeyDown={onKey}
              onBlur={() => store.leave(uuid)}
            />
            <Marks ticks={ticks} marks={list(props._marks)} />
          </div>
          <NumberField
            label={`${str(props.label)} value`.trim()}
            value={value}
            min={ticks.min}
            max={ticks.max}
            step={ticks.step}
            places={shownPlaces}
            {...charsOf(ticks, value, shownPlaces)}
            steppers={false}
            next={(from, steps) => valueAt(ticks, tickAfter(ticks, from, steps), places)}
            disabled={disabled}
            onChange={(x) => store.edit(uuid, x, QUIET_TYPING_MS)}
            onLeave={() => store.leave(uuid)}
          />
        </div>
      )}
    </Row>
  );
}

/**
 * Characters of the widest value, and of the widest one on a step, so that the field keeps its width while the slider
 * moves. They differ if an end is a computed number, such as pi.
 */
function charsOf(ticks: Ticks, value: number, places: number) {
  const inner = Math.max(...[ticks.min, ticks.max].map((x) => Math.trunc(x).toFixed(0).length));
  const steps = inner + 1 + Math.max(decimals(ticks.step), decimals(ticks.start));
  const stepped = Math.min(steps, inner + 1 + places);
  const shown = [ticks.min, ticks.max, value].map((x) => format(x, places).length);
  return { chars: Math.max(stepped, ...shown), steppedChars: stepped };
}
