import { Scene, Vector2, type WebGLRenderer } from "three";
import { afterEach, expect, test, vi } from "vitest";
import { Actions } from "../../shared/actions";
import { Looks } from "./looks";
import { LOOK_NAMES } from "./names";

const drawn: string[] = [];
const driver = { works: true };

vi.mock("./drawer", () => ({
  LookDrawer: class {
    dark = false;
    can = () => driver.works;
    draw(looks: ReadonlySet<string>, onPage: boolean, render: () => void) {
      drawn.push(`${[...looks].join(" ")} ${onPage ? "page" : "picture"}`);
      render();
    }
    dispose() {}
  },
}));

afterEach(() => {
  drawn.length = 0;
  driver.works = true;
});

class Memory {
  readonly items = new Map<string, string>();
  getItem = (key: string) => this.items.get(key) ?? null;
  setItem = (key: string, value: string) => void this.items.set(key, value);
  removeItem = (key: string) => void this.items.delete(key);
}

function make(memory: Memory | null = new Memory(), named: string[] | null = null) {
  const actions = new Actions();
  let frames = 0;
  const waits: Promise<void>[] = [];
  const looks = new Looks({
    renderer: {} as WebGLRenderer,
    scene: new Scene(),
    frame: {
      viewport: { value: new Vector2() },
      pixelRatio: { value: 1 },
      adaptivePoints: { value: 0 },
      seeThrough: { value: 0 },
    },
    setStudioLight() {},
    actions,
    named,
    requestRender: () => frames++,
    wait: (work) => void waits.push(work),
    storage: () => {
      if (!memory) throw new Error("no storage");
      return memory as unknown as Storage;
    },
  });
  const toggle = (name: string) => Promise.resolve(actions.available(`look.${name}`)!.run());
  const shown = () => [...looks.shown.get()].sort().join(" ");
  return { looks, actions, toggle, shown, waits, frames: () => frames };
}

/** As a page that connects: the program's state is replayed. */
function connect(looks: Looks, names?: unknown): void {
  looks.replayStart();
  if (names !== undefined) looks.set(names);
  looks.replayDone();
}

test("each look is an action that switches it and says whether it is on", async () => {
  const { actions, toggle, shown } = make();
  const all = actions.all.get();
  expect(all.map(({ id }) => id)).toEqual(LOOK_NAMES.map((name) => `look.${name}`));
  await toggle("edges");
  expect(shown()).toBe("edges");
  expect(actions.available("look.edges")!.on!()).toBe(true);
  expect(actions.available("look.x_ray")!.on!()).toBe(false);
  await toggle("edges");
  expect(shown()).toBe("");
});

test("the program sets looks; what it says of others or wrongly is ignored", () => {
  const { looks, shown } = make();
  connect(looks, ["edges", "wobbly", 7, null]);
  expect(shown()).toBe("edges");
  for (const wrong of [null, undefined, 7, "edges", { edges: true }]) {
    looks.set(wrong);
    expect(shown()).toBe("");
  }
});

test("the user's choice holds until the program sets a look again", async () => {
  const { looks, toggle, shown } = make();
  connect(looks, ["edges"]);
  await toggle("edges");
  await toggle("studio");
  expect(shown()).toBe("studio");
  connect(looks, ["edges"]); // the connection was lost
  expect(shown()).toBe("studio");
  looks.set(["edges"]); // the same, but again
  expect(shown()).toBe("edges");
});

test("choices are remembered, until the program has another look", async () => {
  const memory = new Memory();
  const first = make(memory);
  connect(first.looks, ["edges"]);
  await first.toggle("eye_dome");
  const second = make(memory);
  connect(second.looks, ["edges"]);
  expect(second.shown()).toBe("edges eye_dome");
  const third = make(memory);
  connect(third.looks, ["x_ray"]);
  expect(third.shown()).toBe("x_ray");
  expect(memory.items.size).toBe(0);
});

test("a program that sets none leaves the choices", async () => {
  const memory = new Memory();
  const first = make(memory);
  connect(first.looks);
  await first.toggle("eye_dome");
  const second = make(memory);
  connect(second.looks);
  expect(second.shown()).toBe("eye_dome");
});

test("garbage in the storage and no storage at all do no harm", async () => {
  for (const text of ["{", "7", "null", '{"program":7}', '{"program":"","on":{"edges":"yes"}}']) {
    const memory = new Memory();
    memory.items.set("viser-go.looks", text);
    expect(make(memory).shown()).toBe("");
  }
  const { toggle, shown } = make(null);
  await toggle("edges");
  expect(shown()).toBe("edges");
});

test("the address names what is on, whatever else was chosen or set", async () => {
  const memory = new Memory();
  const first = make(memory);
  connect(first.looks, ["edges"]);
  await first.toggle("studio");
  const second = make(memory, ["x_ray", "wobbly"]);
  connect(second.looks, ["edges"]);
  expect(second.shown()).toBe("x_ray");
  await second.toggle("edges");
  expect(second.shown()).toBe("edges x_ray");
  second.looks.set(["studio"]);
  expect(second.shown()).toBe("studio");
});

test("pictures for programs have the program's look, others that of the page", async () => {
  const { looks, toggle, waits } = make();
  connect(looks, ["x_ray"]);
  await Promise.all(waits);
  await toggle("x_ray");
  await toggle("edges");
  let renders = 0;
  looks.draw(() => renders++);
  looks.drawPicture(true, () => renders++);
  looks.drawPicture(false, () => renders++);
  expect(drawn).toEqual(["edges page", "x_ray picture", "edges picture"]);
  expect(renders).toBe(3);
  expect([looks.seesThrough(true), looks.seesThrough(false)]).toEqual([true, false]);
});

test("without a look that is on nothing is loaded", async () => {
  const { looks, waits } = make();
  connect(looks, []);
  looks.draw(() => {});
  expect(waits).toEqual([]);
  expect(drawn).toEqual([]);
});

test("what the graphics driver can't do is refused in words, and stays off", async () => {
  driver.works = false;
  const { toggle, shown } = make();
  await expect(toggle("eye_dome")).rejects.toThrow("graphics driver");
  expect(shown()).toBe("");
});
