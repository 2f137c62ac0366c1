// @vitest-environment jsdom
import { act } from "react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { ServerMessage } from "../contract";
import { update, widget } from "./testing/messages";
import {
  click,
  LIVE,
  type Mounted,
  mount,
  press,
  setInput,
  settle,
  treeNode,
  until,
} from "./testing/render";

// jsdom is slow when many tests share few cores.
vi.setConfig({ testTimeout: 30_000 });

let page: Mounted;
beforeEach(async () => {
  localStorage.clear();
  page = await mount();
});
afterEach(async () => {
  await page.dispose();
  document.documentElement.removeAttribute("data-theme");
});

const $ = <E extends Element = HTMLElement>(selector: string) => page.el.querySelector<E>(selector);
const $$ = (selector: string) => [...page.el.querySelectorAll<HTMLElement>(selector)];
const button = (name: RegExp) =>
  $$("button").find((b) => name.test(b.getAttribute("aria-label") ?? b.textContent ?? ""))!;
const radio = (name: string) =>
  $$(".vg-choice label")
    .find((l) => l.textContent === name)!
    .querySelector("input")!;

const theme = (given: object = {}): ServerMessage => ({
  type: "ThemeConfigurationMessage",
  titlebar_content: null,
  control_layout: "floating",
  control_width: "medium",
  show_logo: true,
  show_share_button: true,
  dark_mode: false,
  colors: null,
  ...given,
});

describe("a reconnection", () => {
  const field = () => $<HTMLInputElement>("input.vg-field")!;
  const again = widget("GuiTextMessage", "t", { props: { label: "T" }, value: "old" });

  const lose = () =>
    act(async () =>
      page.connection.set({ kind: "reconnecting", detail: "The connection was lost." }),
    );
  const replay = async (...messages: ServerMessage[]) => {
    await act(async () => {
      page.connection.set({ ...LIVE, replaying: true });
      page.gui.replayStart();
      page.gui.apply(messages);
      page.gui.replayDone();
      page.connection.set(LIVE);
    });
    await settle();
  };

  test("keeps focus, caret and text that was typed meanwhile, and sends it", async () => {
    await page.receive(again);
    act(() => field().focus());
    await lose();
    setInput(field(), "typed offline");
    field().setSelectionRange(3, 5);
    const before = field();
    await replay(again);
    expect(field()).toBe(before);
    expect(document.activeElement).toBe(before);
    expect(field().value).toBe("typed offline");
    expect([field().selectionStart, field().selectionEnd]).toEqual([3, 5]);
    expect(page.sent).toEqual([update("t", { value: "typed offline" })]);
  });

  test("a click meanwhile is not sent, and one notice for all says so", async () => {
    await page.receive(
      again,
      widget("GuiButtonMessage", "b", { props: { label: "Start" }, value: false }),
      widget("GuiButtonMessage", "c", { props: { label: "Stop" }, value: false }),
    );
    const notices = () => $$(".vg-notice").map((n) => n.textContent);
    click(button(/^Start$/));
    expect(page.sent).toHaveLength(1);
    expect(notices()).toEqual([]);
    await lose();
    vi.useFakeTimers();
    try {
      for (const name of [/^Start$/, /^Start$/, /^Stop$/]) {
        await act(async () => click(button(name)));
      }
      expect(notices()).toEqual([
        "“Stop” was not sentThe connection was lost. Do it again when it is back.",
      ]);
      expect($(".vg-notices")!.getAttribute("aria-live")).toBe("polite");
      await act(async () => page.gui.unsent({ type: "SceneNodeClickMessage" } as never));
      expect(notices()[0]).toContain("The click was not sent");
      await act(async () => page.gui.unsent({ type: "ViewerCameraMessage" } as never));
      expect(notices()).toHaveLength(1);
      await act(async () => vi.advanceTimersByTime(8_000));
      expect(notices()).toEqual([]);
    } finally {
      vi.useRealTimers();
    }
    await replay(again);
    expect(page.sent).toHaveLength(1);
  });

  test("keeps folders as the user left them", async () => {
    const folder = widget("GuiFolderMessage", "f", { props: { label: "F" } });
    await page.receive(folder);
    click($(".vg-folder-head")!);
    await lose();
    await replay(folder);
    expect($(".vg-folder-head")?.getAttribute("aria-expanded")).toBe("false");
  });

  test("removes widgets that the new server does not have only at the end of its replay", async () => {
    await page.receive(again, widget("GuiTextMessage", "gone", { props: { label: "Gone" } }));
    await lose();
    await act(async () => {
      page.gui.replayStart();
      page.gui.apply([again]);
    });
    await settle();
    expect(page.el.textContent).toContain("Gone");
    await act(async () => page.gui.replayDone());
    await settle();
    expect(page.el.textContent).not.toContain("Gone");
  });

  test("an incomplete download is canceled with a message", async () => {
    await page.receive({
      type: "FileTransferStartDownload",
      save_immediately: true,
      transfer_uuid: "d",
      filename: "big.bin",
      mime_type: "application/octet-stream",
      part_count: 10,
      size_bytes: 100,
    });
    await lose();
    expect($(".vg-notice")?.textContent).toMatch(/big\.bin.*could not.*connection was lost/);
  });
});

test("a message that fails does not prevent the next one from being applied", async () => {
  const quiet = vi.spyOn(console, "error").mockImplementation(() => {});
  const bad = new Proxy(
    { type: "NotificationShowMessage", uuid: "x" },
    {
      get: (target, key) => {
        if (key === "props") throw new Error("bad");
        return Reflect.get(target, key);
      },
    },
  );
  await page.receive(
    bad as unknown as ServerMessage,
    widget("GuiTextMessage", "t", { props: { label: "T" } }),
  );
  expect($(".vg-row")).not.toBeNull();
  expect(quiet).toHaveBeenCalled();
  quiet.mockRestore();
});

describe("the panel", () => {
  test("has the program's label, and closes and opens", async () => {
    await page.receive(widget("GuiDividerMessage", "d"), {
      type: "SetGuiPanelLabelMessage",
      label: "Bunny",
    });
    expect($(".vg-title")?.textContent).toBe("Bunny");
    click(button(/Close the panel/));
    expect($(".vg-body")?.hidden).toBe(true);
    click(button(/Open the panel/));
    expect($(".vg-body")?.hidden).toBe(false);
    await page.receive({ type: "SetGuiPanelLabelMessage", label: null });
    expect($(".vg-title")?.textContent).toBe("Controls");
  });

  test("gives its label to the tab, unless an exported page has a title of its own", async () => {
    const label = (text: string | null) =>
      page.receive({ type: "SetGuiPanelLabelMessage", label: text });
    await label("Bunny");
    expect(document.title).toBe("Bunny");
    document.querySelector("title")!.toggleAttribute("data-stays", true);
    await label("Armadillo");
    expect(document.title).toBe("Bunny");
    document.querySelector("title")!.toggleAttribute("data-stays", false);
    await label(null);
    expect(document.title).toBe("Viser");
  });

  test("has the width from the theme, or the one that the program sets", async () => {
    const width = () => $(".vg-panel")!.style.width;
    expect(width()).toBe("320px");
    await page.receive(theme({ control_width: "large" }));
    expect(width()).toBe("384px");
    await page.receive(theme({ control_width: "enormous" }));
    expect(width()).toBe("320px");
    await page.receive({
      type: "GuiSetPanelWidthMessage",
      uuid: "viser-control-panel",
      width: 400,
      counter: 1,
      run_id: "r",
    });
    expect(width()).toBe("400px");
  });

  test("shows the tools at once when the program has no controls, without a word about it", async () => {
    expect(page.el.textContent).not.toContain("no controls");
    expect(button(/Save picture/)).toBeTruthy();
    expect($('[role="tree"]')).not.toBeNull();
    await page.receive(widget("GuiDividerMessage", "d"));
    expect($('[role="tree"]')).toBeNull();
  });

  test("tools that were hidden stay hidden", async () => {
    click(button(/Hide the tools/));
    expect($('[role="tree"]')).toBeNull();
    await page.receive(widget("GuiDividerMessage", "d"));
    await page.receive({ type: "GuiRemoveMessage", uuid: "d" });
    expect(page.el.textContent).toContain("no controls");
    expect($('[role="tree"]')).toBeNull();
    click(button(/Scene and tools/));
    expect($('[role="tree"]')).not.toBeNull();
  });

  test("shows hints on hover and when a field gets the focus", async () => {
    await page.receive(
      widget("GuiTextMessage", "t", { props: { label: "T", hint: "What it does" } }),
    );
    const hint = () => document.querySelector(".vg-hint")?.textContent;
    act(() => void $(".vg-label")!.dispatchEvent(new MouseEvent("pointerover", { bubbles: true })));
    await settle(400);
    expect(hint()).toBe("What it does");
    press($(".vg-label")!, "Escape");
    expect(hint()).toBeUndefined();
  });

  test("shows the hint of a label that a finger holds, which is then no tap", async () => {
    await page.receive(
      widget("GuiCheckboxMessage", "c", { props: { label: "C", hint: "What it does" } }),
      widget("GuiTextMessage", "t", { props: { label: "T", hint: "Another" } }),
    );
    const hint = () => document.querySelector(".vg-hint")?.textContent;
    const touch = (element: Element, ...types: string[]) =>
      act(() => {
        for (const type of types) {
          const event = new MouseEvent(type, { bubbles: true, cancelable: true });
          element.dispatchEvent(Object.assign(event, { pointerType: "touch" }));
        }
      });
    const label = $(".vg-label")!;
    const checkbox = $<HTMLInputElement>(".vg-checkbox")!;
    touch(label, "pointerover", "pointerdown");
    expect(hint()).toBeUndefined();
    await settle(400);
    expect(hint()).toBe("What it does");
    touch(label, "pointerup", "click");
    expect(hint()).toBeUndefined();
    expect(checkbox.checked).toBe(false);

    touch(label, "pointerover", "pointerdown", "pointerup", "click");
    expect(checkbox.checked).toBe(true);
    const field = $<HTMLInputElement>('input[type="text"]')!;
    touch(field, "pointerover", "pointerdown", "pointerup");
    act(() => field.focus());
    await settle(400);
    expect(hint()).toBeUndefined();
  });
});

describe("a user who may only look", () => {
  const run = { type: "RegisterCommandMessage", uuid: "c", props: { label: "Run", hotkey: "R" } };

  test("sees disabled controls with the reason, and sends nothing", async () => {
    await page.receive(
      widget("GuiTextMessage", "t", { props: { label: "T" }, value: "old" }),
      widget("GuiButtonMessage", "b", { props: { label: "Go" } }),
      run as ServerMessage,
    );
    expect(page.el.textContent).not.toContain("look at this viewer");
    await act(async () => page.gui.setReadOnly(true));
    expect(page.el.textContent).toContain("You can look at this viewer, but not use its controls.");
    const field = $<HTMLInputElement>("input.vg-field")!;
    expect(field.disabled).toBe(true);
    expect($$(".vg-body button").every((b) => (b as HTMLButtonElement).disabled)).toBe(true);
    page.sent.length = 0;
    await act(async () => setInput(field, "new"));
    press(document.body, "r");
    await settle();
    expect(page.sent).toEqual([]);
    expect(field.value).toBe("old");
    await page.receive(update("t", { value: "from the server" }));
    expect(field.value).toBe("from the server");

    await act(async () => page.gui.setReadOnly(false));
    expect(page.el.textContent).not.toContain("look at this viewer");
    expect(field.disabled).toBe(false);
    await act(async () => setInput(field, "new"));
    press(document.body, "r");
    await settle();
    expect(page.sent.map((m) => m.type).sort()).toEqual([
      "CommandTriggerMessage",
      "GuiUpdateMessage",
    ]);
  });

  test("reads and sorts tables, whose rows select nothing", async () => {
    const props = {
      columns: ["n"],
      rows: Uint8Array.from("[1]\n[2]\n", (c) => c.charCodeAt(0)),
      height: 200,
      label: "T",
    };
    await page.receive(widget("GuiTableMessage", "t", { props }));
    await until(() => expect($$("[aria-rowindex]").length).toBe(2));
    const grid = () => $("[role=grid]")!;
    const row = () => $("[aria-rowindex]")!;
    await act(async () => page.gui.setReadOnly(true));
    page.sent.length = 0;
    expect(grid().getAttribute("aria-readonly")).toBe("true");
    click(row());
    expect(row().getAttribute("aria-selected")).toBe("false");
    press(grid(), "ArrowDown");
    expect(row().getAttribute("aria-selected")).toBe("true");
    press(grid(), "Enter");
    click($("[role=columnheader] button")!);
    click($("[role=columnheader] button")!);
    expect(row().textContent).toBe("2");
    await act(async () => page.gui.setReadOnly(false));
    expect(grid().hasAttribute("aria-readonly")).toBe(false);
    expect(page.sent).toEqual([]);
    click(row());
    expect(page.sent).toHaveLength(1);
  });

  test("can put a modal aside, and has the page marked", async () => {
    const root = document.documentElement;
    expect(root.hasAttribute("data-look-only")).toBe(false);
    await page.receive({ type: "GuiModalMessage", uuid: "m", order: 0, title: "Question" });
    const dialog = () => document.querySelector('[role="dialog"]');
    await until(() => expect(dialog()).not.toBeNull());
    expect(dialog()!.querySelector("button")).toBeNull();
    await act(async () => page.gui.setReadOnly(true));
    expect(root.hasAttribute("data-look-only")).toBe(true);
    click(dialog()!.querySelector('[aria-label="Close: Question"]')!);
    await until(() => expect(dialog()).toBeNull());
    // With the right to use it, it is there again.
    await act(async () => page.gui.setReadOnly(false));
    await until(() => expect(dialog()).not.toBeNull());
    await page.receive({ type: "GuiCloseModalMessage", uuid: "m" });
  });
});

describe("the theme", () => {
  test("dark mode follows the server, unless the user of this page has chosen a mode", async () => {
    const scheme = () => document.documentElement.getAttribute("data-mantine-color-scheme");
    expect(scheme()).toBe("light");
    await act(async () => page.dark.set(true));
    expect(scheme()).toBe("dark");
    await act(async () => radio("Light").click());
    expect(scheme()).toBe("light");
    expect(page.scene.calls.at(-1)).toBe("dark false");
    expect(document.documentElement.dataset.theme).toBe("light");
    await act(async () => page.dark.set(false));
    await act(async () => page.dark.set(true));
    expect(scheme()).toBe("light");
    expect(page.scene.calls.at(-1)).toBe("dark false");
    await act(async () => radio("Program").click());
    expect(scheme()).toBe("dark");
    expect(page.scene.calls.at(-1)).toBe("dark true");
  });

  test("the choice is kept after a reload", async () => {
    await act(async () => radio("Dark").click());
    await page.dispose();
    page = await mount();
    expect(document.documentElement.getAttribute("data-mantine-color-scheme")).toBe("dark");
  });

  test("the shades of the brand color become the primary color, if they are valid", async () => {
    const style = () => [...document.querySelectorAll("style")].map((s) => s.textContent).join("");
    const shades = Array.from({ length: 10 }, (_, i) => `#0000${i}${i}`);
    await page.receive(theme({ colors: shades }));
    expect(style()).toContain("#000088");
    const evil = [...shades.slice(1), "red;} body {display: none"];
    await page.receive(theme({ colors: evil }));
    expect(style()).not.toContain("display: none");
  });

  test("the title bar has images and links, and only safe ones", async () => {
    const bar = {
      buttons: [
        { text: "Docs", icon: "Description", href: "https://example.org/docs" },
        { text: "Bad", icon: null, href: "javascript:alert(1)" },
        { text: null, icon: "GitHub", href: "https://example.org/code" },
        null,
      ],
      image: {
        image_url_light: "javascript:alert(1)",
        image_url_dark: "data:image/png;base64,AA",
        image_alt: "Logo",
        href: null,
      },
    };
    await page.receive(theme({ titlebar_content: bar }));
    const links = $$(".vg-titlebar a").map((a) => [
      a.getAttribute("aria-label"),
      a.getAttribute("href"),
    ]);
    expect(links).toEqual([
      ["Docs", "https://example.org/docs"],
      ["GitHub", "https://example.org/code"],
    ]);
    expect($(".vg-titlebar img")).toBeNull();
    expect($(".vg-titlebar")?.textContent).toContain("Logo");
    await act(async () => page.dark.set(true));
    expect($(".vg-titlebar img")?.getAttribute("src")).toBe("data:image/png;base64,AA");
    await page.receive(theme());
    expect($(".vg-titlebar")).toBeNull();
  });
});

describe("the connection", () => {
  test("is shown as a dot while connected, else as a word too, with a retry button", async () => {
    const status = () => $(".vg-status")!;
    const word = () => $(".vg-state")?.textContent;
    expect(word()).toBeUndefined();
    expect(status().getAttribute("aria-label")).toBe("Connection: Connected");
    const lost = {
      kind: "reconnecting",
      detail: "The server cannot be reached.",
      attempt: 3,
    } as const;
    await act(async () => page.connection.set(lost));
    expect(word()).toBe("Reconnecting");
    expect(status().getAttribute("aria-label")).toBe("Connection: Reconnecting");
    click(status());
    await settle();
    const card = document.querySelector(".vg-status-card")!;
    expect(card.textContent).toContain("The server cannot be reached.");
    expect(card.textContent).toContain("3");
    click([...card.querySelectorAll("button")].find((b) => b.textContent === "Try now")!);
    expect(page.retries.count).toBe(1);
    await act(async () => page.connection.set({ ...LIVE, replaying: true }));
    expect(word()).toBe("Loading");
  });
});

describe("notifications", () => {
  const props = {
    title: "Title",
    body: "Body",
    loading: true,
    with_close_button: false,
    auto_close_seconds: null,
    color: "red",
  } as const;

  test("show each change at once, and are removed", async () => {
    await page.receive({ type: "NotificationShowMessage", uuid: "n", props });
    const notice = () => $(".vg-notice");
    expect(notice()?.textContent).toBe("TitleBody");
    expect($(".vg-spinner")).not.toBeNull();
    expect(notice()?.querySelector("button")).toBeNull();
    await page.receive({
      type: "NotificationUpdateMessage",
      uuid: "n",
      props: { ...props, title: "New", loading: false, with_close_button: true },
    });
    expect(notice()?.textContent).toBe("NewBody");
    expect($(".vg-spinner")).toBeNull();
    expect(notice()?.querySelector("button")?.getAttribute("aria-label")).toBe("Close: New");
    await page.receive({ type: "RemoveNotificationMessage", uuid: "n" });
    expect(notice()).toBeNull();
  });

  test("are announced to screen readers", () => {
    expect($(".vg-notices")?.getAttribute("aria-live")).toBe("polite");
  });
});

describe("the tools", () => {
  const lines = () => $$(".vg-tree-line");

  beforeEach(async () => {
    await page.receive(widget("GuiDividerMessage", "d"));
    page.scene.root = treeNode("", {
      kind: "",
      children: [
        treeNode("/a", { children: [treeNode("/a/b", { error: "No such file." })] }),
        treeNode("/c", { visible: false }),
      ],
    });
    click(button(/Scene and tools/));
    await settle();
  });

  test("reset the view, and open the dialog for a picture", async () => {
    click(button(/Reset view/));
    expect(page.scene.calls).toEqual(["reset"]);
    click(button(/Save picture/));
    const dialog = () => document.querySelector('[role="dialog"]');
    await until(() => expect(dialog()).not.toBeNull());
    expect(dialog()!.textContent).toContain("Save a picture");
  });

  test("a search without a result shows a message", async () => {
    setInput($('input[type="search"]') as HTMLInputElement, "nowhere");
    await settle();
    expect(page.el.textContent).toContain("No node has “nowhere” in its name or kind.");
    expect(lines()).toHaveLength(0);
  });

  test("list the scene with kinds and errors, and show and hide nodes", () => {
    expect(lines().map((l) => l.textContent)).toEqual([
      "Scene",
      "a, Box",
      "b, Box, problem: No such file.",
      "c, Box, hidden",
    ]);
    click(lines()[1]!.querySelector(".vg-tree-eye")!);
    click(lines()[3]!.querySelector(".vg-tree-eye")!);
    expect(page.scene.calls).toEqual(["/a false", "/c true"]);
    click(lines()[2]!);
    expect($(".vg-tree-error")?.textContent).toBe("/a/b: No such file.");
  });

  test("restoring the server's visibility removes the override", async () => {
    page.scene.root = treeNode("", { children: [treeNode("/a", { override: false })] });
    for (const watcher of page.scene.watchers) watcher();
    await settle(200);
    click(lines()[1]!.querySelector(".vg-tree-eye")!);
    expect(page.scene.calls).toEqual(["/a null"]);
  });

  test("the tree works by keyboard", () => {
    const tree = $('[role="tree"]')!;
    const active = () => $('[aria-selected="true"]')?.textContent;
    press(tree, "ArrowDown");
    expect(active()).toBe("a, Box");
    press(tree, "ArrowLeft");
    expect(lines()).toHaveLength(3);
    press(tree, "ArrowRight");
    press(tree, "ArrowRight");
    expect(active()).toMatch(/^b,/);
    press(tree, " ");
    expect(page.scene.calls).toEqual(["/a/b false"]);
    press(tree, "ArrowLeft");
    expect(active()).toBe("a, Box");
    press(tree, "End");
    expect(active()).toMatch(/^c,/);
    expect(page.scene.selects.at(-1)).toBe("set /c");
    press(tree, "Home");
    expect(active()).toBe("Scene");
    expect(page.scene.selects.at(-1)).toBe("set ");
  });

  test("the tree shows what is selected, and selects", () => {
    const tree = $('[role="tree"]')!;
    const chosen = () => $$("[data-chosen] .vg-tree-name").map((e) => e.textContent);
    press(tree, "ArrowDown");
    press(tree, "ArrowLeft");
    expect(lines()).toHaveLength(3);
    // In the picture: the branch opens.
    act(() => page.scene.selection.set(["/c", "/a/b"]));
    expect(chosen()).toEqual(["b", "c"]);
    expect($("[data-active] .vg-tree-name")?.textContent).toBe("b");
    expect($$('[aria-selected="true"]')).toHaveLength(2);
    const name = (text: string) => $$(".vg-tree-name").find((e) => e.textContent === text)!;
    const clickWith = (text: string, keys: MouseEventInit) =>
      act(() => void name(text).dispatchEvent(new MouseEvent("click", { bubbles: true, ...keys })));
    clickWith("a", { shiftKey: true });
    clickWith("c", { ctrlKey: true });
    clickWith("c", {});
    act(() => {
      tree.dispatchEvent(
        new KeyboardEvent("keydown", { key: "ArrowUp", shiftKey: true, bubbles: true }),
      );
    });
    expect(page.scene.selects.slice(1)).toEqual([
      "add /a/b,/a",
      "toggle /c",
      "set /c",
      "add /c,/a/b",
    ]);
    act(() => page.scene.selection.set([]));
    expect(chosen()).toEqual([]);
  });

  test("10,000 nodes do not create 10,000 elements", async () => {
    const children = Array.from({ length: 10_000 }, (_, i) => treeNode(`/${i}`));
    page.scene.root = treeNode("", { children });
    for (const watcher of page.scene.watchers) watcher();
    await settle(200);
    expect(lines().length).toBeLessThan(60);
    press($('[role="tree"]')!, "End");
    expect($('[role="tree"] > div')!.style.height).toBe(`${10_001 * 26}px`);
    expect(lines()[1]?.getAttribute("aria-setsize")).toBe("10000");
  });
});

test("panels of the program are shown in the panel, and removed", async () => {
  await page.receive(
    {
      type: "GuiPanelMessage",
      uuid: "p",
      props: {
        _tab_labels: ["Tab"],
        _tab_icons_html: [null],
        _tab_container_ids: ["pc"],
        order: 0,
        visible: true,
      },
    },
    widget("GuiTextMessage", "t", { props: { label: "Inside" }, container: "pc" }),
  );
  expect(page.el.textContent).toContain("Inside");
  await page.receive({ type: "GuiPanelRemoveMessage", uuid: "p" });
  expect(page.el.textContent).not.toContain("Inside");
});

test("a script and a share URL from the server have no effect", async () => {
  await page.receive(
    { type: "RunJavascriptMessage", source: "window.ran = 1" },
    { type: "ShareUrlUpdated", share_url: "https://x.example/" },
  );
  expect((window as { ran?: number }).ran).toBeUndefined();
  expect(page.el.textContent).not.toContain("x.example");
});

test("dispose leaves nothing behind", async () => {
  await page.receive(widget("GuiTextMessage", "t"));
  await page.dispose();
  expect(page.el.childElementCount).toBe(0);
  expect(page.scene.watchers.size).toBe(0);
  page = await mount();
});
