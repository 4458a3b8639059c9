import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useEffectEvent, useState } from "react";
import type {
	NewAlertRule,
	RulePreview,
} from "../../../src-shared/contract/index.ts";
import { faultWords } from "../../ground/faults.ts";
import { useEngine } from "../../state/engine-context.tsx";
import { type FieldFaults, fieldFaults, noFaults } from "./field-faults.ts";

const lookAfter = 400;

export interface RuleLook {
	/** The newest that could be made; kept while a newer one is made. */
	readonly preview: RulePreview | null;
	/** What keeps the rule as it is written from being looked at. */
	readonly faults: FieldFaults;
	readonly fault: string | null;
	readonly isLooking: boolean;
}

/** What a rule would have made of the alerts of the last hours, while it is being written. */
export function useRulePreview(
	projectId: string,
	rule: NewAlertRule,
	hours: number,
): RuleLook {
	const engine = useEngine();
	const [look, setLook] = useState<Omit<RuleLook, "isLooking">>({
		preview: null,
		faults: noFaults,
		fault: null,
	});
	const written = JSON.stringify([rule, hours]);
	const [asked] = useDebouncedValue(written, lookAfter);
	const [answered, setAnswered] = useState<string | null>(null);
	const ask = useEffectEvent((signal: AbortSignal) =>
		engine.alertRules.preview({ projectId, rule, hours }, { signal }),
	);
	useEffect(() => {
		const end = new AbortController();
		const settle = (next: Partial<Omit<RuleLook, "isLooking">>) => {
			if (end.signal.aborted) return;
			setLook((before) => ({
				...before,
				faults: noFaults,
				fault: null,
				...next,
			}));
			setAnswered(asked);
		};
		ask(end.signal).then(
			(preview) => settle({ preview }),
			(error: unknown) => {
				const faults = fieldFaults(error, "rule");
				settle(faults.size > 0 ? { faults } : { fault: faultWords(error) });
			},
		);
		return () => end.abort();
	}, [asked]);
	return { ...look, isLooking: answered !== written };
}
