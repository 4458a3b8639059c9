import { createHash } from "node:crypto";
import type {
	Consultation,
	Hypothesis,
	HypothesisReport,
} from "../../../src-shared/contract/index.ts";
import { must } from "../../../src-shared/domain/must.ts";
import { canonicalJson } from "../../../src-shared/sync/canonical-json.ts";
import type { CaseMaterial } from "../assistant/index.ts";
import { asEngineError, EngineError } from "../errors.ts";
import {
	type Principal,
	Sight,
	type TenantRef,
} from "../identity/access/index.ts";
import type { Transaction } from "../store/index.ts";
import { calibrate } from "./calibration.ts";
import type { ChangeRecord } from "./case-file.ts";
import { caseMaterial } from "./case-material.ts";
import {
	addChange,
	type ChangeDetail,
	changeById,
	type NewChange,
} from "./changes.ts";
import {
	dependenciesOf,
	putDependencies,
	type ServiceMap,
} from "./dependencies.ts";
import { feedbackOn, putFeedback, verdictsOn } from "./feedback-repository.ts";
import { gather } from "./gather.ts";
import {
	addVersion,
	explainedIncidentIds,
	hypothesisById,
	hypothesisId,
	newestVersion,
	type RankedHypothesis,
} from "./hypothesis-repository.ts";
import { reportOf } from "./hypothesis-view.ts";
import { IncidentIndex } from "./incident-index.ts";
import { infer } from "./infer.ts";
import type { InsightPorts } from "./insight-ports.ts";
import type { FeedbackVerdict } from "./insight-schema.ts";
import { putClaims } from "./model-claims.ts";
import { withFeedback } from "./own-feedback.ts";
import { ranked } from "./rank.ts";
import { Refresher } from "./refresher.ts";
import { StepWatch } from "./step-watch.ts";

const longestNote = 2_000;

/**
 * Explains incidents from the records of the engine alone: candidate causes, each with
 * its evidence and a confidence that people's verdicts calibrate. Made in the background
 * and on demand; every version is kept. An incident or a hypothesis of another tenant is
 * NOT_FOUND.
 */
export class InsightService {
	readonly #ports: InsightPorts;
	readonly #index: IncidentIndex;
	readonly #refresher: Refresher;

	constructor(ports: InsightPorts) {
		this.#ports = Object.freeze({ ...ports });
		this.#index = new IncidentIndex(ports);
		this.#refresher = new Refresher({
			feed: ports.feed,
			log: ports.log,
			refresh: async (tenantKey, incidentId) => {
				const tenant = ports.tenantOf(tenantKey);
				if (tenant !== null) await this.#refresh(tenant, incidentId);
			},
		});
	}

	/** Begins to follow what happens to incidents. */
	start(): void {
		if (this.#ports.store.readOnly) return;
		this.#refresher.start(this.#ports.feed.newestSequence());
	}

	/**
	 * What is thought about an incident, the likeliest cause first; none without evidence.
	 * Where nothing was made yet, it is made in the background. Throws NOT_FOUND.
	 */
	forIncident(
		{ tenant, sight }: Principal,
		incidentId: string,
	): HypothesisReport {
		const { store, incident } = this.#ports;
		const { id } = incident(sight, incidentId);
		const report = reportOf(store.reads, tenant.key, id);
		if (report.version === 0 && !store.readOnly) {
			this.#refresher.add(tenant.key, id);
		}
		return report;
	}

	/** The incidents that have or had a hypothesis. */
	explainedIds(tenantKey: number): string[] {
		return explainedIncidentIds(this.#ports.store.reads, tenantKey);
	}

	/** Makes an incident's hypotheses from the records as they are now. Throws NOT_FOUND, READ_ONLY. */
	async generate(
		by: Principal<"engineer">,
		incidentId: string,
	): Promise<HypothesisReport> {
		this.#needWritable();
		this.#needChangeable(by, incidentId);
		await this.#refresh(by.tenant, incidentId);
		return this.forIncident(by, incidentId);
	}

	/**
	 * What a person thinks of a hypothesis, in the place of what they thought before; null
	 * takes it back. Moves the hypothesis itself, and later ones of its kind. Throws
	 * NOT_FOUND, INVALID for a note that is too long.
	 */
	feedback(
		by: Principal<"engineer">,
		id: string,
		given: { verdict: FeedbackVerdict | null; note?: string },
	): Hypothesis {
		this.#needWritable();
		const note = given.note?.trim() ?? "";
		if (
			note.length > longestNote ||
			!note.isWellFormed() ||
			note.includes("\u0000")
		) {
			throw new EngineError(
				"INVALID",
				`note must be well-formed text of at most ${longestNote} characters`,
				{ field: "note" },
			);
		}
		try {
			return this.#ports.store.work.run((transaction) =>
				this.#judge(transaction, by, id, { ...given, note }),
			);
		} catch (error) {
			throw asEngineError(error);
		}
	}

	/**
	 * Keeps a deployment or a change of configuration as a possible cause; the same source
	 * key twice is one change. Throws INVALID naming the field, READ_ONLY.
	 */
	recordChange(tenant: TenantRef, change: NewChange): ChangeRecord {
		this.#needWritable();
		const { store, clock, random, openIncidents } = this.#ports;
		const { isNew, ...record } = store.work.run(({ writes }) =>
			addChange(writes, tenant.key, change, {
				id: random.uuid(),
				now: clock.now(),
			}),
		);
		if (isNew) {
			for (const { id, openedAt } of openIncidents(tenant.key)) {
				if (openedAt >= record.at) this.#refresher.add(tenant.key, id);
			}
		}
		return record;
	}

	/** Which service calls which in a project; null is the tenant's first. */
	dependencies(tenant: TenantRef, projectId: string | null): ServiceMap {
		return Object.fromEntries(
			dependenciesOf(
				this.#ports.store.reads,
				tenant.key,
				projectId ?? this.#ports.firstProjectId(tenant.key),
			),
		);
	}

	/** Puts a map in the place of a project's. Throws INVALID, READ_ONLY. */
	setDependencies(
		tenant: TenantRef,
		projectId: string | null,
		map: ServiceMap,
	): void {
		this.#needWritable();
		this.#ports.store.work.run(({ writes }) =>
			putDependencies(
				writes,
				tenant.key,
				projectId ?? this.#ports.firstProjectId(tenant.key),
				map,
			),
		);
	}

	/** Holds the background back until the answer is called. */
	pauseRefreshing(): () => void {
		return this.#refresher.pause();
	}

	/** Makes what waits in the background, now. */
	async flush(): Promise<void> {
		await this.#refresher.flush();
	}

	/** A change that is evidence, with all that was said of it. Throws NOT_FOUND. */
	change({ sight }: Principal, id: string): ChangeDetail {
		const { store, reportedChange } = this.#ports;
		const found =
			changeById(store.reads, sight.tenantKey, id) ??
			reportedChange(sight.tenantKey, id);
		if (found === null || !sight.sees(found.projectId)) {
			throw new EngineError("NOT_FOUND", "No such change.");
		}
		return found;
	}

	/** All that is known of an incident, for a policy to say what of it may leave. Throws NOT_FOUND. */
	async material(
		{ tenant, sight }: Principal,
		incidentId: string,
	): Promise<CaseMaterial> {
		const incident = this.#ports.incident(sight, incidentId);
		await this.#index.catchUp(tenant.key);
		const file = gather(this.#ports, this.#index, tenant, incidentId);
		return caseMaterial(file, incident);
	}

	/**
	 * Asks the model server for claims, which become hypotheses of a kind of their own. A
	 * failure leaves those that are there as they are, and says why. Throws NOT_FOUND, and
	 * CONFLICT where nothing may be sent.
	 */
	async consult(
		by: Principal<"engineer">,
		incidentId: string,
	): Promise<Consultation> {
		this.#needWritable();
		this.#needChangeable(by, incidentId);
		const { tenant } = by;
		const { ask, store, clock } = this.#ports;
		const material = await this.material(by, incidentId);
		const answered = await ask(tenant.key, material);
		if ("error" in answered) {
			return { isSuccess: false, error: answered.error, claims: 0, dropped: 0 };
		}
		const { claims, dropped, model } = answered;
		store.work.run(({ writes }) =>
			putClaims(
				writes,
				{ tenantKey: tenant.key, incidentId, model, at: clock.now() },
				claims,
			),
		);
		await this.#refresh(tenant, incidentId);
		return { isSuccess: true, error: null, claims: claims.length, dropped };
	}

	async close(): Promise<void> {
		await this.#refresher.close();
	}

	async #refresh(tenant: TenantRef, incidentId: string): Promise<void> {
		await this.#index.catchUp(tenant.key);
		this.#ports.store.work.run((transaction) =>
			this.#make(transaction, tenant, incidentId),
		);
	}

	/** Writes a new version where something is new. */
	#make(transaction: Transaction, tenant: TenantRef, incidentId: string): void {
		const { writes } = transaction;
		const watch = new StepWatch(this.#ports.clock);
		const file = watch.step("evidence_gathered", () =>
			gather(this.#ports, this.#index, tenant, incidentId),
		);
		const inferred = watch.step("causes_inferred", () => infer(file));
		const hypotheses = watch.step("hypotheses_ranked", () => {
			const feedback = Map.groupBy(
				feedbackOn(writes, tenant.key, incidentId),
				(row) => row.hypothesis_id,
			);
			return ranked(
				inferred.map((one) =>
					withFeedback(
						one,
						feedback.get(hypothesisId(tenant, incidentId, one)) ?? [],
					),
				),
				(kind) => calibrate(verdictsOn(writes, tenant.key, kind, incidentId)),
			);
		});
		const digest = digestOf(hypotheses);
		const newest = newestVersion(writes, tenant.key, incidentId);
		if (newest?.digest === digest) return;
		watch.step("hypotheses_stored", () =>
			addVersion(transaction, tenant, incidentId, {
				version: (newest?.version ?? 0) + 1,
				digest,
				at: file.now,
				hypotheses,
			}),
		);
		this.#ports.recordRun(transaction, tenant.key, incidentId, watch.steps);
		if (newest === null && hypotheses.length === 0) return;
		this.#tell(transaction, tenant.key, incidentId, hypotheses);
	}

	#tell(
		transaction: Transaction,
		tenantKey: number,
		incidentId: string,
		hypotheses: readonly RankedHypothesis[],
	): void {
		const { feed, incident, publish } = this.#ports;
		const top = hypotheses[0];
		feed.append(transaction, tenantKey, {
			type: "hypothesis.generated",
			incidentId,
			data: {
				count: hypotheses.length,
				top:
					top === undefined
						? null
						: { claim: top.claim, confidence: top.score },
				projectId: incident(Sight.ofTenant(tenantKey), incidentId).projectId,
			},
		});
		transaction.afterCommit(() =>
			publish(tenantKey, { kind: "hypotheses", incidentIds: [incidentId] }),
		);
	}

	#judge(
		transaction: Transaction,
		by: Principal<"engineer">,
		id: string,
		given: { verdict: FeedbackVerdict | null; note: string },
	): Hypothesis {
		const { tenant, actor } = by;
		const { writes } = transaction;
		const { random, clock, store } = this.#ports;
		const before = hypothesisById(writes, tenant.key, id);
		if (before === undefined || !this.#isSeen(by, before.incident_id)) {
			throw notFound();
		}
		this.#needChangeable(by, before.incident_id);
		const row = {
			tenant_id: tenant.key,
			id: random.uuid(),
			hypothesis_id: id,
			incident_id: before.incident_id,
			kind: before.kind,
			logit: before.logit,
			person_id: actor.id ?? actor.kind,
			person_name: actor.name,
			verdict: given.verdict ?? ("withdrawn" as const),
			note: given.note,
			score_before: before.score,
			score_after: before.score,
			rank_before: before.rank,
			rank_after: before.rank,
			at: clock.now(),
		};
		putFeedback(writes, row);
		this.#make(transaction, tenant, before.incident_id);
		const after = must(
			hypothesisById(writes, tenant.key, id),
			"a hypothesis is never deleted",
		);
		putFeedback(writes, {
			...row,
			score_after: after.score,
			rank_after: after.rank,
		});
		store.changes.append(transaction, {
			tenantKey: tenant.key,
			entity: "hypothesis_feedback",
			entityId: id,
			kind: "set",
			field: row.person_id,
			value: { verdict: row.verdict, note: row.note, at: row.at },
		});
		const shown = reportOf(writes, tenant.key, before.incident_id).items.find(
			(one) => one.id === id,
		);
		// Its evidence is gone from the records since, and with it the hypothesis.
		if (shown === undefined) throw notFound();
		return shown;
	}

	#isSeen({ sight }: Principal, incidentId: string): boolean {
		const whole = Sight.ofTenant(sight.tenantKey);
		return sight.sees(this.#ports.incident(whole, incidentId).projectId);
	}

	#needChangeable(by: Principal<"engineer">, incidentId: string): void {
		by.requireChange(this.#ports.incident(by.sight, incidentId).projectId);
	}

	#needWritable(): void {
		if (this.#ports.store.readOnly) throw new EngineError("READ_ONLY");
	}
}

function notFound(): EngineError {
	return new EngineError("NOT_FOUND", "No such hypothesis.");
}

function digestOf(hypotheses: readonly RankedHypothesis[]): string {
	const told = hypotheses.map((one) => [
		one.kind,
		one.subject,
		one.claim,
		one.score.toFixed(6),
		one.lower.toFixed(6),
		one.upper.toFixed(6),
		one.evidence.map(({ side, text, record }) => [side, text, record.id]),
	]);
	return createHash("sha256").update(canonicalJson(told)).digest("hex");
}
