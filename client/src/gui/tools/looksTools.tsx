import { useCell, useGui } from "../context";

/** How the scene is drawn, as switches: the actions of that section. */
export function LooksTools() {
  const { options, notices } = useGui();
  const actions = useCell(options.actions.all);
  // Rendered again when one is switched, from wherever.
  useCell(options.scene.looks);
  const looks = actions.filter(({ section, on }) => section === "Looks" && on);
  if (looks.length === 0) return null;
  return (
    <section className="vg-tool-section">
      <h2>Looks</h2>
      <div className="vg-looks">
        {looks.map(({ id, label, on, run }) => (
          <label key={id} className="vg-tool-check">
            <input
              type="checkbox"
              className="vg-checkbox"
              checked={on?.() ?? false}
              onChange={() => {
                Promise.resolve(run()).catch((e: unknown) =>
                  notices.show("look", {
                    title: label,
                    body: e instanceof Error ? e.message : String(e),
                    loading: false,
                    closable: true,
                    autoCloseMs: 8000,
                  }),
                );
              }}
            />
            {label}
          </label>
        ))}
      </div>
    </section>
  );
}
