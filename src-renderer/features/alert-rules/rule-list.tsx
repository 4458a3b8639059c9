import { Switch } from "@mantine/core";
import { useState } from "react";
import type {
	AlertMatcher,
	AlertRule,
	ProjectSummary,
} from "../../../src-shared/contract/index.ts";
import { roleAtLeast } from "../../../src-shared/domain/roles.ts";
import { severityLabel } from "../../components/severity-mark.tsx";
import { duration } from "../../components/time-text.ts";
import { useEngine } from "../../state/engine-context.tsx";
import { useAlertNews } from "../../state/use-alert-news.ts";
import { useAnswer } from "../../state/use-answer.ts";
import { Fault, WaitingRows } from "../settings/section.tsx";
import settings from "../settings/settings-page.module.css";
import { doWithUndo } from "../settings/undo-toast.tsx";
import classes from "./alert-rules.module.css";

/** The rules in the order in which they are asked; the first that matches decides. */
export function RuleList({ project }: { readonly project: ProjectSummary }) {
	const engine = useEngine();
	const { value, fault, reload } = useAnswer(project.id, (signal) =>
		engine.alertRules.list({ projectId: project.id }, { signal }),
	);
	useAlertNews(reload);
	const mayChange = roleAtLeast(project.role, "admin");
	if (value === null) {
		return fault === null ? (
			<WaitingRows rows={2} hasHead />
		) : (
			<Fault>The rules could not be listed: {fault}</Fault>
		);
	}
	return (
		<>
			<p>
				How alerts become incidents: the first rule that matches decides, the
				last one takes what is left.
				{!mayChange &&
					` Changing them needs an admin: you are ${project.role}.`}
			</p>
			<table className={`${settings.table} ${classes.table}`}>
				<thead>
					<tr>
						<th scope="col">Rule</th>
						<th scope="col">Takes</th>
						<th scope="col">Does</th>
						<th scope="col">On</th>
					</tr>
				</thead>
				<tbody>
					{value.map((rule) => (
						<tr key={rule.id}>
							<td>
								<bdi>{rule.name}</bdi>
							</td>
							<td>
								<bdi>{matchersText(rule.matchers)}</bdi>
							</td>
							<td>{ruleWords(rule)}</td>
							<td>
								<OnSwitch
									rule={rule}
									mayChange={mayChange}
									onChanged={reload}
								/>
							</td>
						</tr>
					))}
				</tbody>
			</table>
		</>
	);
}

function OnSwitch(props: {
	readonly rule: AlertRule;
	readonly mayChange: boolean;
	onChanged(): void;
}) {
	const { id, projectId, name, isEnabled } = props.rule;
	const engine = useEngine();
	const [busy, setBusy] = useState(false);
	const set = (to: boolean) =>
		engine.alertRules
			.update({ projectId, id, isEnabled: to })
			.finally(props.onChanged);
	return (
		<Switch
			aria-label={`${name} is on`}
			checked={isEnabled}
			disabled={!props.mayChange || busy}
			onChange={() => {
				setBusy(true);
				void doWithUndo({
					done: `“${name}” is turned ${isEnabled ? "off" : "on"}`,
					notDone: `“${name}” was not changed`,
					act: () => set(!isEnabled),
					undo: () => set(isEnabled),
				}).finally(() => setBusy(false));
			}}
		/>
	);
}

/** As a person reads them: `service="checkout", cluster=~"west.*"`, or that there are none. */
export function matchersText(matchers: readonly AlertMatcher[]): string {
	if (matchers.length === 0) return "Every alert";
	return matchers
		.map(({ name, operator, value }) => `${name}${operator}"${value}"`)
		.join(", ");
}

function ruleWords(rule: AlertRule): string {
	const within = duration(rule.windowSeconds * 1_000);
	const groups =
		rule.groupBy.length === 0 ? "name" : rule.groupBy.join(" and ");
	return rule.opensIncident
		? `Opens an incident from ${severityLabel(rule.opensFrom).toLowerCase()} on, for each ${groups} within ${within}`
		: "Leaves them in the inbox";
}
