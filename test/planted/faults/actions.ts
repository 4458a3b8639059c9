import type { FaultyFile } from "../planted-fault.ts";

/** Playbooks, and requests to other machines. */
export const actionFaults: readonly FaultyFile[] = [
	{
		file: "actions/approval-rules.ts",
		tests: ["actions/approval-rules.test.ts"],
		faults: [
			[
				"an engineer approves",
				'roleAtLeast(role, "admin")',
				'roleAtLeast(role, "engineer")',
			],
			[
				"a program approves",
				'actor.kind !== "person" || actor.id === null',
				"actor.id === null",
			],
			[
				"who runs it approves it under four eyes",
				"isFourEyes && runners.includes(actor.id)",
				"isFourEyes && runners[0] === actor.id && runners.length > 2",
			],
			[
				"an approval is good at the moment it expires",
				"now >= approval.expires_at",
				"now > approval.expires_at",
			],
			[
				"an approval is good twice",
				"if (approval.used_at !== null)",
				"if (approval.used_at === 0)",
			],
			[
				"an approval that was taken back is good",
				"if (approval.withdrawn_at !== null)",
				"if (approval.withdrawn_at === 0)",
			],
			[
				"what was approved may have changed",
				"if (approval.hash !== hash)",
				"if (hash === '')",
			],
		],
	},
	{
		file: "actions/approvals.ts",
		tests: ["actions/approvals.test.ts"],
		faults: [
			[
				"who made the key is not behind its run",
				"runners.push(this.#ports.makerOfKey(tenant, id));",
				"runners.push(id);",
			],
			[
				"who was turned off since still approves",
				"role: person?.role ?? null,",
				'role: person?.role ?? "admin",',
			],
		],
	},
	{
		file: "actions/run-limits.ts",
		tests: ["actions/run-limits.test.ts"],
		faults: [
			["one run more than the limit", "times[limit - 1]", "times[limit]"],
			[
				"one waits for the newest run",
				"oldest + hourMillis - now",
				"(times[0] ?? 0) + hourMillis - now",
			],
		],
	},
	{
		file: "actions/interruptions.ts",
		tests: ["actions/recovery.test.ts"],
		faults: [
			[
				"what may have changed something is called failed",
				"open?.changes_something === 1",
				"open?.changes_something === 2",
			],
			[
				"a step that was under way keeps running",
				"if (open !== undefined) {\n\t\t\tjournal.outcome(",
				"if (open === null) {\n\t\t\tjournal.outcome(",
			],
		],
	},
	{
		file: "actions/dry-runs.ts",
		tests: ["actions/dry-run.test.ts", "actions/execution.test.ts"],
		faults: [
			[
				"a playbook that changed since is run",
				"contentHash, salt) !== row.hash",
				"contentHash, salt) === ''",
			],
			[
				"a dry run shows secrets",
				"SecretParameters.concealed(playbook, resolved.params)",
				"resolved.params",
			],
		],
	},
	{
		file: "actions/action-decisions.ts",
		tests: ["actions/approvals.test.ts", "actions/recovery.test.ts"],
		faults: [
			["anybody declines", 'if (!isOwn) by.requireRole("admin");', ""],
			[
				"a program settles what is in doubt",
				'if (by.actor.kind !== "person") {',
				"if (by.actor.id === '') {",
			],
			[
				"what still runs is settled",
				"if (surviving !== null) {",
				"if (surviving === undefined) {",
			],
		],
	},
	{
		file: "actions/rollback-plans.ts",
		tests: ["actions/rollback.test.ts"],
		faults: [
			[
				"what declared no rollback has one",
				"row.has_rollback === 0",
				"row.has_rollback === 2",
			],
		],
	},
	{
		file: "actions/output-log.ts",
		tests: ["actions/execution.test.ts"],
		faults: [
			[
				"output that could not be stored is lost",
				"this.#timer = setTimeout(() => this.#flush(), 5 * flushMillis);",
				"this.#pieces = [];",
			],
			["output has no end", "this.#isCapped = true;", ""],
			[
				"what a step held back is lost",
				"if (redacted !== undefined) this.#keep(stepId, stream, redacted.end());",
				"",
			],
			[
				"a piece is numbered as the one before",
				"this.#sequence + index + 1",
				"this.#sequence + index",
			],
		],
	},
	{
		file: "actions/journal.ts",
		tests: ["actions/journal-model.test.ts"],
		faults: [
			[
				"an action ends twice",
				'.where("status", "=", "running"),\n\t\t);\n\t\trequireChange(changes, "an action ends once");',
				');\n\t\trequireChange(changes, "an action ends once");',
			],
			[
				"what was not started stays pending",
				'.set({ status: "skipped" })',
				'.set({ status: "pending" })',
			],
		],
	},
	{
		file: "runners/redaction.ts",
		tests: ["runners/redaction.test.ts"],
		faults: [
			[
				"a secret is shown in base64",
				'Buffer.from(text).toString("base64"),',
				"",
			],
			[
				"half a secret is shown",
				"safe = Math.min(safe, text.length - begun);",
				"",
			],
			[
				"the end of two that overlap is shown",
				"last[1] = Math.max(last[1], end);",
				"last[1] = end;",
			],
		],
	},
	{
		file: "runners/json-pointer.ts",
		tests: ["runners/json-pointer.test.ts"],
		faults: [
			[
				"a slash in a name is read as a tilde",
				'part.replaceAll("~1", "/").replaceAll("~0", "~")',
				'part.replaceAll("~0", "~").replaceAll("~1", "/")',
			],
			[
				"what every object has is found",
				"Object.hasOwn(found, name)",
				"name in found",
			],
		],
	},
	{
		file: "runners/process-table.ts",
		tests: [
			"runners/command-runner.test.ts",
			"actions/processes.test.ts",
			"actions/recovery.test.ts",
		],
		faults: [
			[
				"what left its group is not found",
				"this.#actionOf(entry.pid) === actionId,",
				"false,",
			],
			[
				"a later process with the pid is ours",
				"startTime === recorded.startTime",
				"startTime !== null",
			],
		],
	},
	{
		file: "runners/program-lookup.ts",
		tests: ["runners/program-lookup.test.ts"],
		faults: [
			[
				"a relative folder on PATH is looked in",
				"path.split(delimiter).filter((folder) => isAbsolute(folder))",
				"path.split(delimiter)",
			],
		],
	},
	{
		file: "outbound/address-rules.ts",
		tests: [
			"outbound/address-rules.test.ts",
			"outbound/forged-addresses.test.ts",
		],
		faults: [
			["a cloud's credentials are called", '["169.254.169.254", 32],', ""],
			[
				"an address wrapped in IPv6 is another",
				"return embeddedIpv4(bare) ?? bare;",
				"return bare;",
			],
			[
				"a private network is smaller than it is",
				'["172.16.0.0", 12]',
				'["172.16.0.0", 16]',
			],
			[
				"an address with a zone is none of this machine",
				'address.replace(/%.*$/, "")',
				"address",
			],
		],
	},
	{
		file: "outbound/resolve-target.ts",
		tests: ["outbound/outbound.test.ts", "outbound/forged-addresses.test.ts"],
		faults: [
			[
				"Tocsin calls itself",
				"isOwnPort &&\n",
				"isOwnPort && rules.allowedHosts !== undefined &&\n",
			],
			[
				"a host that is not on the list is called",
				"rules.allowedHosts && !isAllowedHost(url, rules.allowedHosts)",
				"rules.allowedHosts?.length === 0",
			],
		],
	},
	{
		file: "outbound/target-url.ts",
		tests: ["outbound/target-url.test.ts"],
		faults: [
			[
				"any port of an allowed host is called",
				"port === undefined || Number(port) === portOf(url)",
				"true",
			],
			[
				"https has the port of http",
				'url.protocol === "https:" ? 443 : 80',
				"80",
			],
			[
				"an address holds a password",
				'url.username !== "" || url.password !== ""',
				'url.username !== ""',
			],
		],
	},
	{
		file: "outbound/read-body.ts",
		tests: ["outbound/outbound.test.ts"],
		faults: [
			[
				"an answer of exactly the limit is too long",
				"if (length <= maxBytes) return;",
				"if (length < maxBytes) return;",
			],
		],
	},
	{
		file: "outbound/exchange.ts",
		tests: ["outbound/outbound.test.ts"],
		faults: [
			[
				"a connection is not to what was checked",
				"lookup: pinned(addresses),",
				"",
			],
			["nobody's signal cuts a request off", "signal: parts.signal,", ""],
			[
				"any certificate is good",
				"rejectUnauthorized: true",
				"rejectUnauthorized: false",
			],
		],
	},
];
