// @vitest-environment jsdom

import { renderToStaticMarkup } from "react-dom/server";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { XSS } from "../testing/xss";
import { safeFragment } from "./html";
import { markdownFragment } from "./markdown";
import { replaceMissingImages } from "./missingImage";
import { safeSvg } from "./svg";
import { safeImage, safeLink } from "./url";

declare global {
  interface Window {
    pwned?: unknown;
  }
}

let box: HTMLElement;
beforeEach(() => {
  box = document.createElement("div");
  document.body.append(box);
});
afterEach(() => {
  box.remove();
  window.pwned = undefined;
});

const ACTIVE =
  "script style iframe object embed link meta base form input button textarea svg math template audio video";

/** Invariants of all content of a program on the page. */
function expectInert(root: HTMLElement): void {
  expect(window.pwned).toBeUndefined();
  for (const element of Array.from(root.querySelectorAll("*"))) {
    expect(ACTIVE.split(" ")).not.toContain(element.localName);
    for (const { name, value } of Array.from(element.attributes)) {
      expect(name).not.toMatch(/^on|^srcset$|^action$|^formaction$|^srcdoc$|^background$/i);
      // As the browser resolves them.
      if (name === "href")
        expect(new URL(value, location.href).protocol).toMatch(/^(https?|mailto):/);
      if (name === "src") expect(safeImage(value)).not.toBeNull();
      if (name === "style") expect(value).not.toMatch(/url\s*\(|expression|position:\s*fixed/i);
      if (name === "id" || name === "name") expect(value).toMatch(/^user-content-/);
    }
  }
}

describe.each(XSS)("stays inert: %s", (source) => {
  test("as HTML", () => {
    box.append(safeFragment(source, { styles: true }));
    expectInert(box);
  });

  test("as markdown", () => {
    box.append(markdownFragment(source));
    expectInert(box);
    box.replaceChildren(
      markdownFragment(`# Text\n\n- ${source}\n\n[x](${source})\n\n![x](${source})`),
    );
    expectInert(box);
  });

  test("as an icon", () => {
    const markup = renderToStaticMarkup(safeSvg(source));
    expect(markup).not.toMatch(
      /script|on\w+=|href|foreignObject|style|url\(|<(?!\/?(svg|g|path))/i,
    );
  });
});

test("markdown keeps its formatting", () => {
  const source =
    "# H\n\n**b** `c` [l](https://example.org/x) ![i](data:image/png;base64,AAAA)\n\n| a |\n|---|\n| 1 |\n\n- [ ] x";
  box.append(markdownFragment(source));
  expect(box.querySelector("h2")?.textContent).toBe("H");
  expect(box.querySelector("td")?.textContent).toBe("1");
  expect(box.querySelector("img")?.getAttribute("src")).toBe("data:image/png;base64,AAAA");
  const link = box.querySelector("a");
  expect(link?.getAttribute("href")).toBe("https://example.org/x");
  expect(link?.getAttribute("rel")).toBe("noopener noreferrer");
  expect(link?.getAttribute("target")).toBe("_blank");
});

test("tasks have read-only check boxes", () => {
  box.append(markdownFragment("- [x] done **well**\n- [ ] open\n- other"));
  const boxes = [...box.querySelectorAll("input")];
  expect(boxes.map((b) => [b.type, b.checked, b.disabled])).toEqual([
    ["checkbox", true, true],
    ["checkbox", false, true],
  ]);
  expect([...box.querySelectorAll("li")].map((li) => li.textContent?.trim())).toEqual([
    "done well",
    "open",
    "other",
  ]);
});

test.each([
  "#ff8800",
  "#f80",
  "#ff880080",
  "rgb(255, 136, 0)",
  "rgb(255 136 0 / 50%)",
  "hsl(32, 100%, 50%)",
])("the code span %s has a color chip", (color) => {
  box.append(markdownFragment(`is \`${color}\`.`));
  const chip = box.querySelector<HTMLElement>("code > .vg-color-chip");
  expect(chip?.style.backgroundColor).not.toBe("");
  expect(chip).not.toBeNull();
  expect(box.textContent?.trim()).toBe(`is ${color}.`);
});

test.each(["#ff880", "red", "rgb(x)", "rgb(1,2,3);x", "url(https://x/y)", "code"])(
  "the code span %s has none",
  (text) => {
    box.append(markdownFragment(`is \`${text}\`.\n\n    #ff8800`));
    expect(box.querySelector(".vg-color-chip")).toBeNull();
  },
);

describe("an image that cannot be loaded", () => {
  const fail = () => {
    replaceMissingImages(box);
    box.querySelector("img")?.dispatchEvent(new Event("error"));
    expect(box.querySelector("img")).toBeNull();
  };

  test("becomes a link that shows the URL and opens it in a new tab, without a referrer", () => {
    box.append(markdownFragment("![A plan](https://example.org/plan.png)"));
    expect(box.querySelector("img")?.getAttribute("referrerpolicy")).toBe("no-referrer");
    fail();
    const link = box.querySelector("a")!;
    expect(link.textContent).toBe("A plan: https://example.org/plan.png");
    expect(link.href).toBe("https://example.org/plan.png");
    expect(link.target).toBe("_blank");
    expect(link.rel).toBe("noopener noreferrer");
    expectInert(box);
  });

  test("inside a link becomes text of that link", () => {
    box.append(markdownFragment("[![A plan](https://example.org/plan.png)](https://example.org)"));
    fail();
    expect(box.querySelectorAll("a")).toHaveLength(1);
    expect(box.querySelector("a span")?.textContent).toContain("plan.png");
  });

  test("that is inline has no link", () => {
    box.append(markdownFragment("![Broken](data:image/png;base64,AAAA)"));
    fail();
    expect(box.querySelector("a")).toBeNull();
    expect(box.textContent?.trim()).toBe("Broken: cannot be shown");
  });
});

test("HTML of a program keeps its style, but does not load resources or leave its box", () => {
  const style = "color: red; position: fixed; background: url(https://x/y); padding: 2px";
  box.append(safeFragment(`<p style="${style}">x</p>`, { styles: true }));
  const { style: kept } = box.querySelector("p")!;
  expect(kept.color).toBe("red");
  expect(kept.padding).toBe("2px");
  expect(kept.position).toBe("");
  expect(kept.background).toBe("");
});

test("an icon keeps its shape", () => {
  const source =
    '<svg xmlns="http://www.w3.org/2000/svg" width="24" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" class="x"><path stroke="none" d="M0 0h24"/><path d="M5 12h14"/></svg>';
  expect(renderToStaticMarkup(safeSvg(source))).toBe(
    '<svg width="24" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" class="vg-svg" aria-hidden="true" focusable="false"><path stroke="none" d="M0 0h24"></path><path d="M5 12h14"></path></svg>',
  );
});

test.each(["", null, 7, "text", "<svg", "<p/>", `<svg>${" ".repeat(60_000)}</svg>`])(
  "no icon: %.20s",
  (source) => expect(safeSvg(source)).toBeNull(),
);

test("the nesting of an icon is limited", () => {
  const deep = `<svg>${"<g>".repeat(150)}${"</g>".repeat(150)}</svg>`;
  expect(renderToStaticMarkup(safeSvg(deep)).length).toBeLessThan(400);
});

test.each([
  ["https://example.org/a", "https://example.org/a"],
  ["http://example.org/", "http://example.org/"],
  ["mailto:a@b.c", "mailto:a@b.c"],
  ["/doc", new URL("/doc", location.href).href],
  ["javascript:alert(1)", null],
  ["JaVaScRiPt:alert(1)", null],
  [" \u0001javascript:alert(1)", null],
  ["java\nscript:alert(1)", null],
  ["java\tscript:alert(1)", null],
  ["data:text/html,<script>1</script>", null],
  ["vbscript:x", null],
  ["blob:https://x/1", null],
  ["file:///etc/passwd", null],
  ["http://[", null],
  [null, null],
])("the link %j leads to %j", (given, wanted) => expect(safeLink(given)).toBe(wanted));

test.each([
  ["data:image/png;base64,AA", true],
  ["data:image/svg+xml,%3Csvg/%3E", true],
  ["https://example.org/a.png", true],
  ["/logo.png", true],
  ["http://elsewhere.example/a.png", false],
  ["data:text/html,x", false],
  ["data:image/pngx,x", false],
  ["javascript:alert(1)", false],
  ["ftp://x/a.png", false],
  [{}, false],
])("the picture %j: %s", (given, wanted) => expect(safeImage(given) !== null).toBe(wanted));
