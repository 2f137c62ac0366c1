import { expect, it } from "vitest";
import { takeEmbedded } from "./embedded";

const page = (data: unknown, config?: unknown) =>
  ({ __VISER_EMBED_DATA__: data, __VISER_EMBED_CONFIG__: config }) as unknown as Window;

it("takes a page's own recording, once", () => {
  const window = page("AAEC/w==", { darkMode: true, showSceneTree: false });
  const embedded = takeEmbedded(window);
  expect([...new Uint8Array(embedded!.data)]).toEqual([0, 1, 2, 255]);
  expect(embedded).toMatchObject({ darkMode: true, hideSceneTree: true });
  expect(takeEmbedded(window)).toBeNull();
});

it("takes what is no text as it is", () => {
  const data = new ArrayBuffer(3);
  expect(takeEmbedded(page(data))?.data).toBe(data);
});

it("has the defaults of upstream viser without a configuration", () => {
  expect(takeEmbedded(page("AAEC"))).toMatchObject({
    darkMode: false,
    hideSceneTree: false,
    controlOrigin: null,
    query: "",
  });
});

it("may have parameters", () => {
  expect(takeEmbedded(page("AAEC", { query: "hideViserLogo=1" }))?.query).toBe("hideViserLogo=1");
});

it("may be controlled by an exact origin only", () => {
  const of = (controlOrigin: unknown) =>
    takeEmbedded(page("AAEC", { controlOrigin }))?.controlOrigin;
  expect(of("https://example.org")).toBe("https://example.org");
  expect(of("https://example.org/")).toBeNull();
  expect(of("null")).toBeNull();
  expect(of("*")).toBeNull();
  expect(of(7)).toBeNull();
});

it("is not there on other pages", () => {
  expect(takeEmbedded(page(undefined, { darkMode: true }))).toBeNull();
});
