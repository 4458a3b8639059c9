import type { AlertSummary } from "../../../src-shared/contract/index.ts";
import { listColumns } from "../../components/list/index.ts";
import { RelativeTime } from "../../components/relative-time.tsx";
import { SeverityMark } from "../../components/severity-mark.tsx";
import classes from "./alert-columns.module.css";
import { AlertStatusMark, AlertTags } from "./alert-marks.tsx";
import { briefOf, sourceName } from "./alert-words.ts";

/** The columns of the inbox, and of the list of all alerts, which also says what was decided. */
export const inboxColumns = alertColumns(false);
export const allColumns = alertColumns(true);

function alertColumns(withTriage: boolean) {
	const column = listColumns<AlertSummary>();
	return column.columns([
		column.accessor("severity", {
			id: "severity",
			header: "Severity",
			cell: (cell) => <SeverityMark severity={cell.getValue()} />,
			meta: { width: "92px" },
		}),
		column.accessor("status", {
			id: "status",
			header: "Status",
			cell: (cell) => <AlertStatusMark status={cell.getValue()} />,
			meta: { width: "122px" },
		}),
		column.accessor("name", {
			id: "name",
			header: "Alert",
			cell: ({ row }) => (
				<AlertName alert={row.original} withTriage={withTriage} />
			),
			meta: { width: "minmax(160px, 1fr)" },
		}),
		column.accessor("service", {
			id: "service",
			header: "Service",
			cell: (cell) => <bdi>{cell.getValue() ?? ""}</bdi>,
			meta: { width: "min(150px, 14%)", from: 760, tone: "dim" },
		}),
		column.accessor("integrationName", {
			id: "source",
			header: "Source",
			cell: ({ row, getValue }) => (
				<bdi title={sourceName(row.original.source)}>{getValue()}</bdi>
			),
			meta: { width: "min(140px, 13%)", from: 960, tone: "dim" },
		}),
		column.accessor("times", {
			id: "times",
			header: "Told",
			cell: (cell) => `${cell.getValue().toLocaleString("en")}×`,
			meta: { width: "68px", from: 760, tone: "dim", isFigure: true },
		}),
		column.accessor("startsAt", {
			id: "age",
			header: "Since",
			cell: (cell) => <RelativeTime at={cell.getValue()} />,
			meta: { width: "72px", tone: "dim", isFigure: true },
		}),
	]);
}

function AlertName(props: {
	readonly alert: AlertSummary;
	readonly withTriage: boolean;
}) {
	const { alert } = props;
	const brief = briefOf(alert);
	return (
		<span className={classes.words}>
			<bdi className={classes.name}>{alert.name}</bdi>
			{brief !== "" && <bdi className={classes.brief}>{brief}</bdi>}
			<AlertTags {...props} />
		</span>
	);
}
