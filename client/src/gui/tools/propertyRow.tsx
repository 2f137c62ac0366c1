/** One property in the editor: its name, a control for its kind, and a reset button. */
import { type ReactNode, useState } from "react";
import type { NodeProp } from "../../protocol/nodeProps.gen";
import { list, num, str } from "../store/read";
import { channels, parseChannels, toHex } from "../widgets/color";
import { NumberField } from "../widgets/numberField";
import { type Edit, EditRow, Numbers } from "./editRow";
import { describeArray, describeData, parseLike, stepFor, titleOf } from "./propertyValues";

interface PropertyRowProps {
  prop: NodeProp;
  value: unknown;
  change: Edit;
  reset: (() => void) | null;
}

export function PropertyRow({ prop, value, change, reset }: PropertyRowProps) {
  const label = titleOf(prop.key);
  const set = (next: unknown) => change({ props: { [prop.key]: next } });
  return (
    <EditRow label={label} doc={prop.doc} reset={reset} group={GROUPS.has(prop.kind)}>
      {(id) => (
        <NullableControl prop={prop} label={label} value={value} set={set}>
          <Control id={id} label={label} prop={prop} value={value} set={set} />
        </NullableControl>
      )}
    </EditRow>
  );
}

const GROUPS = new Set<NodeProp["kind"]>(["numbers", "booleans", "scale", "shade"]);

interface ControlProps {
  id: string;
  label: string;
  prop: NodeProp;
  value: unknown;
  set: (value: unknown) => void;
}

/** The initial value when the user replaces null; undefined for kinds without one. */
function initialValue(prop: NodeProp): unknown {
  switch (prop.kind) {
    case "number":
      return prop.max ?? 1;
    case "integer":
      return prop.min ?? 32;
    case "boolean":
      return true;
    case "text":
      return "";
    case "color":
      return [128, 128, 128];
    case "numbers":
      return Array.from({ length: prop.size ?? 0 }, () => 1);
    case "choice":
      return prop.values?.[0];
    default:
      return undefined;
  }
}

/** A nullable property has a switch before its control. */
function NullableControl(props: Omit<ControlProps, "id"> & { children: ReactNode }) {
  const { prop, label, value, set, children } = props;
  const first = initialValue(prop);
  if (!prop.optional || first === undefined) return children;
  const none = value === null || value === undefined;
  return (
    <div className="vg-props-optional">
      <input
        type="checkbox"
        className="vg-checkbox"
        aria-label={`Set ${label}`}
        checked={!none}
        onChange={(e) => set(e.currentTarget.checked ? first : null)}
      />
      {none ? <span className="vg-props-fixed">none</span> : children}
    </div>
  );
}

function Control(props: ControlProps) {
  const { id, label, prop, value, set } = props;
  switch (prop.kind) {
    case "number":
    case "integer":
      return <NumberControl {...props} />;
    case "boolean":
      return <Switch id={id} checked={value === true} onChange={set} />;
    case "choice":
      return <Choice {...props} />;
    case "text":
      return <Text {...props} />;
    case "color":
      return <Color {...props} />;
    case "numbers": {
      const names = axisNames(prop.size ?? 0);
      const numbers = names.map((_, i) => num(list(value)[i], 0));
      return (
        <Numbers names={names} what={label} value={numbers} {...limits(prop)} onChange={set} />
      );
    }
    case "booleans":
      return <Switches {...props} />;
    case "scale":
      return <Scale {...props} />;
    case "shade":
      return <ShadowControl {...props} />;
    case "data":
      return <Data {...props} />;
    case "array":
    case "bytes":
      return <ReadOnlyValue id={id} text={describeArray(value, prop)} />;
    default:
      return (
        <ReadOnlyValue
          id={id}
          text={typeof value === "string" ? value : describeArray(value, prop)}
        />
      );
  }
}

/** Read-only, but focusable and named like a control. */
function ReadOnlyValue({ id, text }: { id: string; text: string }) {
  return (
    <output id={id} className="vg-props-fixed">
      {text}
    </output>
  );
}

function axisNames(size: number): string[] {
  return ["X", "Y", "Z", "W"].slice(0, size);
}

/** Distance to exclusive bounds. */
const BOUND_MARGIN = 1e-6;

function limits(prop: NodeProp): { min: number | null; max: number | null } {
  const { min, max, above, below } = prop;
  return {
    min: min ?? (above === undefined ? null : above + BOUND_MARGIN),
    max: max ?? (below === undefined ? null : below - BOUND_MARGIN),
  };
}

/** Upper limit of integers without a bound: they are counts of objects. */
const MAX_COUNT = 65_536;

function NumberControl({ id, prop, value, set }: ControlProps) {
  const whole = prop.kind === "integer";
  const { min, max } = limits(prop);
  const now = num(value, 0);
  const unit = min === 0 && max === 1;
  return (
    <NumberField
      id={id}
      value={now}
      min={min ?? (whole ? 0 : null)}
      max={max ?? (whole ? MAX_COUNT : null)}
      step={whole ? 1 : unit ? 0.05 : stepFor(now)}
      places={whole ? 0 : 6}
      disabled={false}
      onChange={set}
    />
  );
}

interface SwitchProps {
  id?: string;
  label?: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

function Switch({ id, label, checked, onChange }: SwitchProps) {
  return (
    <input
      id={id}
      type="checkbox"
      className="vg-checkbox"
      aria-label={label}
      checked={checked}
      onChange={(e) => onChange(e.currentTarget.checked)}
    />
  );
}

/** A switch with a short label beside it. */
function NamedSwitch({ label, name, checked, onChange }: SwitchProps & { name: string }) {
  return (
    <label>
      <input
        type="checkbox"
        className="vg-checkbox"
        aria-label={label}
        checked={checked}
        onChange={(e) => onChange(e.currentTarget.checked)}
      />
      {name}
    </label>
  );
}

function Choice({ id, prop, value, set }: ControlProps) {
  const now = str(value);
  const known = prop.values ?? [];
  const values = known.includes(now) ? known : [now, ...known];
  return (
    <select id={id} className="vg-field" value={now} onChange={(e) => set(e.currentTarget.value)}>
      {values.map((each) => (
        <option key={each} value={each}>
          {each}
        </option>
      ))}
    </select>
  );
}

function Text({ id, value, set }: ControlProps) {
  const now = str(value);
  return (
    <textarea
      id={id}
      className="vg-field"
      rows={1}
      value={now}
      onChange={(e) => set(e.currentTarget.value)}
    />
  );
}

function Color({ id, label, value, set }: ControlProps) {
  const now = channels(value, 3);
  const [draft, setDraft] = useState<string | null>(null);
  return (
    <div className="vg-color">
      <input
        type="color"
        className="vg-swatch"
        aria-label={`Choose ${label}`}
        value={toHex(now)}
        onChange={(e) => {
          const next = parseChannels(e.currentTarget.value, 3);
          if (next) set(next);
        }}
      />
      <input
        id={id}
        className="vg-field"
        type="text"
        autoComplete="off"
        spellCheck={false}
        value={draft ?? now.join(", ")}
        onChange={(e) => {
          setDraft(e.currentTarget.value);
          const next = parseChannels(e.currentTarget.value, 3);
          if (next) set(next);
        }}
        onBlur={() => setDraft(null)}
      />
    </div>
  );
}

function Switches({ label, prop, value, set }: ControlProps) {
  const given = list(value);
  const names = axisNames(prop.size ?? 0);
  return (
    <div className="vg-props-switches">
      {names.map((name, i) => (
        <NamedSwitch
          key={name}
          label={`${label} ${name}`}
          name={name}
          checked={given[i] === true}
          onChange={(on) => set(names.map((_, k) => (k === i ? on : given[k] === true)))}
        />
      ))}
    </div>
  );
}

/** One number for all axes, or one per axis. */
function Scale({ label, prop, value, set }: ControlProps) {
  const given = list(value);
  const each = given.length === 3;
  const all = num(each ? given[0] : value, 1);
  const numbers = each ? given.map((x) => num(x, 1)) : [all];
  return (
    <div className="vg-props-scale">
      <Numbers
        names={each ? ["X", "Y", "Z"] : [""]}
        what={label}
        value={numbers}
        {...limits(prop)}
        onChange={(next) => set(each ? next : next[0])}
      />
      <NamedSwitch
        label={`${label}, one for each axis`}
        name="x y z"
        checked={each}
        onChange={(on) => set(on ? [all, all, all] : all)}
      />
    </div>
  );
}

/** Whether it receives shadows, and their opacity. */
function ShadowControl({ label, value, set }: ControlProps) {
  const on = value !== false && value !== 0;
  return (
    <div className="vg-props-optional">
      <Switch label={label} checked={on} onChange={(checked) => set(checked)} />
      {on && (
        <NumberField
          label={`${label}, how dark`}
          value={value === true ? 1 : num(value, 1)}
          min={0}
          max={1}
          step={0.05}
          places={3}
          disabled={false}
          onChange={set}
        />
      )}
    </div>
  );
}

function Data({ id, label, value, set }: ControlProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const parsed = draft === null ? null : parseLike(draft, value);
  const wrong = parsed && "wrong" in parsed ? parsed.wrong : null;
  return (
    <>
      <input
        id={id}
        className="vg-field"
        type="text"
        autoComplete="off"
        spellCheck={false}
        aria-invalid={wrong !== null || undefined}
        aria-describedby={wrong === null ? undefined : `${id}-wrong`}
        value={draft ?? describeData(value)}
        onChange={(e) => {
          const next = parseLike(e.currentTarget.value, value);
          setDraft(e.currentTarget.value);
          if ("value" in next) set(next.value);
        }}
        onBlur={() => setDraft(null)}
      />
      {wrong !== null && (
        <p className="vg-props-wrong" id={`${id}-wrong`} role="status" aria-label={label}>
          {wrong}
        </p>
      )}
    </>
  );
}
