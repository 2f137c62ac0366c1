/** A page for tests, which is a state itself. */
import type { Difference } from "../diff";
import type { State } from "../fold";
import type { Message } from "../message";
import { type ArrayValue, StoredArray, withArrays } from "../values";

/** The same message with the bytes of its arrays in it. */
export function withData(message: Message, data: readonly Uint8Array<ArrayBuffer>[]): Message {
  return withArrays(message, (array: ArrayValue) => {
    const { index, dtype, bytes } = array as StoredArray;
    return new StoredArray(-1, dtype, bytes, data[index]!);
  }) as Message;
}

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
