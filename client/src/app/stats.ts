import type { SceneView } from "../contract";

const PERIOD_MS = 500;

/** Numbers of the renderer, refreshed twice a second (?showStats). */
export function mountStats(parent: HTMLElement, scene: SceneView): () => void {
  const box = document.createElement("pre");
  box.className = "viser-stats";
  parent.appendChild(box);
  let frames = scene.stats().frames;
  let at = performance.now();
  const timer = setInterval(() => {
    const stats = scene.stats();
    const now = performance.now();
    const perSecond = ((stats.frames - frames) * 1000) / (now - at);
    frames = stats.frames;
    at = now;
    box.textContent = [
      `${perSecond.toFixed(0)} frames/s`,
      `${stats.frameMs.toFixed(1)} ms script a frame`,
      `${stats.drawCalls} draw calls`,
      `${stats.triangles} triangles`,
      `${stats.nodes} nodes`,
      `${stats.geometries} geometries`,
      `${stats.textures} textures`,
      `${stats.programs} programs`,
    ].join("\n");
  }, PERIOD_MS);
  return () => {
    clearInterval(timer);
    box.remove();
  };
}
