import type {
	AlertSummary,
	Placement,
} from "../../../../src-shared/contract/index.ts";
import { assertNever } from "../../../../src-shared/domain/assert-never.ts";
import { EngineError } from "../../errors.ts";
import type { InProject, Member } from "../../identity/access/index.ts";
import type { Clock, Random } from "../../ports.ts";
import type { Transaction, UnitOfWork, Writes } from "../../store/index.ts";
import type { AlertRepository } from "../alerts/alert-repository.ts";
import { toStoredAlert } from "../alerts/alert-view.ts";
import type { AlertRow } from "../monitoring-schema.ts";
import type {
	AlertIncidents,
	CorrelatedIncidents,
} from "./grouping/alert-incidents.ts";
import { shortText } from "./grouping/alert-words.ts";
import type { GroupRepository } from "./grouping/group-repository.ts";

export interface PlacementsPorts {
	readonly work: UnitOfWork;
	readonly alertRepository: AlertRepository;
	readonly groups: GroupRepository;
	readonly incidents: CorrelatedIncidents;
	readonly alertIncidents: AlertIncidents;
	readonly clock: Clock;
	readonly random: Random;
	readonly link: (
		transaction: Transaction,
		tenantKey: number,
		alertKeys: readonly number[],
		incidentId: string | null,
	) => void;
	readonly view: (row: AlertRow) => AlertSummary;
}

export interface Placed {
	changed: AlertSummary[];
	refused: { id: string; reason: string }[];
	undoToken: string | null;
}

interface Kept {
	readonly tenantKey: number;
	readonly actorId: string | null;
	readonly projectId: string;
	readonly moves: readonly {
		readonly key: number;
		readonly from: string | null;
		readonly to: string | null;
	}[];
	readonly until: number;
}

const lifeMillis = 60_000;
const mostKept = 200;

/** Alerts put to an incident, or taken out of one, by hand. */
export class Placements {
	readonly #ports: PlacementsPorts;
	readonly #kept = new Map<string, Kept>();

	constructor(ports: PlacementsPorts) {
		this.#ports = ports;
	}

	/** Each is moved or refused for itself. Throws NOT_FOUND for an incident that is not the project's. */
	place(
		by: InProject<"engineer">,
		ids: readonly string[],
		to: Placement,
	): Placed {
		const { projectId } = by;
		const { alertRepository, work } = this.#ports;
		const tenantKey = by.tenant.key;
		const refused: Placed["refused"] = [];
		const moves = work.run((transaction) => {
			if (to.kind === "incident") this.#target(by, to.incidentId);
			const chosen: AlertRow[] = [];
			for (const id of new Set(ids)) {
				const row = alertRepository.byId(tenantKey, projectId, id);
				const reason =
					row === undefined ? "No such alert." : placementFault(row, to);
				if (row === undefined || reason !== null) {
					refused.push({ id, reason: String(reason) });
				} else chosen.push(row);
			}
			if (chosen.length === 0) return [];
			const incidentId = this.#destination(transaction.writes, by, chosen, to);
			this.#move(transaction, by, chosen, incidentId);
			return chosen.map(({ key, incident_id }) => ({
				key,
				from: incident_id,
				to: incidentId,
			}));
		});
		return {
			changed: this.#views(tenantKey, moves),
			refused,
			undoToken: moves.length === 0 ? null : this.#issue(by, moves),
		};
	}

	/** Puts back what nobody moved since. Throws GONE. */
	undo(member: Member, token: string): AlertSummary[] {
		const { moves, projectId } = this.#spend(member, token);
		const by = member.in(projectId).needs("engineer");
		const { alertRepository, work } = this.#ports;
		const tenantKey = by.tenant.key;
		const undone = work.run((transaction) => {
			const still = moves.filter(
				({ key, to }) =>
					alertRepository.byKey(tenantKey, key)?.incident_id === to,
			);
			const byOrigin = Map.groupBy(still, ({ from }) => from);
			for (const [from, group] of byOrigin) {
				const rows = group.flatMap(
					({ key }) => alertRepository.byKey(tenantKey, key) ?? [],
				);
				this.#move(transaction, by, rows, from);
			}
			return still;
		});
		return this.#views(tenantKey, undone);
	}

	#destination(
		writes: Writes,
		by: InProject<"engineer">,
		chosen: readonly AlertRow[],
		to: Placement,
	): string | null {
		switch (to.kind) {
			case "detach":
				return null;
			case "incident":
				return to.incidentId;
			case "new": {
				const alerts = chosen.map(toStoredAlert);
				return this.#ports.alertIncidents.open(
					writes,
					by.tenant.key,
					{
						alerts,
						waiting: 0,
						severity: alerts.reduce(
							(worst, { severity }) => (severity < worst ? severity : worst),
							alerts[0]?.severity ?? 3,
						),
						service: alerts[0]?.service ?? null,
						projectId: by.projectId,
						ruleId: null,
						ruleName: "By hand",
						storm: null,
						predecessorId: null,
					},
					by,
				).id;
			}
			default:
				return assertNever(to, "placement");
		}
	}

	/** Links the alerts and tells of it in the timelines of both incidents. */
	#move(
		transaction: Transaction,
		by: InProject<"engineer">,
		rows: readonly AlertRow[],
		to: string | null,
	): void {
		const { incidents, groups, link } = this.#ports;
		const tenantKey = by.tenant.key;
		const target = to === null ? null : incidents.find(by.sight, to);
		for (const [from, left] of Map.groupBy(rows, (row) => row.incident_id)) {
			if (from === null || incidents.find(by.sight, from) === null) continue;
			const where =
				target === null ? "out of this incident" : `to #${target.number}`;
			incidents.append(by, from, {
				kind: "signal",
				text: `${counted(left)} moved ${where}.`,
				data: { alerts: left.slice(0, 20).map(({ id }) => id), to },
			});
		}
		const joining = rows.filter((row) => row.incident_id !== to);
		if (to !== null && target !== null && joining.length > 0) {
			incidents.append(by, to, {
				kind: "signal",
				text: `${counted(joining)} moved here.`,
				data: { alerts: joining.slice(0, 20).map(({ id }) => id) },
			});
		}
		link(
			transaction,
			tenantKey,
			rows.map(({ key }) => key),
			to,
		);
		for (const { key } of rows)
			groups.stopWaiting(transaction.writes, tenantKey, key);
	}

	/** One that is not of the project is not in its sight. */
	#target({ sight }: InProject, incidentId: string): void {
		if (this.#ports.incidents.find(sight, incidentId) === null) {
			throw new EngineError("NOT_FOUND", "No such incident.");
		}
	}

	#views(
		tenantKey: number,
		moves: readonly { readonly key: number }[],
	): AlertSummary[] {
		const { alertRepository, view } = this.#ports;
		return moves.flatMap(({ key }) => {
			const row = alertRepository.byKey(tenantKey, key);
			return row === undefined ? [] : [view(row)];
		});
	}

	#issue(by: InProject, moves: Kept["moves"]): string {
		const { clock, random } = this.#ports;
		const now = clock.monotonic();
		for (const [token, { until }] of this.#kept) {
			if (until > now && this.#kept.size < mostKept) break;
			this.#kept.delete(token);
		}
		const token = random.uuid();
		this.#kept.set(token, {
			tenantKey: by.tenant.key,
			actorId: by.actor.id,
			projectId: by.projectId,
			moves,
			until: now + lifeMillis,
		});
		return token;
	}

	#spend(by: Member, token: string): Kept {
		const kept = this.#kept.get(token);
		const isOwn =
			kept !== undefined &&
			kept.tenantKey === by.tenant.key &&
			kept.actorId === by.actor.id;
		if (isOwn) this.#kept.delete(token);
		if (!isOwn || kept.until <= this.#ports.clock.monotonic()) {
			throw new EngineError("GONE", "It is too late to undo this.");
		}
		return kept;
	}
}

function placementFault(row: AlertRow, to: Placement): string | null {
	if (to.kind === "detach" && row.incident_id === null) {
		return "It has no incident.";
	}
	if (to.kind === "incident" && row.incident_id === to.incidentId) {
		return "It is there already.";
	}
	return null;
}

function counted(rows: readonly AlertRow[]): string {
	const [first] = rows;
	return rows.length === 1 && first !== undefined
		? `Alert ${shortText(first.name)}`
		: `${rows.length} alerts`;
}
