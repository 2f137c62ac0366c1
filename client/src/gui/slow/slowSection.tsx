import { lazy, Suspense, useState } from "react";

const SlowPanel = lazy(() => import("./slowPanel"));

/** Loads and measures nothing while closed. */
export function SlowSection() {
  const [open, setOpen] = useState(false);
  return (
    <details className="vg-tool-section" onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>Why is it slow?</summary>
      {open && (
        <Suspense fallback={<p className="vg-note">Measuring …</p>}>
          <SlowPanel />
        </Suspense>
      )}
    </details>
  );
}
