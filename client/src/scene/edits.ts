/**
 * What this page's user changed about a node, on this page only. The changed values are the node's own, so
 * that nothing else need know of them; kept here is what the program says instead. A value that the program
 * sets again is the program's again.
 */
import type { Vec3, Vec4 } from "../protocol/messages.gen";
import type { Pose } from "./pose";

export class Edits {
  /** The program's values of the properties that were changed. */
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

  /** Puts the program's place and turn back into pose, and forgets what was changed of them. */
  restorePose(pose: Pose): void {
    if (this.position) pose.setPosition(...this.position);
    if (this.wxyz) pose.setWxyz(...this.wxyz);
    this.position = this.wxyz = null;
  }
}

/** The names of a pose's two parts among those of properties, which none of these has. */
export const POSITION = "#position";
export const WXYZ = "#wxyz";
