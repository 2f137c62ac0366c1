import { describe, expect, it } from "vitest";
import { PickSearch, pickAny } from "./picking";
import { Place } from "./place";
import type { Eye, Hit, NodeVisual, Ray } from "./visual";

const ray: Ray = { origin: [0, 0, 0], direction: [0, 0, -1] };
const eye: Eye = { right: [1, 0, 0], up: [0, 1, 0], forward: [0, 0, -1], pixel: 0.01, near: 0.1 };

function node(parent: Place<NodeVisual>, name: string, hit: Hit | null, opaque = false) {
  const place = new Place<NodeVisual>(name, `${parent.path}/${name}`, parent);
  parent.children.set(name, place);
  place.visual = { raycast: () => hit, opaque: () => opaque } as unknown as NodeVisual;
  return place;
}

function picked(caring: Place<NodeVisual>[], all: Place<NodeVisual>[]): string | null {
  const found = new PickSearch(new Set(caring), () => all, ray, eye).result();
  return found && `${found.place.name}:${found.at.name}:${found.hit.instance}`;
}

describe("the node under the pointer", () => {
  const root = new Place<NodeVisual>("", "", null);
  const near = node(root, "near", { distance: 1, instance: null }, true);
  const far = node(root, "far", { distance: 2, instance: 7 });
  const points = node(root, "points", { distance: 3, instance: 5, occludable: true });
  const beside = node(root, "beside", { distance: 0.5, instance: 0, off: 2 });
  const label = node(root, "label", { distance: 9, instance: null, onTop: true });

  it("is the nearest one with a binding, through others", () => {
    expect(picked([far, near], [])).toBe("near:near:null");
    expect(picked([far], [near])).toBe("far:far:7");
  });

  it("is one under it before one beside it, and one on top before all", () => {
    expect(picked([far, beside], [])).toBe("far:far:7");
    expect(picked([beside], [])).toBe("beside:beside:0");
    expect(picked([near, label], [])).toBe("label:label:null");
  });

  it("is not a point behind an opaque node, with or without a binding", () => {
    expect(picked([points], [far])).toBe("points:points:5");
    expect(picked([points], [near])).toBeNull();
  });

  it("is the ancestor with a binding, if the node that was hit has none", () => {
    const group = node(root, "group", null);
    const part = node(group, "part", { distance: 1, instance: 3 });
    const below = node(part, "below", { distance: 0.9, instance: 4 });
    expect(picked([group], [])).toBe("group:below:null");
    expect(picked([group, below], [])).toBe("below:below:4");
    below.shown = false;
    expect(picked([group, below], [])).toBe("group:part:null");
  });
});

describe("the nearest of all nodes", () => {
  const root = new Place<NodeVisual>("", "", null);
  const name = (...places: Place<NodeVisual>[]) => pickAny(() => places, ray, eye)?.place.name;
  const near = node(root, "near", { distance: 1, instance: null }, true);
  const part = node(near, "part", { distance: 0.9, instance: 4 });
  const points = node(root, "points", { distance: 1.5, instance: 5, occludable: true });
  const onIt = node(root, "onIt", { distance: 1.0005, instance: 2, occludable: true, onTop: true });

  it("counts for itself, not for its ancestor", () => {
    expect(name(near, part)).toBe("part");
    part.shown = false;
    expect(name(near, part)).toBe("near");
  });

  it("is not behind an opaque one, in any order, but may lie on it", () => {
    expect(name(points, near)).toBe("near");
    expect(name(near, points)).toBe("near");
    expect(name(points)).toBe("points");
    expect(name(onIt, near)).toBe("onIt");
  });

  it("is none without any", () => {
    expect(name()).toBeUndefined();
    expect(name(node(root, "missed", null))).toBeUndefined();
  });
});
