import type { CameraProjection, ServerMessage, Vec3 } from "../protocol/messages.gen";

export const finite = (v: readonly number[]): boolean => v.every(Number.isFinite);

/** What a message sets: of the camera, or of the initial camera. */
export type CameraSetting =
  | { part: "position" | "lookAt" | "up"; value: Vec3; initial: boolean }
  | { part: "fov" | "near" | "far"; value: number; initial: boolean }
  | { part: "projection"; value: CameraProjection; initial: boolean }
  | { part: "minDistance" | "maxDistance"; value: number };

/** null for messages about other things, and for invalid values, which are ignored. */
export function cameraSetting(m: ServerMessage): CameraSetting | null {
  switch (m.type) {
    case "SetCameraPositionMessage":
      return vector("position", m.position, m.initial);
    case "SetCameraLookAtMessage":
      return vector("lookAt", m.look_at, m.initial);
    case "SetCameraUpDirectionMessage":
      return Math.hypot(...m.position) > 0 ? vector("up", m.position, m.initial) : null;
    case "SetCameraFovMessage":
      return m.fov < Math.PI ? lens("fov", m.fov, m.initial) : null;
    case "SetCameraNearMessage":
      return lens("near", m.near, m.initial);
    case "SetCameraFarMessage":
      return lens("far", m.far, m.initial);
    case "SetCameraProjectionMessage":
      return m.projection === "perspective" || m.projection === "orthographic"
        ? { part: "projection", value: m.projection, initial: m.initial }
        : null;
    case "SetCameraMinOrbitDistanceMessage":
      return distance("minDistance", m.min_orbit_distance);
    case "SetCameraMaxOrbitDistanceMessage":
      return distance("maxDistance", m.max_orbit_distance);
    default:
      return null;
  }
}

function vector(
  part: "position" | "lookAt" | "up",
  value: Vec3,
  initial: boolean,
): CameraSetting | null {
  return finite(value) ? { part, value, initial } : null;
}

function lens(part: "fov" | "near" | "far", value: number, initial: boolean): CameraSetting | null {
  return value > 0 && Number.isFinite(value) ? { part, value, initial } : null;
}

/** An infinite maximum means no limit. */
function distance(part: "minDistance" | "maxDistance", value: number): CameraSetting | null {
  return value > 0 ? { part, value } : null;
}
