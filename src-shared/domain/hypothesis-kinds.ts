/** What can have caused an incident. */
export const hypothesisKinds = [
	"deployment",
	"config_change",
	"model_stage",
	"data_drift",
	"stale_data",
	"upstream_failure",
	"cache",
	"traffic_shift",
	"service_symptom",
	"flapping_monitor",
	"playbook_effect",
	"recurrence",
	/** What a model server claimed; the rest is found by the engine itself. */
	"model_claim",
] as const;
export type HypothesisKind = (typeof hypothesisKinds)[number];
