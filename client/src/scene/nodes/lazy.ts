/** Kinds of nodes that few scenes have: their code is loaded with the first of them. */
import type { NodeKind, SceneContext } from "../context";
import { Pose } from "../pose";
import type {
  Eye,
  Hit,
  LineOutline,
  NodeVisual,
  Outline,
  Parts,
  Ray,
  Report,
  Unchecked,
} from "../visual";

/** A kind that holds back what it receives until `load` has the real one. */
export function lazy<P extends object>(load: () => Promise<NodeKind<P>>): NodeKind<P> {
  let kind: NodeKind<P> | null = null;
  let pending: Promise<NodeKind<P>> | null = null;
  // One promise for all: they begin in the order in which they were made.
  const once = () => {
    pending ??= load().catch((e: unknown) => {
      pending = null;
      throw e;
    });
    return pending;
  };
  return class implements NodeVisual<P> {
    private visual: NodeVisual<P> | null = null;
    private props: Unchecked<P> | null = null;
    private readonly pose = new Pose();
    private shown = false;
    private cut: number | undefined;
    private disposed = false;

    constructor(
      private readonly ctx: SceneContext,
      private readonly report: Report,
    ) {
      if (kind) {
        this.visual = new kind(ctx, report);
        return;
      }
      const loading = once().then(
        (loaded) => {
          kind = loaded;
          this.begin(loaded);
        },
        () => report("code", "its code can't be loaded: reload the page"),
      );
      // Client.Render waits for it.
      ctx.images.wait(loading);
    }

    update(props: Unchecked<P>, changed: ReadonlySet<string> | null, parts: Parts): void {
      if (this.visual) this.visual.update(props, changed, parts);
      else this.props = props;
    }

    setPose(world: Pose): void {
      if (this.visual) this.visual.setPose(world);
      else this.pose.copy(world);
    }

    setShown(shown: boolean): void {
      this.shown = shown;
      this.visual?.setShown(shown);
    }

    setCut(set: number | undefined): void {
      this.cut = set;
      this.visual?.setCut?.(set);
    }

    raycast(ray: Ray, eye: Eye): Hit | null {
      return this.visual?.raycast?.(ray, eye) ?? null;
    }

    opaque(): boolean {
      return this.visual?.opaque?.() ?? false;
    }

    outline(instance: number | null): Outline | LineOutline | readonly Outline[] | null {
      return this.visual?.outline?.(instance) ?? null;
    }

    dispose(): void {
      this.disposed = true;
      this.visual?.dispose();
    }

    private begin(loaded: NodeKind<P>): void {
      if (this.disposed) return;
      this.visual = new loaded(this.ctx, this.report);
      this.visual.setPose(this.pose);
      if (this.props) this.visual.update(this.props, null, new Map());
      this.props = null;
      this.visual.setShown(this.shown);
      this.visual.setCut?.(this.cut);
    }
  };
}
