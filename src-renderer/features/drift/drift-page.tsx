import { Button, Skeleton } from "@mantine/core";
import { IconWaveSine } from "@tabler/icons-react";
import { useStore } from "zustand";
import { EmptyState } from "../../components/empty-state.tsx";
import { navigate, placeHash, usePlace } from "../../ground/router.ts";
import { useWorkspace } from "../../state/engine-context.tsx";
import styles from "./drift.module.css";
import { driftPlaceOf } from "./drift-place.ts";
import { ModelDetail } from "./model-detail.tsx";
import { ModelList } from "./model-list.tsx";

/** Models beside the drift of one of them. */
export function DriftPage() {
	const place = driftPlaceOf(usePlace());
	const models = useStore(useWorkspace().lists, (lists) => lists.models);
	const model = models?.find((each) => each.modelId === place.modelId) ?? null;

	if (models?.length === 0) return <NoModels />;
	return (
		<div className={styles.page}>
			<ModelList models={models} selected={place.modelId} />
			<div className={styles.detail}>
				{models === null ? (
					<Waiting />
				) : model !== null ? (
					<ModelDetail key={model.modelId} model={model} place={place} />
				) : (
					<EmptyState
						icon={<IconWaveSine size={28} />}
						title={
							place.modelId === null ? "No model chosen" : "No such model here"
						}
						text={
							place.modelId === null
								? "Choose one with J and K, then Enter. Its PSI over time, the columns that moved and the evidence for each verdict are shown here."
								: "The link names a model that this engine has no events of. It appears here with its first event."
						}
					/>
				)}
			</div>
		</div>
	);
}

function NoModels() {
	return (
		<EmptyState
			icon={<IconWaveSine size={28} />}
			title="No models yet"
			text="A model appears here with its first prediction, and its drift with the first assessment. Import a file of predictions, or send them to POST /v1/events/prediction."
			action={
				<>
					<Button component="a" href={placeHash(["import"])}>
						Import a file
					</Button>
					<Button variant="default" onClick={() => navigate(["triage"])}>
						More ways in
					</Button>
				</>
			}
		/>
	);
}

/** Keeps the places of the detail's parts while the models are asked for. */
function Waiting() {
	return (
		<div className={styles.waiting} aria-busy="true">
			<Skeleton height={20} width="40%" />
			<Skeleton height={48} />
			<Skeleton height={260} />
			<Skeleton height={200} />
		</div>
	);
}
