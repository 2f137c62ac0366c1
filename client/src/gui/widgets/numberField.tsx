import "./numberField.css";
import {
  type KeyboardEvent,
  type PointerEvent,
  useCallback,
  useEffect,
  useRef,
  useState,
} from "react";
import { clamp, format } from "../store/read";

export interface NumberFieldProps {
  value: number;
  min: number | null;
  max: number | null;
  step: number;
  /** Decimal places. */
  places: number;
  disabled: boolean;
  /** Accessible name, if there is no label element. */
  label?: string;
  hint?: string | null;
  /** Width in characters; default: that of the value. */
  chars?: number;
  /** Width of the values on steps, if the field may be narrower than its value while it has no focus. */
  steppedChars?: number;
  /** False if another control steps the value with the pointer. */
  steppers?: boolean;
  /** Computes the value after some steps; default: adds multiples of `step`. */
  next?: (from: number, steps: number) => number;
  id?: string;
  /** A number within the bounds, rounded to the places. */
  onChange: (value: number) => void;
  onLeave?: () => void;
}

interface Draft {
  text: string;
  /** The value that the text was typed for; if the value differs, the text is outdated. */
  value: number;
}

/** Parses typed text; a comma counts as a decimal point. */
export function parseNumber(text: string): number | null {
  const plain = text
    .trim()
    .replace(/^([^,.]*),([^,.]*)$/, "$1.$2")
    .replace(/^−/, "-");
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? finite(Number(plain)) : null;
}

function finite(x: number): number | null {
  return Number.isFinite(x) ? x : null;
}

function round(x: number, places: number): number {
  return Math.abs(x) < 1e15 ? Number(x.toFixed(places)) : x;
}

/**
 * A number input with steps. Valid text is sent while typing; on blur the value is clamped to the bounds, or invalid
 * text is replaced by the previous value.
 */
export function NumberField(props: NumberFieldProps) {
  const { value, min, max, places, onChange, onLeave } = props;
  const [draft, setDraft] = useState<Draft | null>(null);
  const typed = draft && Object.is(draft.value, value) ? draft.text : null;
  const newest = useRef(props);
  newest.current = props;

  const type = (text: string) => {
    const parsed = parseNumber(text);
    const next = parsed === null ? null : round(parsed, places);
    const good = next !== null && next === clamp(next, min, max);
    setDraft({ text, value: good ? next : value });
    if (good && next !== value) onChange(next);
  };

  const commit = () => {
    if (typed === null) return;
    setDraft(null);
    const parsed = parseNumber(typed);
    if (parsed === null) return;
    const next = clamp(round(parsed, places), min, max);
    if (next !== value) onChange(next);
  };

  const step = (count: number) => {
    const now = newest.current;
    if (now.disabled) return;
    const base = typed === null ? now.value : (parseNumber(typed) ?? now.value);
    const size = now.step > 0 ? now.step : 1;
    const to = now.next?.(base, count) ?? round(base + count * size, now.places);
    const next = clamp(to, now.min, now.max);
    setDraft(null);
    if (next !== now.value) now.onChange(next);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const count = KEY_STEPS[event.key];
    if (count !== undefined) {
      event.preventDefault();
      step(event.shiftKey && Math.abs(count) === 1 ? count * 10 : count);
    } else if (event.key === "Enter") {
      commit();
      onLeave?.();
    } else if (event.key === "Escape" && typed !== null) {
      event.stopPropagation();
      setDraft(null);
    }
  };

  const text = typed ?? format(value, places);
  return (
    <span
      className="vg-number"
      style={{
        "--vg-chars": props.chars ?? text.length,
        "--vg-stepped-chars": props.steppedChars,
      }}
    >
      <input
        id={props.id}
        className="vg-field"
        role="spinbutton"
        type="text"
        // On phones only the full keyboard has a minus sign.
        inputMode={min !== null && min >= 0 ? "decimal" : "text"}
        autoComplete="off"
        spellCheck={false}
        aria-label={props.label}
        aria-description={props.hint ?? undefined}
        aria-valuenow={value}
        aria-valuemin={min ?? undefined}
        aria-valuemax={max ?? undefined}
        title={text.length > (props.steppedChars ?? Number.POSITIVE_INFINITY) ? text : undefined}
        disabled={props.disabled}
        value={text}
        onChange={(e) => type(e.currentTarget.value)}
        onKeyDown={onKeyDown}
        onBlur={() => {
          commit();
          onLeave?.();
        }}
      />
      {!props.disabled && props.steppers !== false && <Steppers step={step} />}
    </span>
  );
}

const KEY_STEPS: Record<string, number> = {
  ArrowUp: 1,
  ArrowDown: -1,
  PageUp: 10,
  PageDown: -10,
};

const REPEAT_DELAY_MS = 400;
const REPEAT_MS = 60;

/** For the pointer only: the keyboard has the arrow keys. */
function Steppers({ step }: { step: (count: number) => void }) {
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const latest = useRef(step);
  latest.current = step;

  const stop = useCallback(() => {
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = null;
  }, []);
  useEffect(() => stop, [stop]);

  const start = (count: number) => (event: PointerEvent<HTMLButtonElement>) => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture?.(event.pointerId);
    latest.current(count);
    const again = () => {
      latest.current(count);
      timer.current = setTimeout(again, REPEAT_MS);
    };
    stop();
    timer.current = setTimeout(again, REPEAT_DELAY_MS);
  };

  const button = (count: number, className: string) => (
    <button
      type="button"
      tabIndex={-1}
      className={className}
      onPointerDown={start(count)}
      onPointerUp={stop}
      onPointerCancel={stop}
      onLostPointerCapture={stop}
    />
  );
  return (
    <span className="vg-steppers" aria-hidden>
      {button(1, "vg-step-up")}
      {button(-1, "vg-step-down")}
    </span>
  );
}
