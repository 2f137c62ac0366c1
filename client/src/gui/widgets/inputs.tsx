import "./slider.css";
import { type RefObject, useEffect, useRef, useState } from "react";
import { useGui } from "../context";
import { QUIET_TYPING_MS } from "../store/edits";
import type { ElementOf } from "../store/elements";
import { clamp, digits, format, list, num, numOrNull, str } from "../store/read";
import { NumberField } from "./numberField";
import { Row } from "./row";

export function TextWidget({ el }: { el: ElementOf<"GuiTextMessage"> }) {
  const { store } = useGui();
  const composing = useRef(false);
  const { uuid, props } = el;
  const common = {
    className: "vg-field",
    value: str(el.value),
    disabled: props.disabled,
    "aria-description": props.hint ?? undefined,
    onChange: (e: { currentTarget: { value: string } }) => {
      const text = e.currentTarget.value;
      // An unfinished word of an input method is nobody's value yet.
      if (composing.current) store.editSilently(uuid, text, QUIET_TYPING_MS);
      else store.edit(uuid, text, QUIET_TYPING_MS);
    },
    onCompositionStart: () => {
      composing.current = true;
      store.beginGesture(uuid);
    },
    onCompositionEnd: (e: { currentTarget: { value: string } }) => {
      composing.current = false;
      store.edit(uuid, e.currentTarget.value, QUIET_TYPING_MS);
      store.endGesture(uuid);
    },
    onBlur: () => store.leave(uuid),
  };
  return (
    <Row props={props}>
      {({ id }) =>
        props.multiline ? (
          <textarea id={id} rows={3} {...common} />
        ) : (
          <input
            id={id}
            type="text"
            autoComplete="off"
            {...common}
            onKeyDown={(e) => {
              if (e.key === "Enter" && !e.nativeEvent.isComposing) store.leave(uuid);
            }}
          />
        )
      }
    </Row>
  );
}

export function CheckboxWidget({ el }: { el: ElementOf<"GuiCheckboxMessage"> }) {
  const { store } = useGui();
  return (
    <Row props={el.props}>
      {({ id }) => (
        <input
          id={id}
          type="checkbox"
          className="vg-checkbox"
          checked={el.value === true}
          disabled={el.props.disabled}
          aria-description={el.props.hint ?? undefined}
          onChange={(e) => store.edit(el.uuid, e.currentTarget.checked)}
        />
      )}
    </Row>
  );
}

export function NumberWidget({ el }: { el: ElementOf<"GuiNumberMessage"> }) {
  const { store } = useGui();
  const { props, uuid } = el;
  return (
    <Row props={props}>
      {({ id }) => (
        <NumberField
          id={id}
          hint={props.hint}
          value={num(el.value, 0)}
          min={numOrNull(props.min)}
          max={numOrNull(props.max)}
          step={num(props.step, 1)}
          places={digits(props.precision)}
          disabled={props.disabled}
          onChange={(value) => store.edit(uuid, value, QUIET_TYPING_MS)}
          onLeave={() => store.leave(uuid)}
        />
      )}
    </Row>
  );
}

const AXES = ["X", "Y", "Z"];

export function VectorWidget({
  el,
}: {
  el: ElementOf<"GuiVector2Message"> | ElementOf<"GuiVector3Message">;
}) {
  const { store } = useGui();
  const { props, uuid } = el;
  const size = el.type === "GuiVector2Message" ? 2 : 3;
  const value = numbers(el.value, size);

  const change = (axis: number, x: number) => {
    const next = numbers(store.element(uuid)?.value, size);
    next[axis] = x;
    store.edit(uuid, next, QUIET_TYPING_MS);
  };
  return (
    <Row props={props} group>
      {({ labelId }) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset brings a frame and a legend of its own.
        <div className="vg-vector" role="group" aria-labelledby={labelId}>
          {value.map((x, axis) => (
            <NumberField
              key={AXES[axis]}
              label={`${str(props.label)} ${AXES[axis]}`.trim()}
              hint={props.hint}
              value={x}
              min={numOrNull(list(props.min)[axis])}
              max={numOrNull(list(props.max)[axis])}
              step={num(props.step, 1)}
              places={digits(props.precision)}
              disabled={props.disabled}
              onChange={(next) => change(axis, next)}
              onLeave={() => store.leave(uuid)}
            />
          ))}
        </div>
      )}
    </Row>
  );
}

function numbers(value: unknown, size: number): number[] {
  const given = list(value);
  return Array.from({ length: size }, (_, i) => num(given[i], 0));
}

/** A slider counts in whole steps: its last one is the maximum, wherever the steps end. */
export interface Ticks {
  min: number;
  max: number;
  step: number;
  count: number;
}

export function ticksOf(min: number, max: number, step: number): Ticks {
  const low = Math.min(min, max);
  const high = Math.max(min, max);
  const size = step > 0 ? step : (high - low) / 100 || 1;
  const count = Math.min(1e9, Math.max(0, Math.ceil((high - low) / size - 1e-6)));
  return { min: low, max: high, step: size, count };
}

export function tickOf(ticks: Ticks, value: number): number {
  if (value >= ticks.max) return ticks.count;
  return clamp(Math.round((value - ticks.min) / ticks.step), 0, ticks.count);
}

export function valueAt(ticks: Ticks, tick: number, places: number): number {
  if (tick >= ticks.count) return ticks.max;
  // Steps of 0.1 do not add up in binary; the places of the step itself are always kept.
  const needed = Math.max(places, decimals(ticks.step), decimals(ticks.min));
  return Number((ticks.min + tick * ticks.step).toFixed(needed));
}

function decimals(x: number): number {
  const [digitsOf = "", exponent = "0"] = x.toString().split("e");
  const fraction = digitsOf.split(".")[1]?.length ?? 0;
  return clamp(fraction - Number(exponent), 0, 20);
}

export function SliderWidget({ el }: { el: ElementOf<"GuiSliderMessage"> }) {
  const { store } = useGui();
  const { props, uuid } = el;
  const range = useRef<HTMLInputElement>(null);
  const gesture = useGesture(uuid, range);
  const places = digits(props.precision);
  const ticks = ticksOf(num(props.min, 0), num(props.max, 1), num(props.step, 0));
  const value = clamp(num(el.value, ticks.min), ticks.min, ticks.max);
  const tick = tickOf(ticks, value);
  const disabled = props.disabled || ticks.count === 0;
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
              style={{ "--vg-fill": ticks.count > 0 ? tick / ticks.count : 0 }}
              aria-valuetext={String(value)}
              aria-description={props.hint ?? undefined}
              onPointerDown={gesture}
              onChange={(e) =>
                store.edit(uuid, valueAt(ticks, Number(e.currentTarget.value), places))
              }
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
            places={Math.max(places, decimals(ticks.step))}
            disabled={disabled}
            onChange={(x) => store.edit(uuid, x, QUIET_TYPING_MS)}
            onLeave={() => store.leave(uuid)}
          />
        </div>
      )}
    </Row>
  );
}

const MAX_MARKS = 200;

/** Marks of the program, or the two ends. */
export function Marks({ ticks, marks }: { ticks: Ticks; marks: readonly unknown[] }) {
  const span = ticks.max - ticks.min;
  const shown = readMarks(ticks, marks);
  return (
    <div className="vg-marks" aria-hidden>
      {shown.map(({ value, label, dot }) => {
        const at = span > 0 ? (value - ticks.min) / span : 0;
        return (
          <span key={value} style={{ "--vg-at": at }} data-edge={edge(at)}>
            {dot && <i />}
            {label && <b>{label}</b>}
          </span>
        );
      })}
    </div>
  );
}

/** Labels at the ends grow inwards. */
function edge(at: number): "start" | "end" | undefined {
  return at < 0.08 ? "start" : at > 0.92 ? "end" : undefined;
}

/** Digits of an end that help nobody are left out, or the two ends would not fit under their rail. */
function endLabel(value: number): string {
  const before = Math.trunc(Math.abs(value)).toString().length;
  return format(value, Math.max(0, 6 - before));
}

function readMarks(ticks: Ticks, marks: readonly unknown[]) {
  if (marks.length === 0) {
    return [...new Set([ticks.min, ticks.max])].map((value) => ({
      value,
      label: endLabel(value),
      dot: false,
    }));
  }
  const byValue = new Map<number, { value: number; label: string; dot: boolean }>();
  for (const mark of marks.slice(0, MAX_MARKS)) {
    if (typeof mark !== "object" || mark === null) continue;
    const { value: at, label } = mark as { value?: unknown; label?: unknown };
    const value = num(at, Number.NaN);
    if (value >= ticks.min && value <= ticks.max) {
      byValue.set(value, { value, label: str(label), dot: true });
    }
  }
  return [...byValue.values()];
}

/** Marks the time between pressing and letting go, wherever that happens. */
export function useGesture(uuid: string, target: RefObject<HTMLElement | null>): () => void {
  const { store } = useGui();
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (!held) return;
    store.beginGesture(uuid);
    const end = () => setHeld(false);
    const names = ["pointerup", "pointercancel", "blur"] as const;
    for (const name of names) window.addEventListener(name, end);
    return () => {
      for (const name of names) window.removeEventListener(name, end);
      store.endGesture(uuid);
    };
  }, [held, store, uuid]);
  return () => setHeld(target.current !== null && !target.current.matches(":disabled"));
}
