// @vitest-environment jsdom
/**
 * internal/fold says what a page shows after its vectors' messages. This page is given the messages one by one, another
 * one what the fold has made of them: both have to show the same.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Decoder } from "@msgpack/msgpack";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Commands } from "../gui/commands/commands";
import { Notices } from "../gui/notices/notices";
import { elementFrom, MODALS, PANELS, ROOT } from "../gui/store/elements";
import { GuiStore } from "../gui/store/guiStore";
import { wireArray } from "../protocol/arrays";
import type { ServerMessage } from "../protocol/messages.gen";
import { KINDS } from "../scene/nodes";
import { BONES, type CreateMessage, type Place, type TreeHost } from "../scene/place";
import type { Pose } from "../scene/pose";
import { SceneTree } from "../scene/tree";

interface Step {
  message: string;
  arrays?: string[];
}

interface Vector {
  name: string;
  steps: Step[];
  result: Step[] | null;
}

const file = join(import.meta.dirname, "../../../internal/fold/testdata/vectors.json");
const vectors: Vector[] = JSON.parse(readFileSync(file, "utf8"));

function messageOf({ message, arrays = [] }: Step): ServerMessage {
  const decoded = new Decoder().decode(Buffer.from(message, "base64"));
  return withArrays(decoded, arrays) as ServerMessage;
}

function withArrays(value: unknown, arrays: readonly string[]): unknown {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map((element) => withArrays(element, arrays));
  const { __binary_index: index, dtype } = value as Record<string, unknown>;
  if (typeof index === "number" && typeof dtype === "string") {
    const bytes = new Uint8Array(Buffer.from(arrays[index]!, "base64"));
    return wireArray(bytes.buffer, 0, bytes.length, dtype);
  }
  const pairs = Object.entries(value).map(([key, member]) => [key, withArrays(member, arrays)]);
  return Object.fromEntries(pairs);
}

const nothing = () => {};

const host: TreeHost<string> = {
  replaced: nothing,
  propsChanged: nothing,
  arrayChanged: nothing,
  moved: nothing,
  shownChanged: nothing,
  bindingsChanged: nothing,
  treeChanged: nothing,
};

class Page {
  readonly tree = new SceneTree<string>(host);
  readonly store = new GuiStore(nothing);
  readonly notices = new Notices();
  readonly commands = new Commands(nothing);

  apply(messages: readonly ServerMessage[]): this {
    for (const message of messages) {
      try {
        if (!this.applyToScene(message)) this.applyToGui(message);
      } catch {
        // As in a page, one invalid message does not stop those after it.
      }
    }
    return this;
  }

  /** As SceneWorld.apply does. */
  private applyToScene(m: ServerMessage): boolean {
    const { tree } = this;
    switch (m.type) {
      case "PackedPosesMessage":
        tree.poses.setAll(m.position_ids, m.positions, m.wxyz_ids, m.wxyzs);
        return true;
      case "SetPositionMessage":
        tree.setPosition(m.name, m.owner, m.position);
        return true;
      case "SetOrientationMessage":
        tree.setOrientation(m.name, m.owner, m.wxyz);
        return true;
      case "SetBoneOrientationMessage":
        tree.setBone(m.name, m.owner, m.bone_index, { wxyz: m.wxyz });
        return true;
      case "SetBonePositionMessage":
        tree.setBone(m.name, m.owner, m.bone_index, { position: m.position });
        return true;
      case "SceneNodeUpdateMessage":
        tree.update(m.name, m.owner, m.updates);
        return true;
      case "SceneNodePatchMessage":
        tree.patch(m.name, m.owner, m.patches);
        return true;
      case "SetSceneNodeVisibilityMessage":
        tree.setVisible(m.name, m.owner, m.visible);
        return true;
      case "SetSceneNodeClickBindingsMessage":
        tree.setClickBindings(m.name, m.owner, m.bindings);
        return true;
      case "SetSceneNodeDragBindingsMessage":
        tree.setDragBindings(m.name, m.owner, m.bindings);
        return true;
      case "RemoveSceneNodeMessage":
        tree.remove(m.name, m.owner);
        return true;
    }
    if (!Object.hasOwn(KINDS, m.type)) return false;
    tree.create(m as CreateMessage);
    return true;
  }

  /** As the panel does. */
  private applyToGui(m: ServerMessage): void {
    const { store, notices, commands } = this;
    switch (m.type) {
      case "GuiUpdateMessage":
        store.update(m.uuid, m.updates);
        return;
      case "GuiPatchMessage":
        store.patch(m.uuid, m.patches);
        return;
      case "GuiRemoveMessage":
      case "GuiCloseModalMessage":
      case "GuiPanelRemoveMessage":
        store.remove(m.uuid);
        return;
      case "ResetGuiMessage":
        store.reset();
        return;
      case "RegisterCommandMessage":
        commands.register(m.uuid, m.props);
        return;
      case "CommandUpdateMessage":
        commands.update(m.uuid, m.updates);
        return;
      case "RemoveCommandMessage":
        commands.remove(m.uuid);
        return;
      case "NotificationShowMessage":
        notices.showFromServer(m.uuid, m.props);
        return;
      case "NotificationUpdateMessage":
        notices.updateFromServer(m.uuid, m.props);
        return;
      case "RemoveNotificationMessage":
        notices.closeFromServer(m.uuid);
        return;
    }
    if (elementFrom(m)) store.create(m);
  }

  dispose(): void {
    this.store.dispose();
    this.notices.dispose();
    this.commands.dispose();
  }

  shown() {
    const { tree, store } = this;
    const places = [...tree.all()].filter((p) => p.effective || p === tree.root);
    const containers = [ROOT, PANELS, MODALS, "f", "u", "container_uuid 2", "container_uuid 3"];
    return {
      nodes: new Map(places.map((p) => [p.path, nodeOf(tree, p)])),
      containers: containers.map((c) =>
        store.children(c).map((uuid) => {
          const { props, ...element } = store.element(uuid)!;
          return { ...element, props: sorted(props as object) };
        }),
      ),
      elements: store.size,
      notices: this.notices.all.get(),
      commands: this.commands.all.get().map(({ uuid, props }) => [uuid, sorted(props)]),
    };
  }
}

function nodeOf(tree: SceneTree<string>, place: Place<string>) {
  const variants = place.variants.map((v) => {
    const { [BONES]: bones, ...props } = v.props;
    const { owner, kind, virtual, pose, visible, clicks, drags } = v;
    const shown = { owner, kind, virtual, visible, clicks, drags, bones };
    return { ...shown, pose: numbers(pose), props: sorted(props) };
  });
  return {
    variants: new Map(variants.map((v) => [v.owner, v])),
    effective: place.effective?.owner,
    local: numbers(place.local),
    visible: tree.serverVisible(place),
  };
}

/** Without -0, which is the same place. */
function numbers({ px, py, pz, qw, qx, qy, qz }: Pose): number[] {
  return [px, py, pz, qw, qx, qy, qz].map((x) => x + 0);
}

/** The same whatever the order. */
function sorted(props: object): [string, unknown][] {
  return Object.entries(props).sort(([a], [b]) => (a < b ? -1 : 1));
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe.each(vectors)("$name", ({ steps, result }) => {
  test("shows the same", () => {
    const page = new Page().apply(steps.map(messageOf));
    const made = new Page().apply((result ?? []).map(messageOf));
    expect(made.shown()).toEqual(page.shown());
    page.dispose();
    made.dispose();
  });
});

test("the vectors show something", () => {
  let [nodes, elements, notices, commands] = [0, 0, 0, 0];
  for (const { steps } of vectors) {
    const page = new Page().apply(steps.map(messageOf));
    const shown = page.shown();
    nodes += shown.nodes.size - 1;
    elements += shown.containers.flat().length;
    notices += shown.notices.length;
    commands += shown.commands.length;
    page.dispose();
  }
  for (const count of [nodes, elements, notices, commands]) expect(count).toBeGreaterThan(1);
});
