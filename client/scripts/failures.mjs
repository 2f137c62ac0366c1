// Prints the failed tests of a JSON report of Playwright: location, title, and first error of each.
// Usage: node failures.mjs REPORT
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { stripVTControlCharacters } from "node:util";

/** The specs of a suite and of the suites in it, with the titles that lead to each. */
function* specs(suite, titles) {
  for (const spec of suite.specs ?? []) yield { spec, titles: [...titles, spec.title] };
  for (const inner of suite.suites ?? []) yield* specs(inner, [...titles, inner.title]);
}

/** The first non-empty line of an error's message, without colors. */
function reason(result) {
  const error = result?.error ?? result?.errors?.[0];
  if (!error) return `the test ${result?.status ?? "was not run"}`;
  const text = stripVTControlCharacters(error.message ?? error.value ?? "");
  const lines = text.split("\n").map((line) => line.trim());
  const details = lines.filter((line) => /^(Expected|Received)\b/.test(line));
  return [lines.find((line) => line !== "") ?? "no message", ...details].join("; ");
}

/** One entry for each test that failed, and one for each error outside of tests, such as a file that does not load. */
export function failures(report) {
  const found = [];
  for (const file of report.suites ?? []) {
    for (const { spec, titles } of specs(file, [])) {
      if (spec.ok) continue;
      const results = spec.tests.flatMap((test) => test.results);
      const failed = results.find((r) => r.status !== "passed" && r.status !== "skipped");
      found.push({
        where: `${spec.file}:${spec.line}`,
        title: titles.join(" › "),
        why: reason(failed ?? results[0]),
      });
    }
  }
  for (const error of report.errors ?? []) {
    const at = error.location
      ? `${error.location.file}:${error.location.line}`
      : "outside of tests";
    found.push({ where: at, title: "error", why: reason({ error }) });
  }
  return found;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const { where, title, why } of failures(JSON.parse(readFileSync(process.argv[2], "utf8")))) {
    console.log(`${where} › ${title}\n    ${why}`);
  }
}
