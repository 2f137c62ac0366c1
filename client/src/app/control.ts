/**
 * Control of the page by the page around it, over postMessage. Only an origin that the address names is listened to,
 * and spoken to; the guide has the messages.
 */
import type { SceneView, ServerMessage, Timeline, TimelineState } from "../contract";
import type { Vec3, ViewerCameraMessage } from "../protocol/messages.gen";
import { Disposables } from "../shared/disposables";
import { MAX_SPEED, MIN_SPEED } from "../shared/timeline";
import type { Session } from "./session";

export interface ControlOptions {
  /** Exact: "https://example.org". */
  origin: string;
  /** The page, and the page around it. */
  window: Window;
  session: Pick<Session, "connection" | "timeline" | "camera">;
  scene: Pick<SceneView, "apply" | "resetView">;
}

type Command = Readonly<Record<string, unknown>>;

/** What the page around is told. */
export interface ReportedState {
  /** The page shows the recording, or all of what its server has. */
  ready: boolean;
  /** The state of the connection, or of the recording, as text. */
  detail: string;
  /** null: there is no timeline. */
  timeline: TimelineState | null;
}

/** Listens until it is disposed of. A page that is not framed has nobody to listen to. */
export function listenToParent({ origin, window, session, scene }: ControlOptions): Disposables {
  const disposables = new Disposables();
  const { parent } = window;
  if (parent === window) return disposables;
  const { connection, timeline } = session;
  const tell = (message: Record<string, unknown>) => parent.postMessage(message, origin);
  const state = (): ReportedState => {
    const { kind, replaying, detail, notLive } = connection.get();
    const now = timeline.get();
    // The timeline of a recording may come behind what is shown at its beginning.
    const complete = notLive !== "recording" || now !== null;
    return { ready: kind === "live" && replaying !== true && complete, detail, timeline: now };
  };
  const everything = () => ({ state: state(), camera: reportedCamera(session.camera()) });

  let told = "";
  let wasReady = false;
  const report = () => {
    const now = state();
    const text = JSON.stringify(now);
    if (text === told) return;
    told = text;
    tell({ viser: now.ready && !wasReady ? "ready" : "state", state: now });
    wasReady = now.ready;
  };
  report();
  disposables.add(connection.subscribe(report));
  disposables.add(timeline.subscribe(report));

  disposables.listen<MessageEvent<unknown>>(window, "message", (event) => {
    if (event.origin !== origin || event.source !== parent) return;
    const command = event.data;
    if (!isCommand(command)) return;
    const answer: Record<string, unknown> = { viser: "answer" };
    if (command.id !== undefined) answer.id = command.id;
    try {
      obey(command, timeline, scene);
      tell({ ...answer, ok: true, ...(command.viser === "state" && everything()) });
    } catch (e) {
      tell({ ...answer, ok: false, error: e instanceof Error ? e.message : String(e) });
    }
  });
  return disposables;
}

function isCommand(data: unknown): data is Command {
  return typeof data === "object" && data !== null && typeof (data as Command).viser === "string";
}

/** Throws an error for the author of the page around. */
function obey(command: Command, timeline: Timeline, scene: ControlOptions["scene"]): void {
  switch (command.viser) {
    case "state":
      return;
    case "camera":
      scene.apply(cameraMessages(command));
      return;
    case "resetCamera":
      scene.resetView();
      return;
  }
  const action = timelineAction(command);
  if (!timeline.get()) throw new Error("This page has no timeline.");
  action(timeline);
}

function timelineAction(command: Command): (timeline: Timeline) => void {
  switch (command.viser) {
    case "play":
      return (timeline) => timeline.play();
    case "pause":
      return (timeline) => timeline.pause();
    case "seek": {
      const time = finite(command, "time");
      return (timeline) => timeline.seek(time);
    }
    case "speed": {
      const value = finite(command, "value");
      if (value < MIN_SPEED || value > MAX_SPEED)
        throw new Error(`speed needs a value from ${MIN_SPEED} to ${MAX_SPEED}.`);
      return (timeline) => timeline.setSpeed(value);
    }
    case "loop": {
      const { on } = command;
      if (typeof on !== "boolean") throw new Error("loop needs on: true or false.");
      return (timeline) => timeline.setLoop(on);
    }
    case "step": {
      const { direction } = command;
      if (direction !== 1 && direction !== -1) throw new Error("step needs direction: 1 or -1.");
      return (timeline) => timeline.step(direction);
    }
    case "live":
      return (timeline) => {
        if (timeline.get()?.mode === "recording") throw new Error("A recording is never live.");
        timeline.follow();
      };
    default:
      throw new Error(`There is no command ${JSON.stringify(command.viser)}.`);
  }
}

/** What is absent stays as it is. */
function cameraMessages(command: Command): ServerMessage[] {
  const initial = false;
  const messages: ServerMessage[] = [];
  const up = triple(command, "up");
  const position = triple(command, "position");
  const look_at = triple(command, "lookAt");
  if (up) messages.push({ type: "SetCameraUpDirectionMessage", position: up, initial });
  if (position) messages.push({ type: "SetCameraPositionMessage", position, initial });
  if (look_at) messages.push({ type: "SetCameraLookAtMessage", look_at, initial });
  if (command.fov !== undefined) {
    const fov = finite(command, "fov");
    if (fov <= 0 || fov >= Math.PI) throw new Error("fov is in radians, between 0 and pi.");
    messages.push({ type: "SetCameraFovMessage", fov, initial });
  }
  return messages;
}

function finite(command: Command, name: string): number {
  const value = command[name];
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw new Error(`${command.viser} needs ${name}: a finite number.`);
}

function triple(command: Command, name: string): Vec3 | null {
  const value = command[name];
  if (value === undefined) return null;
  if (Array.isArray(value) && value.length === 3 && value.every(Number.isFinite)) {
    return value as unknown as Vec3;
  }
  throw new Error(`${command.viser} needs ${name} as three finite numbers.`);
}

/** As the page around sets it. */
function reportedCamera(camera: ViewerCameraMessage | null): object | null {
  if (!camera) return null;
  const { position, look_at, up_direction, fov } = camera;
  return { position, lookAt: look_at, up: up_direction, fov };
}
