import { type ReactNode, useId } from "react";
import { str, strOrNull } from "../store/read";

export interface InputBase {
  label: string;
  hint: string | null;
  disabled: boolean;
}

export interface RowProps {
  props: InputBase;
  /** Receives the ids that connect the control with its label. */
  children: (ids: { id: string; labelId: string }) => ReactNode;
  /** The label names a group of controls. */
  group?: boolean;
  /** The control has the full width, below its label. */
  wide?: boolean;
}

/** A label and its control, side by side. */
export function Row({ props, children, group, wide }: RowProps) {
  const id = useId();
  const labelId = `${id}-label`;
  const label = str(props.label);
  const control = <div className="vg-control">{children({ id, labelId })}</div>;
  return (
    <div
      className="vg-row"
      data-hint={strOrNull(props.hint) ?? undefined}
      data-disabled={props.disabled || undefined}
      data-wide={wide || undefined}
      data-bare={label === "" || undefined}
    >
      {group ? (
        <span className="vg-label" id={labelId}>
          {label}
        </span>
      ) : (
        <label className="vg-label" id={labelId} htmlFor={id}>
          {label}
        </label>
      )}
      {control}
    </div>
  );
}
