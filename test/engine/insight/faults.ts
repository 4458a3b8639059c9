import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type {
	CaseFile,
	ChangeKind,
	SimilarRecord,
} from "../../../src-main/engine/insight/case-file.ts";
import { similarity } from "../../../src-main/engine/insight/similarity.ts";
import type { Severity } from "../../../src-shared/domain/severity.ts";

/** A fault as its fixture tells it; `test/fixtures/faults/README.md` is the format. */
interface FaultText {
	readonly id: string;
	readonly incident: {
		title: string;
		description: string;
		service?: string;
		model?: string;
		severity: Severity;
		labels?: string[];
	};
	readonly dependsOn?: Record<string, string[]>;
	readonly changes?: {
		id: string;
		kind: ChangeKind;
		service?: string;
		model?: string;
		summary: string;
		at: number;
	}[];
	readonly stages?: {
		model: string;
		version: string;
		stage: string;
		at: number;
	}[];
	readonly drift?: {
		id: string;
		model: string;
		at: number;
		onset?: number;
		psi: number;
		status: string;
		features: Record<string, number>;
		missing?: Record<string, number>;
		n: [number, number];
	}[];
	readonly alerts?: {
		id: string;
		name: string;
		service: string;
		severity: Severity;
		from: number;
		to?: number;
	}[];
	readonly past?: {
		id: string;
		title: string;
		description: string;
		service?: string;
		model?: string;
		labels?: string[];
		daysAgo: number;
		fixedBy?: string;
		resolution?: string;
		cause?: string;
	}[];
	readonly actions?: {
		id: string;
		playbook: string;
		on: string;
		at: number;
		status: string;
	}[];
	readonly cause: { kind: string; record?: string } | null;
}

export interface Fault {
	readonly id: string;
	readonly file: CaseFile;
	/** The kind that is right, and a record that must be among its evidence; null where the records hold no cause. */
	readonly cause: FaultText["cause"];
}

export type Half = "seen" | "held-out";

const minute = 60_000;
const opened = Date.UTC(2026, 0, 20, 12);
const folder = join(import.meta.dirname, "../../fixtures/faults");

/** The faults of one half, each as the case file that the engine would read. */
export function faultsOf(half: Half): Fault[] {
	const texts = parse(
		readFileSync(join(folder, `${half}.yaml`), "utf8"),
	) as FaultText[];
	return texts.map((text) => ({
		id: text.id,
		file: caseFile(text),
		cause: text.cause,
	}));
}

function caseFile(fault: FaultText): CaseFile {
	const { incident } = fault;
	const at = (minutes: number) => opened + minutes * minute;
	const own = {
		title: incident.title,
		description: incident.description,
		labels: incident.labels ?? [],
		service: incident.service ?? null,
		modelId: incident.model ?? null,
	};
	const past = (fault.past ?? []).map((each) => ({
		...each,
		service: each.service ?? null,
		modelId: each.model ?? null,
		labels: each.labels ?? [],
	}));
	const later = Math.max(0, ...(fault.actions ?? []).map((each) => each.at));
	return {
		now: at(later + 20),
		incident: {
			id: "this",
			service: own.service,
			modelId: own.modelId,
			words: `${own.title} ${own.description}`,
			openedAt: opened,
			easedAt: null,
		},
		dependencies: new Map(Object.entries(fault.dependsOn ?? {})),
		changes: (fault.changes ?? []).map((change) => ({
			id: change.id,
			kind: change.kind,
			service: change.service ?? null,
			modelId: change.model ?? null,
			summary: change.summary,
			at: at(change.at),
		})),
		stages: (fault.stages ?? []).map((stage) => ({
			id: `${stage.model}@${stage.version}`,
			modelId: stage.model,
			version: stage.version,
			stage: stage.stage,
			at: at(stage.at),
		})),
		drift: (fault.drift ?? []).map((found) => ({
			id: found.id,
			modelId: found.model,
			at: at(found.at),
			onset: found.onset === undefined ? null : at(found.onset),
			psi: found.psi,
			hasDrift: found.status !== "ok",
			features: Object.entries(found.features).map(([name, psi]) => ({
				name,
				psi,
				newlyMissing: found.missing?.[name] ?? 0,
			})),
			// A week against the two before it, as a monitor has them by default.
			baselineRate: found.n[0] / 14,
			currentRate: found.n[1] / 7,
		})),
		alerts: (fault.alerts ?? [])
			.map((alert) => ({
				id: alert.id,
				name: alert.name,
				service: alert.service,
				severity: alert.severity,
				startsAt: at(alert.from),
				endsAt: alert.to === undefined ? null : at(alert.to),
			}))
			.toSorted((a, b) => a.startsAt - b.startsAt),
		actions: (fault.actions ?? []).map((action) => {
			const on = past.find(({ id }) => id === action.on) ?? own;
			return {
				id: action.id,
				playbookId: action.playbook,
				playbookName: action.playbook,
				isSuccess: action.status === "success",
				endedAt: at(action.at),
				incidentId: action.on,
				service: on.service,
				modelId: on.modelId,
			};
		}),
		similar: past
			.map(
				(each, index): SimilarRecord => ({
					id: each.id,
					number: index + 1,
					title: each.title,
					openedAt: at(-each.daysAgo * 1_440),
					service: each.service,
					modelId: each.modelId,
					similarity: similarity(own, each),
					fixedBy:
						each.fixedBy === undefined
							? []
							: [{ id: `${each.id}-fix`, name: each.fixedBy }],
					resolution: each.resolution ?? null,
					causes: each.cause === undefined ? [] : [each.cause],
				}),
			)
			.toSorted((a, b) => b.similarity - a.similarity),
	};
}
