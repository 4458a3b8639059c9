import type { Actor } from "../identity/access/index.ts";
import type { PastIncident, PastStep } from "../incidents/index.ts";
import { dayMillis, hourMillis } from "./demo-story.ts";

type Told = Omit<PastIncident, "source" | "openedAt" | "owner" | "steps"> & {
	/** Day of the history, from 0, and the time of that day. */
	readonly opened: readonly [day: number, time: string];
	readonly owner: Actor;
	readonly steps: readonly (readonly [
		minutesAfterOpening: number,
		by: Actor,
		text: string,
		to?: PastStep["to"],
	])[];
};

const mara = person("Mara Lindqvist");
const tomas = person("Tomás Ferreira");
const priya = person("Priya Raman");
const jonas = person("Jonas Weber");
const watch: Actor = { kind: "api", id: null, name: "Platform watch" };

const incidents: readonly Told[] = [
	{
		key: "feature-store-lag",
		title: "Feature store lags: payments_last_hour is 40 minutes old",
		description:
			"Freshness of payments_last_hour fell to 40 minutes (promised: 2). card-fraud-v3 scores with old counts.",
		severity: 2,
		modelId: "card-fraud-v3",
		metric: null,
		value: null,
		opened: [6, "08:12"],
		openedBy: watch,
		owner: tomas,
		steps: [
			[4, tomas, "Looking at it.", "acknowledged"],
			[
				11,
				tomas,
				"Consumer lag of the payments topic is 1.9 million messages and growing; two of six consumers are gone since 07:31.",
				"investigating",
			],
			[
				19,
				jonas,
				"They were evicted: the nightly backfill ran on the same nodes and took the memory.",
			],
			[
				33,
				tomas,
				"Backfill paused, consumers are back. Lag falls by 90,000 messages a minute.",
				"mitigated",
			],
			[62, tomas, "Freshness is 70 seconds again.", "resolved"],
			[
				1_520,
				mara,
				"Review: backfills now run on nodes of their own, and freshness pages at 10 minutes, not 40.",
				"learned",
			],
		],
	},
	{
		key: "night-takeover-alerts",
		title: "Six times as many suspected takeovers at night",
		description:
			"The night shift sees six times the share of logins flagged by account-takeover-v2 that the day shift sees. Is the model drifting?",
		severity: 3,
		modelId: "account-takeover-v2",
		metric: null,
		value: null,
		opened: [10, "07:40"],
		openedBy: priya,
		owner: priya,
		steps: [
			[15, priya, "Taking this one.", "investigating"],
			[
				48,
				priya,
				"Same share at the same hours last week and the week before. Fewer customers log in at night, the bots keep going.",
			],
			[
				70,
				priya,
				"PSI over whole weeks is far below the warning. A swing of the day, not drift; the share per hour of the day is now on the support team's page.",
				"inconclusive",
			],
		],
	},
	{
		key: "scoring-latency",
		title: "account-takeover-v2 answers too slowly: p99 at 840 ms",
		description:
			"p99 of scoring rose from 95 to 840 ms with version 2.9.0; logins time out after 800.",
		severity: 1,
		modelId: "account-takeover-v2",
		metric: null,
		value: null,
		opened: [13, "14:26"],
		openedBy: watch,
		owner: mara,
		steps: [
			[2, mara, "On it.", "acknowledged"],
			[
				6,
				mara,
				"Began with the rollout of 2.9.0 at 14:19. Rolling half of the traffic back to 2.8.4.",
				"investigating",
			],
			[
				14,
				mara,
				"2.8.4 answers in 92 ms, 2.9.0 in 830 on the same machines. All traffic is back on 2.8.4.",
				"mitigated",
			],
			[
				55,
				jonas,
				"Found: 2.9.0 loads the country table for every request. Fixed in the build, now 97 ms.",
			],
			[180, mara, "Fixed 2.9.0 is out, p99 at 97 ms.", "resolved"],
			[1_600, mara, "A day without a slow answer.", "closed"],
		],
	},
	{
		key: "chargeback-labels-missing",
		title: "No chargeback labels for two days",
		description:
			"The acquirer's settlement file has not arrived for two days; performance of chargeback-risk-v1 cannot be measured.",
		severity: 4,
		modelId: "chargeback-risk-v1",
		metric: null,
		value: null,
		opened: [17, "09:05"],
		openedBy: jonas,
		owner: jonas,
		steps: [
			[10, jonas, "Asking the acquirer.", "acknowledged"],
			[
				95,
				jonas,
				"They renewed their host key and our transfer refuses it, as it should. Waiting for the fingerprint by phone.",
				"investigating",
			],
			[
				210,
				jonas,
				"Fingerprint compared and accepted. Both files are here, 5,180 labels joined.",
				"resolved",
			],
			[1_500, priya, "Accuracy of the two days is as before.", "closed"],
		],
	},
	{
		key: "device-trust-missing",
		title: "device_trust missing in every second payment from Android",
		description:
			"Since the app release of this morning the Android client sends no device_trust for about half of its payments.",
		severity: 3,
		modelId: "card-fraud-v3",
		metric: null,
		value: null,
		opened: [21, "11:18"],
		openedBy: priya,
		owner: priya,
		steps: [
			[7, priya, "Mine.", "acknowledged"],
			[
				25,
				priya,
				"Only app 8.14.0; it has reached one customer in fifty so far. The attestation call times out on the first start.",
				"investigating",
			],
			[41, tomas, "Rollout of 8.14.0 stopped at 2 %.", "mitigated"],
			[
				290,
				tomas,
				"8.14.1 retries the attestation in the background. Missing share is back at 8 %.",
				"resolved",
			],
			[
				1_700,
				priya,
				"Review: the missing share of each feature is now watched per app version.",
				"learned",
			],
		],
	},
	{
		key: "scoring-certificate",
		title: "Scoring gateway refuses connections: certificate expired",
		description:
			"All three models unreachable through the gateway; checkout falls back to the static rules.",
		severity: 1,
		modelId: null,
		metric: null,
		value: null,
		opened: [23, "05:00"],
		openedBy: watch,
		owner: tomas,
		steps: [
			[3, tomas, "Awake and on it.", "acknowledged"],
			[
				9,
				tomas,
				"The gateway still serves the old certificate; the renewal of last week was never loaded.",
				"investigating",
			],
			[12, tomas, "Gateway reloaded, requests get through.", "mitigated"],
			[40, tomas, "No refused connection for 25 minutes.", "resolved"],
			[
				1_930,
				mara,
				"Review: the gateway reloads when the file changes, and an alarm rings 14 days before the end of the certificate it serves.",
				"learned",
			],
		],
	},
];

/** How many incidents the demo records. */
export const demoIncidentCount = incidents.length;

/** Incidents of a history that began at `start`, all over for days, oldest first. */
export function demoIncidents(start: number): PastIncident[] {
	return incidents.map(({ opened, owner, steps, ...told }) => {
		const [day, time] = opened;
		const [hours, minutes] = time.split(":").map(Number);
		const openedAt =
			start +
			day * dayMillis +
			(hours ?? 0) * hourMillis +
			(minutes ?? 0) * minuteMillis;
		return {
			...told,
			source: "demo",
			openedAt,
			owner: owner.id === null ? null : { id: owner.id, name: owner.name },
			steps: steps.map(([after, by, text, to]) => ({
				at: openedAt + after * minuteMillis,
				by,
				text,
				...(to === undefined ? {} : { to }),
			})),
		};
	});
}

const minuteMillis = 60_000;

function person(name: string): Actor {
	return {
		kind: "person",
		id: `demo-${name
			.split(" ")[0]
			?.normalize("NFD")
			.replaceAll(/[^a-z]/gi, "")
			.toLowerCase()}`,
		name,
	};
}
