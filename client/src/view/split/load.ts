/** What is loaded when a page is first split. */
export { ProgramViews } from "./program";
export { ViewSplit } from "./split";
export { followViews, viewsParams } from "./viewsLink";
