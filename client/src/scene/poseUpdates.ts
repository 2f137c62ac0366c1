/** Poses of variants: set by the server, in packed messages or one by one, or by dragging a gizmo. */
import type { LocalEdits } from "./localEdits";
import type { TreeCore, Variant } from "./place";
import { Pose } from "./pose";

export class PoseUpdates<V> {
  /** Variants by their id on the wire. */
  private readonly byId = new Map<number, Variant<V>>();

  constructor(
    private readonly core: TreeCore<V>,
    private readonly edits: LocalEdits<V>,
  ) {}

  /** Assigns an id to a variant; -1 removes it. */
  assign(v: Variant<V>, id: number): void {
    if (v.id >= 0 && this.byId.get(v.id) === v) this.byId.delete(v.id);
    v.id = id;
    if (id >= 0) this.byId.set(id, v);
  }

  /** Sets many poses by id; unknown ids are skipped. Does not allocate per node. */
  setAll(
    positionIds: ArrayLike<number>,
    positions: ArrayLike<number>,
    wxyzIds: ArrayLike<number>,
    wxyzs: ArrayLike<number>,
  ): void {
    const np = Math.min(positionIds.length, Math.floor(positions.length / 3));
    for (let i = 0; i < np; i++) {
      const v = this.byId.get(positionIds[i]!);
      if (v) this.setPosition(v, positions[3 * i]!, positions[3 * i + 1]!, positions[3 * i + 2]!);
    }
    const nq = Math.min(wxyzIds.length, Math.floor(wxyzs.length / 4));
    for (let i = 0; i < nq; i++) {
      const v = this.byId.get(wxyzIds[i]!);
      if (v) {
        this.setWxyz(v, wxyzs[4 * i]!, wxyzs[4 * i + 1]!, wxyzs[4 * i + 2]!, wxyzs[4 * i + 3]!);
      }
    }
  }

  /** The user starts to drag a node: poses from the server are applied at the end of the drag. */
  startDrag(v: Variant<V>): void {
    v.dragPose = new Pose().copy(v.pose);
    v.poseReceived = false;
  }

  /** The user drags a node to this pose. */
  drag(v: Variant<V>, local: Pose): void {
    v.pose.copy(local);
    v.dragPose?.copy(local);
    v.poseReceived = false;
    if (v.place.effective === v) this.core.markDirty(v.place);
  }

  /** The drag ends: the server's last pose is applied if it came after the last movement. */
  endDrag(v: Variant<V>): void {
    if (v.dragPose && v.poseReceived) this.drag(v, new Pose().copy(v.dragPose));
    v.dragPose = null;
  }

  setPosition(v: Variant<V>, x: number, y: number, z: number): void {
    v.receivedPosition = true;
    const place = v.place;
    v.poseReceived = true;
    if (!(v.dragPose ?? v.pose).setPosition(x, y, z)) {
      this.core.setError(
        place,
        "position",
        "its position is not finite; the last valid one is kept",
      );
      return;
    }
    if (v.edits?.position) {
      v.edits.position = null;
      this.edits.tidy(v);
    }
    if (place.errors) this.core.setError(place, "position", null);
    if (place.effective === v) this.core.markDirty(place);
  }

  setWxyz(v: Variant<V>, w: number, x: number, y: number, z: number): void {
    v.receivedWxyz = true;
    const place = v.place;
    v.poseReceived = true;
    if (!(v.dragPose ?? v.pose).setWxyz(w, x, y, z)) {
      this.core.setError(
        place,
        "wxyz",
        "its orientation is not a rotation; the last valid one is kept",
      );
      return;
    }
    if (v.edits?.wxyz) {
      v.edits.wxyz = null;
      this.edits.tidy(v);
    }
    if (place.errors) this.core.setError(place, "wxyz", null);
    if (place.effective === v) this.core.markDirty(place);
  }
}
