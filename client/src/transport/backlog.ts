import type { Frame } from "../protocol/frame";
import type { PackedPosesMessage, ServerMessage } from "../protocol/messages.gen";
import { joinPatches } from "./patches";

/**
 * Received frames that the page has not processed yet. For a page that cannot keep up they would grow without
 * bound (a browser's websocket has no backpressure), so values that a later message replaces are dropped.
 * The rest is passed on as one batch, in order.
 *
 * No frame is drawn between the messages of one batch, so only the last of two writes to the same property of
 * an entity matters, whatever is between them: if the entity was recreated in between, the earlier write was
 * to its predecessor.
 */
export class Backlog {
  private frames: Frame[] = [];
  private messageCount = 0;
  private heldBytes = 0;
  private compactAtMessages = COMPACT_FROM_MESSAGES;
  private compactAtBytes = COMPACT_FROM_BYTES;

  /** Estimate of the memory held, in bytes. */
  get bytes(): number {
    return this.heldBytes;
  }

  get empty(): boolean {
    return this.frames.length === 0;
  }

  push(frame: Frame): void {
    this.frames.push(frame);
    this.messageCount += frame.messages.length;
    this.heldBytes += held(frame);
    if (this.messageCount <= this.compactAtMessages && this.heldBytes <= this.compactAtBytes)
      return;
    this.compact();
    // Compacting costs as much as there is: with bounds that follow what is left, the cost of each
    // message stays constant.
    this.compactAtMessages = Math.max(COMPACT_FROM_MESSAGES, 2 * this.messageCount);
    this.compactAtBytes = Math.max(COMPACT_FROM_BYTES, 2 * this.heldBytes);
  }

  /** Returns everything as one batch. */
  take(): Frame {
    if (this.frames.length > 1) this.compact();
    const frames = this.frames;
    this.clear();
    const [only] = frames;
    if (frames.length === 1 && only) return only;
    return {
      messages: frames.flatMap((frame) => frame.messages),
      timestampSec: frames.at(-1)?.timestampSec ?? 0,
      memory: frames.flatMap((frame) => frame.memory),
      bytes: frames.reduce((n, frame) => n + frame.bytes, 0),
      malformed: frames.reduce((n, frame) => n + frame.malformed, 0),
    };
  }

  clear(): void {
    this.frames = [];
    this.messageCount = 0;
    this.heldBytes = 0;
    this.compactAtMessages = COMPACT_FROM_MESSAGES;
    this.compactAtBytes = COMPACT_FROM_BYTES;
  }

  /** Drops messages that are replaced later, and the buffers of frames of which nothing is left. */
  private compact(): void {
    joinPatches(this.frames);
    const newer = new Replaced();
    for (let f = this.frames.length - 1; f >= 0; f--) {
      const frame = this.frames[f]!;
      const kept: ServerMessage[] = [];
      for (let m = frame.messages.length - 1; m >= 0; m--) {
        const message = newer.remainder(frame.messages[m]!);
        if (message) kept.push(message);
      }
      frame.messages = kept.reverse();
      if (kept.length === 0) frame.memory = [];
    }
    this.frames = this.frames.filter((frame) => frame.messages.length > 0 || frame.malformed > 0);
    this.messageCount = this.frames.reduce((n, frame) => n + frame.messages.length, 0);
    this.heldBytes = this.frames.reduce((n, frame) => n + held(frame), 0);
  }
}

/** Below this, compacting is not worth its cost. */
const COMPACT_FROM_MESSAGES = 4096;
const COMPACT_FROM_BYTES = 64 * 1024 * 1024;
/** Approximate size of a decoded message without arrays. */
const MESSAGE_BYTES = 300;

function held(frame: Frame): number {
  return frame.messages.length * MESSAGE_BYTES + frame.memory.reduce((n, m) => n + m.byteLength, 0);
}

/** Walks messages from the newest to the oldest and returns what of each is still needed. */
class Replaced {
  private readonly keys = new Set<string>();
  private readonly positions = new Set<number>();
  private readonly orientations = new Set<number>();

  remainder(message: ServerMessage): ServerMessage | null {
    if (message.type === "PackedPosesMessage") return this.poses(message);
    const key = propertyKey(message);
    if (key === null) return message;
    if (this.keys.has(key)) return null;
    this.keys.add(key);
    return message;
  }

  private poses(message: PackedPosesMessage): PackedPosesMessage | null {
    const positions = unseen(message.position_ids, this.positions);
    const orientations = unseen(message.wxyz_ids, this.orientations);
    if (positions === null && orientations === null) return message;
    const kept: PackedPosesMessage = {
      type: message.type,
      position_ids: positions ? pick(message.position_ids, positions, 1) : message.position_ids,
      positions: positions ? pick(message.positions, positions, 3) : message.positions,
      wxyz_ids: orientations ? pick(message.wxyz_ids, orientations, 1) : message.wxyz_ids,
      wxyzs: orientations ? pick(message.wxyzs, orientations, 4) : message.wxyzs,
    };
    return kept.position_ids.length + kept.wxyz_ids.length === 0 ? null : kept;
  }
}

/** Adds ids to seen. Returns the indices of those that were new, or null if all were. */
function unseen(ids: Uint32Array, seen: Set<number>): number[] | null {
  const before = seen.size;
  const fresh: number[] = [];
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i]!;
    if (seen.has(id)) continue;
    seen.add(id);
    fresh.push(i);
  }
  return seen.size - before === ids.length ? null : fresh;
}

function pick<T extends Uint32Array | Float32Array | Float64Array>(
  from: T,
  places: readonly number[],
  width: number,
): T {
  const to = new (from.constructor as new (length: number) => T)(places.length * width);
  places.forEach((place, i) => {
    for (let k = 0; k < width; k++) to[i * width + k] = from[place * width + k] ?? 0;
  });
  return to;
}

/** A key for the property that a message sets, or null if it does more than that. */
function propertyKey(message: ServerMessage): string | null {
  switch (message.type) {
    case "SetPositionMessage":
    case "SetOrientationMessage":
    case "SetSceneNodeVisibilityMessage":
      return `${message.type}\0${message.owner}\0${message.name}`;
    case "SetBonePositionMessage":
    case "SetBoneOrientationMessage":
      return `${message.type}\0${message.owner}\0${message.bone_index}\0${message.name}`;
    case "SceneNodeUpdateMessage":
      return `${message.type}\0${message.owner}\0${propNames(message.updates)}\0${message.name}`;
    case "GuiUpdateMessage":
    case "CommandUpdateMessage":
      return `${message.type}\0${propNames(message.updates)}\0${message.uuid}`;
    case "NotificationUpdateMessage":
      return `${message.type}\0${message.uuid}`;
    case "BackgroundImageMessage":
    case "EnvironmentMapMessage":
    case "FogMessage":
      return message.type;
    default:
      return null;
  }
}

function propNames(updates: unknown): string {
  if (typeof updates !== "object" || updates === null) return "";
  return Object.keys(updates).sort().join();
}
