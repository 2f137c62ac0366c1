/** Gaussian splats: one node's part of the splats that ../splats draws as one. */

import { Matrix4 } from "three";
import type { GaussianSplatsProps } from "../../protocol/messages.gen";
import { colorIndex, lookOf, rangeOf } from "../../shared/scalars";
import type { SceneContext } from "../context";
import { type Origin, originOf, shift, subtract, ZERO } from "../localOrigin";
import type { Pose } from "../pose";
import { SCALAR_PROPS, scalarsOf } from "../scalars";
import { type SplatMember, unchanged } from "../splats/member";
import { degreeOf, SPLAT_WORDS, splatsIn } from "../splats/words";
import type { Eye, Hit, Outline, Parts, Ray, Report, Unchecked } from "../visual";
import { anyOf, ObjectVisual } from "./object";

type Props = Unchecked<GaussianSplatsProps>;

const NONE = new Uint32Array();
/** Capacity of a copy of far splats relative to their number, when splats are appended. */
const GROWTH = 1.5;

export class GaussianSplats extends ObjectVisual {
  private readonly member: SplatMember;
  /** Local origin of the member's splats, in the node's frame. */
  private origin: Origin = ZERO;
  /** The splats relative to the origin, with spare capacity, unless it is zero. */
  private relative = NONE;
  /** The splats in their own colors, relative to the origin. */
  private plain: Uint32Array = NONE;
  private numbered = false;

  constructor(ctx: SceneContext, report: Report) {
    super(ctx, report);
    this.member = {
      splats: NONE,
      harmonics: NONE,
      degree: 0,
      matrix: new Matrix4(),
      shown: false,
      report,
      changed: unchanged(),
    };
    this.member.changed.all = true;
    ctx.splats.add(this.member);
  }

  update(props: Props, changed: ReadonlySet<string> | null, parts: Parts = new Map()): void {
    const values = scalarsOf(props);
    const switched = (values !== null) !== this.numbered;
    this.numbered = values !== null;
    if (anyOf(changed, "buffer")) this.setSplats(props.buffer, parts.get("buffer"));
    if (switched || (values && anyOf(changed, "buffer", ...SCALAR_PROPS)))
      this.paint(props, values);
    if (switched || anyOf(changed, "harmonics", "buffer")) {
      const some = changed?.has("harmonics") ? parts.get("harmonics") : null;
      // Colors by number are the same from all sides.
      if (values) this.setHarmonics(NONE, null);
      else this.setHarmonics(props.harmonics, switched ? undefined : some);
    }
    if (anyOf(changed, "scale")) {
      this.setScale(props.scale);
      this.placed();
    }
    this.ctx.requestRender();
  }

  override setPose(world: Pose): void {
    super.setPose(world);
    this.placed();
  }

  override setShown(shown: boolean): void {
    super.setShown(shown);
    this.member.shown = shown;
    this.member.changed.place = true;
  }

  /** Its splats stay in the order, which needs sorting otherwise. */
  veil(veiled: boolean): void {
    this.member.veiled = veiled;
  }

  override setCut(set: number | undefined): void {
    super.setCut(set);
    this.member.cut = set;
    this.ctx.requestRender();
  }

  raycast(ray: Ray, eye?: Eye): Hit | null {
    return this.ctx.splats.raycast(this.member, ray, eye);
  }

  outline(instance: number | null): Outline | null {
    return instance === null ? null : this.ctx.splats.outline(this.member, instance);
  }

  override dispose(): void {
    super.dispose();
    this.ctx.splats.remove(this.member);
  }

  private setSplats(buffer: unknown, parts: readonly number[] | undefined): void {
    const { member } = this;
    const ok = buffer instanceof Uint32Array && buffer.length % SPLAT_WORDS === 0;
    this.report("splats", ok ? null : "its splats must be eight whole numbers each");
    const before = this.origin;
    this.plain = member.splats = this.relativeTo(ok ? buffer : NONE, ok ? (parts ?? null) : null);
    const moved = this.origin !== before;
    if (ok && parts && !moved) member.changed.parts = [...(member.changed.parts ?? []), ...parts];
    else member.changed.all = true;
    if (moved) this.placed();
  }

  /** Colors the splats by number: they are in one texture with those of other nodes. */
  private paint(props: Props, values: Float32Array | null): void {
    const { member, plain } = this;
    member.changed.all = true;
    member.splats = plain;
    if (!values) return;
    const look = lookOf(props.scalars_look);
    const range = rangeOf(props.scalars_range);
    const out = plain.slice();
    const { colors } = look;
    for (let i = 0, at = SPLAT_WORDS - 1; at < out.length; i++, at += SPLAT_WORDS) {
      const k = 3 * colorIndex(values[i] ?? Number.NaN, look, range);
      const rgb =
        k < 0
          ? look.nan[0] | (look.nan[1] << 8) | (look.nan[2] << 16)
          : colors[k]! | (colors[k + 1]! << 8) | (colors[k + 2]! << 16);
      out[at] = k < 0 && look.hideNan ? 0 : (out[at]! & 0xff000000) | rgb;
    }
    member.splats = out;
  }

  /** null: they have not changed, but the splats. */
  private setHarmonics(words: unknown, parts: readonly number[] | null | undefined): void {
    const { member } = this;
    const given = words ?? NONE;
    const splats = member.splats.length / SPLAT_WORDS;
    const degree = given instanceof Uint32Array ? degreeOf(given.length, splats) : null;
    this.report(
      "harmonics",
      degree === null && splats > 0
        ? "its spherical harmonics must be two, four or six whole numbers each"
        : null,
    );
    const harmonics = degree ? (given as Uint32Array) : NONE;
    const { changed } = member;
    if (parts && degree === member.degree) {
      changed.harmonics.parts = [...(changed.harmonics.parts ?? []), ...parts];
    } else if (parts !== null || harmonics !== member.harmonics) {
      changed.harmonics.all = true;
    }
    member.harmonics = harmonics;
    member.degree = degree ?? 0;
  }

  /** The original splats; for far ones a copy, relative to an origin. */
  private relativeTo(buffer: Uint32Array, parts: readonly number[] | null): Uint32Array {
    const centers = floatsOf(buffer);
    const before = this.origin;
    this.origin = originOf(centers, parts && before, SPLAT_WORDS);
    if (this.origin === ZERO) {
      this.relative = NONE;
      return buffer;
    }
    const { length } = buffer;
    const known = this.origin === before && this.relative.length >= length;
    if (!known) {
      const capacity = parts ? Math.ceil((length / SPLAT_WORDS) * GROWTH) * SPLAT_WORDS : length;
      this.relative = new Uint32Array(capacity);
    }
    const out = floatsOf(this.relative);
    const count = length / SPLAT_WORDS;
    for (const [first, end] of known && parts ? splatsIn(parts, count) : [[0, count] as const]) {
      const [from, to] = [first * SPLAT_WORDS, end * SPLAT_WORDS];
      this.relative.set(buffer.subarray(from, to), from);
      subtract(this.origin, centers, out, first, end, SPLAT_WORDS);
    }
    return this.relative.subarray(0, length);
  }

  private placed(): void {
    shift(this.worldMatrix(this.member.matrix), this.origin);
    this.member.changed.place = true;
  }
}

function floatsOf(words: Uint32Array): Float32Array {
  return new Float32Array(words.buffer, words.byteOffset, words.length);
}
