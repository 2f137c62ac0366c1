/** The message of anything that was thrown. */
export function errorText(e: unknown): string {
  return e instanceof Error ? e.message : String(e);
}
