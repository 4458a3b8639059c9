import {
	type MaintenanceChange,
	type MaintenanceWindow,
	type Mute,
	maintenanceChange,
	type NewMaintenanceWindow,
	type NewMute,
} from "../../../../../src-shared/contract/index.ts";
import { EngineError } from "../../../errors.ts";
import type { InProject } from "../../../identity/access/index.ts";
import type { Clock, Random } from "../../../ports.ts";
import type { UnitOfWork, Writes } from "../../../store/index.ts";
import type { MatchedAlert } from "../rules/alert-facts.ts";
import { compileMatchers } from "../rules/compiled-matchers.ts";
import type {
	QuietRepository,
	StoredMute,
	StoredWindow,
} from "./quiet-repository.ts";
import { nextOpening, openingAt } from "./schedule.ts";

export interface QuietPorts {
	readonly work: UnitOfWork;
	readonly rows: QuietRepository;
	readonly clock: Clock;
	readonly random: Random;
	readonly changed: (tenantKey: number) => void;
	/** Correlates what a mute or a window kept quiet and does no more. Runs in the transaction of the change. */
	readonly released: (
		tenantKey: number,
		projectId: string,
		sourceId: string,
	) => void;
}

/** What keeps an alert quiet now. */
export interface Keeper {
	readonly id: string;
	/** As it is shown beside the alert. */
	readonly words: string;
	/** When it ends, as far as it is known; null for never. */
	readonly until: number | null;
}

interface CompiledKeeper {
	readonly id: string;
	readonly words: string;
	matches(alert: MatchedAlert): boolean;
	/** Until when it holds at `now`; undefined where it does not. */
	until(now: number): number | null | undefined;
}

const mostOfEach = 200;
const weekMillis = 7 * 86_400_000;

/** Mutes and maintenance windows. */
export class Quiet {
	readonly #ports: QuietPorts;
	/** Asked for every notification. */
	readonly #compiled = new Map<string, readonly CompiledKeeper[]>();

	constructor(ports: QuietPorts) {
		this.#ports = ports;
	}

	/** What keeps an alert quiet now: of several, the one that ends last. */
	keeperOf(
		tenantKey: number,
		projectId: string,
		alert: MatchedAlert,
		now: number,
	): Keeper | null {
		let found: Keeper | null = null;
		for (const { id, words, matches, until } of this.#keepers(
			tenantKey,
			projectId,
			now,
		)) {
			const end = until(now);
			if (end === undefined || !matches(alert)) continue;
			if (end === null) return { id, words, until: null };
			if (found?.until == null || end > found.until) {
				found = { id, words, until: end };
			}
		}
		return found;
	}

	/** Newest first, without those that were over for a week. */
	mutes({ tenant: { key: tenantKey }, projectId }: InProject): Mute[] {
		const { rows, clock } = this.#ports;
		const now = clock.now();
		const quiet = rows.quietBySource(tenantKey, projectId);
		return rows
			.mutes(tenantKey, projectId)
			.filter(({ endsAt }) => endsAt === null || endsAt > now - weekMillis)
			.map((mute) => ({
				...mute,
				projectId,
				isActive: mute.endsAt === null || mute.endsAt > now,
				quiet: quiet.get(mute.id) ?? 0,
			}));
	}

	/** Throws INVALID for one that is over, CONFLICT for one too many. */
	addMute(by: InProject<"engineer">, input: NewMute): Mute {
		const { projectId } = by;
		const { rows, clock, random } = this.#ports;
		const now = clock.now();
		if (input.endsAt !== null && input.endsAt <= now) {
			throw new EngineError("INVALID", "endsAt: must be in the future", {
				field: "endsAt",
			});
		}
		const active = this.mutes(by).filter(({ isActive }) => isActive);
		requireRoom(active.length, "mutes");
		const mute: StoredMute = {
			matchers: input.matchers,
			reason: input.reason,
			endsAt: input.endsAt,
			id: random.uuid(),
			createdBy: by.actor.name,
			createdAt: now,
		};
		this.#commit(by.tenant.key, projectId, null, (writes) =>
			rows.addMute(writes, by.tenant.key, projectId, mute),
		);
		return { ...mute, projectId, isActive: true, quiet: 0 };
	}

	/** Throws NOT_FOUND for one that is over already. */
	endMute(by: InProject<"engineer">, id: string): void {
		const { projectId } = by;
		const { rows, clock } = this.#ports;
		this.#commit(by.tenant.key, projectId, id, (writes) => {
			if (!rows.endMute(writes, by.tenant.key, projectId, id, clock.now())) {
				throw new EngineError("NOT_FOUND", "No such mute.");
			}
		});
	}

	/** Oldest first. */
	windows({
		tenant: { key: tenantKey },
		projectId,
	}: InProject): MaintenanceWindow[] {
		const quiet = this.#ports.rows.quietBySource(tenantKey, projectId);
		return this.#ports.rows
			.windows(tenantKey, projectId)
			.map((window) => this.#view(projectId, window, quiet));
	}

	/** Throws INVALID for one that is over, CONFLICT for one too many. */
	addWindow(
		by: InProject<"engineer">,
		input: NewMaintenanceWindow,
	): MaintenanceWindow {
		const { projectId } = by;
		const { rows, clock, random } = this.#ports;
		const now = clock.now();
		if (input.schedule.kind === "once" && input.schedule.endsAt <= now) {
			throw new EngineError("INVALID", "endsAt: must be in the future", {
				field: "schedule.endsAt",
			});
		}
		const tenantKey = by.tenant.key;
		requireRoom(rows.windows(tenantKey, projectId).length, "windows");
		const window: StoredWindow = {
			name: input.name,
			description: input.description,
			matchers: input.matchers,
			schedule: input.schedule,
			isEnabled: input.isEnabled,
			id: random.uuid(),
			createdBy: by.actor.name,
			createdAt: now,
			updatedAt: now,
		};
		this.#commit(tenantKey, projectId, null, (writes) =>
			rows.putWindow(writes, tenantKey, projectId, window),
		);
		return this.#view(projectId, window, new Map());
	}

	/** Throws NOT_FOUND. */
	updateWindow(
		by: InProject<"engineer">,
		id: string,
		change: MaintenanceChange,
	): MaintenanceWindow {
		const { projectId } = by;
		const { rows, clock } = this.#ports;
		const tenantKey = by.tenant.key;
		const known = rows
			.windows(tenantKey, projectId)
			.find((window) => window.id === id);
		if (known === undefined) {
			throw new EngineError("NOT_FOUND", "No such window.");
		}
		const given = Object.fromEntries(
			Object.keys(maintenanceChange.shape)
				.map((name) => [name, change[name as keyof MaintenanceChange]])
				.filter(([, value]) => value !== undefined),
		) as MaintenanceChange;
		const window = { ...known, ...given, updatedAt: clock.now() };
		this.#commit(tenantKey, projectId, id, (writes) =>
			rows.putWindow(writes, tenantKey, projectId, window as StoredWindow),
		);
		return this.#view(
			projectId,
			window as StoredWindow,
			rows.quietBySource(tenantKey, projectId),
		);
	}

	/** Throws NOT_FOUND. */
	removeWindow(by: InProject<"engineer">, id: string): void {
		const { projectId } = by;
		this.#commit(by.tenant.key, projectId, id, (writes) => {
			if (
				!this.#ports.rows.removeWindow(writes, by.tenant.key, projectId, id)
			) {
				throw new EngineError("NOT_FOUND", "No such window.");
			}
		});
	}

	/** The write and what follows from it, in one transaction. */
	#commit(
		tenantKey: number,
		projectId: string,
		releases: string | null,
		write: (writes: Writes) => void,
	): void {
		const place = `${tenantKey} ${projectId}`;
		try {
			this.#ports.work.run(({ writes }) => {
				write(writes);
				this.#compiled.delete(place);
				if (releases !== null) {
					this.#ports.released(tenantKey, projectId, releases);
				}
			});
		} finally {
			this.#compiled.delete(place);
		}
		this.#ports.changed(tenantKey);
	}

	#keepers(
		tenantKey: number,
		projectId: string,
		now: number,
	): readonly CompiledKeeper[] {
		const place = `${tenantKey} ${projectId}`;
		const known = this.#compiled.get(place);
		if (known !== undefined) return known;
		const { rows } = this.#ports;
		const keepers = [
			...rows
				.mutes(tenantKey, projectId)
				.filter(({ endsAt }) => endsAt === null || endsAt > now)
				.map(compiledMute),
			...rows
				.windows(tenantKey, projectId)
				.filter(({ isEnabled }) => isEnabled)
				.map(compiledWindow),
		];
		this.#compiled.set(place, keepers);
		return keepers;
	}

	#view(
		projectId: string,
		window: StoredWindow,
		quiet: ReadonlyMap<string, number>,
	): MaintenanceWindow {
		const now = this.#ports.clock.now();
		const { isEnabled, schedule } = window;
		return {
			...window,
			projectId,
			openUntil: isEnabled ? (openingAt(schedule, now)?.endsAt ?? null) : null,
			next: isEnabled ? nextOpening(schedule, now) : null,
			quiet: quiet.get(window.id) ?? 0,
		};
	}
}

function compiledMute({ id, matchers, reason, endsAt }: StoredMute) {
	return {
		id,
		words: `Muted: ${reason}`,
		matches: compileMatchers(matchers),
		until: (now: number) =>
			endsAt === null || endsAt > now ? endsAt : undefined,
	} satisfies CompiledKeeper;
}

/** The opening is worked out once and not for each alert. */
function compiledWindow({ id, matchers, name, schedule }: StoredWindow) {
	let open: { from: number; to: number; until: number | undefined } | null =
		null;
	return {
		id,
		words: `Maintenance: ${name}`,
		matches: compileMatchers(matchers),
		until: (now: number) => {
			if (open === null || now < open.from || now >= open.to) {
				const opening = openingAt(schedule, now);
				const next = nextOpening(schedule, now);
				open = {
					from: now,
					to: Math.min(
						opening?.endsAt ?? Number.POSITIVE_INFINITY,
						next?.startsAt ?? Number.POSITIVE_INFINITY,
						// Rules of time zones change with an update of the system.
						now + weekMillis,
					),
					until: opening?.endsAt,
				};
			}
			return open.until;
		},
	} satisfies CompiledKeeper;
}

function requireRoom(count: number, what: string): void {
	if (count >= mostOfEach) {
		throw new EngineError(
			"CONFLICT",
			`A project has ${mostOfEach} ${what} at most.`,
		);
	}
}
