/**
 * Changes that the user made to a node in the property editor, on this page only. The node itself has the changed
 * values; this keeps the program's values, to restore them. A value that the program sets again replaces the
 * user's change.
 */
import type { Vec3, Vec4 } from "../protocol/messages.gen";
import type { Pose } from "./pose";

export class Edits {
  /** The program's values of the changed properties. */
  readonly props = new Map<string, unknown>();
  position: Vec3 | null = null;
  wxyz: Vec4 | null = null;

  get empty(): boolean {
    return this.props.size === 0 && this.position === null && this.wxyz === null;
  }

  names(): Set<string> {
    const names = new Set(this.props.keys());
    if (this.position) names.add(POSITION);
    if (this.wxyz) names.add(WXYZ);
    return names;
  }

  /** Restores the program's position and orientation in pose, and ends the changes of both. */
  restorePose(pose: Pose): void {
    if (this.position) pose.setPosition(...this.position);
    if (this.wxyz) pose.setWxyz(...this.wxyz);
    this.position = this.wxyz = null;
  }
}

/** Names of position and orientation in lists of property names; no property has such a name. */
export const POSITION = "#position";
export const WXYZ = "#wxyz";
