/** Poses of variants: those that the server sets, by number or one by one, and those that the viewer drags. */
import type { LocalEdits } from "./localEdits";
import type { TreeCore, Variant } from "./place";
import { Pose } from "./pose";

export class PoseUpdates<V> {
  /** Variants by their number on the wire. */
  private readonly byId = new Map<number, Variant<V>>();

  constructor(
    private readonly core: TreeCore<V>,
    private readonly edits: LocalEdits<V>,
  ) {}

  /** Gives a variant its number; -1 takes it away. */
  assign(v: Variant<V>, id: number): void {
    if (v.id >= 0 && this.byId.get(v.id) === v) this.byId.delete(v.id);
    v.id = id;
    if (id >= 0) this.byId.set(id, v);
  }

  /** Many poses at once, by number; unknown numbers are skipped. Allocates nothing per node. */
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

  /** The viewer takes hold of a node: what the server says of its pose has to wait. */
  hold(v: Variant<V>): void {
    v.held = new Pose().copy(v.pose);
    v.overruled = false;
  }

  /** The viewer moves a node that is held. */
  pull(v: Variant<V>, local: Pose): void {
    v.pose.copy(local);
    v.held?.copy(local);
    v.overruled = false;
    if (v.place.effective === v) this.core.markDirty(v.place);
  }

  /** The viewer lets go: the server's last word counts if it came after the last movement. */
  release(v: Variant<V>): void {
    if (v.held && v.overruled) this.pull(v, new Pose().copy(v.held));
    v.held = null;
  }

  setPosition(v: Variant<V>, x: number, y: number, z: number): void {
    v.receivedPosition = true;
    const place = v.place;
    v.overruled = true;
    if (!(v.held ?? v.pose).setPosition(x, y, z)) {
      this.core.setError(
        place,
        "position",
        "its position is not finite; the last good one is kept",
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
    v.overruled = true;
    if (!(v.held ?? v.pose).setWxyz(w, x, y, z)) {
      this.core.setError(
        place,
        "wxyz",
        "its orientation is no rotation; the last good one is kept",
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
