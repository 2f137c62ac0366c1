// @vitest-environment jsdom
import { expect, test } from "vitest";
import { cpuMs } from "../../testing/cpu";
import { extractImages, restoreImages } from "./inlined";
import { markdownFragment } from "./markdown";

const PNG = "data:image/png;base64,QUJD";
const images = (text: string) =>
  [...markdownFragment(text).querySelectorAll("img")].map((img) => img.getAttribute("src"));

test("inline images are shown", () => {
  expect(
    images(`![a](${PNG}) and ![b](${PNG} "title") and ![c](https://example.org/c.png)`),
  ).toEqual([PNG, PNG, "https://example.org/c.png"]);
  expect(markdownFragment(`![b](${PNG} "title")`).querySelector("img")?.title).toBe("title");
});

test("other data URLs are not extracted", () => {
  for (const text of [
    "(data:image/",
    "(data:image/png;base64",
    "(data:image/png,QUJD)",
    '(data:image/x"onerror=1;base64,QUJD)',
    "(data:text/html;base64,QUJD)",
  ]) {
    expect(extractImages(text)).toEqual({ text, pictures: [] });
  }
  expect(extractImages(`(${PNG}`).pictures).toEqual([PNG]);
});

test("an image cannot bypass the sanitizer with markup", () => {
  const evil = 'data:image/png;base64,"><script>alert(1)</script>';
  const fragment = markdownFragment(`![a](${evil}) [l](${evil})`);
  expect(fragment.querySelector("script")).toBeNull();
  for (const img of fragment.querySelectorAll("img")) expect(img.attributes).toHaveLength(2);
  const linked = document.createDocumentFragment();
  linked.append(document.createElement("img"));
  restoreImages(linked, []);
  expect(linked.querySelector("img")?.hasAttribute("src")).toBe(false);
});

test("megabytes of images do not block, and megabytes of text are shown as plain text", () => {
  const big = `data:image/jpeg;base64,${"QUJD".repeat(4_000_000)}`;
  const start = cpuMs();
  expect(images(`# Title\n\n![a](${big})\n\n![b](${big})`).map((src) => src?.length)).toEqual([
    big.length,
    big.length,
  ]);
  expect(cpuMs() - start).toBeLessThan(5000);
  const text = "*a* ".repeat(250_000);
  const fragment = markdownFragment(text);
  expect(fragment.childNodes).toHaveLength(1);
  expect(fragment.textContent).toBe(text);
});
