import type { Hypothesis } from "../../../src-shared/contract/index.ts";

export type Verdict = Hypothesis["feedback"][number]["verdict"];

/** What kind of cause a hypothesis names. */
export const kindWords: Readonly<
	Record<Hypothesis["kind"] | "model_claim", string>
> = {
	deployment: "Deployment",
	config_change: "Configuration change",
	model_stage: "Model stage change",
	data_drift: "Data drift",
	stale_data: "Stale data",
	upstream_failure: "Upstream failure",
	cache: "Cache",
	traffic_shift: "Traffic shift",
	service_symptom: "Service symptom",
	flapping_monitor: "Flapping monitor",
	playbook_effect: "Effect of a playbook",
	recurrence: "It happened before",
	model_claim: "Claimed by a model server",
};

export const verdictWords: Readonly<
	Record<
		Verdict,
		{ readonly verb: string; readonly done: string; readonly key: string }
	>
> = {
	accepted: { verb: "Accept", done: "accepted", key: "y" },
	rejected: { verb: "Reject", done: "rejected", key: "t" },
	unsure: { verb: "Unsure", done: "marked as unsure", key: "q" },
};
export const verdicts = ["accepted", "rejected", "unsure"] as const;

/** `63 %`; never 0 % or 100 %, which no records can give. */
export function percentWords(share: number): string {
	if (share < 0.01) return "< 1 %";
	if (share > 0.99) return "> 99 %";
	return `${Math.round(share * 100)} %`;
}

/** The confidence in one sentence, for those who do not see the bar. */
export function confidenceWords(confidence: Hypothesis["confidence"]): string {
	const { score, lower, upper } = confidence;
	return `Confidence ${percentWords(score)}; nine of ten such hypotheses lie between ${percentWords(lower)} and ${percentWords(upper)}.`;
}

/** How wide the interval is, and why. */
export function intervalWords(confidence: Hypothesis["confidence"]): string {
	return confidence.upper - confidence.lower > 0.5
		? "Wide, because few hypotheses of this kind were judged so far. Every verdict narrows it."
		: "It comes from how often hypotheses of this kind were accepted before.";
}

/** By how much evidence of `weight` log-odds changes the odds: `× 4.1` for, `÷ 4.1` against. */
export function oddsWords(weight: number, side: "for" | "against"): string {
	const factor = Math.exp(weight);
	const digits = factor < 10 ? factor.toFixed(1) : String(Math.round(factor));
	return `${side === "for" ? "×" : "÷"} ${digits}`;
}

/** What a verdict did to a hypothesis, such as `63 % → 91 %, rank 2 → 1`. */
export function effectWords(
	effect: Hypothesis["feedback"][number]["effect"],
): string {
	const score = `${percentWords(effect.scoreBefore)} → ${percentWords(effect.scoreAfter)}`;
	return effect.rankBefore === effect.rankAfter
		? score
		: `${score}, rank ${effect.rankBefore} → ${effect.rankAfter}`;
}
