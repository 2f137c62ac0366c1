let query: MediaQueryList | undefined;

/** Whether the user asked the system for less movement: then the page shows ends, not ways. */
export function lessMotion(): boolean {
  query ??= globalThis.matchMedia?.("(prefers-reduced-motion: reduce)");
  return query?.matches === true;
}
