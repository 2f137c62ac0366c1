/** The places whose node is colored by number, for the color bars. */
import type { Place } from "./place";
import { SCALAR_PROPS, scalarsOf } from "./scalars";
import type { NodeVisual } from "./visual";

type At = Place<NodeVisual>;

export class ScalarPlaces {
  readonly places = new Set<At>();
  /** They, or what their bars show, have changed. */
  onChange: () => void = () => {};

  /** The node was updated: which of its properties have changed; null: all. */
  note(place: At, changed: ReadonlySet<string> | null): void {
    const props = place.visual && place.effective?.props;
    if (!props || !scalarsOf(props)) {
      this.remove(place);
      return;
    }
    const known = this.places.has(place);
    if (known && changed && !SCALAR_PROPS.some((name) => changed.has(name))) return;
    this.places.add(place);
    this.onChange();
  }

  shownChanged(place: At): void {
    if (this.places.has(place)) this.onChange();
  }

  remove(place: At): void {
    if (this.places.delete(place)) this.onChange();
  }
}
