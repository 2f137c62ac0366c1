import { expect, it } from "vitest";
import { AT_START } from "../testing/timeline";
import { clock, keyStep, spokenTime, timeText } from "./time";

it("writes times as precisely as the range needs", () => {
  expect(clock(3.256, 9)).toBe("3.26");
  expect(clock(3.256, 20)).toBe("3.26");
  expect(clock(3.256, 1000)).toBe("0:03.3");
  expect(clock(62.5, 120)).toBe("1:02.50");
  expect(clock(3661, 7200)).toBe("1:01:01.0");
  expect(clock(3661, 72_000)).toBe("1:01:01");
  expect(clock(3605.25, 8)).toBe("1:00:05.25");
});

it("does not write 60 seconds", () => {
  expect(clock(59.997, 59)).toBe("1:00.00");
  expect(clock(119.999, 200)).toBe("2:00.00");
  expect(clock(3599.99, 7200)).toBe("1:00:00.0");
});

it("writes how long ago something was while the program runs", () => {
  const state = { ...AT_START, mode: "live" as const, from: 100, to: 140 };
  expect(timeText(state, 127.7)).toBe("−12.30");
  expect(timeText(state, 140)).toBe("0.00");
  expect(spokenTime(state, 127.7)).toBe("12.30 seconds ago");
  expect(spokenTime({ ...state, following: true }, 140)).toBe("live");
  expect(spokenTime(AT_START, 10)).toBe("10.00 of 40.00 seconds");
});

it("writes times that a program has set as they are", () => {
  const state = { ...AT_START, mode: "live" as const, program: true, from: 1, to: 5 };
  expect(timeText(state, 1.5)).toBe("1.50");
  expect(spokenTime(state, 1.5)).toBe("1.50 of 5.00 seconds");
  expect(spokenTime({ ...state, following: true }, 5)).toBe("live");
});

it("goes a second with an arrow key, less in a short recording", () => {
  expect(keyStep(AT_START, false)).toBe(1);
  expect(keyStep(AT_START, true)).toBe(10);
  expect(keyStep({ ...AT_START, to: 2 }, false)).toBe(0.1);
  expect(keyStep({ ...AT_START, to: 2 }, true)).toBe(1);
});
