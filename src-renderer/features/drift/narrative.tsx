import { Anchor, Skeleton } from "@mantine/core";
import type { ModelSummary } from "../../../src-shared/contract/index.ts";
import {
	fullNumber,
	shortNumber,
} from "../../components/charts/number-words.ts";
import { placeHash } from "../../ground/router.ts";
import styles from "./drift.module.css";
import { movedColumns } from "./evidence-words.ts";
import type { DriftState } from "./use-drift.ts";

const shownColumns = 6;

interface NarrativeProps {
	readonly model: ModelSummary;
	readonly drift: DriftState;
	readonly onColumn: (column: string) => void;
}

/** What happened, what it means and since when, in sentences; then the columns that moved. */
export function Narrative({ model, drift, onColumn }: NarrativeProps) {
	const { value: evidence, fault } = drift.evidence;
	if (drift.selected === null) return null;
	if (evidence === null) {
		return fault === null ? (
			<Skeleton height={88} aria-busy="true" />
		) : (
			<p role="alert" className={styles.narrative}>
				The evidence could not be loaded. {fault}
			</p>
		);
	}
	const moved = movedColumns(evidence);
	return (
		<section
			className={styles.narrative}
			data-status={evidence.status}
			aria-label="What happened"
		>
			{evidence.narrative.map((sentence) => (
				<p key={sentence} dir="auto">
					{sentence}
				</p>
			))}
			{moved.length > 0 && (
				<p className={styles.moved}>
					<span className="dim">Columns that moved:</span>
					{moved.slice(0, shownColumns).map((column) => (
						<span key={column.column} title={fullNumber(column.psi.value)}>
							<Column name={column.column} onColumn={onColumn} />{" "}
							{shortNumber(column.psi.value)}
						</span>
					))}
					{moved.length > shownColumns && (
						<span className="dim">and {moved.length - shownColumns} more</span>
					)}
				</p>
			)}
			{evidence.duplicateEventIds > 0 && (
				<p className="dim">
					{evidence.duplicateEventIds} duplicate event ids were refused in the
					current window.
				</p>
			)}
			{evidence.incidentId !== null &&
				!model.openIncidentIds.includes(evidence.incidentId) && (
					<p>
						<Anchor
							fz="inherit"
							href={placeHash(["incident", evidence.incidentId])}
						>
							The incident of this assessment
						</Anchor>
					</p>
				)}
		</section>
	);
}

function Column({
	name,
	onColumn,
}: {
	readonly name: string;
	readonly onColumn: (column: string) => void;
}) {
	return (
		<Anchor
			component="button"
			type="button"
			fz="inherit"
			className={styles.columnLink}
			onClick={() => onColumn(name)}
		>
			<bdi>{name}</bdi>
		</Anchor>
	);
}
