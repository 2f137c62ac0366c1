/** Building blocks of the property editor's rows. */
import { type ReactNode, useId } from "react";
import type { NodeEdit } from "../../contract";
import { IconButton } from "../icons";
import { NumberField } from "../widgets/numberField";
import { stepFor } from "./propertyValues";

export type Edit = (edit: NodeEdit) => void;

export interface EditRowProps {
  label: string;
  /** A short description; "" for none. */
  doc: string;
  /** null: not changed. */
  reset: (() => void) | null;
  /** The control has several parts with separate names. */
  group?: boolean;
  children: (id: string) => ReactNode;
}

export function EditRow({ label, doc, reset, group, children }: EditRowProps) {
  const id = useId();
  const hint = doc === "" ? undefined : doc[0]!.toUpperCase() + doc.slice(1);
  return (
    <div className="vg-row vg-prop" data-edited={reset !== null || undefined} data-hint={hint}>
      {group ? (
        <span className="vg-label">{label}</span>
      ) : (
        <label className="vg-label" htmlFor={id}>
          {label}
        </label>
      )}
      <div className="vg-control">{children(id)}</div>
      {reset && <IconButton icon="undo" label={`Undo the change of ${label}`} onClick={reset} />}
    </div>
  );
}

const PLACES = 6;

interface NumbersProps {
  names: readonly string[];
  what: string;
  value: readonly number[];
  min?: number | null;
  max?: number | null;
  step?: number;
  onChange: (value: number[]) => void;
}

/** Number fields side by side, each with its own name. */
export function Numbers({ names, what, value, min, max, step, onChange }: NumbersProps) {
  return (
    <div className="vg-vector">
      {names.map((name, i) => (
        <NumberField
          key={name}
          label={`${what} ${name}`.trim()}
          value={value[i] ?? 0}
          min={min ?? null}
          max={max ?? null}
          step={step ?? stepFor(value[i] ?? 0)}
          places={PLACES}
          disabled={false}
          onChange={(x) => onChange(names.map((_, k) => (k === i ? x : (value[k] ?? 0))))}
        />
      ))}
    </div>
  );
}
