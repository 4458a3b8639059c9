import type { FaultyFile } from "../planted-fault.ts";

/** What no test noticed once, and what is like it. */
export const survivors: readonly FaultyFile[] = [
	{
		file: "monitoring/alerts/alert-writer.ts",
		tests: ["monitoring/alerts/episodes.test.ts"],
		faults: [
			[
				"a late resolve overrides a newer firing",
				"occurredAt !== null && occurredAt < row.state_at",
				"occurredAt !== null && occurredAt > row.state_at",
			],
			[
				"what is as old as what is known brings an alert back",
				"occurredAt <= newest.state_at",
				"occurredAt < newest.state_at",
			],
			[
				"a notification is late up to its limit and at it",
				"now - exact.changed_at < lateMillis",
				"now - exact.changed_at <= lateMillis",
			],
			[
				"what began before an episode that is over fires",
				'isEarlier && alert.status !== "resolved"',
				'!isEarlier && alert.status !== "resolved"',
			],
		],
	},
	{
		file: "predictions/ingest-queue.ts",
		tests: ["predictions/ingest.test.ts"],
		faults: [
			[
				"events are acknowledged before COMMIT",
				"return written;",
				"for (const [index, outcome] of written.entries()) batch[index]?.resolve(outcome);\n\t\t\t\treturn written;",
			],
			[
				"counters run ahead after a failed commit",
				"this.#models.reload();",
				"",
			],
			[
				"what was not committed is told of",
				"for (const { reject } of batch) reject(coded);",
				"for (const { reject } of batch) reject(coded);\n\t\t\tthis.#committed(changed);",
			],
		],
	},
	{
		file: "store/unit-of-work.ts",
		tests: ["store/durability.test.ts", "incidents/atomicity.test.ts"],
		faults: [
			[
				"effects run before COMMIT",
				'connection.exec("COMMIT");',
				'for (const effect of effects.splice(0)) effect();\n\t\t\t\tconnection.exec("COMMIT");',
			],
			[
				"a failed commit leaves its transaction open",
				'if (connection.inTransaction) connection.exec("ROLLBACK");',
				"",
			],
		],
	},
	{
		file: "monitoring/alerts/intake-queue.ts",
		tests: ["monitoring/alerts/episodes.test.ts"],
		faults: [
			[
				"an alert that cannot be stored is acknowledged",
				"if (isPlain) one.reject(asEngineError(error));",
				"if (isPlain) one.resolve({ received: 1, created: 1, changed: 0 });",
			],
		],
	},
	{
		file: "predictions/labels.ts",
		tests: ["predictions/ingest.test.ts"],
		faults: [
			[
				"a label is reported before it is committed",
				"counts.accepted++;",
				"counts.accepted++;\n\t\t\t\t\tthis.report.accepted++;",
			],
		],
	},
	{
		file: "silences/matchers.ts",
		tests: ["silences/matchers.test.ts"],
		faults: [
			[
				"=~ is sent as not equal",
				'operator.startsWith("=")',
				'operator === "="',
			],
			[
				"!~ is sent as no pattern",
				'operator.endsWith("~")',
				'operator === "=~"',
			],
			[
				"a dot in a name matches any letter",
				"/[\\\\.+*?()|[\\]{}^$]/g",
				"/[\\\\+*?()|[\\]{}^$]/g",
			],
		],
	},
	{
		file: "analytics/zone-spans.ts",
		tests: ["analytics/zone-spans.test.ts"],
		faults: [
			[
				"midnight is that of UTC",
				"return local - shiftAt(guess);",
				"return local;",
			],
			[
				"midnight takes the clock of the day's UTC midnight",
				"return local - shiftAt(guess);",
				"return guess;",
			],
			[
				"a day is missing at the end of a range",
				"(until - 1 + shift)",
				"(until - 1)",
			],
		],
	},
	{
		file: "polling/backfill.ts",
		tests: ["polling/backfill.test.ts"],
		faults: [
			[
				"the cursor passes runs that are open",
				"...runs.open.map((run) => run.from),",
				"",
			],
			[
				"an alert that still fires is ended by a hole",
				"if (since !== null && since <= run.to + stepMillis) continue;",
				"",
			],
		],
	},
	{
		file: "drift/verdict.ts",
		tests: ["drift/verdict.test.ts"],
		faults: [
			[
				"exactly min_samples before are too few",
				"rows.baseline >=",
				"rows.baseline >",
			],
			[
				"exactly min_samples now are too few",
				"rows.current >=",
				"rows.current >",
			],
			[
				"an effect of exactly the floor is none",
				"column.totalVariation >= effectFloor",
				"column.totalVariation > effectFloor",
			],
			[
				"a p of exactly the accepted share is chance",
				"adjustedPValue <= falseDiscoveryRate",
				"adjustedPValue < falseDiscoveryRate",
			],
		],
	},
	{
		file: "predictions/import-answers.ts",
		tests: ["predictions/import-answers.test.ts"],
		faults: [
			[
				"an open mapping takes the entity from the event id's column",
				"entityId: fields.entityId ?? null",
				"entityId: fields.eventId ?? null",
			],
			[
				"the file's reader takes the entity from the event id's column",
				"entityId: mapping.entityId ?? undefined",
				"entityId: mapping.eventId ?? undefined",
			],
			[
				"labels are read from the column of ids",
				"label: mapping.label };",
				"label: mapping.eventId };",
			],
		],
	},
	{
		file: "copilot/paging.ts",
		tests: ["copilot/paging.test.ts"],
		faults: [
			[
				"there is a next page after a last one that is full",
				"skip + limit < total",
				"skip + limit <= total",
			],
			[
				"the last page of full ones is empty",
				"Math.ceil(total / limit) - 1",
				"Math.floor(total / limit)",
			],
		],
	},
	{
		file: "incidents/transitions.ts",
		tests: ["incidents/lifecycle.test.ts"],
		faults: [
			[
				"resolving at once records an acknowledger",
				'stateRank(to) < stateRank("resolved") &&',
				"",
			],
			[
				"a step back keeps the times of what it leaves",
				"if (stateRank(state) > stateRank(to)) fields",
				"if (stateRank(state) > stateRank(before.state)) fields",
			],
		],
	},
	{
		file: "log/redact.ts",
		tests: ["log/log.test.ts"],
		faults: [
			["socket tokens are logged", "(rt|us|ut|wt|lo)_", "(rt|us|ut|lo)_"],
			["signing secrets are logged", "[/\\bwhsec_", "[/\\bwhsecret_"],
			[
				"a refresh token in an address is logged",
				"access_token|refresh_token",
				"access_token",
			],
		],
	},
	{
		file: "causes/model-causes.ts",
		tests: ["causes/evidence-records.test.ts"],
		faults: [
			[
				"what speaks for a version is linked with the drift",
				'{ kind: "model_version", id: live.id }',
				"record",
			],
			[
				"the scores' part is linked with another record",
				'const link = { kind: "model_version", id: stage.id } as const;',
				'const link = { kind: "model_version", id: file.stages[0]?.id ?? stage.id } as const;',
			],
		],
	},
	{
		file: "causes/alert-causes.ts",
		tests: ["causes/evidence-records.test.ts"],
		faults: [
			[
				"a second alert is linked with the first",
				'record: { kind: "alert", id: alert.id },\n\t\t\t\tat: alert.startsAt,\n\t\t\t\tweights:\n\t\t\t\t\tindex === 0',
				'record: { kind: "alert", id: first.alert.id },\n\t\t\t\tat: alert.startsAt,\n\t\t\t\tweights:\n\t\t\t\t\tindex === 0',
			],
			[
				"the change behind it is linked as an alert",
				'record: { kind: "change", id: change.id }',
				'record: { kind: "alert", id: first.alert.id }',
			],
		],
	},
	{
		file: "causes/past-causes.ts",
		tests: ["causes/evidence-records.test.ts"],
		faults: [
			[
				"what fixed it then is linked with the incident",
				'record: { kind: "action", id: playbook.id }',
				"record",
			],
		],
	},
	{
		file: "predictions/seen-keys.ts",
		tests: ["predictions/seen-keys.test.ts"],
		faults: [
			[
				"probing does not wrap",
				"slot = (slot + 1) & mask;",
				"slot = slot + 1;",
			],
			[
				"what was seen is forgotten when the table grows",
				"if (!Number.isNaN(key)) this.#put(key);",
				"if (Number.isNaN(key)) this.#put(key);",
			],
		],
	},
	{
		file: "predictions/key-rows.ts",
		tests: ["predictions/seen-keys.test.ts"],
		faults: [
			[
				"probing does not wrap where a row is added",
				"Number.NaN)) {\n\t\t\tslot = (slot + 1) & mask;",
				"Number.NaN)) {\n\t\t\tslot = slot + 1;",
			],
			[
				"the first of equal keys alone is found",
				"if (held === key) rows.push(this.#rows[slot] ?? 0);",
				"if (held === key) return [this.#rows[slot] ?? 0];",
			],
		],
	},
	{
		file: "parsing/fingerprint.ts",
		tests: ["alerts/fingerprint.test.ts"],
		faults: [
			["labels count in their order", "one < other ? -1 : 1", "0"],
			[
				"a border between two labels does not count",
				".update(JSON.stringify(parts))",
				'.update(parts.join(","))',
			],
		],
	},
	{
		file: "polling/label-fingerprint.ts",
		tests: ["alerts/fingerprint.test.ts", "polling/label-fingerprint.test.ts"],
		faults: [
			[
				"labels count in their order",
				"one.compare(other)",
				"0 * one.compare(other)",
			],
		],
	},
	{
		file: "runners/command-runner.ts",
		tests: ["runners/command-runner.test.ts"],
		faults: [
			[
				"a limit is never reached",
				'() => timer.resolve("timed_out"),',
				"() => {},",
			],
			[
				"a limit is read as milliseconds",
				"timerMillis(step.timeoutSeconds)",
				"step.timeoutSeconds",
			],
			[
				"cancelling does nothing",
				'const cancel = () => cancelled.resolve("cancelled");',
				"const cancel = () => {};",
			],
			["the limit's timer is left behind", "clearTimeout(timeout);", ""],
			[
				"output held open is waited for",
				"await Promise.race([\n\t\t\tprinted,",
				"await Promise.all([\n\t\t\tprinted,",
			],
			[
				"all of the environment is passed on",
				"return { ...Object.fromEntries(values)",
				"return { ...process.env, ...Object.fromEntries(values)",
			],
		],
	},
	{
		file: "runners/process-tree.ts",
		tests: ["runners/command-runner.test.ts"],
		faults: [
			[
				"the grace is asked once",
				"const startedAt = performance.now();",
				"const startedAt = performance.now();\n\tconst first = graceMillis();\n\tgraceMillis = () => first;",
			],
			["it is killed without being asked", '"SIGTERM");\n', '"SIGKILL");\n'],
			[
				"what does not listen is never killed",
				'send(entry, "SIGKILL")',
				'send(entry, "SIGTERM")',
			],
		],
	},
	{
		file: "runners/run-step.ts",
		tests: ["runners/run-step.test.ts"],
		faults: [
			["a wait cannot be cut short", "signal: around.signal,", ""],
			[
				"a check that does not hold is a success",
				'holds ? succeeded(true) : endedAs("failed", step.otherwise)',
				"holds ? succeeded(true) : succeeded(false)",
			],
		],
	},
	{
		file: "runners/http-runner.ts",
		tests: ["runners/run-step.test.ts"],
		faults: [
			[
				"a request is not cut off when its action stops",
				"signal: around.signal,",
				"",
			],
			[
				"a POST without an answer is called harmless",
				'step.method === "GET"\n\t\t\t? ""',
				'step.method !== "GET"\n\t\t\t? ""',
			],
		],
	},
];
