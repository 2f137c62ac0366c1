// @vitest-environment jsdom

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { TEX } from "../testing/xss";
import { markdownFragment } from "./markdown";

let box: HTMLElement;
beforeEach(() => {
  box = document.createElement("div");
  document.body.append(box);
});
afterEach(() => box.remove());

const formulas = () => Array.from(box.querySelectorAll(".vg-tex"));

/** Shows a text, and waits until its formulas are drawn, or show an error. */
async function show(text: string): Promise<void> {
  box.replaceChildren(markdownFragment(text));
  await vi.waitFor(() => {
    const drawn = formulas().filter((e) => e.querySelector("math, .vg-tex-reason"));
    expect(drawn.length).toBe(formulas().length);
  });
}

const reasons = () =>
  Array.from(box.querySelectorAll(".vg-tex-reason")).map((reason) => reason.textContent);

describe("what is a formula", () => {
  test.each([
    ["$x$", ["$x$"]],
    ["a $x^2$, $y_1 * z$ and *so* on", ["$x^2$", "$y_1 * z$"]],
    ["the $n$th", ["$n$"]],
    ["\\(a_b\\) and \\(c_d\\)", ["\\(a_b\\)", "\\(c_d\\)"]],
    ["$$a\n= b$$", ["$$a\n= b$$"]],
    ["text\n$$\na \\\\\nb\n$$\nmore", ["$$\na \\\\\nb\n$$"]],
    ["text\n\\[\na \\\\[2pt]\nb\n\\]\nmore", ["\\[\na \\\\[2pt]\nb\n\\]"]],
    ["in $$a$$ a line", ["$$a$$"]],
    ["- $a$\n- $b$\n\n> $c$\n\n| x |\n|---|\n| $d$ |", ["$a$", "$b$", "$c$", "$d$"]],
    ["# $h$", ["$h$"]],
    ["**$b < c & d$**", ["$b < c & d$"]],
    ["$a \\$ b$", ["$a \\$ b$"]],
  ])("%j", (text, sources) => {
    box.append(markdownFragment(text));
    expect(formulas().map((e) => e.textContent)).toEqual(sources);
  });

  test.each([
    ["$5 and $6", "$5 and $6"],
    ["$5-$6", "$5-$6"],
    ["from $ 5 $ on", "from $ 5 $ on"],
    ["\\$a$", "$a$"],
    ["`$x$` and `\\(x\\)`", "$x$ and \\(x\\)"],
    ["cost $5 in `a$`", "cost $5 in a$"],
    ["```\n$$x$$\n```", "$$x$$"],
    ["    $$x$$", "$$x$$"],
    ["\\[1\\] a note", "[1] a note"],
    ["\\[link\\](x)", "[link](x)"],
    ["$a\n\nb$", "$a\nb$"],
    ["$$", "$$"],
    ["$", "$"],
    ["\\(", "("],
  ])("%j is text", (text, shown) => {
    box.append(markdownFragment(text));
    expect(formulas()).toEqual([]);
    expect(box.textContent?.trim()).toBe(shown);
  });

  test("the surrounding text is unchanged", () => {
    box.append(markdownFragment("a $5 note, **b** https://example.org/x <b>c</b> &amp; d"));
    expect(box.textContent?.trim()).toBe("a $5 note, b https://example.org/x c & d");
    expect(box.querySelector("strong")?.textContent).toBe("b");
    expect(box.querySelector("a")?.getAttribute("href")).toBe("https://example.org/x");
  });
});

test("a formula becomes MathML, inline or as a block", async () => {
  await show("So $\\frac{a}{b}$:\n\n$$\\sum_{i=1}^n x_i$$");
  expect(box.querySelector("p .vg-tex mfrac")?.textContent).toBe("ab");
  expect(box.querySelector("p math")?.getAttribute("display")).toBe(null);
  expect(box.querySelector(".vg-tex-display munderover")?.textContent).toBe("∑i=1n");
  expect(box.querySelector(".vg-tex-display math")?.getAttribute("display")).toBe("block");
});

test("a numbered equation shows its number", async () => {
  await show("$$\\begin{align}a&=b\\\\c&=d\\end{align}$$");
  expect(box.querySelectorAll(".tml-eqn").length).toBe(2);
});

test.each([
  ["$\\nope{x}$", /\\nope/],
  ["$\\frac{1$", /end of input/i],
  ["$x^$", /.+/],
  ["$\\def\\a{\\a\\a}\\a$", /\\def/],
  ["$\\newcommand\\a[1]{#1#1}\\a{\\a{x}}$", /\\newcommand/],
  ["$\\href{https://example.org}{x}$", /\\href/],
  [`$${"{".repeat(1900)}${"}".repeat(1900)}$`, /deep/],
  [`$${"\\sqrt{".repeat(200)}x${"}".repeat(200)}$`, /deep/],
  [`$${"x+".repeat(3000)}x$`, /long/],
])("%.40s shows its source and the reason; its neighbor is drawn", async (bad, why) => {
  await show(`${bad} and $y$`);
  expect(box.querySelector("code")?.textContent).toBe(bad);
  expect(reasons().length).toBe(1);
  expect(reasons()[0]).toMatch(why);
  expect(formulas()[1]?.querySelector("math")?.textContent).toBe("y");
});

test("the number of formulas in a text is limited", async () => {
  await show("$x$ ".repeat(500));
  expect(box.querySelectorAll("math").length).toBe(400);
  expect(reasons()[99]).toMatch(/too many/);
});

test("definitions of a formula do not affect the next", async () => {
  await show("$\\gdef\\R{x}$ $\\R$");
  expect(box.querySelector("math")?.textContent).toBe("ℝ");
});

describe.each(TEX)("stays inert: %s", (source) => {
  test("drawn", async () => {
    await show(source);
    const tags = "script,style,iframe,img,svg,a,form,input,button,mglyph,maction,annotation-xml";
    expect(box.querySelectorAll(tags).length).toBe(0);
    for (const element of Array.from(box.querySelectorAll("*"))) {
      for (const { name, value } of Array.from(element.attributes)) {
        expect(name).not.toMatch(/^on|href|^src|^data-|^id$|^name$/i);
        if (name === "class") expect(value).not.toMatch(/vg-modal/);
        if (name === "style") expect(value).not.toMatch(/url|position|inset/i);
      }
    }
    expect("pwned" in window && window.pwned).toBeFalsy();
  });
});
