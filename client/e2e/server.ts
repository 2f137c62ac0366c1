import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { builtServer, clientDir, serverCommand } from "./paths";

/**
 * A server process that a test controls, with a line-based protocol:
 *
 *   arguments   SCENARIO [PORT]
 *   child       URL http://127.0.0.1:PORT      when it listens
 *   test        any command of the scenario
 *   child       OK [words]  or  ERR words      one for each command, in order
 *   child       EVENT words                    at any time: what happened there ("EVENT slider 3.5")
 *
 * It exits when its standard input ends. Its standard error is shown if a test fails.
 */
export class TestServer {
  readonly events: string[] = [];
  private readonly answers: ((line: string) => void)[] = [];
  private readonly watchers = new Set<() => void>();
  private stderr = "";

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  /** With a port, listens there or fails; without, on any that is free. */
  static async start(scenario: string, port = 0, timeoutMs = 60_000): Promise<TestServer> {
    const [program, ...args] = serverCommand() ?? [builtServer];
    if (!program) throw new Error("VISER_E2E_SERVER is empty");
    const which = port > 0 ? [scenario, String(port)] : [scenario];
    const child = spawn(program, [...args, ...which], {
      cwd: clientDir,
      stdio: ["pipe", "pipe", "pipe"],
    });
    let stderr = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    const lines = createInterface({ input: child.stdout! });
    const url = await new Promise<string>((resolve, reject) => {
      const fail = (why: string): void =>
        reject(new Error(`${program} ${scenario}: ${why}\n${stderr}`));
      const timer = setTimeout(() => {
        child.kill();
        fail(`no URL within ${timeoutMs} ms`);
      }, timeoutMs);
      child.once("error", (e) => fail(e.message));
      child.once("exit", (code) => fail(`left with code ${code}`));
      lines.on("line", (line) => {
        if (!line.startsWith("URL ")) return;
        clearTimeout(timer);
        resolve(line.slice(4).trim());
      });
    });
    const server = new TestServer(child, url);
    child.stderr?.on("data", (chunk: Buffer) => {
      server.stderr += chunk.toString();
    });
    lines.on("line", (line) => server.heard(line));
    return server;
  }

  /** Sends a command and returns the text after OK; throws the text after ERR. */
  async command(line: string): Promise<string> {
    const answer = new Promise<string>((resolve) => this.answers.push(resolve));
    this.child.stdin?.write(`${line}\n`);
    const text = await withTimeout(
      answer,
      `an answer to ${JSON.stringify(line)}`,
      () => this.stderr,
    );
    if (text.startsWith("ERR")) throw new Error(`${line}: ${text.slice(4)}`);
    return text.slice(3);
  }

  /** Sends a command whose response is JSON. */
  async ask<T>(line: string): Promise<T> {
    return JSON.parse(await this.command(line)) as T;
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  /** Resolves with the first event, from the start (or the event of that number) on, that matches. */
  async event(pattern: RegExp, from = 0): Promise<string> {
    const found = (): string | undefined => this.events.slice(from).find((e) => pattern.test(e));
    const waiting = new Promise<string>((resolve) => {
      const look = (): void => {
        const event = found();
        if (event === undefined) return;
        this.watchers.delete(look);
        resolve(event);
      };
      this.watchers.add(look);
      look();
    });
    return withTimeout(waiting, `an event like ${pattern}`, () => this.events.join("\n"));
  }

  /** Ends the process; `signal` SIGKILL ends it as a crash does. */
  async stop(signal?: NodeJS.Signals): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = new Promise((resolve) => this.child.once("exit", resolve));
    if (signal) this.child.kill(signal);
    else this.child.stdin?.end();
    await withTimeout(gone, "the server to leave", () => this.stderr);
  }

  private heard(line: string): void {
    if (line.startsWith("OK") || line.startsWith("ERR")) this.answers.shift()?.(line);
    else if (line.startsWith("EVENT ")) {
      this.events.push(line.slice(6));
      for (const look of [...this.watchers]) look();
    }
  }
}

/** Long, since pictures are drawn in software and others may use the machine. */
const PATIENCE_MS = 45_000;

async function withTimeout<T>(promise: Promise<T>, what: string, more: () => string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    const words = `waited ${PATIENCE_MS / 1000} s for ${what}`;
    timer = setTimeout(() => reject(new Error(`${words}\n${more()}`)), PATIENCE_MS);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
