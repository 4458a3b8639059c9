import { useCallback, useMemo } from "react";
import type {
	ColumnEvidence,
	MonitorSettingsShape,
} from "../../../src-shared/contract/index.ts";
import { Chart } from "../../components/charts/chart.tsx";
import type { ChartLook } from "../../components/charts/chart-look.ts";
import { plural, shortNumber } from "../../components/charts/number-words.ts";
import { binRows } from "./bin-rows.ts";
import { ColumnFigures } from "./column-figures.tsx";
import {
	distributionOption,
	distributionTable,
} from "./distribution-option.ts";
import styles from "./drift.module.css";
import { psiStanding } from "./drift-words.ts";
import { type Ecdf, ecdfOption, ecdfTable } from "./ecdf-option.ts";
import evidenceStyles from "./evidence.module.css";
import {
	contributionSentence,
	noVerdictSentence,
	qualitySentences,
} from "./evidence-words.ts";
import { VerdictMark } from "./status-mark.tsx";

interface ColumnEvidenceViewProps {
	readonly column: ColumnEvidence;
	readonly settings: MonitorSettingsShape;
}

const noEcdf: Ecdf = { x: [], baseline: [], current: [] };

/** One column: what happened to it in words, both distributions, every figure. */
export function ColumnEvidenceView({
	column,
	settings,
}: ColumnEvidenceViewProps) {
	const { ks } = column;
	const ecdf = column.ecdf ?? noEcdf;
	const rows = useMemo(() => binRows(column), [column]);
	const buildBins = useCallback(
		(look: ChartLook) => distributionOption(rows, look),
		[rows],
	);
	const buildEcdf = useCallback(
		(look: ChartLook) => ecdfOption(ecdf, ks, look),
		[ecdf, ks],
	);
	const noVerdict = noVerdictSentence(column, settings.minSamples);
	const contribution = noVerdict === null ? contributionSentence(column) : null;
	const hasCounts = rows.some((row) => row.baseline + row.current > 0);
	return (
		<section
			className={evidenceStyles.column}
			aria-label={`Evidence of ${column.column}`}
		>
			<div className={styles.sectionHead}>
				<h2 title={column.column}>
					<bdi>{column.column}</bdi>
				</h2>
				<VerdictMark verdict={column.verdict} />
				<span className="dim">
					{column.type} {column.role}
				</span>
			</div>
			<p className={styles.sentence}>
				{noVerdict ??
					`PSI is ${shortNumber(column.psi.value)} (${psiStanding(column.psi.value, settings)}).`}{" "}
				{contribution} {qualitySentences(column).join(" ")}
			</p>
			<div className={evidenceStyles.pair}>
				<Chart
					title={`Distribution of ${column.column}`}
					summary={`Baseline and current shares in ${plural(rows.length, "bin")}. ${contribution ?? ""}`}
					build={buildBins}
					table={distributionTable(rows)}
					empty={
						hasCounts
							? null
							: {
									why: "No value was counted.",
									fill: "The column has no values in either window. Check that events still carry it.",
								}
					}
					height={340}
				/>
				<Chart
					title={`Cumulative distribution of ${column.column}`}
					summary={
						ks === null
							? "Share of values up to each value, baseline and current."
							: `Share of values up to each value. The widest gap is ${shortNumber(ks.statistic)}, at ${shortNumber(ks.location)}.`
					}
					build={buildEcdf}
					table={ecdfTable(ecdf)}
					empty={
						column.ecdf !== null && column.ecdf.x.length > 0
							? null
							: column.type === "categorical"
								? {
										why: "Categories have no order.",
										fill: "Only numbers have a cumulative distribution; the bins and χ² judge this column.",
									}
								: {
										why: "Too few values to draw.",
										fill: "It is drawn once both windows hold numbers of this column.",
									}
					}
					height={340}
				/>
			</div>
			<ColumnFigures column={column} />
		</section>
	);
}
