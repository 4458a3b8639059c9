import { isSettled } from "../../../src-shared/domain/lifecycle.ts";
import { Sight, type TenantRef } from "../identity/access/index.ts";
import type { IncidentEntry } from "../incidents/index.ts";
import type {
	ActionRecord,
	AlertRecord,
	CaseFile,
	DriftRecord,
	SimilarRecord,
	StageRecord,
} from "./case-file.ts";
import { changesBetween } from "./changes.ts";
import { dependenciesOf } from "./dependencies.ts";
import { acceptedKinds } from "./feedback-repository.ts";
import type { IncidentIndex } from "./incident-index.ts";
import type { InsightPorts } from "./insight-ports.ts";
import { claimsOf } from "./model-claims.ts";
import { type Comparable, similarity } from "./similarity.ts";

const dayMillis = 86_400_000;
const changeDays = 14;
const alertDays = 1;
const driftDays = 7;
const laterMillis = 3_600_000;
const looked = 30;
const mostSimilar = 5;

/** Reads all that the engine knows about an incident. Throws NOT_FOUND. */
export function gather(
	ports: InsightPorts,
	index: IncidentIndex,
	tenant: TenantRef,
	incidentId: string,
): CaseFile {
	const now = ports.clock.now();
	const entry = ports.incident(Sight.ofTenant(tenant.key), incidentId);
	const { openedAt } = entry;
	const { reads } = ports.store;
	const firstProjectId = ports.firstProjectId(tenant.key);
	const projectOf = (of: { projectId: string | null }) =>
		of.projectId ?? firstProjectId;
	const projectId = projectOf(entry);
	// Who is in one project only must not read of another's through a hypothesis.
	const isHere = (of: { projectId: string | null }) =>
		projectOf(of) === projectId;
	const around = {
		from: openedAt - changeDays * dayMillis,
		to: openedAt + laterMillis,
	};
	return {
		now,
		incident: {
			id: entry.id,
			service: entry.serviceName,
			modelId: entry.modelId,
			words: `${entry.title} ${entry.description}`,
			openedAt,
			easedAt: easedAt(entry),
		},
		dependencies: dependenciesOf(reads, tenant.key, projectId),
		changes: [
			...changesBetween(reads, tenant.key, around).filter(isHere),
			...ports.reportedChanges(tenant.key, { projectId, ...around }),
		],
		stages: stagesOf(ports, tenant, entry.modelId),
		drift: driftOf(ports, tenant.key, entry),
		alerts: alertsOf(ports, tenant.key, { entry, projectId }),
		actions: actionsAround(ports, tenant.key, entry, isHere),
		similar: similarTo({ ports, index, isHere }, tenant.key, entry),
		claims: claimsOf(reads, tenant.key, entry.id),
	};
}

/** When it was first better: mitigated, or settled without. */
function easedAt(entry: IncidentEntry): number | null {
	const { mitigated, resolved, closed } = entry.enteredAt;
	return mitigated ?? resolved ?? closed ?? null;
}

function stagesOf(
	{ model }: InsightPorts,
	tenant: TenantRef,
	modelId: string | null,
): StageRecord[] {
	const known = modelId === null ? null : model(tenant, modelId);
	if (modelId === null || known === null) return [];
	return (
		known.versions
			// The version that a model begins with did not replace anything.
			.filter(
				({ createdAt, stagedAt }, index) => index > 0 || stagedAt > createdAt,
			)
			.map(({ version, stage, stagedAt }) => ({
				id: `${known.id}@${version}`,
				modelId,
				version,
				stage,
				at: stagedAt,
			}))
	);
}

function driftOf(
	{ drift }: InsightPorts,
	tenantKey: number,
	{ modelId, openedAt }: IncidentEntry,
): DriftRecord[] {
	if (modelId === null) return [];
	const found = drift(tenantKey, modelId, openedAt + laterMillis);
	if (found === null || found.asOf < openedAt - driftDays * dayMillis) {
		return [];
	}
	const days = ({ start, end }: { start: number; end: number }) =>
		Math.max(1 / 24, (end - start) / dayMillis);
	return [
		{
			id: found.driftId,
			modelId,
			at: found.asOf,
			onset: found.onset?.at ?? null,
			psi: found.psi,
			hasDrift: found.status === "warn" || found.status === "critical",
			features: found.columns
				.filter(({ role }) => role === "feature")
				.map(({ column, psi, quality }) => ({
					name: column,
					psi: psi.value,
					newlyMissing:
						quality.currentMissingShare - quality.baselineMissingShare,
				})),
			baselineRate: found.baselineN / days(found.baseline),
			currentRate: found.currentN / days(found.current),
		},
	];
}

/** Those that began within a day before, or soon after, oldest first. */
function alertsOf(
	{ alerts }: InsightPorts,
	tenantKey: number,
	{ entry, projectId }: { entry: IncidentEntry; projectId: string },
): AlertRecord[] {
	const { id, openedAt } = entry;
	const found = alerts(tenantKey, { projectId, incidentId: id });
	return [...new Map(found.map((alert) => [alert.id, alert])).values()]
		.filter(
			({ startsAt }) =>
				startsAt >= openedAt - alertDays * dayMillis &&
				startsAt <= openedAt + laterMillis,
		)
		.toSorted((a, b) => a.startsAt - b.startsAt || (a.id < b.id ? -1 : 1));
}

function actionsAround(
	ports: InsightPorts,
	tenantKey: number,
	entry: IncidentEntry,
	isHere: (incident: IncidentEntry) => boolean,
): ActionRecord[] {
	const from = entry.openedAt - alertDays * dayMillis;
	const others = ports
		.actions(tenantKey)
		.filter(
			({ endedAt, incidentId }) =>
				incidentId !== entry.id && endedAt >= from && endedAt <= entry.openedAt,
		);
	const places = new Map<string, IncidentEntry>([[entry.id, entry]]);
	return [...ports.actions(tenantKey, entry.id), ...others].flatMap(
		(action) => {
			const place =
				places.get(action.incidentId) ??
				ports.incident(Sight.ofTenant(tenantKey), action.incidentId);
			places.set(action.incidentId, place);
			if (!isHere(place)) return [];
			return {
				id: action.id,
				playbookId: action.playbookId,
				playbookName: action.playbookName,
				isSuccess: action.status === "success",
				endedAt: action.endedAt,
				incidentId: action.incidentId,
				service: place.serviceName,
				modelId: place.modelId,
			};
		},
	);
}

/** Settled incidents that were opened before, the likest first. */
function similarTo(
	tools: {
		ports: InsightPorts;
		index: IncidentIndex;
		isHere: (incident: IncidentEntry) => boolean;
	},
	tenantKey: number,
	entry: IncidentEntry,
): SimilarRecord[] {
	const { ports, index, isHere } = tools;
	const own = comparable(entry);
	return index
		.alike(tenantKey, `${entry.title} ${entry.description}`, looked)
		.filter((id) => id !== entry.id)
		.map((id) => ports.incident(Sight.ofTenant(tenantKey), id))
		.filter(
			(past) =>
				isHere(past) && isSettled(past.state) && past.openedAt < entry.openedAt,
		)
		.map((past) => ({ past, alike: similarity(own, comparable(past)) }))
		.toSorted(
			(a, b) =>
				b.alike - a.alike ||
				b.past.openedAt - a.past.openedAt ||
				b.past.number - a.past.number,
		)
		.slice(0, mostSimilar)
		.map(({ past, alike }) => ({
			id: past.id,
			number: past.number,
			title: past.title,
			openedAt: past.openedAt,
			service: past.serviceName,
			modelId: past.modelId,
			similarity: alike,
			fixedBy: ports
				.actions(tenantKey, past.id)
				.filter(({ status }) => status === "success")
				.map(({ id, playbookName }) => ({ id, name: playbookName })),
			resolution: resolutionOf(ports, tenantKey, past.id),
			causes: acceptedKinds(ports.store.reads, tenantKey, past.id),
		}));
}

/** What was written last with a move to mitigated or beyond, or as a note by a person. */
function resolutionOf(
	ports: InsightPorts,
	tenantKey: number,
	incidentId: string,
): string | null {
	const told = ports
		.timeline(tenantKey, incidentId)
		.findLast(
			({ kind, author }) =>
				author.kind !== "monitor" &&
				(kind === "note" || kind === "state_changed"),
		);
	return told?.text ?? null;
}

function comparable(entry: IncidentEntry): Comparable {
	return {
		title: entry.title,
		description: entry.description,
		labels: entry.labels,
		service: entry.serviceName,
		modelId: entry.modelId,
	};
}
