import { describe, expect, it } from "vitest";
import { Changes } from "./changes";

describe("Changes", () => {
  const setUp = () => {
    const log: string[] = [];
    return { log, changes: new Changes(() => log.push("request")) };
  };

  it("wait, in their order, while a picture is drawn", () => {
    const { log, changes } = setUp();
    const release = changes.hold();
    changes.make(() => log.push("a"));
    changes.make(() => log.push("b"));
    expect(log).toEqual([]);
    release();
    changes.make(() => log.push("c"));
    expect(log).toEqual(["a", "b", "c"]);
  });

  it("have a frame drawn afterwards only if one was due meanwhile", () => {
    const { log, changes } = setUp();
    changes.hold()();
    expect(log).toEqual([]);
    const release = changes.hold();
    changes.frame(() => log.push("frame"));
    release();
    expect(log).toEqual(["request"]);
    changes.frame(() => log.push("frame"));
    changes.hold()();
    expect(log).toEqual(["request", "frame"]);
  });
});
