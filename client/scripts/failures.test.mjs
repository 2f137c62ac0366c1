import { expect, test } from "vitest";
import { failures } from "./failures.mjs";

const run = (status, message) => ({ status, ...(message ? { error: { message } } : {}) });
const spec = (title, line, ok, ...results) => ({
  title,
  ok,
  file: "gui.spec.ts",
  line,
  tests: [{ results }],
});

test("a report's failed tests, with their errors", () => {
  const report = {
    suites: [
      {
        title: "gui.spec.ts",
        specs: [
          spec("passes", 1, true, run("passed")),
          spec(
            "compares",
            9,
            false,
            run(
              "failed",
              "\u001b[31mError: not equal\u001b[39m\n\nExpected: 1\nReceived: 2\n  at x",
            ),
          ),
        ],
        suites: [
          { title: "dark", specs: [spec("hangs", 20, false, run("timedOut"))] },
          { title: "light", specs: [spec("is not reached", 30, false)] },
        ],
      },
    ],
    errors: [{ message: "SyntaxError: no", location: { file: "a.spec.ts", line: 3 } }],
  };
  expect(failures(report)).toEqual([
    {
      where: "gui.spec.ts:9",
      title: "compares",
      why: "Error: not equal; Expected: 1; Received: 2",
    },
    { where: "gui.spec.ts:20", title: "dark › hangs", why: "the test timedOut" },
    { where: "gui.spec.ts:30", title: "light › is not reached", why: "the test was not run" },
    { where: "a.spec.ts:3", title: "error", why: "SyntaxError: no" },
  ]);
});

test("a report without failures gives none", () => {
  expect(
    failures({ suites: [{ title: "f", specs: [spec("a", 1, true, run("passed"))] }], errors: [] }),
  ).toEqual([]);
});
