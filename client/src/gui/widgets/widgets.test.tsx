// @vitest-environment jsdom
import { act } from "react";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { ServerMessage } from "../../contract";
import { update, widget } from "../testing/messages";
import { click, type Mounted, mount, press, setInput, settle, until } from "../testing/render";

// jsdom is slow when many tests share few cores.
vi.setConfig({ testTimeout: 30_000 });

// Preloaded, so that React renders them at once.
beforeAll(() => Promise.all([import("./colorPicker"), import("../panel/modalBox")]), 30_000);

let page: Mounted;
beforeEach(async () => {
  page = await mount();
});
afterEach(async () => {
  await page.dispose();
});

/** The control with this accessible name. */
function named(name: string): HTMLElement {
  const labels = [...page.el.querySelectorAll<HTMLLabelElement>("label")];
  const byLabel = labels.filter((l) => l.textContent === name).map((l) => l.control);
  const byAria = [...page.el.querySelectorAll<HTMLElement>(`[aria-label="${name}"]`)];
  const found = [...new Set([...byLabel, ...byAria])].filter((e) => e !== null);
  expect(found, `controls named ${name}`).toHaveLength(1);
  return found[0]!;
}

const field = (name: string) => named(name) as HTMLInputElement;
const values = () =>
  page.sent.flatMap((m) => (m.type === "GuiUpdateMessage" ? [m.updates.value] : []));

function blur(element: HTMLElement): void {
  act(() => {
    element.focus();
    element.blur();
  });
}

describe("text", () => {
  test("sends typed text, and shows the server's value", async () => {
    await page.receive(
      widget("GuiTextMessage", "t", { props: { label: "Name", hint: "Your name" } }),
    );
    expect(field("Name").value).toBe("text");
    expect(field("Name").getAttribute("aria-description")).toBe("Your name");
    setInput(field("Name"), "texts");
    expect(values()).toEqual(["texts"]);
    await settle(350);
    blur(field("Name"));
    await settle(350);
    await page.receive(update("t", { value: "other" }));
    expect(field("Name").value).toBe("other");
  });

  test("of many lines is a larger field", async () => {
    await page.receive(
      widget("GuiTextMessage", "t", { props: { label: "Text", multiline: true }, value: "a\nb" }),
    );
    const area = named("Text") as HTMLTextAreaElement;
    expect(area.localName).toBe("textarea");
    expect(area.value).toBe("a\nb");
  });

  test("a composition is sent when it is finished, and not before", async () => {
    await page.receive(widget("GuiTextMessage", "t", { props: { label: "T" }, value: "" }));
    const input = field("T");
    act(
      () => void input.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true })),
    );
    setInput(input, "k");
    setInput(input, "か");
    expect(values()).toEqual([]);
    expect(input.value).toBe("か");
    act(() => void input.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true })));
    expect(values()).toEqual(["か"]);
  });
});

describe("number", () => {
  beforeEach(async () => {
    const props = { label: "N", min: 10, max: 20, step: 0.5, precision: 2 };
    await page.receive(widget("GuiNumberMessage", "n", { props, value: 12 }));
  });

  test("sends only what is a number within the bounds, and clamps on leaving", () => {
    const input = field("N");
    setInput(input, "1");
    expect(input.value).toBe("1");
    setInput(input, "1x");
    setInput(input, "19.256");
    expect(values()).toEqual([19.26]);
    expect(input.value).toBe("19.256");
    setInput(input, "99");
    blur(input);
    expect(values()).toEqual([19.26, 20]);
    expect(input.value).toBe("20");
  });

  test("restores the previous number when it is left with invalid text", () => {
    const input = field("N");
    for (const text of ["", "-", "abc", "1e", "Infinity", "0x10"]) {
      setInput(input, text);
      expect(input.value).toBe(text);
      blur(input);
      expect(input.value).toBe("12");
    }
    expect(values()).toEqual([]);
  });

  test("accepts a comma as a decimal point", () => {
    setInput(field("N"), "12,5");
    expect(values()).toEqual([12.5]);
  });

  test("steps with the arrow keys, by ten with Shift or the page keys, within the bounds", async () => {
    const input = field("N");
    press(input, "ArrowUp");
    press(input, "ArrowUp", { shiftKey: true });
    press(input, "PageUp");
    press(input, "ArrowDown");
    await settle(60);
    expect(values().at(-1)).toBe(19.5);
    expect(input.getAttribute("aria-valuenow")).toBe("19.5");
    expect(input.getAttribute("aria-valuemin")).toBe("10");
    expect(input.getAttribute("aria-valuemax")).toBe("20");
  });

  test("Escape reverts typed text", () => {
    const input = field("N");
    setInput(input, "5");
    press(input, "Escape");
    expect(input.value).toBe("12");
  });

  test("disabled, it cannot be stepped", async () => {
    await page.receive(update("n", { disabled: true }));
    expect(field("N").disabled).toBe(true);
    expect(page.el.querySelector(".vg-steppers")).toBeNull();
  });
});

describe("slider", () => {
  test("sends whole steps, shows its value as text, and reaches its maximum", async () => {
    const props = { label: "S", min: 0, max: 1, step: 0.3, precision: 1 };
    await page.receive(widget("GuiSliderMessage", "s", { props, value: 0.3 }));
    const range = field("S");
    expect(range.type).toBe("range");
    expect(range.getAttribute("aria-valuetext")).toBe("0.3");
    setInput(range, "3");
    await settle(60);
    setInput(range, "4");
    await settle(60);
    expect(values()).toEqual([0.9, 1]);
    expect(field("S value").value).toBe("1");
  });

  test("from -pi to pi it steps to hundredths, by keys and in its field", async () => {
    const props = { label: "S", min: -Math.PI, max: Math.PI, step: 0.01, precision: 7 };
    await page.receive(widget("GuiSliderMessage", "s", { props, value: 0 }));
    press(field("S"), "ArrowRight");
    await settle(60);
    expect(field("S value").value).toBe("0.01");
    press(field("S value"), "ArrowUp");
    await settle(60);
    press(field("S"), "Home");
    await settle(60);
    expect(field("S value").value).toBe("-3.1415927");
    press(field("S"), "ArrowUp");
    await settle(60);
    expect(values()).toEqual([0.01, 0.02, -Math.PI, -3.14]);
  });

  test("a value out of its range is clamped", async () => {
    await page.receive(widget("GuiSliderMessage", "s", { props: { label: "S" }, value: 99 }));
    expect(field("S").value).toBe("10");
    expect(field("S value").value).toBe("10");
    await page.receive(update("s", { max: 200 }));
    expect(field("S value").value).toBe("99");
  });

  test.each([
    ["min above max", { min: 5, max: 1 }],
    ["min equal to max", { min: 5, max: 5 }],
    ["step 0", { step: 0 }],
    ["step below 0", { step: -1 }],
    ["step not a number", { step: Number.NaN }],
    ["endless", { max: Number.POSITIVE_INFINITY }],
    ["a tiny step", { step: 1e-300 }],
    ["nonsense", { min: "a", max: null, step: {}, precision: "x", _marks: 7 }],
  ])("handles %s", async (_, props) => {
    const given = props as unknown as { min: number };
    await page.receive(widget("GuiSliderMessage", "s", { props: { label: "S", ...given } }));
    expect(field("S").value).toMatch(/^\d+$/);
    expect(Number.isFinite(Number(field("S value").value))).toBe(true);
  });

  test("shows its marks, or its ends", async () => {
    await page.receive(widget("GuiSliderMessage", "s", { props: { label: "S" } }));
    const marks = () => [...page.el.querySelectorAll(".vg-marks b")].map((b) => b.textContent);
    expect(marks()).toEqual(["0", "10"]);
    const given = [
      { value: 0, label: "low" },
      { value: 5, label: null },
      { value: 99, label: "outside" },
      { value: 10, label: "high" },
    ];
    await page.receive(update("s", { _marks: given }));
    expect(marks()).toEqual(["low", "high"]);
    expect(page.el.querySelectorAll(".vg-marks i")).toHaveLength(3);
  });

  test.each([
    [-Math.PI, Math.PI, ["-3.142", "3.142"]],
    [1 / 3, 123456789.123, ["0.3333", "123456789"]],
    [0.1 + 0.2, 2.5, ["0.3", "2.5"]],
    [1e-7, 0.00009, ["1e-7", "0.00009"]],
  ])("the ends %d and %d have short labels", async (min, max, want) => {
    const props = { label: "S", min, max, precision: 7 };
    await page.receive(widget("GuiSliderMessage", "s", { props, value: min }));
    const ends = [...page.el.querySelectorAll(".vg-marks b")].map((b) => b.textContent);
    expect(ends).toEqual(want);
  });

  test("a drag defers the server's values until it ends, wherever the pointer is", async () => {
    await page.receive(widget("GuiSliderMessage", "s", { props: { label: "S" } }));
    const range = field("S");
    act(() => void range.dispatchEvent(new MouseEvent("pointerdown", { bubbles: true })));
    setInput(range, "7");
    await settle(400);
    await page.receive(update("s", { value: 1 }));
    expect(range.value).toBe("7");
    act(() => void window.dispatchEvent(new MouseEvent("pointerup")));
    await settle(350);
    expect(range.value).toBe("1");
  });
});

describe("button", () => {
  test("sends true at each click, however fast", async () => {
    await page.receive(widget("GuiButtonMessage", "b", { props: { label: "Go" } }));
    const button = page.el.querySelector(".vg-button")!;
    for (let i = 0; i < 5; i++) click(button);
    expect(page.sent).toEqual(Array.from({ length: 5 }, () => update("b", { value: true })));
  });

  test("disabled, it sends nothing", async () => {
    const props = { label: "Go", disabled: true, _hold_callback_freqs: [10] };
    await page.receive(widget("GuiButtonMessage", "b", { props }));
    const button = page.el.querySelector(".vg-button")!;
    click(button);
    act(() => void button.dispatchEvent(new MouseEvent("pointerdown", { bubbles: true })));
    expect(page.sent).toEqual([]);
  });

  test("held, it sends at once and then at each frequency, until it is released", async () => {
    const props = { label: "Go", _hold_callback_freqs: [10, 2, 0, -1, Number.NaN] };
    await page.receive(widget("GuiButtonMessage", "b", { props }));
    const button = page.el.querySelector(".vg-button")!;
    vi.useFakeTimers();
    try {
      const holds = (f: number) =>
        page.sent.filter((m) => m.type === "GuiButtonHoldMessage" && m.frequency === f).length;
      act(() => void button.dispatchEvent(new MouseEvent("pointerdown", { bubbles: true })));
      expect([holds(10), holds(2), page.sent.length]).toEqual([1, 1, 2]);
      vi.advanceTimersByTime(1000);
      expect([holds(10), holds(2)]).toEqual([11, 3]);
      act(() => void button.dispatchEvent(new MouseEvent("pointerup", { bubbles: true })));
      vi.advanceTimersByTime(5000);
      expect(page.sent).toHaveLength(14);
    } finally {
      vi.useRealTimers();
    }
  });

  test("stops sending when it is removed while held", async () => {
    const props = { label: "Go", _hold_callback_freqs: [100] };
    await page.receive(widget("GuiButtonMessage", "b", { props }));
    const button = page.el.querySelector(".vg-button")!;
    act(() => void button.dispatchEvent(new MouseEvent("pointerdown", { bubbles: true })));
    await page.receive({ type: "GuiRemoveMessage", uuid: "b" });
    const count = page.sent.length;
    await settle(60);
    expect(page.sent).toHaveLength(count);
  });

  test("shows its icon, without elements that are not allowed", async () => {
    const icon = '<svg viewBox="0 0 1 1"><path d="M0 0"/><script>1</script></svg>';
    await page.receive(
      widget("GuiButtonMessage", "b", { props: { label: "Go", _icon_html: icon } }),
    );
    const svg = page.el.querySelector(".vg-button svg");
    expect(svg?.innerHTML).toBe('<path d="M0 0"></path>');
  });
});

test("a checkbox sends its new value", async () => {
  await page.receive(widget("GuiCheckboxMessage", "c", { props: { label: "C" } }));
  click(named("C"));
  expect(values()).toEqual([true]);
  expect(field("C").checked).toBe(true);
});

test("a vector sends all its numbers when one changes", async () => {
  await page.receive(widget("GuiVector3Message", "v", { props: { label: "V", max: [9, 9, 9] } }));
  setInput(field("V Y"), "7");
  await settle(60);
  setInput(field("V Z"), "8");
  setInput(field("V X"), "50");
  blur(field("V X"));
  await settle(60);
  expect(values().at(-1)).toEqual([9, 7, 8]);
});

test("a vector whose value is too short or missing is filled with zeros", async () => {
  await page.receive(
    widget("GuiVector3Message", "v", { props: { label: "V" }, value: [1] }),
    widget("GuiVector2Message", "w", { props: { label: "W" }, value: "no" }),
  );
  expect(field("V Z").value).toBe("0");
  expect(field("W X").value).toBe("0");
});

describe("color", () => {
  test.each([
    ["10, 20, 30", [10, 20, 30]],
    ["#0a141e", [10, 20, 30]],
    ["rgb(10 20 30)", [10, 20, 30]],
    ["fff", [255, 255, 255]],
    ["red", [255, 0, 0]],
    ["hsl(120, 100%, 25%)", [0, 128, 0]],
  ])("takes %s", async (text, wanted) => {
    await page.receive(widget("GuiRgbMessage", "r", { props: { label: "R" } }));
    setInput(field("R"), text);
    expect(values()).toEqual([wanted]);
    expect(field("R").value).toBe(text);
    blur(field("R"));
    expect(field("R").value).toBe(wanted.join(", "));
  });

  test.each([
    "",
    "reddish",
    "inherit",
    "rgba(1, 2, 3, 0.5)",
    "1,2",
    "1,2,3,4",
    "1,2,300",
    "#12",
    "#12345",
  ])("does not take %j", async (text) => {
    await page.receive(widget("GuiRgbMessage", "r", { props: { label: "R" } }));
    setInput(field("R"), text);
    blur(field("R"));
    expect(values()).toEqual([]);
    expect(field("R").value).toBe("200, 100, 50");
  });

  test("with opacity has four numbers", async () => {
    await page.receive(widget("GuiRgbaMessage", "r", { props: { label: "R" } }));
    setInput(field("R"), "#01020304");
    expect(values()).toEqual([[1, 2, 3, 4]]);
  });

  test("opens a picker that is usable with the keyboard", async () => {
    await page.receive(widget("GuiRgbMessage", "r", { props: { label: "R" } }));
    click(named("Choose R"));
    await until(() => {
      expect(document.querySelector('[role="slider"][aria-label="Hue"]')).not.toBeNull();
    });
    press(document.querySelector('[role="slider"][aria-label="Hue"]')!, "ArrowRight");
    await settle(60);
    expect(values().length).toBeGreaterThan(0);
  });
});

describe("dropdown", () => {
  const choose = async (name: string) => {
    const input = page.el.querySelector<HTMLInputElement>(
      'input[role="combobox"], .mantine-Select-input',
    )!;
    click(input);
    await settle();
    const options = [...document.querySelectorAll<HTMLElement>('[role="option"]')];
    click(options.find((o) => o.textContent === name)!);
    await settle();
  };
  const shown = () => page.el.querySelector<HTMLInputElement>(".mantine-Select-input")!;

  test("sends the chosen option", async () => {
    await page.receive(widget("GuiDropdownMessage", "d", { props: { label: "D" } }));
    expect(shown().value).toBe("a");
    await choose("c");
    expect(values()).toEqual(["c"]);
    expect(shown().value).toBe("c");
  });

  test("accepts duplicate and empty options, and a value that is not among them", async () => {
    const options = ["a", "a", "", "b"];
    await page.receive(
      widget("GuiDropdownMessage", "d", { props: { label: "D", options }, value: "z" }),
    );
    expect(shown().placeholder).toBe("z");
    await choose("(empty)");
    expect(values()).toEqual([""]);
    await page.receive(update("d", { options: ["q"], value: "q" }));
    await settle(350);
    expect(shown().value).toBe("q");
  });
});

test("a button group sends the option at each click", async () => {
  await page.receive(widget("GuiButtonGroupMessage", "g", { props: { label: "G" } }));
  const second = page.el.querySelectorAll(".vg-button-group button")[1]!;
  click(second);
  click(second);
  expect(values()).toEqual(["y", "y"]);
});

test("markdown and HTML are shown without script", async () => {
  await page.receive(
    widget("GuiMarkdownMessage", "m", {
      props: { _markdown: "**bold** <img src=x onerror=alert(1)>" },
    }),
    widget("GuiHtmlMessage", "h", { props: { content: "<i>it</i><script>alert(1)</script>" } }),
  );
  await until(() => {
    expect(page.el.querySelector(".vg-prose strong")?.textContent).toBe("bold");
    expect(page.el.querySelector(".vg-html")?.innerHTML).toBe("<i>it</i>");
  });
  expect(page.el.querySelector(".vg-prose img")?.hasAttribute("onerror")).toBe(false);
  await page.receive(update("m", { _markdown: "*new*" }));
  expect(page.el.querySelector(".vg-prose em")?.textContent).toBe("new");
});

test("a progress bar stays within its bounds", async () => {
  await page.receive(widget("GuiProgressBarMessage", "p", { value: 300 }));
  const bar = page.el.querySelector('[role="progressbar"]')!;
  expect(bar.getAttribute("aria-valuenow")).toBe("100");
  await page.receive(update("p", { value: Number.NaN, color: "red", animated: true }));
  expect(bar.getAttribute("aria-valuenow")).toBe("0");
  expect(bar.hasAttribute("data-animated")).toBe(true);
});

describe("folders", () => {
  test("open and close, nest, and may be initially closed or have no label", async () => {
    await page.receive(
      widget("GuiFolderMessage", "f", { props: { label: "F" } }),
      widget("GuiFolderMessage", "g", {
        props: { label: "G", expand_by_default: false },
        container: "f",
      }),
      widget("GuiFolderMessage", "h", { props: { label: null }, container: "f" }),
      widget("GuiTextMessage", "t", { props: { label: "inG" }, container: "g" }),
      widget("GuiTextMessage", "u", { props: { label: "inH" }, container: "h" }),
    );
    const heads = () => [...page.el.querySelectorAll<HTMLElement>(".vg-folder-head")];
    expect(heads().map((h) => [h.textContent, h.getAttribute("aria-expanded")])).toEqual([
      ["F", "true"],
      ["G", "false"],
    ]);
    expect(page.el.textContent).toContain("inH");
    expect(page.el.textContent).not.toContain("inG");
    click(heads()[1]!);
    expect(page.el.textContent).toContain("inG");
    click(heads()[0]!);
    expect(page.el.textContent).not.toContain("inH");
  });

  test("inside themselves end instead of recursing forever", async () => {
    const tabs = { _tab_labels: ["T"], _tab_icons_html: [null], _tab_container_ids: ["root"] };
    await page.receive(widget("GuiTabGroupMessage", "t", { props: tabs }));
    expect(page.el.textContent).toContain("nested too deeply");
  });
});

test("tabs show one container at a time", async () => {
  const tabs = {
    _tab_labels: ["One", "Two"],
    _tab_icons_html: [null, "<svg></svg>"],
    _tab_container_ids: ["c1", "c2"],
  };
  await page.receive(
    widget("GuiTabGroupMessage", "t", { props: tabs }),
    widget("GuiTextMessage", "a", { props: { label: "A" }, container: "c1" }),
    widget("GuiTextMessage", "b", { props: { label: "B" }, container: "c2" }),
  );
  expect(page.el.textContent).toContain("A");
  click([...page.el.querySelectorAll('[role="tab"]')][1]!);
  await settle();
  expect(named("B")).not.toBeNull();
  expect(page.el.querySelectorAll(".vg-row")).toHaveLength(1);
});

describe("a form", () => {
  const form = { type: "GuiFormSubmitMessage", uuid: "f" };
  const edited = () => page.el.textContent?.includes("edited, not submitted");
  const submits = () => page.sent.filter((m) => m.type === "GuiFormSubmitMessage").length;

  beforeEach(async () => {
    await page.receive(
      widget("GuiFormMessage", "f", { props: { label: "F" } }),
      widget("GuiTabGroupMessage", "g", {
        props: { _tab_labels: ["T"], _tab_icons_html: [null], _tab_container_ids: ["c"] },
        container: "f",
      }),
      widget("GuiTextMessage", "t", { props: { label: "Text" }, value: "", container: "c" }),
      widget("GuiTextMessage", "m", { props: { label: "Lines", multiline: true }, container: "f" }),
      widget("GuiNumberMessage", "n", { props: { label: "Number" }, value: 1, container: "f" }),
    );
  });

  test("is marked from the first edit to the submission, on all pages", async () => {
    setInput(field("Text"), "a");
    setInput(field("Text"), "ab");
    await settle();
    expect(page.sent.filter((m) => m.type === "GuiFormDirtyMessage")).toEqual([
      { type: "GuiFormDirtyMessage", uuid: "f" },
    ]);
    expect(edited()).toBe(true);
    press(named("Text")!, "Enter");
    // Typed text is sent first.
    expect(page.sent.at(-2)).toMatchObject({ uuid: "t", updates: { value: "ab" } });
    expect(page.sent.at(-1)).toEqual(form);
    expect(edited()).toBe(true);
    await page.receive({ type: "GuiFormSubmitMessage", uuid: "f" });
    expect(edited()).toBe(false);
    await page.receive({ type: "GuiFormDirtyMessage", uuid: "f" });
    expect(edited()).toBe(true);
    await page.receive({ type: "GuiFormDirtyMessage", uuid: "nobody" });
    await page.receive({ type: "GuiRemoveMessage", uuid: "f" }, widget("GuiFormMessage", "f"));
    expect(edited()).toBe(false);
  });

  test("is submitted with Enter if the field does not use Enter itself", () => {
    press(named("Lines")!, "Enter");
    press(named("Number")!, "Enter");
    expect(submits()).toBe(0);
    press(named("Text")!, "Enter");
    expect(submits()).toBe(1);
  });
});

test("a modal opens, takes input, and can be closed from both sides", async () => {
  await page.receive(
    { type: "GuiModalMessage", uuid: "m", order: 0, title: "Question" },
    widget("GuiCheckboxMessage", "c", { props: { label: "Yes" }, container: "m" }),
  );
  const dialog = () => document.querySelector('[role="dialog"]');
  await until(() => {
    expect(dialog()?.textContent).toContain("Question");
  });
  click(dialog()!.querySelector('input[type="checkbox"]')!);
  expect(values()).toEqual([true]);
  await page.receive({ type: "GuiCloseModalMessage", uuid: "m" });
  await settle(200);
  expect(dialog()).toBeNull();
});

test("invisible widgets are not rendered", async () => {
  await page.receive(widget("GuiTextMessage", "t", { props: { label: "T", visible: false } }));
  expect(page.el.querySelector(".vg-row")).toBeNull();
  await page.receive(update("t", { visible: true }));
  expect(named("T")).not.toBeNull();
});

test("an unknown kind of widget shows a placeholder", async () => {
  const one = widget("GuiTextMessage", "x", { props: { label: "L" } });
  await page.receive({ ...one, type: "GuiNewMessage" } as unknown as ServerMessage);
  expect(page.el.querySelector(".vg-note")?.textContent).toBe(
    "A widget of the kind GuiNewMessage (“L”) is not shown by this client yet.",
  );
});

describe("one bad widget", () => {
  test("does not affect the others, and is shown again when it is valid", async () => {
    const bad = widget("GuiTextMessage", "bad", { props: { label: "Bad" } });
    // A getter that throws simulates any failure of rendering.
    const props = Object.defineProperty({ ...(bad as { props: object }).props }, "multiline", {
      enumerable: true,
      get: () => {
        throw new Error("out of order");
      },
    });
    const quiet = vi.spyOn(console, "error").mockImplementation(() => {});
    const good = widget("GuiTextMessage", "ok", { props: { label: "Good" } });
    await page.receive({ ...bad, props } as unknown as ServerMessage, good);
    expect(page.el.textContent).toContain("“Bad” could not be shown: out of order");
    expect(named("Good")).not.toBeNull();
    await page.receive(bad);
    expect(named("Bad")).not.toBeNull();
    quiet.mockRestore();
  });

  test("every kind handles props and values of wrong types", async () => {
    const kinds = [
      "GuiFolderMessage",
      "GuiTabGroupMessage",
      "GuiButtonMessage",
      "GuiButtonGroupMessage",
      "GuiSliderMessage",
      "GuiNumberMessage",
      "GuiTextMessage",
      "GuiCheckboxMessage",
      "GuiDropdownMessage",
      "GuiRgbMessage",
      "GuiRgbaMessage",
      "GuiVector2Message",
      "GuiVector3Message",
      "GuiMarkdownMessage",
      "GuiHtmlMessage",
      "GuiImageMessage",
      "GuiProgressBarMessage",
      "GuiDividerMessage",
      "GuiNoSuchMessage",
    ];
    const junk = [null, undefined, 5, "x", [], {}, [{}], { a: 1 }, true, Number.NaN];
    const messages = kinds.flatMap((type) =>
      junk.map((j, i) => ({
        type,
        uuid: `${type}${i}`,
        container_uuid: "root",
        value: j,
        props: new Proxy({}, { get: (_, key) => (key === "visible" ? true : j) }),
      })),
    );
    await page.receive(...(messages as unknown as ServerMessage[]));
    await settle(100);
    expect(page.el.textContent).not.toContain("could not be shown");
  });
});

describe("400 widgets", () => {
  /** Counts reads of a widget's label: each render reads it. */
  function counted(uuid: string, count: Map<string, number>): ServerMessage {
    const message = widget("GuiSliderMessage", uuid);
    const props = Object.defineProperty({ ...(message as { props: object }).props }, "label", {
      enumerable: false,
      get: () => {
        count.set(uuid, (count.get(uuid) ?? 0) + 1);
        return uuid;
      },
    });
    return { ...message, props } as unknown as ServerMessage;
  }

  test("an update of one rerenders one", async () => {
    const count = new Map<string, number>();
    await page.receive(...Array.from({ length: 400 }, (_, i) => counted(`s${i}`, count)));
    expect(count.size).toBe(400);
    count.clear();
    await page.receive(update("s123", { value: 9 }));
    expect([...count.keys()]).toEqual(["s123"]);
    expect(field("s123").value).toBe("9");
    const once = count.get("s123");
    count.clear();
    // A thousand updates of it before the next frame render it once.
    await page.receive(
      ...Array.from({ length: 1000 }, (_, i) => update("s123", { value: i % 10 })),
    );
    expect(count).toEqual(new Map([["s123", once]]));
    count.clear();
    setInput(field("s7"), "3");
    expect([...count.keys()]).toEqual(["s7"]);
  });

  test("adding one renders one more", async () => {
    const count = new Map<string, number>();
    await page.receive(...Array.from({ length: 400 }, (_, i) => counted(`s${i}`, count)));
    count.clear();
    await page.receive(counted("new", count));
    expect([...count.keys()]).toEqual(["new"]);
    count.clear();
    await page.receive({ type: "GuiRemoveMessage", uuid: "s5" });
    expect([...count.keys()]).toEqual([]);
  });
});
