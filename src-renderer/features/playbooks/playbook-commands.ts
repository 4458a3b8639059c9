import type { Command } from "../../ground/command.ts";
import { currentPlace, navigate } from "../../ground/router.ts";
import { useSelection } from "../../state/selection.ts";
import type { Workspace } from "../../state/workspace.ts";
import { goToPlaybooks, type PlaybookTab } from "./playbooks-place.ts";
import { reloadCatalogue } from "./reload-catalogue.ts";

const most = 8;
const group = "Playbooks";

/** The playbooks' places by name and, once something was typed, the playbooks themselves: on the incident at hand, else in the catalogue. */
export function playbookCommands(
	workspace: Workspace,
	words: readonly string[],
): readonly Command[] {
	const fits = (text: string) =>
		words.every((word) => text.toLowerCase().includes(word));
	const incident = workspace.incidents.get(
		useSelection.getState().targets()[0] ?? "",
	);
	const waiting = workspace.actions.awaiting.state.getState().total ?? 0;
	const go = (tab: PlaybookTab) => () =>
		goToPlaybooks({ tab, id: null, filter: "all" });
	const places: Command[] = [
		{
			id: "playbooks-approvals",
			label: "Approvals waiting for me",
			...(waiting > 0 && { detail: String(waiting) }),
			group,
			run: go("approvals"),
		},
		{ id: "playbooks-runs", label: "Runs", group, run: go("runs") },
		{
			id: "playbooks-catalogue",
			label: "Catalogue of playbooks",
			group,
			run: go("catalogue"),
		},
		{
			id: "playbooks-reload",
			label: "Read the playbooks again",
			group,
			run() {
				go("catalogue")();
				void reloadCatalogue(workspace);
			},
		},
	];
	if (incident !== undefined) {
		places.unshift({
			id: "playbooks-incident",
			label: `Playbooks of #${incident.number}`,
			group,
			keys: "p",
			run: () =>
				navigate(["incident", incident.id, "playbooks"], currentPlace().query),
		});
	}
	const named = places.filter(({ label }) => fits(`${label} ${group}`));
	return [...named, ...playbooksByName(workspace, words, incident)];
}

function playbooksByName(
	{ lists }: Workspace,
	words: readonly string[],
	incident: { readonly id: string; readonly number: number } | undefined,
): readonly Command[] {
	if (words.length === 0) return [];
	return (lists.getState().catalogue?.playbooks ?? [])
		.filter(({ id, name }) =>
			words.every((word) => `${name} ${id}`.toLowerCase().includes(word)),
		)
		.slice(0, most)
		.map(({ id, name }) => ({
			id: `playbook-${id}`,
			label: name,
			detail:
				incident === undefined ? "in the catalogue" : `on #${incident.number}`,
			group,
			run: () =>
				incident === undefined
					? goToPlaybooks({ tab: "catalogue", id, filter: "all" })
					: navigate(
							["incident", incident.id, "playbooks", id],
							currentPlace().query,
						),
		}));
}
