import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { clientDir } from "./paths";

const command = join(clientDir, ".cache", "viser");

/** Builds the command, with the page as it is built now. */
export function buildViewer(): void {
  execFileSync("go", ["build", "-o", command, "../cmd/viser"], { cwd: clientDir });
}

/** A run of `viser view`. */
export class Viewer {
  /** What it has printed on standard error, by lines. */
  readonly said: string[] = [];
  url = "";

  private constructor(private readonly child: ChildProcess) {}

  static async start(...args: string[]): Promise<Viewer> {
    const child = spawn(command, ["view", "--port", "0", ...args], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    const viewer = new Viewer(child);
    createInterface({ input: child.stderr! }).on("line", (line) => viewer.said.push(line));
    viewer.url = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout! }).on("line", (line) => {
        const [, url] = /^Open (http:\S+)/.exec(line) ?? [];
        if (url) resolve(url);
      });
      child.once("error", reject);
      child.once("exit", (code) => reject(new Error(`it left with ${code}: ${viewer.said}`)));
    });
    return viewer;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const gone = new Promise((done) => this.child.once("exit", done));
    this.child.kill("SIGTERM");
    await gone;
  }
}
