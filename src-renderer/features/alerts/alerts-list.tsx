import type {
	AlertSummary,
	ProjectSummary,
} from "../../../src-shared/contract/index.ts";
import {
	type List,
	ListFoot,
	VirtualList,
} from "../../components/list/index.ts";
import { allColumns, inboxColumns } from "./alert-columns.tsx";
import type { AlertFilter } from "./alert-filter.ts";
import type { AlertList } from "./alert-list.ts";
import { stateOfStatus } from "./alert-marks.tsx";
import type { AlertQuestion } from "./alert-selection.ts";
import { AlertsEmpty } from "./alerts-empty.tsx";
import type { AlertDecisions } from "./use-alert-decisions.ts";
import { verbKeys } from "./use-alert-keys.ts";
import { useListPart } from "./use-alert-list.ts";

/** The alerts that the filter lets through, and what is to say of them. */
export function AlertsList(props: {
	readonly project: ProjectSummary;
	readonly alerts: AlertList | null;
	readonly list: List<AlertSummary>;
	readonly mayAct: boolean;
	readonly decisions: AlertDecisions;
	onAsk(id: string, what: AlertQuestion): void;
	onChange(part: Partial<AlertFilter>): void;
}) {
	const { alerts, list, decisions, onAsk } = props;
	const loaded = useListPart(alerts, (state) => state.order.length);
	const total = useListPart(alerts, (state) => state.total);
	const fault = useListPart(alerts, (state) => state.fault);
	const count = Math.max(total ?? 0, loaded);
	return (
		<>
			<VirtualList
				list={list}
				label="Alerts"
				columns={alerts?.filter.view === "all" ? allColumns : inboxColumns}
				nameOf={({ name }) => name}
				edgeOf={({ status }) => `var(--state-${stateOfStatus[status]})`}
				verbsOf={({ id }) =>
					props.mayAct
						? [
								verb("Accept", "accept", () =>
									decisions.act([id], { kind: "accept" }),
								),
								verb("Duplicate", "duplicate", () => onAsk(id, "duplicate")),
								verb("Decline", "decline", () =>
									decisions.act([id], { kind: "decline" }),
								),
								verb("Snooze", "snooze", () => onAsk(id, "snooze")),
							]
						: []
				}
				newWords={(waiting) =>
					waiting === 1
						? "1 new alert"
						: `${waiting.toLocaleString("en")} new alerts`
				}
				isLoading={total === null}
				fault={fault}
				empty={
					alerts !== null && (
						<AlertsEmpty
							project={props.project}
							filter={alerts.filter}
							onChange={props.onChange}
						/>
					)
				}
			/>
			<ListFoot
				list={list}
				count={count === 1 ? "1 alert" : `${count.toLocaleString("en")} alerts`}
				fault={fault === null ? null : `The list may be old: ${fault}`}
				keys={[
					[verbKeys.accept, "accept"],
					[verbKeys.snooze, "snooze"],
				]}
			/>
		</>
	);
}

function verb(word: string, key: keyof typeof verbKeys, run: () => void) {
	return { word, keys: verbKeys[key], run };
}
