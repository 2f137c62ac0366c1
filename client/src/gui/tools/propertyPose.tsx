/** Position and orientation in the property editor. */
import { useState } from "react";
import type { Vec3, Vec4 } from "../../protocol/messages.gen";
import { type Edit, EditRow, Numbers } from "./editRow";
import { fromAngles, toAngles } from "./propertyValues";

/** Names as in NodeDetails. */
export const POSITION = "#position";
export const WXYZ = "#wxyz";

interface PoseRowProps<T> {
  value: T;
  change: Edit;
  /** null: not changed. */
  reset: (() => void) | null;
}

export function PositionRow({ value, change, reset }: PoseRowProps<Vec3>) {
  return (
    <EditRow label="Position" doc="In its parent, scene units" reset={reset} group>
      {() => (
        <Numbers
          names={["X", "Y", "Z"]}
          what="Position"
          value={value}
          onChange={(position) => change({ position: position as Vec3 })}
        />
      )}
    </EditRow>
  );
}

type Way = "angles" | "quaternion";

export function OrientationRow({ value, change, reset }: PoseRowProps<Vec4>) {
  const [way, setWay] = useState<Way>("angles");
  // The typed numbers: a quaternion may not be normalized, and angles are not unique, so they are kept as typed.
  const [draft, setDraft] = useState<readonly number[] | null>(null);
  const shown = draft ?? (way === "angles" ? toAngles(value) : value);
  const edit = (numbers: number[]) => {
    setDraft(numbers);
    const wxyz = way === "angles" ? fromAngles(numbers as Vec3) : (numbers as Vec4);
    if (Math.hypot(...wxyz) > 0) change({ wxyz });
  };
  return (
    <EditRow
      label="Orientation"
      doc="In its parent: roll, pitch and yaw in degrees about its x, y and z axes, in this order; or a quaternion"
      reset={
        reset &&
        (() => {
          setDraft(null);
          reset();
        })
      }
      group
    >
      {() => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset would add a frame and a legend.
        <div
          role="group"
          aria-label="Orientation"
          onBlur={(e) => {
            if (!e.currentTarget.contains(e.relatedTarget)) setDraft(null);
          }}
        >
          <select
            className="vg-field vg-props-way"
            aria-label="Orientation as"
            value={way}
            onChange={(e) => {
              setDraft(null);
              setWay(e.currentTarget.value === "quaternion" ? "quaternion" : "angles");
            }}
          >
            <option value="angles">Roll, pitch, yaw (°)</option>
            <option value="quaternion">Quaternion w, x, y, z</option>
          </select>
          <Numbers
            key={way}
            names={way === "angles" ? ["Roll", "Pitch", "Yaw"] : ["W", "X", "Y", "Z"]}
            what="Orientation"
            value={shown}
            step={way === "angles" ? 5 : 0.05}
            onChange={edit}
          />
        </div>
      )}
    </EditRow>
  );
}
