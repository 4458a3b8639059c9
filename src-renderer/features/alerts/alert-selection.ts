import { createSelection } from "../../ground/selection.ts";

export type AlertQuestion = "duplicate" | "snooze" | "place";

/** The cursor and the selection of the alerts inbox. */
export const useAlertSelection = createSelection<AlertQuestion>();
