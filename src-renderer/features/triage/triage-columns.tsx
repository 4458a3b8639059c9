import {
	createColumnHelper,
	type TableFeatures,
	tableFeatures,
} from "@tanstack/react-table";
import type { IncidentSummary } from "../../../src-shared/contract/index.ts";
import { OwnerMark } from "../../components/owner-mark.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { SeverityMark } from "../../components/severity-mark.tsx";
import { StateMark } from "../../components/state-mark.tsx";
import { valueText } from "../../components/value-text.ts";
import type { SortColumn } from "../../state/incident-sort.ts";

/** Sorting and filtering are the view's: the table only knows the rows on the screen. */
export const features = tableFeatures({}) satisfies TableFeatures;

const helper = createColumnHelper<typeof features, IncidentSummary>();

/** The columns by the id that also sorts; the style sheet gives each its width and decides when it hides. */
export const columns = helper.columns([
	helper.accessor("severity", {
		id: "severity" satisfies SortColumn,
		header: "Severity",
		cell: (cell) => <SeverityMark severity={cell.getValue()} />,
	}),
	helper.accessor("number", {
		id: "number" satisfies SortColumn,
		header: "Number",
		cell: (cell) => `#${cell.getValue()}`,
	}),
	helper.accessor("title", {
		id: "title" satisfies SortColumn,
		header: "Title",
		cell: (cell) => cell.getValue(),
	}),
	helper.accessor("modelId", {
		id: "model" satisfies SortColumn,
		header: "Model",
		cell: (cell) => cell.getValue() ?? "No model",
	}),
	helper.accessor("state", {
		id: "state" satisfies SortColumn,
		header: "State",
		cell: (cell) => <StateMark state={cell.getValue()} />,
	}),
	helper.accessor("value", {
		id: "value" satisfies SortColumn,
		header: "Value",
		cell: (cell) => valueText(cell.getValue()),
	}),
	helper.accessor("ownerName", {
		id: "owner" satisfies SortColumn,
		header: "Owner",
		cell: (cell) => <OwnerMark name={cell.getValue()} />,
	}),
	helper.accessor("openedAt", {
		id: "age" satisfies SortColumn,
		header: "Age",
		cell: (cell) => <RelativeTime at={cell.getValue()} />,
	}),
]);
