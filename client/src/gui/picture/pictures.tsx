import { useCell, useGui } from "../context";
import { useLazyPart } from "../lazyPart";

/** The dialog for a picture, and the line of a video in progress. */
export function Pictures() {
  const { pictures } = useGui();
  const Box = useLazyPart({
    what: "The picture's options",
    open: useCell(pictures.open),
    load: () => import("./pictureBox"),
    close: () => pictures.open.set(false),
  });
  const Line = useLazyPart({
    what: "The video's controls",
    open: useCell(pictures.video) !== null,
    load: () => import("./videoLine"),
    close: () => pictures.video.get()?.cancel(),
  });
  return (
    <>
      {Box && <Box />}
      {Line && <Line />}
    </>
  );
}
