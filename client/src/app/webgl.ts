const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/** True if pictures are drawn by the processor, without a graphics card. */
export function drawsInSoftware(): boolean {
  const context = document.createElement("canvas").getContext("webgl2");
  if (!context) return false;
  const info = context.getExtension("WEBGL_debug_renderer_info");
  const name = context.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : context.RENDERER);
  context.getExtension("WEBGL_lose_context")?.loseContext();
  return SOFTWARE.test(String(name));
}

/** A text for the user why WebGL 2 is not available; null if it is. */
export function webglProblem(): string | null {
  if (typeof WebGL2RenderingContext === "undefined") {
    return "This browser has no WebGL 2. Chrome, Edge, Firefox and Safari have it since 2021.";
  }
  const context = document.createElement("canvas").getContext("webgl2");
  if (!context) {
    return "The browser refuses WebGL 2. Usually hardware acceleration is turned off in its settings, or the graphics driver is on its block list (see chrome://gpu or about:support).";
  }
  // Browsers allow some sixteen contexts at a time; this one is not needed any more.
  context.getExtension("WEBGL_lose_context")?.loseContext();
  return null;
}
