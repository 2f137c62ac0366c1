// @vitest-environment jsdom

import { describe, expect, test, vi } from "vitest";
import { cpuMs } from "../../testing/cpu";
import { markdownFragment } from "./markdown";

// Formulas are found, but not drawn.
vi.mock("./tex", () => ({ drawTex: () => undefined }));

describe.each(["$", "$a", "$a$5 ", "\\(", "\\[\n", "$$a ", "\n$$", "$$\n\n", "\\a", "$x`"])(
  "%j again and again is read in time",
  (part) => {
    test.each([50, 400])("with %d letters between", (n) => {
      const start = cpuMs();
      const repeated = `${part}${"a".repeat(n)}`;
      markdownFragment(`${repeated.repeat(Math.floor(99_000 / repeated.length))} $x$`);
      expect(cpuMs() - start).toBeLessThan(5000);
    });
  },
);
