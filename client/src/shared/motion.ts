let query: MediaQueryList | undefined;

/** Whether the user prefers reduced motion: then changes are not animated. */
export function prefersReducedMotion(): boolean {
  query ??= globalThis.matchMedia?.("(prefers-reduced-motion: reduce)");
  return query?.matches === true;
}
