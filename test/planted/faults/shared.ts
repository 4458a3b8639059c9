import type { FaultyFile } from "../planted-fault.ts";

/** What both sides share, what the war room keeps in memory, and what starts the engine. */
export const sharedFaults: readonly FaultyFile[] = [
	{
		file: "domain/lifecycle.ts",
		tests: ["incidents/lifecycle.test.ts", "incidents/model.test.ts"],
		faults: [
			[
				"a closed incident is taken up again",
				'closed: ["learned"]',
				'closed: ["learned", "investigating"]',
			],
			[
				"a resolved incident counts as open",
				'stateRank(state) >= stateRank("resolved")',
				'stateRank(state) > stateRank("resolved")',
			],
		],
	},
	{
		file: "domain/roles.ts",
		tests: ["engine/identity/members.test.ts"],
		faults: [
			[
				"an admin may do what an owner may",
				"roles.indexOf(role) <= roles.indexOf(needed)",
				"roles.indexOf(role) <= roles.indexOf(needed) + 1",
			],
		],
	},
	{
		file: "domain/timestamp.ts",
		tests: ["domain/timestamp.test.ts"],
		faults: [
			[
				"1900 is a leap year",
				"year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)",
				"year % 4 === 0",
			],
			["east is west", "(sign === 45 ? -1 : 1)", "(sign === 43 ? -1 : 1)"],
			[
				"a leap second is a second",
				"second >= 0 && second <= 59",
				"second >= 0 && second <= 60",
			],
		],
	},
	{
		file: "sync/hybrid-logical-clock.ts",
		tests: ["sync/hybrid-logical-clock.test.ts"],
		faults: [
			[
				"two stamps of one millisecond are the same",
				"counter: last.counter + 1",
				"counter: last.counter",
			],
			[
				"a full counter begins anew in its millisecond",
				"{ millis: last.millis + 1, counter: 0 }",
				"{ millis: last.millis, counter: 0 }",
			],
		],
	},
	{
		file: "sync/canonical-json.ts",
		tests: ["sync/canonical-json.test.ts"],
		faults: [
			[
				"keys keep their order",
				"left < right ? -1 : left > right ? 1 : 0",
				"left.length - right.length",
			],
			[
				"a lone surrogate has a text",
				"!value.isWellFormed()",
				"value === ''.padEnd(1)",
			],
		],
	},
	{
		file: "domain/linear-pattern.ts",
		tests: ["domain/linear-pattern.test.ts"],
		faults: [
			[
				"a part of a text is a match",
				'program[at]?.kind === "match"',
				"program[at] !== undefined",
			],
		],
	},
	{
		file: "state/incident-filter.ts",
		tests: ["state/incident-filter.test.ts"],
		faults: [
			[
				"one word of many is enough",
				"if (!text.includes(word)) return false;",
				"if (text.includes(word)) return true;",
			],
			["what names no project is in none", "? project.isFirst\n", "? false\n"],
			[
				"an unknown state in the address shows nothing",
				"stateGroups.find((each) => each === group) ?? defaultFilter.group",
				"(group as StateGroup) ?? defaultFilter.group",
			],
			[
				"a filter is not taken out of the address",
				'query.delete("history");',
				"",
			],
		],
	},
	{
		file: "state/incident-sort.ts",
		tests: ["state/incident-filter.test.ts", "renderer/incident-view.test.ts"],
		faults: [
			[
				"what has no value comes first",
				"if (x === null) return 1;",
				"if (x === null) return -1;",
			],
			[
				"of equal ones the oldest comes first",
				"right.openedAt - left.openedAt ||",
				"left.openedAt - right.openedAt ||",
			],
			[
				"a changed row stands twice",
				"if (isMoved[slot] !== 1) kept",
				"if (isMoved[slot] !== 2) kept",
			],
		],
	},
	{
		file: "state/incident-table.ts",
		tests: [
			"renderer/incident-feed.test.ts",
			"renderer/incident-verbs.test.ts",
			"renderer/incident-view.test.ts",
		],
		faults: [
			[
				"an older copy replaces a newer",
				"known !== undefined && known.version >= item.version",
				"known === item",
			],
			[
				"what was expected stays after the answer",
				"waiting.filter((each) => each.token !== token)",
				"waiting.filter((each) => each.token !== -1)",
			],
			[
				"facts after the first thousand are lost",
				"larger.set(this.#facts);",
				"",
			],
		],
	},
	{
		file: "state/incident-feed.ts",
		tests: ["renderer/incident-feed.test.ts"],
		faults: [
			[
				"what came in while pages were loading is lost",
				"if (this.#fresh !== null) keepNewer(this.#fresh, change.items);",
				"",
			],
			["a page is asked for again and again", "before = last.number;", ""],
		],
	},
	{
		file: "state/incident-verbs.ts",
		tests: ["renderer/incident-verbs.test.ts"],
		faults: [
			[
				"what the engine refused stays as it was expected",
				"this.#table.settle(chunk.token, []);",
				"",
			],
			[
				"an undo is offered when the engine takes it no more",
				"each.at > oldest",
				"each.at > 0",
			],
			[
				"the oldest is undone first",
				"this.#undoable.at(-1)",
				"this.#undoable[0]",
			],
		],
	},
	{
		file: "state/one-at-a-time.ts",
		tests: ["playbooks/one-at-a-time.test.ts"],
		faults: [
			["the last that was asked for is never seen", "if (isWanted) ask();", ""],
			[
				"two run at once",
				"if (isBusy || timer !== null) return;",
				"if (timer !== null) return;",
			],
		],
	},
	{
		file: "state/output-lines.ts",
		tests: ["playbooks/output-lines.test.ts"],
		faults: [
			[
				"a progress bar is a line for each step of it",
				"return at < 0 ? text : text.slice(at + 1);",
				"return text;",
			],
			["two streams share a line", "const key = `", "const key = stepId || `"],
		],
	},
	{
		file: "ground/selection.ts",
		tests: ["state/selection.test.ts"],
		faults: [
			[
				"a verb is for the cursor and not for the selection",
				"if (selected.size > 0) return [...selected];",
				"",
			],
			[
				"a second toggle keeps it selected",
				"if (!next.delete(id)) next.add(id);",
				"next.add(id);",
			],
		],
	},
	{
		file: "analytics/analytics-range.ts",
		tests: ["analytics/words-and-ranges.test.ts"],
		faults: [
			[
				"the last day of a range is left out",
				"to: midnight(range.last, zone, 1),",
				"to: midnight(range.last, zone, 0),",
			],
			[
				"a day begins at the midnight of UTC in every zone",
				": new Date(year, month - 1, date + later).getTime();",
				": Date.UTC(year, month - 1, date + later);",
			],
		],
	},
	{
		file: "entry/uuidv7.ts",
		tests: ["entry/uuidv7.test.ts"],
		faults: [
			[
				"ids of one millisecond are in no order",
				"} else if (++counter > 0xfff) {",
				"} else if (((counter = randomWord() & 0x7ff), counter > 0xfff)) {",
			],
			[
				"a clock that goes back takes the order along",
				"if (now > lastMillis) {",
				"if (now !== lastMillis) {",
			],
		],
	},
	{
		file: "compute/compute-pool.ts",
		tests: ["compute/compute-pool.test.ts"],
		faults: [
			[
				"a cancelled task stays in the queue",
				"if (place >= 0) this.#queue.splice(place, 1);",
				"",
			],
			[
				"what waits is never answered when the pool closes",
				"for (const queued of this.#queue.splice(0)) queued.fail(closedError());",
				"",
			],
			["an idle thread is kept for ever", "void thread.end();", ""],
		],
	},
];
