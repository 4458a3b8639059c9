import type { Place } from "./place.ts";

/**
 * The projects of one tenant whose data somebody is shown. Every read of what is in a
 * project takes one and filters by it in its query. What names no project is in the
 * tenant's first.
 */
export class Sight {
	readonly #tenantKey: number;
	readonly #places: readonly Place[] | null;

	private constructor(tenantKey: number, places: readonly Place[] | null) {
		this.#tenantKey = tenantKey;
		this.#places = places;
	}

	/** Everything of a tenant: for Tocsin's own work, its programs, and its admins. */
	static ofTenant(tenantKey: number): Sight {
		return new Sight(tenantKey, null);
	}

	static ofPlaces(tenantKey: number, places: readonly Place[]): Sight {
		return new Sight(
			tenantKey,
			places.filter(({ role }) => role !== null),
		);
	}

	/** Filters every query. */
	get tenantKey(): number {
		return this.#tenantKey;
	}

	/** No query needs to filter by project. */
	get isWhole(): boolean {
		return this.#places === null;
	}

	/** Empty where `isWhole`. */
	get projectIds(): string[] {
		return (this.#places ?? []).map(({ id }) => id);
	}

	/** Whether what names no project is seen. */
	get hasFirst(): boolean {
		return this.#places?.some(({ isFirst }) => isFirst) ?? true;
	}

	/** Null is the tenant's first project. */
	sees(projectId: string | null): boolean {
		if (this.#places === null) return true;
		return projectId === null
			? this.hasFirst
			: this.#places.some(({ id }) => id === projectId);
	}
}
