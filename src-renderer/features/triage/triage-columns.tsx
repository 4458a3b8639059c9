import type { IncidentSummary } from "../../../src-shared/contract/index.ts";
import { listColumns } from "../../components/list/index.ts";
import { OwnerMark } from "../../components/owner-mark.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { SeverityMark } from "../../components/severity-mark.tsx";
import { StateMark } from "../../components/state-mark.tsx";
import { valueText } from "../../components/value-text.ts";
import type { SortColumn } from "../../state/incident-sort.ts";

const column = listColumns<IncidentSummary>();

/** The columns by the id that also sorts. */
export const columns = column.columns([
	column.accessor("severity", {
		id: "severity" satisfies SortColumn,
		header: "Severity",
		cell: (cell) => <SeverityMark severity={cell.getValue()} />,
		meta: { width: "96px" },
	}),
	column.accessor("number", {
		id: "number" satisfies SortColumn,
		header: "Number",
		cell: (cell) => `#${cell.getValue()}`,
		meta: { width: "72px", tone: "dim" },
	}),
	column.accessor("title", {
		id: "title" satisfies SortColumn,
		header: "Title",
		cell: (cell) => cell.getValue(),
		meta: { width: "minmax(120px, 1fr)", tone: "strong" },
	}),
	column.accessor("modelId", {
		id: "model" satisfies SortColumn,
		header: "Model",
		cell: (cell) => cell.getValue() ?? "No model",
		meta: { width: "min(190px, 14%)", from: 880, tone: "dim" },
	}),
	column.accessor("state", {
		id: "state" satisfies SortColumn,
		header: "State",
		cell: (cell) => <StateMark state={cell.getValue()} />,
		meta: { width: "136px" },
	}),
	column.accessor("value", {
		id: "value" satisfies SortColumn,
		header: "Value",
		cell: (cell) => valueText(cell.getValue()),
		meta: { width: "64px", from: 1020, isFigure: true },
	}),
	column.accessor("ownerName", {
		id: "owner" satisfies SortColumn,
		header: "Owner",
		cell: (cell) => <OwnerMark name={cell.getValue()} />,
		meta: { width: "min(156px, 13%)", from: 800 },
	}),
	column.accessor("openedAt", {
		id: "age" satisfies SortColumn,
		header: "Age",
		cell: (cell) => <RelativeTime at={cell.getValue()} />,
		meta: { width: "72px", tone: "dim", isFigure: true },
	}),
]);
