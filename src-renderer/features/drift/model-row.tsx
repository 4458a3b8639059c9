import type { ModelSummary } from "../../../src-shared/contract/index.ts";
import {
	alignedNumber,
	fullNumber,
	plural,
} from "../../components/charts/number-words.ts";
import { Sparkline } from "../../components/charts/sparkline.tsx";
import { listColumns } from "../../components/list/index.ts";
import { RelativeTime } from "../../components/relative-time.tsx";
import { placeHash } from "../../ground/router.ts";
import { psiStanding } from "./drift-words.ts";
import styles from "./model-list.module.css";
import { StatusMark } from "./status-mark.tsx";

const column = listColumns<ModelSummary>();

/** One column: a model takes two lines. */
export const columns = column.columns([
	column.display({
		id: "model",
		cell: ({ row }) => <ModelRow model={row.original} />,
		meta: { width: "minmax(0, 1fr)", isBare: true },
	}),
]);

/** One model: name, status in icon and word, PSI, its recent line, events and age. */
function ModelRow({ model }: { readonly model: ModelSummary }) {
	const { modelId, psi, status, monitor } = model;
	return (
		<a
			href={placeHash(["drift", modelId])}
			tabIndex={-1}
			data-row={modelId}
			className={styles.rowLink}
			title={modelId}
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
	);
}
