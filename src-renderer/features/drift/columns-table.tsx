import { UnstyledButton } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import {
	createColumnHelper,
	createSortedRowModel,
	rowSortingFeature,
	sortFn_basic,
	tableFeatures,
	useTable,
} from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import type { ColumnEvidence } from "../../../src-shared/contract/index.ts";
import {
	alignedNumber,
	fullNumber,
	pValueWords,
} from "../../components/charts/number-words.ts";
import { verdictRank } from "./drift-words.ts";
import styles from "./evidence.module.css";
import { MissingShares } from "./missing-shares.tsx";
import { VerdictMark } from "./status-mark.tsx";

const features = tableFeatures({
	rowSortingFeature,
	sortedRowModel: createSortedRowModel(),
	sortFns: { basic: sortFn_basic },
});
const helper = createColumnHelper<typeof features, ColumnEvidence>();
/** What cannot be computed sorts after everything that can. */
const last = Number.POSITIVE_INFINITY;
const columns = helper.columns([
	helper.accessor("column", {
		header: "Column",
		sortFn: "basic",
		cell: ({ getValue }) => <bdi>{getValue()}</bdi>,
	}),
	helper.accessor("type", { header: "Type", sortFn: "basic" }),
	helper.accessor((row) => verdictRank(row.verdict), {
		id: "verdict",
		header: "Verdict",
		sortFn: "basic",
		cell: ({ row }) => <VerdictMark verdict={row.original.verdict} />,
	}),
	helper.accessor((row) => row.psi.value, {
		id: "psi",
		header: "PSI",
		sortFn: "basic",
		cell: ({ getValue }) => <Figure value={getValue()} />,
	}),
	helper.accessor((row) => row.psi.pValue ?? last, {
		id: "psi-p",
		header: "PSI p",
		sortFn: "basic",
		cell: ({ row }) => <PValue value={row.original.psi.pValue} />,
	}),
	helper.accessor((row) => row.ks?.statistic ?? -1, {
		id: "ks",
		header: "KS D",
		sortFn: "basic",
		cell: ({ row }) => <Figure value={row.original.ks?.statistic ?? null} />,
	}),
	helper.accessor((row) => row.adjustedPValue ?? last, {
		id: "adjusted",
		header: "Adjusted p",
		sortFn: "basic",
		cell: ({ row }) => <PValue value={row.original.adjustedPValue} />,
	}),
	helper.accessor(
		(row) =>
			Math.abs(
				row.quality.currentMissingShare - row.quality.baselineMissingShare,
			),
		{
			id: "missing",
			header: "Missing",
			sortFn: "basic",
			cell: ({ row }) => <MissingShares quality={row.original.quality} />,
		},
	),
]);
const wordColumns = new Set(["column", "type", "verdict"]);
const rowHeight = 32;

interface ColumnsTableProps {
	readonly rows: readonly ColumnEvidence[];
	readonly selected: string | null;
	readonly onSelect: (column: string) => void;
}

/** Every column of an assessment; sortable, and choosing one shows its distributions. */
export function ColumnsTable({ rows, selected, onSelect }: ColumnsTableProps) {
	const table = useTable({
		features,
		columns,
		data: rows,
		getRowId: (row) => row.column,
		initialState: {
			sorting: [
				{ id: "verdict", desc: false },
				{ id: "psi", desc: true },
			],
		},
	});
	const body = table.getRowModel().rows;
	const pane = useRef<HTMLDivElement>(null);
	const virtual = useVirtualizer({
		count: body.length,
		getScrollElement: () => pane.current,
		estimateSize: () => rowHeight,
		overscan: 6,
		initialRect: { width: 600, height: 240 },
	});
	const items = virtual.getVirtualItems();
	const before = items[0]?.start ?? 0;
	const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
	const at = body.findIndex((row) => row.id === selected);
	useEffect(() => {
		if (at >= 0) virtual.scrollToIndex(at);
	}, [at, virtual]);

	return (
		<div
			ref={pane}
			className={styles.columns}
			style={{ maxHeight: rowHeight * 8 + 2 }}
		>
			<table aria-label="Columns" aria-rowcount={body.length + 1}>
				<thead>
					{table.getHeaderGroups().map((group) => (
						<tr key={group.id}>
							{group.headers.map((header) => {
								const direction = header.column.getIsSorted();
								return (
									<th
										key={header.id}
										scope="col"
										data-number={!wordColumns.has(header.column.id)}
										aria-sort={
											direction === "asc"
												? "ascending"
												: direction === "desc"
													? "descending"
													: "none"
										}
									>
										<UnstyledButton
											onClick={header.column.getToggleSortingHandler()}
										>
											<table.FlexRender header={header} />
											{direction === "asc" && <IconArrowUp size={12} />}
											{direction === "desc" && <IconArrowDown size={12} />}
										</UnstyledButton>
									</th>
								);
							})}
						</tr>
					))}
				</thead>
				<tbody>
					{before > 0 && <tr style={{ height: before }} />}
					{items.map((item) => {
						const row = body[item.index];
						if (row === undefined) return null;
						return (
							<tr
								key={row.id}
								aria-rowindex={item.index + 2}
								aria-selected={row.id === selected}
								onClick={() => onSelect(row.id)}
							>
								{row.getAllCells().map((cell, index) => (
									<td
										key={cell.id}
										data-number={!wordColumns.has(cell.column.id)}
									>
										{index === 0 ? (
											<UnstyledButton
												title={row.id}
												className={styles.columnName}
												aria-pressed={row.id === selected}
											>
												<table.FlexRender cell={cell} />
											</UnstyledButton>
										) : (
											<table.FlexRender cell={cell} />
										)}
									</td>
								))}
							</tr>
						);
					})}
					{after > 0 && <tr style={{ height: after }} />}
				</tbody>
			</table>
		</div>
	);
}

function Figure({ value }: { readonly value: number | null }) {
	return <span title={fullNumber(value)}>{alignedNumber(value)}</span>;
}

function PValue({ value }: { readonly value: number | null }) {
	return <span title={fullNumber(value)}>{pValueWords(value)}</span>;
}
