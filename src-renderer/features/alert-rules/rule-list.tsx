import { ActionIcon, Button, Switch, Tooltip } from "@mantine/core";
import {
	IconArrowDown,
	IconArrowUp,
	IconPlus,
	IconRestore,
	IconTrash,
} from "@tabler/icons-react";
import { type RefObject, useEffect, useRef, useState } from "react";
import type {
	AlertMatcher,
	AlertRule,
	ProjectSummary,
} from "../../../src-shared/contract/index.ts";
import { callNeeds } from "../../../src-shared/domain/access/call-needs.ts";
import { KeyCaps } from "../../components/key-caps.tsx";
import section from "../../components/section.module.css";
import { Fault, WaitingRows } from "../../components/section.tsx";
import { severityLabel } from "../../components/severity-mark.tsx";
import { useEngine } from "../../state/engine-context.tsx";
import { useAlertNews } from "../../state/use-alert-news.ts";
import { useAnswer } from "../../state/use-answer.ts";
import { whyNot } from "../../state/why-not.ts";
import classes from "./alert-rules.module.css";
import { RuleDialog } from "./rule-dialog.tsx";
import { lengthWords } from "./rule-draft.ts";
import { type RuleVerbs, useRuleVerbs } from "./use-rule-verbs.ts";

/** The rules in the order in which they are asked; the first that matches decides. */
export function RuleList({ project }: { readonly project: ProjectSummary }) {
	const engine = useEngine();
	const { value, fault, reload } = useAnswer(project.id, (signal) =>
		engine.alertRules.list({ projectId: project.id }, { signal }),
	);
	useAlertNews(reload);
	/** A rule, or null for a new one. */
	const [editing, setEditing] = useState<AlertRule | null | undefined>();
	const verbs = useRuleVerbs(project, value ?? [], reload);
	const table = useRef<HTMLTableElement>(null);
	const hold = useFocusOnMoved(table, value);
	const reason = whyNot(callNeeds.alertRules.update, project);
	const mayChange = reason === null;
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
				{reason !== null && ` ${reason}`}
			</p>
			{mayChange && (
				<div className={section.above}>
					<Button
						leftSection={<IconPlus size={15} stroke={1.75} />}
						onClick={() => setEditing(null)}
					>
						Add a rule
					</Button>
				</div>
			)}
			<table
				ref={table}
				className={`${section.table} ${classes.table} ${classes.rules}`}
				aria-label="Alert rules"
			>
				<thead>
					<tr>
						<th scope="col">
							<span className="visually-hidden">Asked as number</span>
						</th>
						<th scope="col">Rule</th>
						<th scope="col">Takes</th>
						<th scope="col">Does</th>
						<th scope="col">On</th>
						<th scope="col">
							<span className="visually-hidden">What can be done</span>
						</th>
					</tr>
				</thead>
				<tbody>
					{value.map((rule, index) => (
						<RuleRow
							key={rule.id}
							rule={rule}
							index={index}
							isLast={index === value.length - 2}
							mayChange={mayChange}
							verbs={{
								...verbs,
								move: (moved, by) => {
									hold(moved.id);
									verbs.move(moved, by);
								},
							}}
							onEdit={() => setEditing(rule)}
						/>
					))}
				</tbody>
			</table>
			{mayChange && value.length > 2 && (
				<p className={classes.keys}>
					<KeyCaps keys="alt+arrowup" /> <KeyCaps keys="alt+arrowdown" /> move
					the rule that has the keyboard
				</p>
			)}
			{editing !== undefined && (
				<RuleDialog
					projectId={project.id}
					rule={editing}
					onSaved={reload}
					onClose={() => setEditing(undefined)}
				/>
			)}
		</>
	);
}

/** A row that is moved loses the keyboard to nothing: it gets it back at its new place. */
function useFocusOnMoved(
	table: RefObject<HTMLTableElement | null>,
	rules: readonly AlertRule[] | null,
) {
	const moved = useRef<string | null>(null);
	useEffect(() => {
		const id = moved.current;
		if (id === null || rules === null) return;
		moved.current = null;
		table.current
			?.querySelector<HTMLElement>(`[data-rule="${CSS.escape(id)}"] button`)
			?.focus();
	}, [rules, table]);
	return (id: string) => {
		moved.current = id;
	};
}

function RuleRow(props: {
	readonly rule: AlertRule;
	readonly index: number;
	/** None but the default is asked after it. */
	readonly isLast: boolean;
	readonly mayChange: boolean;
	readonly verbs: RuleVerbs;
	onEdit(): void;
}) {
	const { rule, index, mayChange, verbs } = props;
	return (
		<tr
			data-rule={rule.id}
			data-off={!rule.isEnabled || undefined}
			onKeyDown={(event) => {
				const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
				if (!event.altKey || by === undefined || !mayChange) return;
				event.preventDefault();
				if (!rule.isDefault) verbs.move(rule, by);
			}}
		>
			<td className="tabular">{index + 1}</td>
			<td>
				{mayChange ? (
					<button
						type="button"
						className={classes.link}
						aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
						onClick={props.onEdit}
					>
						<bdi>{rule.name}</bdi>
					</button>
				) : (
					<bdi>{rule.name}</bdi>
				)}
			</td>
			<td>
				{rule.isDefault ? (
					"What is left"
				) : (
					<bdi>{matchersText(rule.matchers)}</bdi>
				)}
			</td>
			<td>{ruleWords(rule)}</td>
			<td>
				<Switch
					aria-label={`${rule.name} is on`}
					checked={rule.isEnabled}
					disabled={!mayChange}
					onChange={() => verbs.setEnabled(rule, !rule.isEnabled)}
				/>
			</td>
			<td>{mayChange && <RowVerbs {...props} />}</td>
		</tr>
	);
}

function RowVerbs({
	rule,
	index,
	isLast,
	verbs,
}: Parameters<typeof RuleRow>[0]) {
	if (rule.isDefault) {
		return rule.updatedAt === null ? null : (
			<Tooltip label="As it was at first">
				<ActionIcon
					variant="subtle"
					color="gray"
					aria-label={`Put ${rule.name} back to what it was at first`}
					onClick={() => verbs.remove(rule)}
				>
					<IconRestore size={16} stroke={1.6} aria-hidden="true" />
				</ActionIcon>
			</Tooltip>
		);
	}
	const all = [
		["Ask earlier", IconArrowUp, index === 0, () => verbs.move(rule, -1)],
		["Ask later", IconArrowDown, isLast, () => verbs.move(rule, 1)],
		["Remove", IconTrash, false, () => verbs.remove(rule)],
	] as const;
	return (
		<span className={classes.rowVerbs}>
			{all.map(([word, Icon, isOff, run]) => (
				<Tooltip key={word} label={word}>
					<ActionIcon
						variant="subtle"
						color="gray"
						aria-label={`${word}: ${rule.name}`}
						disabled={isOff}
						onClick={run}
					>
						<Icon size={16} stroke={1.6} aria-hidden="true" />
					</ActionIcon>
				</Tooltip>
			))}
		</span>
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
	const within = lengthWords(rule.windowSeconds);
	const groups =
		rule.groupBy.length === 0 ? "name" : rule.groupBy.join(" and ");
	return rule.opensIncident
		? `Opens an incident from ${severityLabel(rule.opensFrom).toLowerCase()} on, for each ${groups} within ${within}`
		: "Leaves them in the inbox";
}
