/** Changes of nodes by the property editor, on this page only. */
import type { NodeDetails, NodeEdit } from "../contract";
import { Edits, POSITION, WXYZ } from "./edits";
import type { TreeCore, Variant } from "./place";

export class LocalEdits<V> {
  constructor(private readonly core: TreeCore<V>) {}

  /** The details of the effective node at a path; null: none. */
  details(path: string): NodeDetails | null {
    const place = this.core.get(path);
    const v = place?.effective;
    if (!place || !v) return null;
    const { px, py, pz, qw, qx, qy, qz } = v.pose;
    return {
      path,
      kind: v.empty ? "" : v.kind,
      owner: v.owner,
      props: v.props,
      edited: v.edits?.names() ?? new Set(),
      position: [px, py, pz],
      wxyz: [qw, qx, qy, qz],
      error: place.errorText,
    };
  }

  /** Changes a node on this page only, until the program sets the value again. */
  edit(path: string, { props, position, wxyz }: NodeEdit): void {
    const place = this.core.get(path);
    const v = place?.effective;
    if (!place || !v) return;
    v.edits ??= new Edits();
    const { edits, pose } = v;
    if (position) {
      const before: NonNullable<Edits["position"]> = [pose.px, pose.py, pose.pz];
      if (pose.setPosition(...position)) edits.position ??= before;
      this.core.markDirty(place);
    }
    if (wxyz) {
      const before: NonNullable<Edits["wxyz"]> = [pose.qw, pose.qx, pose.qy, pose.qz];
      if (pose.setWxyz(...wxyz)) edits.wxyz ??= before;
      this.core.markDirty(place);
    }
    const names = Object.keys(props ?? {}).filter((name) => Object.hasOwn(v.props, name));
    if (names.length > 0) {
      for (const name of names) {
        if (!edits.props.has(name)) edits.props.set(name, v.props[name]);
      }
      v.props = { ...v.props, ...Object.fromEntries(names.map((name) => [name, props![name]])) };
      this.core.host.propsChanged(place, names);
    }
    this.tidy(v);
    this.core.host.treeChanged(place);
  }

  /** Reverts changes of this page; names as in details(), or all of them (null). */
  unedit(path: string, names: readonly string[] | null): void {
    const place = this.core.get(path);
    const v = place?.effective;
    const edits = v?.edits;
    if (!place || !edits) return;
    const wanted = new Set(names ?? edits.names());
    if (wanted.has(POSITION) && edits.position) v.pose.setPosition(...edits.position);
    if (wanted.has(POSITION)) edits.position = null;
    if (wanted.has(WXYZ) && edits.wxyz) v.pose.setWxyz(...edits.wxyz);
    if (wanted.has(WXYZ)) edits.wxyz = null;
    this.core.markDirty(place);
    const back = [...edits.props].filter(([name]) => wanted.has(name));
    if (back.length > 0) {
      for (const [name] of back) edits.props.delete(name);
      v.props = { ...v.props, ...Object.fromEntries(back) };
      this.core.host.propsChanged(
        place,
        back.map(([name]) => name),
      );
    }
    this.tidy(v);
    this.core.host.treeChanged(place);
  }

  /** The program creates the node again: all local changes end. */
  forget(v: Variant<V>): void {
    v.edits?.restorePose(v.pose);
    v.edits = null;
    this.core.markDirty(v.place);
    this.core.host.treeChanged(v.place);
  }

  /** The program sets properties again, which ends local changes of them. */
  overwritten(v: Variant<V>, names: readonly string[]): void {
    if (!v.edits) return;
    for (const name of names) v.edits.props.delete(name);
    this.tidy(v);
  }

  /** Drops the record of local changes when none is left. */
  tidy(v: Variant<V>): void {
    if (!v.edits?.empty) return;
    v.edits = null;
    this.core.host.treeChanged(v.place);
  }
}
