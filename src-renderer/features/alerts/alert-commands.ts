import type { Command } from "../../ground/command.ts";
import { currentPlace, navigate } from "../../ground/router.ts";
import { alertViews, defaultFilter, writeFilter } from "./alert-filter.ts";
import { useAlertSelection } from "./alert-selection.ts";
import { viewName } from "./alert-words.ts";
import { verbKeys } from "./use-alert-keys.ts";

const group = "Alerts";

/** The places of the alerts by name and, on their page, the verbs that ask something. */
export function alertCommands(words: readonly string[]): readonly Command[] {
	const fits = ({ label }: Command) =>
		words.every((word) => `${label} ${group}`.toLowerCase().includes(word));
	const places: Command[] = [
		...alertViews.map((view) => ({
			id: `alerts-${view}`,
			label: `Alerts: ${viewName(view).toLowerCase()}`,
			group,
			run: () => navigate(["alerts"], writeFilter({ ...defaultFilter, view })),
		})),
		{
			id: "integrations",
			label: "Integrations",
			group,
			run: () => navigate(["settings", "integrations"]),
		},
		{
			id: "integrations-add",
			label: "Add an integration",
			group,
			run: () =>
				navigate(["settings", "integrations"], { add: "alertmanager" }),
		},
	];
	const isHere =
		currentPlace().path[0] === "alerts" &&
		useAlertSelection.getState().targets().length > 0;
	const { ask } = useAlertSelection.getState();
	const verbs: Command[] = isHere
		? [
				{
					id: "alert-snooze",
					label: "Snooze the alert",
					group,
					keys: verbKeys.snooze,
					run: () => ask("snooze"),
				},
				{
					id: "alert-duplicate",
					label: "Mark the alert as a duplicate",
					group,
					keys: verbKeys.duplicate,
					run: () => ask("duplicate"),
				},
				{
					id: "alert-place",
					label: "Put the alert to an incident",
					group,
					keys: verbKeys.place,
					run: () => ask("place"),
				},
			]
		: [];
	return [...verbs, ...places].filter(fits);
}
