// Whatever is tried on the journal, in whatever order: a step starts once, after the success
// of every step before it; it ends once, after it started; an action ends once, with nothing
// left running, as a success only when every step was one; after a restart nothing runs.
// What breaks a rule is refused and changes nothing. Compared with a model that knows the
// rules and no database.

import fc from "fast-check";
import { expect, test } from "vitest";
import { Sight } from "../../../../src-main/engine/identity/access/index.ts";
import { ActionAnnouncements } from "../../../../src-main/engine/playbooks/actions/action-announcements.ts";
import { ActionRepository } from "../../../../src-main/engine/playbooks/actions/action-repository.ts";
import { Interruptions } from "../../../../src-main/engine/playbooks/actions/interruptions.ts";
import { journal } from "../../../../src-main/engine/playbooks/actions/journal.ts";
import { Redaction } from "../../../../src-main/engine/playbooks/runners/redaction.ts";
import { acme, openBench } from "./playbooks-bench.ts";
import { dryRun } from "./runs.ts";
import { script, wait } from "./small-catalogue.ts";

type Ended = "success" | "failed" | "cancelled" | "timed_out" | "unknown";
type Entry =
	| { readonly kind: "intend"; readonly at: number }
	| { readonly kind: "outcome"; readonly at: number; readonly status: Ended }
	| { readonly kind: "end"; readonly status: Ended }
	| { readonly kind: "settle"; readonly status: "success" | "failed" }
	| { readonly kind: "restart" };

interface Model {
	readonly status: Ended | "running";
	readonly steps: readonly (Ended | "pending" | "running" | "skipped")[];
}

/** What an entry makes of the model; null when it is against the rules. */
function apply(
	model: Model,
	entry: Entry,
	changes: readonly boolean[],
): Model | null {
	const { status, steps } = model;
	const put = (at: number, step: Model["steps"][number]) =>
		steps.with(at, step);
	const skipped = (from: Model["steps"]) =>
		from.map((step) => (step === "pending" ? "skipped" : step));
	switch (entry.kind) {
		case "intend":
			return steps[entry.at] === "pending" &&
				steps.slice(0, entry.at).every((step) => step === "success")
				? { status, steps: put(entry.at, "running") }
				: null;
		case "outcome":
			return steps[entry.at] === "running"
				? { status, steps: put(entry.at, entry.status) }
				: null;
		case "end": {
			const isAllowed =
				status === "running" &&
				!steps.includes("running") &&
				(entry.status !== "success" ||
					steps.every((step) => step === "success"));
			return isAllowed ? { status: entry.status, steps: skipped(steps) } : null;
		}
		case "settle":
			return status === "unknown"
				? {
						status: entry.status,
						steps: steps.map((step) =>
							step === "unknown" ? entry.status : step,
						),
					}
				: null;
		case "restart": {
			if (status !== "running") return model;
			const open = steps.indexOf("running");
			const end = open !== -1 && changes[open] === true ? "unknown" : "failed";
			return {
				status: end,
				steps: skipped(open === -1 ? steps : put(open, end)),
			};
		}
	}
}

const most = 4;
const ended = fc.constantFrom<Ended[]>(
	"success",
	"success",
	"success",
	"failed",
	"cancelled",
	"timed_out",
	"unknown",
);
const at = fc.nat(most - 1);
const entry = fc.oneof<fc.Arbitrary<Entry>[]>(
	fc.record({ kind: fc.constant("intend" as const), at }),
	fc.record({ kind: fc.constant("intend" as const), at }),
	fc.record({ kind: fc.constant("outcome" as const), at, status: ended }),
	fc.record({ kind: fc.constant("outcome" as const), at, status: ended }),
	fc.record({ kind: fc.constant("end" as const), status: ended }),
	fc.record({
		kind: fc.constant("settle" as const),
		status: fc.constantFrom("success" as const, "failed" as const),
	}),
	fc.record({ kind: fc.constant("restart" as const) }),
);

test("the journal agrees with its model", () => {
	const bench = openBench();
	const ports = bench.playbooksPorts;
	const { store } = bench;
	const records = new ActionRepository(store.reads);
	const interruptions = new Interruptions(
		ports,
		records,
		new ActionAnnouncements(ports),
	);
	bench.playbooks.setLimitScale(0);
	const seen = new Map<string, number>();
	const count = (name: string) => seen.set(name, (seen.get(name) ?? 0) + 1);
	let number = 1_000_000;
	fc.assert(
		fc.property(
			fc.array(fc.boolean(), { minLength: 1, maxLength: most }),
			fc.array(entry, { maxLength: 25 }),
			(changes, entries) => {
				const dry = dryRun(bench, [wait(0)]);
				const {
					key: _,
					is_capped: __,
					...facts
				} = records.byId(Sight.ofTenant(acme.key), dry.id) ?? expect.fail();
				const row = store.work.run((transaction) =>
					journal.open(
						transaction,
						{
							...facts,
							id: bench.ports.random.uuid(),
							number: number++,
							kind: "execution",
							status: "running",
							dry_run_id: dry.id,
							started_at: 1,
						},
						changes.map((isChange, index) =>
							isChange
								? script("", { id: `s${index}` })
								: wait(0, { id: `s${index}` }),
						),
						new Redaction([]),
					),
				);
				let model: Model = {
					status: "running",
					steps: changes.map(() => "pending" as const),
				};
				const stored = (): Model => ({
					status: (records.byId(Sight.ofTenant(acme.key), row.id)?.status ??
						"running") as Ended,
					steps: (records.steps(acme.key, [row.key]).get(row.key) ?? []).map(
						({ status }) => status,
					),
				});
				const write = (entry: Entry) =>
					store.work.run((transaction) => {
						switch (entry.kind) {
							case "intend":
								return journal.intend(transaction, row, entry.at, 2);
							case "outcome":
								return journal.outcome(
									transaction,
									row,
									entry.at,
									{
										status: entry.status,
										exitCode: null,
										fault: null,
										captured: {},
									},
									3,
								);
							case "end":
								return journal.end(
									transaction,
									row,
									{ status: entry.status, message: "over", seconds: 1 },
									4,
								);
							case "settle":
								return journal.settle(
									transaction,
									row,
									entry.status,
									"settled",
								);
							case "restart":
								return interruptions.recover();
						}
					});
				for (const entry of entries) {
					const next = apply(model, entry, changes);
					count(`${entry.kind} ${next === null ? "refused" : "taken"}`);
					if (next === null) expect(() => write(entry)).toThrowError();
					else {
						write(entry);
						model = next;
					}
					expect(stored()).toEqual(model);
				}
				// The next run of the property starts with nothing running.
				interruptions.recover();
			},
		),
		{ numRuns: 300 },
	);
	// Every kind of entry was both taken and refused, so that the property said something.
	expect([...seen.keys()].sort()).toEqual([
		"end refused",
		"end taken",
		"intend refused",
		"intend taken",
		"outcome refused",
		"outcome taken",
		"restart taken",
		"settle refused",
		"settle taken",
	]);
}, 120_000);
