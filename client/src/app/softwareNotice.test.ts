// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { mountSoftwareNotice } from "./softwareNotice";

let parent: HTMLElement;
beforeEach(() => {
  vi.useFakeTimers();
  parent = document.createElement("div");
  localStorage.clear();
});
afterEach(() => {
  vi.useRealTimers();
});

const mount = (software: boolean, storage = () => localStorage) =>
  mountSoftwareNotice(parent, () => software, storage);

test("says it once, until it is closed or read", () => {
  mount(true);
  expect(parent.textContent).toContain("without a graphics card");
  parent.querySelector("button")!.click();
  expect(parent.childElementCount).toBe(0);
  mount(true);
  expect(parent.childElementCount, "the second time").toBe(0);
});

test("goes by itself", () => {
  mount(true);
  vi.advanceTimersByTime(20_000);
  expect(parent.childElementCount).toBe(0);
});

test("says nothing where a graphics card draws", () => {
  mount(false);
  expect(parent.childElementCount).toBe(0);
});

test("says it where nothing can be stored", () => {
  const dispose = mount(true, () => {
    throw new DOMException("denied", "SecurityError");
  });
  expect(parent.childElementCount).toBe(1);
  dispose();
  expect(parent.childElementCount).toBe(0);
});
