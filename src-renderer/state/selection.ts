import { createSelection } from "../ground/selection.ts";

/** The cursor and the selection of the triage list; the palette and the incident pane act on them too. */
export const useSelection = createSelection<"severity" | "owner" | "note">();
