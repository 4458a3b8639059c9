import {
	IconBellRinging,
	IconBook2,
	IconChartBar,
	IconFileImport,
	IconInbox,
	IconSettings,
	IconWaveSine,
	type TablerIcon,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import { AlertsPage } from "../features/alerts/index.ts";
import { AnalyticsPage } from "../features/analytics/index.ts";
import { DriftPage } from "../features/drift/index.ts";
import { ImportPage } from "../features/import/index.ts";
import { PlaybooksPage } from "../features/playbooks/index.ts";
import { SettingsPage } from "../features/settings/index.ts";
import { TriagePage } from "../features/triage/index.ts";

export interface Page {
	/** First segment of the address. */
	readonly id:
		| "triage"
		| "alerts"
		| "drift"
		| "playbooks"
		| "analytics"
		| "import"
		| "settings";
	readonly label: string;
	readonly icon: TablerIcon;
	/** The number key that opens it. */
	readonly digit: string;
	readonly Component: ComponentType;
}

/** The pages of the rail, in its order. Each is loaded when it is first opened. */
export const pages: readonly Page[] = [
	{
		id: "triage",
		label: "Triage",
		icon: IconInbox,
		digit: "1",
		Component: TriagePage,
	},
	{
		id: "alerts",
		label: "Alerts",
		icon: IconBellRinging,
		digit: "2",
		Component: AlertsPage,
	},
	{
		id: "drift",
		label: "Drift",
		icon: IconWaveSine,
		digit: "3",
		Component: DriftPage,
	},
	{
		id: "playbooks",
		label: "Playbooks",
		icon: IconBook2,
		digit: "4",
		Component: PlaybooksPage,
	},
	{
		id: "analytics",
		label: "Analytics",
		icon: IconChartBar,
		digit: "5",
		Component: AnalyticsPage,
	},
	{
		id: "import",
		label: "Import",
		icon: IconFileImport,
		digit: "6",
		Component: ImportPage,
	},
	{
		id: "settings",
		label: "Settings",
		icon: IconSettings,
		digit: "7",
		Component: SettingsPage,
	},
];

/** The page that an address belongs to; an incident is drawn by the triage, beside its list. */
export function pageOf(path: readonly string[]): Page | null {
	const first = path[0] === "incident" ? "triage" : path[0];
	return pages.find((page) => page.id === first) ?? null;
}
