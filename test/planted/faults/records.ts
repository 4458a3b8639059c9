import type { FaultyFile } from "../planted-fault.ts";

/** The store, people, incidents, their feed and live windows, jobs and the registry of models. */
export const recordFaults: readonly FaultyFile[] = [
	{
		file: "store/migrate.ts",
		tests: ["store/durability.test.ts"],
		faults: [
			[
				"a migration runs again",
				"migration.number <= version",
				"migration.number < version",
			],
			[
				"the oldest backups are kept",
				".slice(0, -backupsKept)",
				".slice(backupsKept)",
			],
			[
				"a newer database is taken for ours",
				"if (version > newest)",
				"if (version > newest + 1_000)",
			],
		],
	},
	{
		file: "store/change-log.ts",
		tests: ["store/durability.test.ts", "incidents/lifecycle.test.ts"],
		faults: [
			[
				"the clock forgets its stamps at a restart",
				"decodeHybridTime(newest.hlc)",
				"{ millis: 0, counter: 0 }",
			],
			[
				"a change names no parent",
				"parent: change.parent ?? null",
				"parent: null",
			],
		],
	},
	{
		file: "store/open-database.ts",
		tests: ["store/durability.test.ts"],
		faults: [
			[
				"a commit is not flushed",
				'"synchronous = FULL"',
				'"synchronous = NORMAL"',
			],
			[
				"foreign keys are not checked",
				'"foreign_keys = ON"',
				'"foreign_keys = OFF"',
			],
		],
	},
	{
		file: "store/reads.ts",
		tests: ["store/who-may-write.test.ts"],
		faults: [["a reader writes", "!statement.readonly", "false"]],
	},
	{
		file: "store/writes.ts",
		tests: ["store/who-may-write.test.ts"],
		faults: [["a transaction that is over writes", "!this.#isOpen()", "false"]],
	},
	{
		file: "store/statements.ts",
		tests: ["store/durability.test.ts"],
		faults: [
			[
				"a slow statement is not logged",
				"millis >= slowMillis",
				"millis >= 2 * slowMillis",
			],
		],
	},
	{
		file: "credentials/login-backoff.ts",
		tests: ["identity/sign-in.test.ts"],
		faults: [
			["the wait begins one failure late", "over < 0 ? 0", "over <= 0 ? 0"],
			[
				"a restart frees who guesses",
				"Math.min(row.not_before - wall",
				"Math.min(row.last_at - wall",
			],
		],
	},
	{
		file: "identity/ui-sessions.ts",
		tests: [
			"engine/identity/api-keys.test.ts",
			"identity/signing-out-others.test.ts",
		],
		faults: [
			[
				"a ticket is good twice",
				"this.#tickets.delete(hash);\n\t\tif (known",
				"if (known",
			],
			[
				"a session never ends",
				"row.expires_at <= this.#clock.now()",
				"row.expires_at <= 0",
			],
			[
				"a ticket outlives its owner's being turned off",
				"if (ticket.userKey === owner.userKey)",
				"if (ticket.userKey === -1)",
			],
		],
	},
	{
		file: "identity/api-keys.ts",
		tests: ["engine/identity/api-keys.test.ts"],
		faults: [
			[
				"a revoked key works until a restart",
				"transaction.afterCommit(() => this.#live.delete(known.hash));",
				"",
			],
			[
				"anybody revokes the keys of others",
				'actor.id === madeBy ? "engineer" : "admin"',
				'"engineer"',
			],
			[
				"a revoked key works after a restart",
				'.where("api_keys.revoked_at", "is", null),\n\t\t);\n\t\tconst before',
				");\n\t\tconst before",
			],
		],
	},
	{
		file: "access/principal.ts",
		tests: [
			"engine/identity/members.test.ts",
			"engine/identity/api-keys.test.ts",
		],
		faults: [
			[
				"every role is enough",
				"return roleAtLeast(role, least);",
				"return true;",
			],
		],
	},
	{
		file: "identity/members.ts",
		tests: [
			"engine/identity/members.test.ts",
			"identity/signing-out-others.test.ts",
		],
		faults: [
			[
				"the last owner can go",
				"if (!stays && leaving.isActive",
				"if (stays && leaving.isActive",
			],
			[
				"a new password leaves sessions open",
				"accounts.setPasswordHash(transaction, now, passwordHash);\n\t\t\tthis.signOut(transaction, now);",
				"accounts.setPasswordHash(transaction, now, passwordHash);",
			],
		],
	},
	{
		file: "incidents/undo-tokens.ts",
		tests: ["incidents/actions.test.ts"],
		faults: [
			[
				"an undo is good twice",
				"this.#kept.delete(token);\n\t\treturn",
				"return",
			],
			["somebody else undoes it", "kept.what.actorId !== actorId", "false"],
			[
				"an undo is good for ever",
				"kept.until > this.#clock.monotonic()",
				"kept.until > 0",
			],
		],
	},
	{
		file: "incidents/number-blocks.ts",
		tests: ["incidents/past-and-numbers.test.ts"],
		faults: [
			[
				"the last number of a block is left out",
				'.whereRef("next", "<=", "last")',
				'.whereRef("next", "<", "last")',
			],
			[
				"a second replica takes the founder's numbers",
				"founder === replica ? 0 : ownBase(replica)",
				"0",
			],
		],
	},
	{
		file: "incidents/monitor-signal.ts",
		tests: ["incidents/borders.test.ts", "incidents/monitor.test.ts"],
		faults: [
			[
				"one calm assessment resolves",
				"normalAssessmentsToResolve = 2",
				"normalAssessmentsToResolve = 1",
			],
			[
				"a fifth more is news already",
				"> notableShare * Math.abs(last)",
				">= notableShare * Math.abs(last)",
			],
		],
	},
	{
		file: "incidents/monitor-incidents.ts",
		tests: ["incidents/monitor.test.ts"],
		faults: [
			[
				"a severity that a person chose is lowered",
				'current.severity_source === "monitor"',
				'current.severity_source !== "monitor"',
			],
			[
				"what has not got worse opens anew",
				"signal.severity >= worstThen",
				"signal.severity > worstThen",
			],
			[
				"the same result is counted again",
				"signal.driftId === memory.drift_id",
				"signal.driftId === current.id",
			],
		],
	},
	{
		file: "incidents/assignment.ts",
		tests: ["incidents/borders.test.ts"],
		faults: [
			[
				"a name that two have is the first one's",
				"others.length === 0 ? (named ?? null) : null",
				"named ?? null",
			],
			[
				"a person is found in their own case alone",
				"text(owner).toLowerCase() === word",
				"text(owner) === word",
			],
		],
	},
	{
		file: "incidents/announcements.ts",
		tests: ["incidents/borders.test.ts"],
		faults: [
			[
				"a person is notified of what they did",
				"!isCritical(first) && !isByPerson",
				"!isCritical(first)",
			],
			["the count in the tray stays", "isOpen(first) !== isOpen(last) ||", ""],
		],
	},
	{
		file: "incidents/verify-timeline.ts",
		tests: ["incidents/borders.test.ts", "incidents/tampering.test.ts"],
		faults: [
			[
				"an event that was added is not found",
				"return extra === undefined\n",
				"return extra !== null\n",
			],
			[
				"an edited event is not found",
				"storedEventHash(event) === event.hash",
				"storedEventHash(event) !== ''",
			],
			[
				"a changed row is not found",
				"rebuilt[name] !== stored[name]",
				"stored[name] === undefined",
			],
		],
	},
	{
		file: "incidents/incident-repository.ts",
		// Whoever reads all pages would never come to their end.
		tests: ["incidents/borders.test.ts"],
		faults: [
			[
				"a page begins with the last of the one before",
				'query.where("number", "<", before)',
				'query.where("number", "<=", before)',
			],
		],
	},
	{
		file: "incidents/incident-repository.ts",
		tests: ["incidents/reading.test.ts"],
		faults: [
			[
				"what was opened at the very moment is left out",
				'query.where("opened_at", ">=", filter.since)',
				'query.where("opened_at", ">", filter.since)',
			],
			[
				"a change is told twice",
				'.where("sequence", ">", after)',
				'.where("sequence", ">=", after)',
			],
		],
	},
	{
		file: "feed/event-feed.ts",
		tests: ["feed/event-feed.test.ts"],
		faults: [
			[
				"a reader cannot go on where the feed was cut",
				"sequence === this.#rows.trimmedTo()",
				"sequence === this.#rows.trimmedTo() + 1",
			],
			[
				"one broken reader keeps others from hearing",
				'this.#log.error({ error }, "a reader of the feed failed");',
				"throw error;",
			],
		],
	},
	{
		file: "feed/feed-retention.ts",
		tests: ["feed/event-feed.test.ts"],
		faults: [
			["what is still to be read is dropped", "sequence >= held ||", ""],
			[
				"one entry too many is dropped",
				"sequence > tooMany",
				"sequence > tooMany + 1",
			],
		],
	},
	{
		file: "feed/newest-entries.ts",
		tests: ["feed/newest-entries.test.ts"],
		faults: [
			[
				"the entry at the cursor is read again",
				"?.sequence ?? 0) <= sequence",
				"?.sequence ?? 0) < sequence",
			],
			[
				"entries that were let go are missing",
				"if (sequence < this.#coveredFrom) return null;",
				"",
			],
		],
	},
	{
		file: "engine/live/pending-changes.ts",
		tests: ["live/live-hub.test.ts"],
		faults: [
			[
				"an older state replaces a newer",
				"held.version > item.version",
				"held.version < item.version",
			],
			[
				"a window is told to load again one too early",
				"this.size > this.#most",
				"this.size >= this.#most",
			],
			["alerts are not told of", "this.#lists.add(change.kind);", ""],
		],
	},
	{
		file: "engine/live/live-hub.ts",
		tests: ["live/live-hub.test.ts"],
		faults: [
			["a window that left is held", "subscribers.delete(subscriber);", ""],
		],
	},
	{
		file: "jobs/jobs.ts",
		tests: ["engine/jobs/jobs.test.ts"],
		faults: [
			[
				"another tenant's job is shown",
				"if (running?.tenantKey === tenantKey) return running.job;",
				"if (running !== undefined) return running.job;",
			],
			[
				"a cancelled job is called failed",
				"if (running.abort.signal.aborted) {",
				"if (false) {",
			],
			[
				"what a job leaves is not tidied away when it fails",
				"start.afterwards?.();",
				'if (end.state === "done") start.afterwards?.();',
			],
			[
				"progress is told each time",
				"if (now - shown < shownEveryMillis) return;",
				"",
			],
		],
	},
	{
		file: "models/stages.ts",
		tests: ["models/stages.test.ts"],
		faults: [
			[
				"a version goes to production untested",
				'development: ["staging"]',
				'development: ["staging", "production"]',
			],
		],
	},
	{
		file: "models/stage-move.ts",
		tests: ["models/stages.test.ts"],
		faults: [
			[
				"two versions serve at once",
				"replaced: serving?.version ?? null",
				"replaced: null",
			],
		],
	},
];
