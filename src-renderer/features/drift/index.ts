/** Models, their drift and their performance. */
import { lazy } from "react";

export const DriftPage = lazy(async () => ({
	default: (await import("./drift-page.tsx")).DriftPage,
}));
