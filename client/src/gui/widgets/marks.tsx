import { num, str } from "../store/read";
import { fractionOf, type Ticks } from "./ticks";

const MAX_MARKS = 200;

/** The program's marks, or the two ends of the range. */
export function Marks({ ticks, marks }: { ticks: Ticks; marks: readonly unknown[] }) {
  const shown = readMarks(ticks, marks);
  return (
    <div className="vg-marks" aria-hidden>
      {shown.map(({ value, label, dot }) => {
        const at = fractionOf(ticks, value);
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

/** Labels at the ends are aligned inwards. */
function edge(at: number): "start" | "end" | undefined {
  return at < 0.08 ? "start" : at > 0.92 ? "end" : undefined;
}

/** Four significant digits, and all of an integer: longer labels would not fit. */
function endLabel(value: number): string {
  return String(Math.abs(value) < 1000 ? Number(value.toPrecision(4)) : Math.round(value));
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
