import type { MantineColorScheme } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import {
	canMove,
	type IncidentState,
	incidentStates,
} from "../../src-shared/domain/lifecycle.ts";
import { showFault } from "../components/undo-toast.tsx";
import { alertCommands } from "../features/alerts/index.ts";
import { performVerb } from "../features/incident/index.ts";
import { playbookCommands } from "../features/playbooks/index.ts";
import { projectCommands } from "../features/projects/index.ts";
import type { Command } from "../ground/command.ts";
import { faultWords } from "../ground/faults.ts";
import { usePreferences } from "../ground/preferences.ts";
import { navigate } from "../ground/router.ts";
import { moveWords } from "../state/move-words.ts";
import { useSelection } from "../state/selection.ts";
import type { Workspace } from "../state/workspace.ts";
import { pages } from "./routes.ts";

const incidentsShown = 8;
const modelsShown = 5;

/** What fits a query, best groups first; without one, what a person most likely wants. */
export function paletteCommands(
	workspace: Workspace,
	query: string,
	setScheme: (scheme: MantineColorScheme) => void,
	openHelp: () => void,
): readonly Command[] {
	const words = query.toLowerCase().split(/\s+/).filter(Boolean);
	const fits = (command: Command) => {
		const text = `${command.label} ${command.group}`.toLowerCase();
		return words.every((word) => text.includes(word));
	};
	return [
		...incidentCommands(workspace, words),
		...verbCommands(workspace).filter(fits),
		...pageCommands().filter(fits),
		...playbookCommands(workspace, words),
		...alertCommands(words),
		...modelCommands(workspace, words),
		...projectCommands(workspace).filter(fits),
		...otherCommands(workspace, setScheme, openHelp).filter(fits),
	];
}

function incidentCommands(
	{ incidents }: Workspace,
	words: readonly string[],
): Command[] {
	if (words.length === 0) return [];
	const found: Command[] = [];
	const number = /^#?(\d+)$/.exec(words[0] ?? "")?.[1];
	for (let slot = incidents.size - 1; slot >= 0; slot--) {
		const text = incidents.text(slot);
		if (!words.every((word) => text.includes(word))) continue;
		const row = incidents.row(slot);
		const command: Command = {
			id: `incident-${row.id}`,
			label: row.title,
			detail: `#${row.number}, ${row.state}`,
			group: "Incidents",
			run: () => navigate(["incident", row.id]),
		};
		// The number itself comes before numbers that only contain it.
		if (number !== undefined && row.number === Number(number)) {
			found.unshift(command);
		} else if (found.length < incidentsShown) found.push(command);
	}
	return found.slice(0, incidentsShown);
}

function verbCommands(workspace: Workspace): Command[] {
	const targets = useSelection.getState().targets();
	const rows = targets.flatMap((id) => workspace.incidents.get(id) ?? []);
	const first = rows[0];
	if (first === undefined) return [];
	const group =
		rows.length === 1 ? `On #${first.number}` : `On ${rows.length} incidents`;
	const can = (to: IncidentState) =>
		rows.some((row) => row.state !== to && canMove(row.state, to));
	const { ask } = useSelection.getState();
	return [
		...incidentStates.filter(can).map((to): Command => {
			const words = moveWords(to);
			return {
				id: `move-${to}`,
				label: words.verb,
				group,
				...(words.key !== null && { keys: words.key }),
				run: () => void performVerb(workspace, targets, { kind: "move", to }),
			};
		}),
		...(["severity", "owner", "note"] as const).map(
			(what): Command => ({
				id: `ask-${what}`,
				label: what === "note" ? "Write a note" : `Set ${what}`,
				group,
				keys: what.charAt(0),
				run: () => ask(what),
			}),
		),
	];
}

function pageCommands(): Command[] {
	return pages.map((page) => ({
		id: `page-${page.id}`,
		label: page.label,
		group: "Go to",
		keys: page.digit,
		run: () => navigate([page.id]),
	}));
}

function modelCommands(
	{ lists }: Workspace,
	words: readonly string[],
): Command[] {
	if (words.length === 0) return [];
	return (lists.getState().models ?? [])
		.filter(({ modelId }) =>
			words.every((word) => modelId.toLowerCase().includes(word)),
		)
		.slice(0, modelsShown)
		.map(({ modelId, status }) => ({
			id: `model-${modelId}`,
			label: modelId,
			detail: status.replaceAll("_", " "),
			group: "Models",
			run: () => navigate(["drift", modelId]),
		}));
}

function otherCommands(
	workspace: Workspace,
	setScheme: (scheme: MantineColorScheme) => void,
	openHelp: () => void,
): Command[] {
	const { density, setDensity, zone, setZone } = usePreferences.getState();
	const group = "Commands";
	const theme = (scheme: MantineColorScheme, label: string): Command => ({
		id: `theme-${scheme}`,
		label,
		group,
		run: () => setScheme(scheme),
	});
	return [
		{
			id: "import",
			label: "Import a file",
			group,
			run: () => navigate(["import"]),
		},
		{
			id: "demo",
			label: "Load the demo",
			group,
			run: () => void loadDemo(workspace),
		},
		theme("light", "Theme: light"),
		theme("dark", "Theme: dark"),
		theme("auto", "Theme: as the system"),
		{
			id: "density",
			label: density === "compact" ? "Rows: comfortable" : "Rows: compact",
			group,
			run: () => setDensity(density === "compact" ? "comfortable" : "compact"),
		},
		{
			id: "zone",
			label: zone === "utc" ? "Times: local" : "Times: UTC",
			group,
			keys: "u",
			run: () => setZone(zone === "utc" ? "local" : "utc"),
		},
		{ id: "keys", label: "Show every key", group, keys: "?", run: openHelp },
	];
}

async function loadDemo({ connection }: Workspace): Promise<void> {
	try {
		await connection.client.demo.load();
		notifications.show({
			withBorder: true,
			message:
				"The demo is being loaded. Its models and incidents come in as they are made.",
		});
	} catch (error) {
		showFault(`The demo was not loaded. ${faultWords(error)}`);
	}
}
