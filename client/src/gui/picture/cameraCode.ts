import type { ViewerCameraMessage } from "../../protocol/messages.gen";
import { shortNumbers } from "../../shared/params";

/** Lines of a Go program after which pages begin with this camera. */
export function cameraCode(camera: ViewerCameraMessage): string {
  const { position, look_at, up_direction, fov, projection } = camera;
  const short = shortNumbers(position, look_at);
  const vec = (v: readonly number[], write: (x: number) => string) =>
    `viser.Vec3{${v.map(write).join(", ")}}`;
  const direction = (x: number) => String(Number(x.toFixed(6)) + 0);
  return [
    "camera := server.InitialCamera()",
    `camera.SetView(${vec(position, short)}, ${vec(look_at, short)})`,
    `camera.SetUpDirection(${vec(up_direction, direction)})`,
    `camera.SetFOV(${direction(fov)})`,
    ...(projection === "orthographic" ? ["camera.SetProjection(viser.Orthographic)"] : []),
    "",
  ].join("\n");
}
