/** How long to wait before the next try, in milliseconds. */

export const FIRST_WAIT_MS = 250;
export const LONGEST_WAIT_MS = 5000;

/**
 * Doubles with each failed try, from 0.25 s to 5 s. The random part (0 <= random < 1) spreads the
 * reconnections after a restart of the server.
 */
export function retryDelay(failedAttempts: number, random: number): number {
  const whole = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failedAttempts, 10));
  return Math.max(FIRST_WAIT_MS, Math.round(whole * (0.5 + 0.5 * random)));
}
