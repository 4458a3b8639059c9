const gatherMillis = 250;

/** Tells each tenant once of many changes: a hundred deliveries a second are one change to who watches. */
export class CoalescedChanges {
	readonly #publish: (tenantKey: number) => void;
	readonly #tenants = new Set<number>();
	#timer: NodeJS.Timeout | null = null;

	constructor(publish: (tenantKey: number) => void) {
		this.#publish = publish;
	}

	add(tenantKey: number): void {
		this.#tenants.add(tenantKey);
		this.#timer ??= setTimeout(() => {
			this.#timer = null;
			for (const tenant of this.#tenants) this.#publish(tenant);
			this.#tenants.clear();
		}, gatherMillis).unref();
	}

	close(): void {
		if (this.#timer !== null) clearTimeout(this.#timer);
	}
}
