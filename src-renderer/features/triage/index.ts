/** The list of incidents, and the dialogs that its verbs ask in from any page. */
import { lazy } from "react";

export { VerbDialogs } from "./verb-dialogs.tsx";

export const TriagePage = lazy(async () => ({
	default: (await import("./triage-page.tsx")).TriagePage,
}));
