import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useState } from "react";
import type { ModelSummary } from "../../../src-shared/contract/index.ts";
import {
	useConnectionState,
	useEngine,
	useLiveChange,
} from "../../state/engine-context.tsx";
import { useAnswer } from "../../state/use-answer.ts";
import { applyLive } from "./live-models.ts";

export interface ModelsState {
	/** Null before the first answer. */
	readonly models: readonly ModelSummary[] | null;
	readonly fault: string | null;
	readonly reload: () => void;
}

/** The list of models, followed live; asked for again on every new connection. */
export function useModels(): ModelsState {
	const engine = useEngine();
	const connection = useConnectionState();
	const answer = useAnswer("models", (signal) =>
		engine.models.list(undefined, { signal }),
	);
	const { reload, value } = answer;
	const [models, setModels] = useState<readonly ModelSummary[] | null>(null);
	const reloadSoon = useDebouncedCallback(reload, 250);

	useEffect(() => {
		if (value !== null) setModels(value);
	}, [value]);
	const epoch = connection.kind === "open" ? connection.epoch : 0;
	useEffect(() => {
		if (epoch > 1) reload();
	}, [epoch, reload]);
	useLiveChange((change) => {
		if (models === null) return;
		const effect = applyLive(models, change);
		if (effect.models !== models) setModels(effect.models);
		if (effect.isStale) reloadSoon();
	});
	return { models, fault: answer.fault, reload };
}
