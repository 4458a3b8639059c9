import type { FaultyFile } from "../planted-fault.ts";

/** The HTTP APIs and their listeners. */
export const edgeFaults: readonly FaultyFile[] = [
	{
		file: "guard/request-guard.ts",
		tests: ["http/guard.test.ts"],
		faults: [
			[
				"a page of another origin asks",
				"allowed.origins.has(origin) ? siteRefusal(request) : foreignPage",
				"siteRefusal(request)",
			],
			[
				"a session changes something without an Origin",
				'method === "GET" || method === "HEAD"',
				'method !== "PUT"',
			],
			[
				"two Host headers pass",
				"countHosts(request.rawHeaders) !== 1",
				"countHosts(request.rawHeaders) < 1",
			],
			[
				"a neighbouring port counts as the same site",
				'site === undefined || site === "same-origin" || site === "none"',
				'site !== "cross-site"',
			],
		],
	},
	{
		file: "guard/allowed-hosts.ts",
		tests: ["http/allowed-hosts.test.ts"],
		faults: [
			[
				"any loopback name is this machine's only",
				'host === "localhost" || host === "::1" ||',
				'host.startsWith("localhost") || host === "::1" ||',
			],
		],
	},
	{
		file: "http/rate-limit.ts",
		tests: ["http/rate-limit.test.ts"],
		faults: [
			[
				"one request too many is served",
				"window.count > this.#requests",
				"window.count > this.#requests + 1",
			],
			[
				"one too few remains",
				"Math.max(0, this.#requests - window.count)",
				"Math.max(0, this.#requests - window.count - 1)",
			],
			[
				"the reset is in the wrong unit",
				'reset === "delta"',
				'reset === "epoch"',
			],
			[
				"a window that is over goes on",
				"this.#left(known, now) > 0",
				"this.#left(known, now) >= 0",
			],
		],
	},
	{
		file: "http/fault.ts",
		tests: ["http/fault.test.ts"],
		faults: [
			[
				"who must sign in is not told how",
				'if (status === 401) return { "www-authenticate": "Bearer" };',
				"",
			],
			[
				"the inside is told of a fault",
				'return plain(500, "Internal server error.");',
				"return plain(500, String(error));",
			],
			[
				"nobody is told when to come back",
				'"retry-after": String(data.retryAfterSeconds ?? 60)',
				'"retry-after": "60"',
			],
		],
	},
	{
		file: "http/encoded-bodies.ts",
		tests: [
			"http/openapi/validation.test.ts",
			"sentryml/bulk.test.ts",
			"platform/limits.test.ts",
			"http/intake/intake.test.ts",
		],
		faults: [
			[
				"a compressed body is read as it is",
				'encoding === undefined || encoding.toLowerCase() === "identity"',
				"encoding !== ''",
			],
		],
	},
	{
		file: "http/credentials.ts",
		tests: ["http/fault.test.ts"],
		faults: [
			[
				"a token without Bearer is taken",
				"/^Bearer +(\\S+)$/i",
				"/^(?:Bearer +)?(\\S+)$/i",
			],
		],
	},
	{
		file: "copilot/incident-words.ts",
		tests: ["copilot/contract.test.ts"],
		faults: [
			[
				"a closed incident is called inconclusive",
				'closed: "resolved"',
				'closed: "inconclusive"',
			],
		],
	},
	{
		file: "copilot/analytics-routes.ts",
		tests: ["copilot/contract.test.ts"],
		faults: [
			[
				"today is that of UTC",
				'new Intl.DateTimeFormat("en-CA", { timeZone })',
				'new Intl.DateTimeFormat("en-CA", { timeZone: "UTC" })',
			],
			[
				"the last day is left out",
				"midnight(localDays(end, 1), timeZone)",
				"midnight(end, timeZone)",
			],
			[
				"a range begins at the midnight of UTC",
				"midnight(start, timeZone)",
				'midnight(start, "UTC")',
			],
		],
	},
	{
		file: "events/event-reader.ts",
		tests: ["copilot/event-reader.test.ts"],
		faults: [
			[
				"another project's events are sent",
				": told.projectId === project.id;",
				": true;",
			],
			[
				"a slow reader fills the memory",
				"this.#sink.buffered <= this.#mostBuffered",
				"this.#sink.buffered >= 0",
			],
			[
				"an update that another follows is sent",
				"for (const each of this.#isBehind ? withoutSuperseded(told) : told)",
				"for (const each of told)",
			],
		],
	},
	{
		file: "events/events-connection.ts",
		tests: ["copilot/events-socket.test.ts", "copilot/events-delivery.test.ts"],
		faults: [
			[
				"another tenant's token is taken",
				"holder.principal.tenant.id !== message.tenantId",
				"message.tenantId === ''",
			],
			[
				"who was turned off goes on listening",
				"() => identity.projectTokens.current(holder) !== null",
				"() => true",
			],
			[
				"a flood of messages is read",
				"++this.#messages > messagesPerSecond",
				"++this.#messages > 1_000 * messagesPerSecond",
			],
		],
	},
	{
		file: "openapi/fields.ts",
		tests: ["http/sentryml/drift.test.ts", "sentryml/identifiers.test.ts"],
		faults: [
			[
				"the largest value is refused",
				"max(max, { error })",
				"lt(max, { error })",
			],
		],
	},
];
