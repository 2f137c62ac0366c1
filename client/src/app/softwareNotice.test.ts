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

test("is shown once, until it is closed", () => {
  mount(true);
  expect(parent.textContent).toContain("without a graphics card");
  parent.querySelector("button")!.click();
  expect(parent.childElementCount).toBe(0);
  mount(true);
  expect(parent.childElementCount, "the second time").toBe(0);
});

test("is removed after a time", () => {
  mount(true);
  vi.advanceTimersByTime(20_000);
  expect(parent.childElementCount).toBe(0);
});

test("is not shown with a graphics card", () => {
  mount(false);
  expect(parent.childElementCount).toBe(0);
});

test("is shown without storage", () => {
  const dispose = mount(true, () => {
    throw new DOMException("denied", "SecurityError");
  });
  expect(parent.childElementCount).toBe(1);
  dispose();
  expect(parent.childElementCount).toBe(0);
});
