import { join } from "node:path";
import { onTestFinished } from "vitest";
import {
	type Member,
	Sight,
	type TenantRef,
} from "../../../src-main/engine/identity/access/index.ts";
import {
	type IncidentFeedChange,
	IncidentsService,
	type MonitorSignal,
} from "../../../src-main/engine/incidents/index.ts";
import {
	type CommandStore,
	openCommandStore,
} from "../../../src-main/engine/store/index.ts";
import type { LiveChange } from "../../../src-shared/contract/index.ts";
import type {
	IncidentState,
	incidentStates,
} from "../../../src-shared/domain/lifecycle.ts";
import { firstPlace, testMember } from "../test-member.ts";
import { temporaryFolder } from "../test-ports.ts";

export const hour = 3_600_000;
export const day = 24 * hour;
/** When the benches' clock starts. */
export const noon = Date.UTC(2026, 0, 20, 12);

export const acme: TenantRef = {
	key: 1,
	id: "11111111-1111-7111-8111-111111111111",
	name: "Acme",
};
export const globex: TenantRef = {
	key: 2,
	id: "22222222-2222-7222-8222-222222222222",
	name: "Globex",
};

export function person(
	tenant: TenantRef = acme,
	id = "ada",
): Member<"engineer"> {
	return testMember(tenant, "engineer", {
		id,
		name: id === "ada" ? "Ada" : "Grace",
	});
}

/** Everything of Acme. */
export const whole = Sight.ofTenant(acme.key);

/** Somebody who works elsewhere in the tenant and only reads in its first project. */
export function reader(): Member<"engineer"> {
	return testMember(acme, "engineer", {
		id: "vera",
		places: [{ ...firstPlace, role: "viewer" }],
	});
}

/** An incidents service on a real store, with a clock set by hand and everything it told the outside. */
export interface IncidentsBench {
	readonly store: CommandStore;
	readonly service: IncidentsService;
	readonly published: { tenant: number; change: LiveChange }[];
	readonly notified: { kind: string; value: unknown }[];
	readonly logged: string[];
	/** What was told within transactions, also of those rolled back since. */
	readonly recorded: IncidentFeedChange[];
	now: number;
	monotonic: number;
	/** Makes a notifier that throws. */
	isShellBroken: boolean;
	signal(change: Partial<MonitorSignal>): MonitorSignal;
}

/** `folder` is made, and emptied after the test, when absent. */
export function openBench(folder?: string): IncidentsBench {
	const path = folder ?? temporaryFolder(onTestFinished);
	const published: IncidentsBench["published"] = [];
	const notified: IncidentsBench["notified"] = [];
	const logged: string[] = [];
	const recorded: IncidentFeedChange[] = [];
	let uuids = 0;
	const silent = () => {};
	const log = {
		debug: silent,
		info: silent,
		warn: silent,
		error: (_: Record<string, unknown>, message: string) => {
			logged.push(message);
		},
	};
	const clock = { now: () => bench.now, monotonic: () => bench.monotonic };
	const random = {
		uuid: () => `00000000-0000-7000-8000-${hex(++uuids, 12)}`,
		bytes: (length: number) => new Uint8Array(length).fill(7),
	};
	const store = openCommandStore(join(path, "command.db"), {
		clock,
		random,
		log,
	});
	onTestFinished(() => store.close());
	uuids = store.changes.position(store.reads) * 10;
	let drifts = 0;
	const tell = (kind: string, value: unknown) => {
		if (bench.isShellBroken) throw new Error("the shell is gone");
		notified.push({ kind, value });
	};
	const service = new IncidentsService({
		store,
		clock,
		random,
		log,
		notifier: {
			openIncidents: (value) => tell("counts", value),
			criticalIncident: (value) => tell("critical", value),
		},
		publish: (tenant, change) => published.push({ tenant, change }),
		owners: (tenant) =>
			tenant === acme.key
				? [
						{ id: "ada", name: "Ada", email: "ada@acme.test" },
						{ id: "grace", name: "Grace", email: "grace@acme.test" },
					]
				: [],
		linkedDrift: () => [],
		notifies: () => true,
		record: (_transaction, change) => recorded.push(change),
	});
	const bench: IncidentsBench = {
		store,
		service,
		published,
		notified,
		logged,
		recorded,
		now: noon,
		monotonic: 0,
		isShellBroken: false,
		signal: (change) => ({
			modelId: "fraud",
			metric: "psi_score",
			value: 0.31,
			severity: 1,
			driftId: `drift-${++drifts}`,
			at: bench.now,
			isHistory: false,
			title: "Drift in fraud",
			text: "PSI of score is 0.31 (critical from 0.20).",
			...change,
		}),
	};
	return bench;
}

/** A way from `detected` to each state. */
export const pathTo: Readonly<
	Record<(typeof incidentStates)[number], readonly IncidentState[]>
> = {
	detected: [],
	acknowledged: ["acknowledged"],
	investigating: ["investigating"],
	mitigated: ["mitigated"],
	resolved: ["resolved"],
	closed: ["resolved", "closed"],
	learned: ["resolved", "learned"],
	inconclusive: ["inconclusive"],
};

/** A new incident of Ada's in `state`; answers its id. */
export function incidentIn(
	bench: IncidentsBench,
	state: IncidentState,
	modelId: string | null = null,
): string {
	const { id } = bench.service.create(person(), {
		title: `An incident to be ${state}`,
		description: "",
		severity: 3,
		modelId,
	});
	for (const to of pathTo[state]) {
		bench.service.actOn(person(), id, { kind: "move", to });
	}
	return id;
}

export interface WriteCounts {
	readonly incidents: number;
	readonly events: number;
	readonly entries: number;
	readonly signals: number;
	readonly nextNumber: number;
}

export function countWrites(store: CommandStore): WriteCounts {
	const one = (sql: string) =>
		Number(store.connection.prepare(sql).pluck().get());
	return {
		incidents: one("SELECT count(*) FROM incidents"),
		events: one("SELECT count(*) FROM timeline_events"),
		entries: one("SELECT count(*) FROM change_log"),
		signals: one("SELECT count(*) FROM incident_signals"),
		nextNumber: one(
			"SELECT coalesce(sum(next), 0) FROM incident_number_blocks",
		),
	};
}

function hex(value: number, digits: number): string {
	return value.toString(16).padStart(digits, "0");
}
