import type { FaultyFile } from "../planted-fault.ts";

/** Hypotheses, analytics, and what a model server is told. */
export const reasoningFaults: readonly FaultyFile[] = [
	{
		file: "insight/rank.ts",
		tests: ["insight/rank.test.ts"],
		faults: [
			[
				"the least likely comes first",
				"b.score - a.score ||",
				"a.score - b.score ||",
			],
			["ranks begin at nought", "rank: index + 1", "rank: index"],
			[
				"equal ones come in no order",
				"compare(a.kind, b.kind) ||",
				"-compare(a.kind, b.kind) ||",
			],
		],
	},
	{
		file: "insight/calibration.ts",
		tests: ["insight/rank.test.ts", "insight/laws.test.ts"],
		faults: [
			[
				"a verdict moves the score the wrong way",
				"(isAccepted ? 1 : 0) - logistic",
				"(isAccepted ? 0 : 1) - logistic",
			],
			[
				"verdicts make nobody surer",
				"alikeShare * Math.min(verdicts.length, mostCount)",
				"0",
			],
		],
	},
	{
		file: "insight/similarity.ts",
		tests: ["insight/relation.test.ts"],
		faults: [
			[
				"likeness depends on who is asked",
				"Math.sqrt(one.length * held.size)",
				"one.length",
			],
			[
				"the same model does not count",
				"(one.modelId !== null && one.modelId === other.modelId)",
				"false",
			],
		],
	},
	{
		file: "insight/relation.ts",
		tests: ["insight/relation.test.ts"],
		faults: [
			[
				"what calls a service is its cause",
				"dependencies.get(service) ?? []",
				"[...dependencies].filter(([, to]) => to.includes(service)).map(([from]) => from)",
			],
			[
				"four calls away still counts",
				"hops <= farthest",
				"hops <= farthest + 1",
			],
			[
				"a part of a word names a service",
				"words.includes(`",
				"words.includes(wanted) || words.includes(`",
			],
		],
	},
	{
		file: "insight/onset.ts",
		tests: ["insight/relation.test.ts"],
		faults: [
			[
				"another service's alert is the first symptom",
				"if (alert.service === null || alert.service !== incident.service) continue;",
				"",
			],
			[
				"an old assessment says that drift goes on",
				"const newest = drift[0];",
				"const newest = drift.find(({ hasDrift }) => hasDrift);",
			],
		],
	},
	{
		file: "analytics/prices.ts",
		tests: ["analytics/ledger.test.ts"],
		faults: [
			[
				"half a millionth is rounded down",
				"product + 500_000n",
				"product + 499_999n",
			],
		],
	},
	{
		file: "analytics/cost-view.ts",
		tests: ["analytics/cost-view.test.ts"],
		faults: [
			[
				"one model at two places is one",
				"({ provider, model, isLocal }) =>",
				"({ model, provider = 1, isLocal = 1 }) => model ||",
			],
			[
				"the cheapest comes first",
				"b.usage.microDollars - a.usage.microDollars ||",
				"a.usage.microDollars - b.usage.microDollars ||",
			],
		],
	},
	{
		file: "analytics/usage-ledger.ts",
		tests: ["analytics/ledger.test.ts"],
		faults: [
			[
				"what was asked after an answer is no repetition",
				"AND earlier.key < later.key AND earlier.is_success = 1",
				"AND earlier.key < later.key AND earlier.is_success = 0",
			],
			[
				"the last moment of a range is in the next too",
				"at >= since AND at < until",
				"at >= since AND at <= until",
			],
		],
	},
	{
		file: "analytics/analytics-service.ts",
		tests: ["analytics/ledger.test.ts"],
		faults: [
			[
				"a local model costs",
				"spending.is_local === 1 || price === undefined;",
				"price === undefined;",
			],
		],
	},
	{
		file: "analytics/incident-view.ts",
		tests: ["analytics/incident-statistics.test.ts"],
		faults: [
			[
				"the mean is of all that were opened",
				"meanMillis: count === 0 ? null : millis / count",
				"meanMillis: count === 0 ? null : millis / (count + 1)",
			],
		],
	},
	{
		file: "assistant/prompt.ts",
		tests: ["assistant/egress.test.ts"],
		faults: [
			[
				"a field that the policy does not name is sent",
				"if (this.#policy.fields.includes(kind))",
				"if (kind !== undefined)",
			],
			[
				"secrets in labels are sent",
				"sent.map((label) => this.#clean(label))",
				"sent",
			],
			[
				"more is sent than the limit allows",
				"one.tokens > maxInputTokens && kept > 0",
				"one.tokens > 2 * maxInputTokens && kept > 0",
			],
		],
	},
	{
		file: "assistant/redact-secrets.ts",
		tests: ["assistant/egress.test.ts"],
		faults: [
			[
				"people's addresses are sent",
				"[/\\b[\\w.+-]{1,64}@",
				"[/\\b[\\w.+-]{64}@",
			],
			[
				"a password in an address is sent",
				"[^\\s/@]{1,200}@/gi",
				"[^\\s/@:]{1,200}@/gi",
			],
		],
	},
	{
		file: "assistant/claims.ts",
		tests: ["assistant/claims.test.ts"],
		faults: [
			[
				"a claim of what was not sent is kept",
				"found.every((record) => record !== undefined)\n\t\t? found.map",
				"found.some((record) => record !== undefined)\n\t\t? found.filter((record) => record !== undefined).map",
			],
			[
				"a claim that nothing supports is kept",
				"supporting.length === 0 ||",
				"",
			],
		],
	},
];
