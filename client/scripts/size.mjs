// How much a first visit loads, gzipped. Fails beyond the budget. Run after the build.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const BUDGET_KB = 498;
/** Workers that only some pages start, by the beginning of their file's name. */
const LATER_WORKERS = ["bvh", "splatSort"];
/** What the entry imports on some pages only: for recordings, pages that are controlled by another, and links to a view. */
const LATER_PARTS = ["channel", "control", "linkedView"];

const client = join(import.meta.dirname, "..");
const reportFile = join(client, ".cache", "bundle.json");
if (!existsSync(reportFile)) {
  console.error("no bundle report: run `npm run build` first");
  process.exit(1);
}
/** @type {import("./bundleReport").ReportedFile[]} */
const report = JSON.parse(readFileSync(reportFile, "utf8"));
const files = new Map(report.map((entry) => [entry.file, entry]));

/** @param {string} file @param {string[]} names */
function begins(file, names) {
  const own = file.slice(file.lastIndexOf("/") + 1);
  return names.some((name) => own.startsWith(`${name}-`) || own.startsWith(`${name}.`));
}

const first = new Set(["index.html", "logo.svg"]);
/** @param {string} file @param {boolean} isEntry */
function load(file, isEntry = false) {
  if (first.has(file)) return;
  first.add(file);
  const entry = files.get(file);
  if (!entry) return;
  for (const other of entry.with) load(other);
  // The entry itself imports scene and panel at once; what those import later is for some pages only.
  if (isEntry) for (const other of entry.later) if (!begins(other, LATER_PARTS)) load(other);
  for (const other of entry.names) if (!begins(other, LATER_WORKERS)) load(other);
}
for (const entry of report) if (entry.isEntry) load(entry.file, true);

let total = 0;
for (const file of [...first].sort()) {
  const bytes = readFileSync(join(client, "dist", file));
  const packed = gzipSync(bytes, { level: 9 }).length;
  total += packed;
  console.log(`${(packed / 1000).toFixed(1).padStart(8)} kB  ${file}`);
}
for (const { file } of report) {
  if (first.has(file)) continue;
  const packed = gzipSync(readFileSync(join(client, "dist", file)), { level: 9 }).length;
  console.log(`${(packed / 1000).toFixed(1).padStart(8)} kB  ${file}  (not on a first visit)`);
}
console.log(
  `${(total / 1000).toFixed(1).padStart(8)} kB  first visit, gzipped; budget ${BUDGET_KB} kB`,
);
if (total > BUDGET_KB * 1000) {
  console.error("the first visit is over its budget");
  process.exit(1);
}
