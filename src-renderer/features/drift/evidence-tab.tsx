import { Button, Skeleton } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMemo } from "react";
import {
	downloadBlob,
	fileNameOf,
	jsonBlob,
} from "../../components/charts/download.ts";
import { plural } from "../../components/charts/number-words.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { useShortcuts } from "../../ground/keyboard.ts";
import { ColumnEvidenceView } from "./column-evidence-view.tsx";
import { ColumnsTable } from "./columns-table.tsx";
import styles from "./drift.module.css";
import { verdictRank } from "./drift-words.ts";
import type { DriftState } from "./use-drift.ts";

interface EvidenceTabProps {
	readonly drift: DriftState;
	readonly column: string | null;
	readonly onColumn: (column: string) => void;
}

/** The whole evidence of one assessment: every column, and one of them drawn. */
export function EvidenceTab({ drift, column, onColumn }: EvidenceTabProps) {
	const { value: evidence, fault, isLoading } = drift.evidence;
	const columns = useMemo(
		() =>
			[...(evidence?.columns ?? [])].sort(
				(a, b) =>
					verdictRank(a.verdict) - verdictRank(b.verdict) ||
					b.psi.value - a.psi.value,
			),
		[evidence],
	);
	const shown =
		columns.find((each) => each.column === column) ?? columns[0] ?? null;

	function step(by: 1 | -1): boolean {
		if (shown === null) return false;
		const next = columns[columns.indexOf(shown) + by];
		if (next === undefined) return false;
		onColumn(next.column);
		return true;
	}
	useShortcuts([
		{ keys: "n", label: "Next column", group: "Drift", run: () => step(1) },
		{
			keys: "p",
			label: "Previous column",
			group: "Drift",
			run: () => step(-1),
		},
	]);

	if (fault !== null) {
		return (
			<EmptyState
				title="The evidence could not be loaded"
				text={fault}
				action={<Button onClick={drift.evidence.reload}>Try again</Button>}
			/>
		);
	}
	if (evidence === null) {
		return isLoading || drift.history.value === null ? (
			<div className={styles.waiting} aria-busy="true">
				<Skeleton height={200} />
				<Skeleton height={320} />
			</div>
		) : (
			<EmptyState
				title="No assessment yet"
				text="Evidence is what an assessment measured. “Assess now” runs one; by itself it runs every 15 minutes while events come in."
			/>
		);
	}
	return (
		<div className={styles.stack}>
			<div className={styles.sectionHead}>
				<h2>{plural(columns.length, "column")} compared</h2>
				<Button
					variant="default"
					leftSection={<IconDownload size={14} />}
					ml="auto"
					onClick={() =>
						downloadBlob(
							jsonBlob(evidence),
							fileNameOf(`${evidence.modelId} ${evidence.driftId}`, "json"),
						)
					}
				>
					Evidence as JSON
				</Button>
			</div>
			{columns.length === 0 ? (
				<EmptyState
					title="No column was compared"
					text={`The baseline window holds ${plural(evidence.baselineN, "row")} and the current one ${plural(evidence.currentN, "row")}; ${evidence.settings.minSamples} are needed in each. Send more events, or lower “Fewest rows” under Monitor.`}
				/>
			) : (
				<ColumnsTable
					rows={evidence.columns}
					selected={shown?.column ?? null}
					onSelect={onColumn}
				/>
			)}
			{shown !== null && (
				<ColumnEvidenceView column={shown} settings={evidence.settings} />
			)}
		</div>
	);
}
