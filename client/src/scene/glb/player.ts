/** Plays one of a model's animations, as the properties of its node say. */
import { type AnimationAction, AnimationMixer, LoopOnce, LoopRepeat } from "three";
import type { GlbProps } from "../../protocol/messages.gen";
import type { Unchecked } from "../visual";
import type { Model } from "./load";

type Props = Unchecked<GlbProps>;

/** The properties that say what is played. */
export const PLAYED = [
  "animation",
  "paused",
  "animation_time",
  "animation_speed",
  "animation_once",
] as const;

export class Player {
  private readonly mixer: AnimationMixer;
  private action: AnimationAction | null = null;
  private playing = false;
  private once = false;
  private finished = false;

  /** `report` is called with what can't be played; null: nothing. */
  constructor(
    private readonly model: Model,
    private readonly report: (problem: string | null) => void,
  ) {
    this.mixer = new AnimationMixer(model.root);
    this.mixer.addEventListener("finished", () => {
      this.finished = true;
    });
  }

  /** Whether time passes. */
  get moves(): boolean {
    return this.action !== null && this.playing && !this.finished && this.mixer.timeScale !== 0;
  }

  /** `changed` has the names of the properties that were set; null: all. */
  apply(props: Props, changed: ReadonlySet<string> | null): void {
    const began = changed === null || changed.has("animation");
    if (began) this.choose(props.animation);
    this.playing = props.paused !== true;
    this.mixer.timeScale = number(props.animation_speed, 1);
    this.once = props.animation_once === true;
    const { action } = this;
    if (!action) return;
    action.setLoop(this.once ? LoopOnce : LoopRepeat, Infinity);
    action.clampWhenFinished = true;
    // An animation that has ended goes on if it may now.
    if (changed?.has("animation_once") || changed?.has("animation_speed")) this.restart(action);
    if (began || changed?.has("animation_time")) this.seek(action, number(props.animation_time, 0));
  }

  step(seconds: number): void {
    if (this.moves) this.mixer.update(seconds);
  }

  dispose(): void {
    this.report(null);
    this.mixer.stopAllAction();
    this.mixer.uncacheRoot(this.model.root);
  }

  private choose(animation: unknown): void {
    const { clips } = this.model;
    this.mixer.stopAllAction();
    const index = number(animation, 0);
    const clip = clips[index];
    this.action = clip ? this.mixer.clipAction(clip) : null;
    const missing = !clip && index >= 0 && typeof animation === "number";
    this.report(missing ? `its GLB has no animation ${index}: it has ${clips.length}` : null);
  }

  private restart(action: AnimationAction): void {
    this.finished = false;
    action.paused = false;
    action.enabled = true;
  }

  private seek(action: AnimationAction, time: number): void {
    const { duration } = action.getClip();
    action.reset().play();
    this.finished = false;
    action.time = this.once
      ? Math.min(duration, Math.max(0, time))
      : time === duration
        ? duration
        : modulo(time, duration);
    // Applies the pose, also if it stands still; a step of 0 moves nothing on.
    this.mixer.update(0);
  }
}

function number(v: unknown, missing: number): number {
  return typeof v === "number" && Number.isFinite(v) ? v : missing;
}

function modulo(time: number, duration: number): number {
  return duration > 0 ? ((time % duration) + duration) % duration : 0;
}
