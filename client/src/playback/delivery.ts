/** Makes batches for the page out of differences: loads arrays, and packs poses. */
import { wireArray } from "../protocol/arrays";
import { ENTITY_MESSAGES } from "../protocol/entities.gen";
import type { ServerMessage } from "../protocol/messages.gen";
import type { Difference, NodePose } from "./diff";
import { nodeKey, ROOT } from "./fold";
import type { Message } from "./message";
import type { Recording } from "./recording";
import { type ArrayValue, bytesOf, eachStored, type StoredArray, withArrays } from "./values";

export interface Content {
  messages: ServerMessage[];
  /** Of arrays. */
  bytes: number;
}

/** The page's names of nodes in packed poses, which move many nodes at once. */
export class Delivery {
  private readonly ids = new Map<string, number>();
  private lastId = 0;

  /** Loads what the page needs for it; null for arrays that are missing. */
  async load(difference: Difference, recording: Recording): Promise<Loaded> {
    const loaded: Loaded = new Map();
    const wanted: StoredArray[] = [];
    eachStored(difference.messages, (array) => {
      if (loaded.has(array.data ?? array.index)) return;
      loaded.set(array.data ?? array.index, null);
      wanted.push(array);
    });
    await Promise.all(
      wanted.map(async (array) => {
        loaded.set(array.data ?? array.index, await recording.array(array));
      }),
    );
    return loaded;
  }

  /** What is posted to the page then. */
  content({ messages, poses }: Difference, loaded: Loaded, recording: Recording): Content {
    let bytes = 0;
    for (const array of loaded.values()) bytes += array?.length ?? 0;
    const made: ServerMessage[] = [];
    for (const message of messages) {
      const whole = this.withArrays(this.withId(message), loaded);
      if (whole) made.push(whole as unknown as ServerMessage);
      else recording.notes.add("arrays");
    }
    made.push(...this.packed(poses));
    return { messages: made, bytes };
  }

  private withArrays(message: Message, loaded: Loaded): Message | null {
    let missing = false;
    const load = (array: StoredArray): Uint8Array<ArrayBuffer> => {
      const bytes = loaded.get(array.data ?? array.index);
      if (bytes?.length === array.bytes) return bytes;
      missing = true;
      return new Uint8Array(array.bytes);
    };
    const whole = withArrays(message, (array: ArrayValue) => {
      const bytes = bytesOf(array, load);
      return wireArray(bytes.buffer, bytes.byteOffset, bytes.length, array.dtype);
    });
    return missing ? null : (whole as Message);
  }

  private withId(message: Message): Message {
    const info = ENTITY_MESSAGES.get(message.type);
    if (info?.entity !== "scene" || info.phase === "update_dict") return message;
    const key = nodeKey(String(message.owner ?? ""), String(message.name));
    if (info.phase === "remove") this.ids.delete(key);
    if (info.phase !== "create") return message;
    const id = this.ids.get(key) ?? ++this.lastId;
    this.ids.set(key, id);
    return { ...message, id };
  }

  private packed(poses: ReadonlyMap<string, NodePose>): ServerMessage[] {
    const moved = new Packing(poses.size, Float64Array, 3);
    const turned = new Packing(poses.size, Float32Array, 4);
    const out: ServerMessage[] = [];
    for (const [key, { position, wxyz }] of poses) {
      const id = this.ids.get(key);
      if (id === undefined) {
        if (key === ROOT) out.push(...rootPose({ position, wxyz }));
        continue;
      }
      if (position) moved.add(id, position);
      if (wxyz) turned.add(id, wxyz);
    }
    if (moved.count + turned.count === 0) return out;
    out.push({
      type: "PackedPosesMessage",
      position_ids: moved.ids.slice(0, moved.count),
      positions: moved.values.slice(0, 3 * moved.count),
      wxyz_ids: turned.ids.slice(0, turned.count),
      wxyzs: turned.values.slice(0, 4 * turned.count),
    });
    return out;
  }
}

export type Loaded = Map<unknown, Uint8Array<ArrayBuffer> | null>;

class Packing<T extends Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>> {
  count = 0;
  readonly ids: Uint32Array<ArrayBuffer>;
  readonly values: T;

  constructor(
    capacity: number,
    make: new (length: number) => T,
    private readonly width: number,
  ) {
    this.ids = new Uint32Array(capacity);
    this.values = new make(capacity * width);
  }

  add(id: number, numbers: readonly number[]): void {
    const at = this.count * this.width;
    this.ids[this.count++] = id;
    for (let i = 0; i < this.width; i++) this.values[at + i] = numbers[i]!;
  }
}

function rootPose({ position, wxyz }: Pick<NodePose, "position" | "wxyz">): ServerMessage[] {
  const out: Message[] = [];
  if (wxyz) out.push({ type: "SetOrientationMessage", name: "", wxyz, owner: "" });
  if (position) out.push({ type: "SetPositionMessage", name: "", position, owner: "" });
  return out as unknown as ServerMessage[];
}
