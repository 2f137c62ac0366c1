/**
 * Check boxes of task lists ("- [x] done"). Form fields of a program do not pass the sanitizer: a mark does, in
 * whose place the page puts a check box of its own that cannot be changed.
 */
const OPEN = "vg-task-open";
const DONE = "vg-task-done";

export function taskMark(checked: boolean): string {
  return `<span class="${checked ? DONE : OPEN}"></span> `;
}

export function drawTasks(fragment: DocumentFragment): void {
  for (const mark of fragment.querySelectorAll(`span:is(.${OPEN}, .${DONE}):empty`)) {
    const done = mark.classList.contains(DONE);
    const box = document.createElement("input");
    box.type = "checkbox";
    box.className = "vg-task";
    box.disabled = true;
    box.defaultChecked = done;
    box.ariaLabel = done ? "Done" : "Not done";
    mark.closest("li")?.classList.add("vg-task-item");
    mark.replaceWith(box);
  }
}
