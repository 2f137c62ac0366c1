// @vitest-environment node
import { expect, it } from "vitest";
import { retryDelay } from "./backoff";

it("stays between 0.25 s and 5 s, whatever the attempt and the random number", () => {
  for (let tries = 0; tries < 2000; tries++) {
    for (const random of [0, 0.5, 0.999]) {
      const wait = retryDelay(tries, random);
      expect(wait).toBeGreaterThanOrEqual(250);
      expect(wait).toBeLessThanOrEqual(5000);
    }
  }
});

it("spreads the pages of a restarted server over half of the delay", () => {
  expect(retryDelay(5, 0)).toBe(2500);
  expect(retryDelay(5, 0.5)).toBe(3750);
});
