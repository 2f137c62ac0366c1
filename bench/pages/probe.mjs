/** What the scripts that measure pages have in common. */
import { readFileSync } from "node:fs";
import { cpus } from "node:os";

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Runs in the page before its scripts: counts, and leaves out what draws unless told otherwise. */
export function probe(drawing) {
  const counts = {
    draws: 0, frames: 0, points: 0, allocations: 0, subBytes: 0, objects: 0, longTasks: 0, longest: 0, lastLong: 0,
    // When the draw call that completes so many points of a frame was executed.
    wanted: Number.POSITIVE_INFINITY, visible: 0,
  };
  window.benchCounts = counts;
  const wrap = (target, pattern, make) => {
    for (const name of Object.getOwnPropertyNames(target)) {
      const { value } = Object.getOwnPropertyDescriptor(target, name);
      if (typeof value === "function" && pattern.test(name)) target[name] = make(value, name);
    }
  };
  let frame = 0; // points of the frame so far
  const pixel = new Uint8Array(4);
  // Commands are executed in order: what is read from another framebuffer waits for all that was drawn before.
  const executed = (gl) => {
    gl.benchTarget ??= (() => {
      const before = [gl.getParameter(gl.READ_FRAMEBUFFER_BINDING), gl.getParameter(gl.RENDERBUFFER_BINDING)];
      const [target, buffer] = [gl.createFramebuffer(), gl.createRenderbuffer()];
      gl.bindRenderbuffer(gl.RENDERBUFFER, buffer);
      gl.renderbufferStorage(gl.RENDERBUFFER, gl.RGBA8, 1, 1);
      gl.bindFramebuffer(gl.READ_FRAMEBUFFER, target);
      gl.framebufferRenderbuffer(gl.READ_FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.RENDERBUFFER, buffer);
      gl.bindFramebuffer(gl.READ_FRAMEBUFFER, before[0]);
      gl.bindRenderbuffer(gl.RENDERBUFFER, before[1]);
      return target;
    })();
    const before = gl.getParameter(gl.READ_FRAMEBUFFER_BINDING);
    gl.bindFramebuffer(gl.READ_FRAMEBUFFER, gl.benchTarget);
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel);
    gl.bindFramebuffer(gl.READ_FRAMEBUFFER, before);
  };
  const draw = (original, name) =>
    function (...args) {
      counts.draws++;
      if (args[0] === this.POINTS) frame += name.startsWith("drawArrays") ? args[2] : args[1];
      if (drawing) original.apply(this, args);
      if (frame < counts.wanted || counts.visible) return;
      if (drawing) executed(this);
      counts.visible = performance.timeOrigin + performance.now();
    };
  const before = (count) => (original) =>
    function (...args) {
      count(args);
      return original.apply(this, args);
    };
  const gl = WebGL2RenderingContext.prototype;
  wrap(gl, /^draw(Arrays|Elements|RangeElements)/, draw);
  wrap(gl, /^(bufferData|texImage[23]D|texStorage[23]D)$/, before(() => counts.allocations++));
  wrap(gl, /^bufferSubData$/, before(([, , data, , length]) => (counts.subBytes += length ? length * data.BYTES_PER_ELEMENT : (data.byteLength ?? 0))));
  wrap(gl, /^create(Buffer|Texture|Program|VertexArray)$/, before(() => counts.objects++));
  wrap(gl, /^delete(Buffer|Texture|Program|VertexArray)$/, before(([object]) => object && counts.objects--));
  const getExtension = gl.getExtension;
  const seen = new WeakSet();
  gl.getExtension = function (...args) {
    const extension = getExtension.apply(this, args);
    const prototype = extension && Object.getPrototypeOf(extension);
    if (args[0] === "WEBGL_multi_draw" && prototype && !seen.has(prototype)) {
      seen.add(prototype);
      wrap(prototype, /^multiDraw/, draw);
    }
    return extension;
  };
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) {
      counts.longTasks++;
      counts.longest = Math.max(counts.longest, task.duration);
      counts.lastLong = task.startTime + task.duration;
    }
  }).observe({ type: "longtask" });
  let drawn = 0;
  const count = () => {
    if (counts.draws !== drawn) {
      counts.frames++;
      counts.points = frame;
    }
    drawn = counts.draws;
    frame = 0;
    requestAnimationFrame(count);
  };
  requestAnimationFrame(count);
}

export const median = (list) => [...list].sort((a, b) => a - b)[Math.floor((list.length - 1) / 2)];

/** The share of all processors that is in use for a second in which we do nothing. */
export async function others() {
  const read = () => readFileSync("/proc/stat", "utf8").split("\n")[0].split(/\s+/).slice(1).map(Number);
  const busy = ([user, nice, system, , , irq, softirq, steal]) => user + nice + system + irq + softirq + steal;
  const before = read();
  await sleep(1000);
  return `${Math.round((busy(read()) - busy(before)) / cpus().length)}%`;
}

export const launch = {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  viewport: { width: 640, height: 480 },
  args: [
    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
  ],
};
