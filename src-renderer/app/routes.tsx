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
import { type ComponentType, lazy } from "react";

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
		Component: lazy(async () => ({
			default: (await import("../features/triage/triage-page.tsx")).TriagePage,
		})),
	},
	{
		id: "alerts",
		label: "Alerts",
		icon: IconBellRinging,
		digit: "2",
		Component: lazy(async () => ({
			default: (await import("../features/alerts/alerts-page.tsx")).AlertsPage,
		})),
	},
	{
		id: "drift",
		label: "Drift",
		icon: IconWaveSine,
		digit: "3",
		Component: lazy(async () => ({
			default: (await import("../features/drift/drift-page.tsx")).DriftPage,
		})),
	},
	{
		id: "playbooks",
		label: "Playbooks",
		icon: IconBook2,
		digit: "4",
		Component: lazy(async () => ({
			default: (await import("../features/playbooks/playbooks-page.tsx"))
				.PlaybooksPage,
		})),
	},
	{
		id: "analytics",
		label: "Analytics",
		icon: IconChartBar,
		digit: "5",
		Component: lazy(async () => ({
			default: (await import("../features/analytics/analytics-page.tsx"))
				.AnalyticsPage,
		})),
	},
	{
		id: "import",
		label: "Import",
		icon: IconFileImport,
		digit: "6",
		Component: lazy(async () => ({
			default: (await import("../features/import/import-page.tsx")).ImportPage,
		})),
	},
	{
		id: "settings",
		label: "Settings",
		icon: IconSettings,
		digit: "7",
		Component: lazy(async () => ({
			default: (await import("../features/settings/settings-page.tsx"))
				.SettingsPage,
		})),
	},
];

/** The page that an address belongs to; an incident is drawn by the triage, beside its list. */
export function pageOf(path: readonly string[]): Page | null {
	const first = path[0] === "incident" ? "triage" : path[0];
	return pages.find((page) => page.id === first) ?? null;
}
