/** Measuring, as actions: what is loaded with every page. The tool is in measure/. */
import type { MeasureKind } from "../protocol/messages.gen";
import type { Action } from "../shared/actions";
import { Disposables } from "../shared/disposables";
import { OnDemand } from "../shared/onDemand";
import type { MeasureDeps } from "./measure/deps";
import type { MeasureTool } from "./measure/tool";

const LABELS: readonly (readonly [MeasureKind, string])[] = [
  ["point", "Read coordinates"],
  ["distance", "Measure a distance"],
  ["angle", "Measure an angle"],
  ["polyline", "Measure a length along points"],
  ["area", "Measure an area"],
  ["surface", "Measure the distance to a surface"],
];

export class Measures {
  private readonly tool: OnDemand<MeasureTool>;
  private readonly disposables = new Disposables();
  private unit = "";
  private reports = false;
  private received = { unit: true, reports: true };

  constructor(private readonly deps: MeasureDeps) {
    this.tool = this.disposables.use(
      new OnDemand(async () => {
        const { MeasureTool } = await import("./measure/tool");
        const tool = new MeasureTool(deps);
        tool.unit = this.unit;
        tool.reports = this.reports;
        return tool;
      }),
    );
    this.disposables.add(deps.actions.add(...this.actions()));
  }

  setUnit(unit: string): void {
    this.received.unit = true;
    this.unit = String(unit).slice(0, 16);
    this.update();
  }

  setReports(enabled: boolean): void {
    this.received.reports = true;
    this.reports = enabled;
    this.update();
  }

  replayStart(): void {
    this.received = { unit: false, reports: false };
  }

  replayDone(): void {
    if (!this.received.unit) this.unit = "";
    if (!this.received.reports) this.reports = false;
    this.update();
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private update(): void {
    const { now } = this.tool;
    if (!now) return;
    now.unit = this.unit;
    now.reports = this.reports;
    now.changed();
  }

  private actions(): Action[] {
    const action = (
      id: string,
      label: string,
      run: (tool: MeasureTool) => void | Promise<void>,
      more: Partial<Action> = {},
    ): Action => ({
      id: `measure.${id}`,
      label,
      section: "Measure",
      run: async () => run(await this.tool.get()),
      ...more,
    });
    const some = () => (this.tool.now?.done.length ?? 0) > 0;
    const list = { available: some };
    return [
      ...LABELS.map(([kind, label]) =>
        action(kind, label, (tool) => tool.toggle(kind), {
          on: () => this.tool.now?.kind === kind,
        }),
      ),
      action("text", "Copy the measurements as text", (tool) => tool.copyText(), list),
      action("json", "Copy the measurements as JSON", (tool) => tool.copyJSON(), list),
      action("clear", "Remove all measurements", (tool) => tool.clear(), list),
      action(
        "snap",
        "Snap to vertices and points",
        (tool) => {
          tool.snaps = !tool.snaps;
        },
        { description: "measuring", on: () => this.tool.now?.snaps ?? true },
      ),
      action(
        "frame",
        "Measure in the frame of the selected node",
        (tool) => {
          tool.frameNode = tool.frameNode === "" ? (this.deps.selected().at(-1) ?? "") : "";
          tool.changed();
        },
        {
          description: "coordinates; off: of the world",
          available: () => this.deps.selected().length > 0 || !!this.tool.now?.frameNode,
          on: () => !!this.tool.now?.frameNode,
        },
      ),
    ];
  }
}
