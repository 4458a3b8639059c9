/** The page that every section of the settings is on. */
import { lazy } from "react";

export const SettingsPage = lazy(async () => ({
	default: (await import("./settings-page.tsx")).SettingsPage,
}));
