/** The digest of a state, as internal/fold describes it, for tests. */
import { createHash } from "node:crypto";
import { UNDO } from "../diff";
import { type Entity, ROOT, type State } from "../fold";
import type { Message } from "../message";
import { ArrayValue, bytesOf, type Load, type Numbers } from "../values";

/** Of arrays that have their bytes with them. */
export const load: Load = (array) => array.data!;

export function digest(
  state: State,
  load: Load,
  counts: (message: Message) => boolean = () => true,
): string {
  const undone = new Set([...UNDO.values()].map((m) => hex(canonical(m, load))));
  const all = messagesOf(state)
    .filter(counts)
    .map((m) => canonical(m, load))
    .filter((c) => !undone.has(hex(c)))
    .sort(Buffer.compare);
  const hash = createHash("sha256");
  for (const c of all) hash.update(c);
  return hash.digest("hex");
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

/** The messages that show a state on an empty page. */
export function messagesOf(state: State): Message[] {
  const out: Message[] = [];
  for (const entity of state.all.values()) {
    if (entity.message) out.push(entity.message);
    if (entity.kind === "scene") out.push(...nodeMessages(entity, state));
  }
  return out;
}

function nodeMessages(node: Entity, state: State): Message[] {
  const { name, owner, key, visible, bones, clicks, drags } = node;
  const out: Message[] = [];
  const contested = key !== ROOT && state.variants(name).length > 1;
  const wxyz = node.wxyz ?? [1, 0, 0, 0];
  const position = node.position ?? [0, 0, 0];
  if (contested || !equal(wxyz, [1, 0, 0, 0])) {
    out.push({ type: "SetOrientationMessage", name, wxyz, owner });
  }
  if (contested || !equal(position, [0, 0, 0])) {
    out.push({ type: "SetPositionMessage", name, position, owner });
  }
  if (!visible) out.push({ type: "SetSceneNodeVisibilityMessage", name, visible, owner });
  for (const [bone_index, bone] of bones ?? []) {
    if (bone.wxyz) {
      const { wxyz: turned } = bone;
      out.push({ type: "SetBoneOrientationMessage", name, bone_index, wxyz: turned, owner });
    }
    if (bone.position) {
      const { position: placed } = bone;
      out.push({ type: "SetBonePositionMessage", name, bone_index, position: placed, owner });
    }
  }
  if (clicks) {
    out.push({ type: "SetSceneNodeClickBindingsMessage", name, bindings: clicks, owner });
  }
  if (drags) out.push({ type: "SetSceneNodeDragBindingsMessage", name, bindings: drags, owner });
  return out;
}

function equal(a: Numbers, b: Numbers): boolean {
  return a.every((x, i) => x === b[i]);
}

function canonical(value: unknown, load: Load): Uint8Array {
  if (value === null || value === undefined) return Buffer.of(0xc0);
  if (typeof value === "boolean") return Buffer.of(value ? 0xc3 : 0xc2);
  if (typeof value === "number") return number(value);
  if (typeof value === "string") {
    const bytes = Buffer.from(value);
    return Buffer.concat([head(bytes.length, [0xa0, 32], [0xd9, 0xda, 0xdb]), bytes]);
  }
  if (value instanceof ArrayValue) return binary(bytesOf(value, load));
  if (value instanceof Uint8Array) return binary(value);
  if (Array.isArray(value)) {
    const parts = value.map((element) => canonical(element, load));
    return Buffer.concat([head(value.length, [0x90, 16], [0, 0xdc, 0xdd]), ...parts]);
  }
  const pairs = Object.entries(value as object)
    .map(([key, member]) => [Buffer.from(key), key, member] as const)
    .sort(([a], [b]) => Buffer.compare(a, b))
    .flatMap(([, key, member]) => [canonical(key, load), canonical(member, load)]);
  return Buffer.concat([head(pairs.length / 2, [0x80, 16], [0, 0xde, 0xdf]), ...pairs]);
}

function number(x: number): Uint8Array {
  const out = Buffer.alloc(9);
  out[0] = 0xcb;
  if (Number.isNaN(x)) out.writeUInt16BE(0x7ff8, 1);
  else out.writeDoubleBE(x + 0, 1);
  return out;
}

function binary(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([head(bytes.length, [0, 0], [0xc4, 0xc5, 0xc6]), bytes]);
}

/** The shortest head; the kinds are of one, two and four bytes of length. */
function head(
  n: number,
  [fixed, below]: [number, number],
  [one, two, four]: [number, number, number],
): Uint8Array {
  if (n < below) return Buffer.of(fixed | n);
  if (n < 0x100 && one !== 0) return Buffer.of(one, n);
  const out = Buffer.alloc(n < 0x10000 ? 3 : 5);
  out[0] = n < 0x10000 ? two : four;
  if (n < 0x10000) out.writeUInt16BE(n, 1);
  else out.writeUInt32BE(n, 1);
  return out;
}
