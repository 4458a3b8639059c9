import { memo } from "react";
import type { ModelSummary } from "../../../src-shared/contract/index.ts";
import {
	alignedNumber,
	fullNumber,
	plural,
} from "../../components/charts/number-words.ts";
import { Sparkline } from "../../components/charts/sparkline.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { placeHash } from "../../ground/router.ts";
import { psiStanding } from "./drift-words.ts";
import styles from "./model-list.module.css";
import { StatusMark } from "./status-mark.tsx";

interface ModelRowProps {
	readonly model: ModelSummary;
	readonly isSelected: boolean;
	/** Pixels from the top of the list. */
	readonly top: number;
	readonly height: number;
	readonly onCursor: (modelId: string) => void;
}

/** One model: name, status in icon and word, PSI, its recent line, events and age. */
export const ModelRow = memo(function ModelRow({
	model,
	isSelected,
	top,
	height,
	onCursor,
}: ModelRowProps) {
	const { modelId, psi, status, monitor } = model;
	return (
		<li
			className={styles.row}
			style={{ height, transform: `translateY(${top}px)` }}
		>
			<a
				href={placeHash(["drift", modelId])}
				data-row={modelId}
				data-status={status}
				aria-current={isSelected ? "true" : undefined}
				className={styles.rowLink}
				title={modelId}
				onFocus={() => onCursor(modelId)}
			>
				<span className={styles.rowName}>
					<bdi>{modelId}</bdi>
				</span>
				<span
					className={styles.rowPsi}
					title={
						psi === null
							? "No PSI yet"
							: `PSI ${fullNumber(psi)}, ${psiStanding(psi, monitor)}`
					}
				>
					<span className="visually-hidden">PSI </span>
					{alignedNumber(psi)}
				</span>
				<span className={styles.rowFacts}>
					<StatusMark status={status} />
					<span className={`${styles.rowMore} dim tabular`}>
						{plural(model.eventCount, "event")}
						{model.lastSeenAt !== null && (
							<>
								{" · "}
								<RelativeTime at={model.lastSeenAt} />
							</>
						)}
					</span>
				</span>
				<span className={styles.rowLine}>
					<Sparkline
						values={model.sparkline}
						threshold={monitor.warnThreshold}
						width={64}
						height={18}
					/>
				</span>
			</a>
		</li>
	);
});
