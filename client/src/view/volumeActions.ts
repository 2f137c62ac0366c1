/** Adjusting volumes, as an action. The card is loaded when it runs. */
import type { NodePlace } from "../scene/world";
import { OnDemand } from "../shared/onDemand";
import type { VolumeDeps } from "./volume/deps";

/** Returns the end of the action. */
export function addVolumeActions(deps: VolumeDeps): () => void {
  const tool = new OnDemand(async () => new (await import("./volume/adjusting")).Adjusting(deps));
  const end = deps.actions.add({
    id: "looks.volume",
    label: "Adjust volume …",
    description: "colors, opacities and range, on this page only",
    section: "Looks",
    available: () => volumeIn(deps) !== null,
    async run() {
      const adjusting = await tool.get();
      const place = volumeIn(deps);
      if (place) adjusting.open(place.path);
    },
  });
  return () => {
    end();
    tool.dispose();
  };
}

/** The volume that is shown and selected, else the first that is shown. */
function volumeIn({ world: { tree }, selected }: VolumeDeps): NodePlace | null {
  for (const path of selected()) {
    const place = tree.get(path);
    if (place && isShown(place)) return place;
  }
  for (const place of tree.all()) if (isShown(place)) return place;
  return null;
}

function isShown({ shown, effective }: NodePlace): boolean {
  return shown && effective?.kind === "VolumeMessage" && !effective.empty;
}
