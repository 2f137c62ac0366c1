import type { Page } from "@playwright/test";

/** Whole numbers that do not depend on the machine, unlike times. */
export interface GlCounts {
  /** Calls of WebGL functions. */
  calls: number;
  /** Calls that draw, a multi-draw once. */
  draws: number;
  /** Buffers and textures that were created or reallocated. */
  allocations: number;
  /** Bytes uploaded to buffers and textures. */
  uploaded: number;
  /** Callbacks of requestAnimationFrame that ran. */
  animationFrames: number;
  /** Callbacks of setTimeout and setInterval on the main thread. */
  timers: number;
}

/** What an idle page does. */
export const IDLE: Readonly<GlCounts> = {
  calls: 0,
  draws: 0,
  allocations: 0,
  uploaded: 0,
  animationFrames: 0,
  timers: 0,
};

/** Number of live WebGL objects of each type. */
export type GlObjects = Record<"Buffer" | "Texture" | "Program" | "VertexArray", number>;

declare global {
  interface Window {
    glProbe?: GlCounts;
    glObjects?: Record<keyof GlObjects, Set<unknown>>;
    glDrawsNothing?: boolean;
  }
}

/** Counts a page's calls of WebGL 2, and callbacks of requestAnimationFrame and timers. */
export class GlProbe {
  private constructor(private readonly page: Page) {}

  /** Call before the page is opened. */
  static async install(page: Page): Promise<GlProbe> {
    await page.addInitScript(wrap, IDLE);
    return new GlProbe(page);
  }

  /**
   * Counts draw calls without executing them: without a graphics card their time dominates everything else. Call
   * before the page is opened.
   */
  async drawNothing(): Promise<void> {
    await this.page.addInitScript(() => {
      window.glDrawsNothing = true;
    });
  }

  objects(): Promise<GlObjects> {
    return this.page.evaluate(() => {
      const sizes = Object.entries(window.glObjects!).map(([sort, live]) => [sort, live.size]);
      return Object.fromEntries(sizes) as GlObjects;
    });
  }

  counts(): Promise<GlCounts> {
    return this.page.evaluate(() => ({ ...window.glProbe! }));
  }

  /** The calls while `action` runs and for `settleMs` after it. */
  async during(action: () => Promise<unknown>, settleMs = 200): Promise<GlCounts> {
    const before = await this.counts();
    await action();
    await this.page.waitForTimeout(settleMs);
    const after = await this.counts();
    const names = Object.keys(IDLE) as (keyof GlCounts)[];
    return Object.fromEntries(names.map((n) => [n, after[n] - before[n]])) as unknown as GlCounts;
  }
}

/** Runs in the page, before its scripts; it must not refer to anything outside of itself. */
function wrap(nothing: GlCounts): void {
  const counts = { ...nothing };
  window.glProbe = counts;
  const live = {
    Buffer: new Set<unknown>(),
    Texture: new Set<unknown>(),
    Program: new Set<unknown>(),
    VertexArray: new Set<unknown>(),
  };
  window.glObjects = live;
  type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;

  const bytesOf = (args: unknown[], name: string): number => {
    let bytes = 0;
    for (const arg of args) if (ArrayBuffer.isView(arg)) bytes += arg.byteLength;
    // A part of an array: (target, offset there, array, first element, number of elements).
    const [array, , count] = args.slice(2) as [Uint8Array, number, number | undefined];
    if (name === "bufferSubData" && count) return count * array.BYTES_PER_ELEMENT;
    return bytes;
  };
  const counted = (target: Record<string, unknown>, name: string): void => {
    const original = target[name] as AnyFunction;
    const draws = /^(multi)?draw(Arrays|Elements|RangeElements)/i.test(name);
    const uploads = /^(buffer|tex)(Sub)?(Data|Image)|^texSubImage/.test(name);
    const allocates = /^(create(Buffer|Texture)|bufferData|texImage|texStorage|copyTexImage)/.test(
      name,
    );
    const [, made, gone] = /^(?:create(.*)|delete(.*))$/.exec(name) ?? [];
    target[name] = function (this: unknown, ...args: unknown[]) {
      counts.calls++;
      if (draws) counts.draws++;
      if (draws && window.glDrawsNothing) return undefined;
      if (allocates) counts.allocations++;
      if (uploads) counts.uploaded += bytesOf(args, name);
      const result = original.apply(this, args);
      live[made as keyof typeof live]?.add(result);
      live[gone as keyof typeof live]?.delete(args[0]);
      return result;
    };
  };
  const functionsOf = (target: object): string[] =>
    Object.getOwnPropertyNames(target).filter((name) => {
      const { value } = Object.getOwnPropertyDescriptor(target, name)!;
      return typeof value === "function" && name !== "constructor";
    });

  const gl = WebGL2RenderingContext.prototype as unknown as Record<string, unknown>;
  for (const name of functionsOf(gl)) counted(gl, name);
  // Multi-draws are methods of an extension object, each context has its own.
  const getExtension = gl.getExtension as AnyFunction;
  const wrapped = new WeakSet<object>();
  gl.getExtension = function (this: unknown, ...args: unknown[]) {
    const extension = getExtension.apply(this, args) as Record<string, unknown> | null;
    const prototype = extension && (Object.getPrototypeOf(extension) as Record<string, unknown>);
    if (args[0] === "WEBGL_multi_draw" && prototype && !wrapped.has(prototype)) {
      wrapped.add(prototype);
      for (const name of functionsOf(prototype)) counted(prototype, name);
    }
    return extension;
  };

  for (const name of ["setTimeout", "setInterval"] as const) {
    const start = window[name].bind(window) as AnyFunction;
    const counting = (callback: AnyFunction, ...rest: unknown[]) =>
      start(
        (...args: unknown[]) => {
          counts.timers++;
          callback(...args);
        },
        ...rest,
      );
    Object.assign(window, { [name]: counting });
  }

  const request = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) =>
    request((time) => {
      counts.animationFrames++;
      callback(time);
    });
}
