import { FrameError } from "./errors";

/**
 * Walks a msgpack document without building it, and throws FrameError unless it is complete, nothing
 * follows it and it nests at most maxDepth deep.
 *
 * The decoder allocates an array of the length in its header before reading an element, so a few bytes could make it
 * allocate gigabytes. After this check all declared elements exist, and the decoder's allocations are bounded by a
 * small multiple of the document's size.
 */
export function checkMsgpack(bytes: Uint8Array, maxDepth = 64): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length;
  // Number of remaining values in each open container.
  const open = new Float64Array(maxDepth + 1);
  open[0] = 1;
  let depth = 0;
  let pos = 0;

  const count = (width: 1 | 2 | 4): number => {
    if (pos + width > end) throw new FrameError("msgpack ends within a header");
    const n =
      width === 1 ? view.getUint8(pos) : width === 2 ? view.getUint16(pos) : view.getUint32(pos);
    pos += width;
    return n;
  };
  // Not `pos += count(…)`: that would add to the position from before the header was read.
  const skip = (length: number): void => {
    pos += length;
  };
  const enter = (values: number): void => {
    if (values > end - pos) throw new FrameError("msgpack claims more elements than it holds");
    if (values === 0) return;
    if (depth === maxDepth) throw new FrameError(`msgpack nests deeper than ${maxDepth}`);
    depth++;
    open[depth] = values;
  };

  while (true) {
    while (depth > 0 && open[depth] === 0) depth--;
    if (depth === 0 && open[0] === 0) break;
    if (pos >= end) throw new FrameError("msgpack ends too early");
    open[depth]!--;

    const head = bytes[pos++]!;
    if (head < 0x80 || head >= 0xe0) continue;
    if (head < 0x90) enter((head & 0x0f) * 2);
    else if (head < 0xa0) enter(head & 0x0f);
    else if (head < 0xc0) pos += head & 0x1f;
    else
      switch (head) {
        case 0xc0:
        case 0xc2:
        case 0xc3:
          break;
        case 0xc4:
        case 0xd9:
          skip(count(1));
          break;
        case 0xc5:
        case 0xda:
          skip(count(2));
          break;
        case 0xc6:
        case 0xdb:
          skip(count(4));
          break;
        case 0xc7:
          skip(count(1) + 1);
          break;
        case 0xc8:
          skip(count(2) + 1);
          break;
        case 0xc9:
          skip(count(4) + 1);
          break;
        case 0xcc:
        case 0xd0:
          pos += 1;
          break;
        case 0xcd:
        case 0xd1:
        case 0xd4:
          pos += 2;
          break;
        case 0xd5:
          pos += 3;
          break;
        case 0xca:
        case 0xce:
        case 0xd2:
          pos += 4;
          break;
        case 0xd6:
          pos += 5;
          break;
        case 0xcb:
        case 0xcf:
        case 0xd3:
          pos += 8;
          break;
        case 0xd7:
          pos += 9;
          break;
        case 0xd8:
          pos += 17;
          break;
        case 0xdc:
          enter(count(2));
          break;
        case 0xdd:
          enter(count(4));
          break;
        case 0xde:
          enter(count(2) * 2);
          break;
        case 0xdf:
          enter(count(4) * 2);
          break;
        default:
          throw new FrameError("msgpack holds the reserved byte 0xc1");
      }
    if (pos > end) throw new FrameError("msgpack ends within a value");
  }
  if (pos !== end) throw new FrameError(`${end - pos} bytes follow the msgpack document`);
}
