import { Button } from "@mantine/core";
import { IconMessageQuestion } from "@tabler/icons-react";
import { useState } from "react";
import { assertNever } from "../../../src-shared/domain/assert-never.ts";
import { showFault } from "../../components/undo-toast.tsx";
import { announce } from "../../ground/announcer.tsx";
import { faultWords } from "../../ground/faults.ts";
import { placeHash } from "../../ground/router.ts";
import { useEngine } from "../../state/engine-context.tsx";
import {
	consultationWords,
	stageOf,
	useAssistant,
} from "../model-server/index.ts";

/** Asks the model server about the incident; nothing where none is set, and the way to the bytes where nobody has agreed to them. */
export function AskModel(props: {
	readonly incidentId: string;
	/** Why the person may not ask; null where they may. */
	readonly refusal: string | null;
	onAnswered(): void;
}) {
	const { incidentId, refusal } = props;
	const engine = useEngine();
	const { value } = useAssistant();
	const [busy, setBusy] = useState(false);
	if (value?.server == null) return null;
	const stage = stageOf(value);

	async function ask(): Promise<void> {
		setBusy(true);
		try {
			const outcome = await engine.assistant.consult({ incidentId });
			if (outcome.isSuccess) announce(consultationWords(outcome));
			else showFault(consultationWords(outcome));
		} catch (error) {
			showFault(`The model server was not asked. ${faultWords(error)}`);
		} finally {
			setBusy(false);
			props.onAnswered();
		}
	}

	switch (stage) {
		case "unset":
		case "off":
		case "closed":
			return null;
		case "unseen":
			return refusal !== null ? null : (
				<Button
					component="a"
					variant="default"
					size="compact-sm"
					href={placeHash(["settings", "model-server"], {
						incident: incidentId,
					})}
				>
					See what a model would get
				</Button>
			);
		case "ready":
			return (
				<Button
					variant="default"
					size="compact-sm"
					loading={busy}
					disabled={refusal !== null}
					title={refusal ?? `Sends what is allowed to ${value.server.model}`}
					leftSection={
						<IconMessageQuestion size={14} stroke={1.75} aria-hidden="true" />
					}
					onClick={() => void ask()}
				>
					Ask the model
				</Button>
			);
		default:
			return assertNever(stage, "stage of the model server");
	}
}
