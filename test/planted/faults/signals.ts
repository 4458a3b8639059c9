import type { FaultyFile } from "../planted-fault.ts";

/** Alerts from their source to an incident, and webhooks from an incident to whoever listens. */
export const signalFaults: readonly FaultyFile[] = [
	{
		file: "alerts/alert-content.ts",
		tests: ["alerts/episodes.test.ts"],
		faults: [
			[
				"a resolution takes the annotations away",
				"...(isEmpty(alert.annotations)\n\t\t\t? {}",
				"...(alert.annotations === undefined\n\t\t\t? {}",
			],
			[
				"a resolution changes the severity",
				'alert.severityWord === null || alert.status === "resolved"',
				"alert.severityWord === null",
			],
		],
	},
	{
		file: "alerts/severity-table.ts",
		tests: ["alerts/parsers.test.ts", "correlation/rules.test.ts"],
		faults: [
			["a word's case counts", "word.trim().toLowerCase()", "word.trim()"],
			[
				"an integration's own table is passed over",
				"{ ...common, ...own[type], ...changed }",
				"{ ...changed, ...common, ...own[type] }",
			],
		],
	},
	{
		file: "alerts/triage.ts",
		tests: ["alerts/triage.test.ts"],
		faults: [
			[
				"an alert is a duplicate of itself",
				"verb.ofId === row.id",
				"verb.ofId === ''",
			],
			[
				"a decision is undone by somebody else",
				"kept.actorId !== by.actor.id",
				"false",
			],
			[
				"a snoozed alert has no end of it",
				'triage: "new", snoozed_until: verb.until',
				'triage: "new", snoozed_until: null',
			],
		],
	},
	{
		file: "parsing/pagerduty-webhook.ts",
		tests: ["alerts/parsers.test.ts"],
		faults: [
			[
				"a reopened incident stays resolved",
				'"incident.reopened": "firing"',
				'"incident.reopened": "resolved"',
			],
		],
	},
	{
		file: "alerts/intake-queue.ts",
		tests: ["alerts/intake-queue.test.ts"],
		faults: [
			[
				"what waits has no bound",
				"this.#alerts > 0 && this.#alerts + count > mostWaiting",
				"false",
			],
			[
				"what waits is lost at the end",
				"while (this.#waiting.length > 0) this.#flush();",
				"",
			],
			[
				"one that cannot be stored takes the others with it",
				"for (const each of taken) this.#writeAlone(each);",
				"for (const { reject } of taken) reject(coded);",
			],
		],
	},
	{
		file: "integrations/sender-proof.ts",
		tests: ["integrations/sender-proof.test.ts"],
		faults: [
			[
				"a signature of long ago is taken",
				"Math.abs(now - Number(time) * 1000) > signedFor",
				"false",
			],
			[
				"a signature of any length is right",
				"if (given.length === expected.length && timingSafeEqual(given, expected))",
				"if (expected.subarray(0, given.length).equals(given))",
			],
			[
				"a signature that another secret made is enough",
				"let isMatch = false;\n\tfor (const secret of secrets) {",
				"let isMatch = false;\n\tfor (const secret of [...secrets, '']) {",
			],
		],
	},
	{
		file: "rules/compiled-rule.ts",
		tests: ["correlation/compiled-rule.test.ts"],
		faults: [
			[
				"an alert of exactly the gravity opens nothing",
				"severity(alert) <= settings.opensFrom",
				"severity(alert) < settings.opensFrom",
			],
			[
				"alerts without the labels are one group",
				"{ alertname: alert.name }",
				"{}",
			],
			[
				"a rule without storms has them",
				"settings.stormGroups === 0",
				"settings.stormGroups < 0",
			],
		],
	},
	{
		file: "rules/compiled-matchers.ts",
		tests: ["correlation/rules.test.ts"],
		faults: [
			["one matcher of many is enough", "compiled.every(", "compiled.some("],
			["!~ is =~", "return (text) => !matches(text);", "return matches;"],
		],
	},
	{
		file: "grouping/correlator.ts",
		tests: [
			"correlation/alert-to-incident.test.ts",
			"correlation/grouping-laws.test.ts",
		],
		faults: [
			[
				"a group ends at the very end of its window",
				"now - newest.last_at <= rule.windowMillis",
				"now - newest.last_at < rule.windowMillis",
			],
			[
				"as many groups as allowed are a storm",
				"if (groups.length <= most) continue;",
				"if (groups.length < most) continue;",
			],
			[
				"alerts that waited are left behind",
				"...rows.takeWaiting(",
				"...((..._: unknown[]): number[] => [])(",
			],
			[
				"an incident that people work on is merged away",
				"if (incidents.isTouched(tenantKey, other.id)) kept.add(other.id);\n\t\t\telse",
				"if (false) kept.add(other.id);\n\t\t\telse",
			],
			[
				"the mildest alert says the severity",
				"severity < worst ? severity : worst",
				"severity > worst ? severity : worst",
			],
		],
	},
	{
		file: "grouping/alert-incidents.ts",
		tests: ["correlation/alert-to-incident.test.ts"],
		faults: [
			[
				"an incident that people touched is resolved",
				"if (this.isTouched(tenantKey, id)) return;",
				"",
			],
			[
				"a graver alert raises nothing",
				"if (joining.severity >= incident.severity) return;",
				"if (joining.severity >= 0) return;",
			],
			[
				"one that fires again is resolved all the same",
				"if (!rows.isFiring(row.tenant_id, row.incident_id)) {",
				"if (true) {",
			],
			[
				"each alert of many has an entry",
				"known.entries < promptEntries ||",
				"known.entries >= 0 ||",
			],
		],
	},
	{
		file: "grouping/clock-jumps.ts",
		tests: ["correlation/clock-jumps.test.ts"],
		faults: [
			[
				"a clock set back is not noticed",
				"Math.abs(jump) < smallestJump",
				"jump < smallestJump",
			],
		],
	},
	{
		file: "quiet/schedule.ts",
		tests: ["correlation/schedule.test.ts"],
		faults: [
			[
				"a window is open at its very end",
				"startsAt <= now && now < endsAt",
				"startsAt <= now && now <= endsAt",
			],
			["a window over midnight is none", "end > start ? 0 : 1", "0"],
			[
				"the next window is the one that is open",
				"startsAt > now) ??",
				"startsAt >= now) ??",
			],
		],
	},
	{
		file: "quiet/wall-time.ts",
		tests: ["correlation/schedule.test.ts"],
		faults: [
			[
				"of an hour that comes twice the first is its end",
				"last: largest(shown) }",
				"last: smallest(shown) }",
			],
		],
	},
	{
		file: "polling/gap.ts",
		tests: ["polling/gap.test.ts"],
		faults: [
			[
				"a few missed polls are a gap",
				"Math.max(least, 4 * intervalMillis)",
				"intervalMillis",
			],
			[
				"more history is asked for than was allowed",
				"Math.max(lastSuccessAt - margin, now - historyMillis)",
				"lastSuccessAt - margin",
			],
		],
	},
	{
		file: "polling/poll-settings.ts",
		tests: ["polling/polling.test.ts", "polling/alertmanager.test.ts"],
		faults: [
			["one that is turned off is asked", "row.is_enabled === 1 &&", ""],
		],
	},
	{
		file: "polling/reconcile.ts",
		tests: ["polling/reconcile.test.ts"],
		faults: [
			[
				"one answer without an alert ends it",
				"return since === undefined || !isQuiet",
				"return !isQuiet",
			],
			[
				"half an answer ends alerts",
				"const gone =\n\t\tstate.partialBecause === null",
				"const gone =\n\t\tstate.partialBecause !== undefined",
			],
			[
				"an alert ends within its grace",
				"now - row.last_seen_at >= graceMillis",
				"now - row.last_seen_at >= 0",
			],
			["its end is when it was found gone", "endsAt: since }", "endsAt: now }"],
		],
	},
	{
		file: "polling/past-alert.ts",
		tests: ["polling/backfill.test.ts"],
		faults: [
			["half a template is shown", '!text.includes("{{")', "text !== ''"],
		],
	},
	{
		file: "polling/alert-runs.ts",
		tests: ["polling/alert-runs.test.ts"],
		faults: [
			[
				"two moments a step apart are two runs",
				"moment - run.to <= this.#stepMillis",
				"moment - run.to < this.#stepMillis",
			],
			[
				"a run that goes on is over",
				"if (run.to >= until) continue;",
				"if (run.to > until) continue;",
			],
		],
	},
	{
		file: "polling/catch-up.ts",
		tests: ["polling/backfill.test.ts"],
		faults: [
			[
				"what is refused is asked for again",
				"const isGivenUp = this.#attempts >= mostAttempts || isRefusal(error);",
				"const isGivenUp = this.#attempts >= mostAttempts;",
			],
			[
				"a source that is busy is given up",
				"error.status !== 429",
				"error.status !== 0",
			],
		],
	},
	{
		file: "silences/silences.ts",
		tests: ["silences/silences.test.ts"],
		faults: [
			[
				"a silence of the past is asked for",
				"input.endsAt <= now",
				"input.endsAt < 0",
			],
			[
				"an answer that was lost is called a failure",
				'status: isUnknown ? "unknown" : "failed"',
				'status: "failed"',
			],
			[
				"one that is asked for now is looked up as lost",
				"!this.#busy.has(id),\n\t\t);\n\t\tconst unreached",
				"true,\n\t\t);\n\t\tconst unreached",
			],
		],
	},
	{
		file: "silences/source-silences.ts",
		tests: ["silences/silences.test.ts"],
		faults: [
			[
				"one that is forgotten there cannot be ended here",
				"error.status === 404",
				"error.status === 410",
			],
			[
				"what it would silence leaves out what is silenced",
				'["active", "silenced", "inhibited", "unprocessed"]',
				'["active"]',
			],
		],
	},
	{
		file: "webhooks/retry-schedule.ts",
		tests: ["webhooks/retry-schedule.test.ts"],
		faults: [
			["one attempt too few", "delays[failures - 1]", "delays[failures]"],
			[
				"a receiver's patience has no end",
				"Math.min(retryAfterMillis ?? 0, longestRetryAfter)",
				"retryAfterMillis ?? 0",
			],
			[
				"a date of the past is waited for",
				"millis > 0 ? millis : null",
				"Math.abs(millis)",
			],
		],
	},
	{
		file: "webhooks/event-match.ts",
		tests: ["webhooks/event-match.test.ts"],
		faults: [
			[
				"exactly the severity is not told",
				"facts.severity <= minSeverity",
				"facts.severity < minSeverity",
			],
			[
				"the general type goes before the specific",
				"[specific, entry.type]",
				"[entry.type, specific]",
			],
			[
				"an incident of no model passes a filter of models",
				"(facts.modelId !== null && modelIds.includes(facts.modelId))",
				"(facts.modelId === null || modelIds.includes(facts.modelId))",
			],
		],
	},
	{
		file: "webhooks/feed-cursor.ts",
		tests: [
			"webhooks/delivery.test.ts",
			"webhooks/restart-and-clock.test.ts",
			"webhooks/subscriptions.test.ts",
		],
		faults: [
			[
				"another tenant's news is sent",
				"({ tenantKey }) => tenantKey === entry.tenantKey",
				"() => true",
			],
			[
				"a subscription that is off is told",
				"subscriptions.all().filter(({ isEnabled }) => isEnabled)",
				"subscriptions.all()",
			],
		],
	},
	{
		file: "webhooks/signing.ts",
		tests: ["webhooks/signing.test.ts"],
		faults: [
			[
				"the old secret signs no more",
				"const signatures = secrets.map(",
				"const signatures = secrets.slice(0, 1).map(",
			],
		],
	},
];
