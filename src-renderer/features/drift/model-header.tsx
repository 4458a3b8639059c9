import { Anchor } from "@mantine/core";
import type { ModelSummary } from "../../../src-shared/contract/index.ts";
import {
	fullNumber,
	plural,
	shortNumber,
} from "../../components/charts/number-words.ts";
import { RelativeTime } from "../../components/relative-time.tsx";
import { placeHash } from "../../ground/router.ts";
import { AssessMenu } from "./assess-menu.tsx";
import styles from "./drift.module.css";
import { psiStanding } from "./drift-words.ts";
import { StatusMark } from "./status-mark.tsx";
import type { DriftState } from "./use-drift.ts";

interface ModelHeaderProps {
	readonly model: ModelSummary;
	readonly drift: DriftState;
	readonly onAssessed: (driftId: string) => void;
}

/** Name, state and the figures that are read first. */
export function ModelHeader({ model, drift, onAssessed }: ModelHeaderProps) {
	const { modelId, psi, monitor, openIncidentIds } = model;
	const [firstOpen] = openIncidentIds;
	return (
		<header className={styles.head}>
			<div className={styles.headName}>
				<h1 title={modelId}>
					<bdi>{modelId}</bdi>
				</h1>
				<div className={styles.headFacts}>
					<StatusMark status={model.status} />
					<span title={fullNumber(psi)}>
						PSI <b>{shortNumber(psi)}</b>
						{psi !== null && ` (${psiStanding(psi, monitor)})`}
					</span>
					<span>{plural(model.eventCount, "event")}</span>
					{model.lastSeenAt !== null && (
						<span>
							last seen <RelativeTime at={model.lastSeenAt} />
						</span>
					)}
					{model.lastAssessedAt !== null && (
						<span>
							assessed <RelativeTime at={model.lastAssessedAt} />
						</span>
					)}
					{firstOpen !== undefined && (
						<Anchor fz="inherit" href={placeHash(["incident", firstOpen])}>
							{plural(openIncidentIds.length, "open incident")}
						</Anchor>
					)}
				</div>
			</div>
			<AssessMenu
				modelId={modelId}
				onAssessed={(evidence) => {
					drift.history.reload();
					onAssessed(evidence.driftId);
				}}
			/>
		</header>
	);
}
