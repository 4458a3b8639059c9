/** A file of predictions, from the drop to the report. */
import { lazy } from "react";

export const ImportPage = lazy(async () => ({
	default: (await import("./import-page.tsx")).ImportPage,
}));
