/** A page for tests, which is a state itself. */
import type { Difference } from "../diff";
import type { State } from "../fold";

/** What a page does with a difference that leads to `to`; one that begins anew is empty before. */
export function applyDifference(page: State, change: Difference, to: State): void {
  if (change.anew) {
    reset(page, to);
    return;
  }
  for (const message of change.messages) page.apply(message);
  for (const [key, { position, wxyz }] of change.poses) {
    if (position) page.setPosition(key, position);
    if (wxyz) page.setWxyz(key, wxyz);
  }
}

function reset(page: State, to: State): void {
  Object.assign(page, to.clone());
}
