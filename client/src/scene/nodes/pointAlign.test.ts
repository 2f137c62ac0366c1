import { describe, expect, it } from "vitest";
import { ALIGNED, align } from "./pointAlign";

const KINDS = { bytes: Uint8Array, "half floats": Uint16Array } as const;

describe("align", () => {
  for (const [name, Kind] of Object.entries(KINDS)) {
    it(`copies any range of ${name} from any place in memory`, () => {
      const fill = Kind === Uint8Array ? 255 : 0;
      for (let offset = 0; offset < 5; offset++) {
        for (let points = 0; points < 14; points++) {
          for (let first = 0; first <= points; first++) {
            for (let end = first; end <= points; end++) {
              const memory = new Kind(offset + 3 * points);
              for (let i = 0; i < memory.length; i++) memory[i] = (i + 1) * 2477;
              const from = memory.subarray(offset);
              const out = new Kind(ALIGNED * points).fill(fill);
              align(from, out, first, end);
              const want = [...new Kind(ALIGNED * points).fill(fill)];
              for (let p = first; p < end; p++) {
                for (let k = 0; k < 3; k++) want[ALIGNED * p + k] = from[3 * p + k]!;
              }
              expect([...out]).toEqual(want);
            }
          }
        }
      }
    });
  }
});
