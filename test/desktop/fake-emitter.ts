type Listener = (...values: never[]) => void;

/** Listeners by event name, and a way to make an event happen. */
export class FakeEmitter {
	readonly #listeners = new Map<string, Listener[]>();

	on(event: string, listener: Listener): this {
		const listeners = this.#listeners.get(event) ?? [];
		this.#listeners.set(event, [...listeners, listener]);
		return this;
	}

	emit(event: string, ...values: unknown[]): void {
		for (const listener of this.#listeners.get(event) ?? [])
			listener(...(values as never[]));
	}

	listens(event: string): boolean {
		return this.#listeners.has(event);
	}
}

/** An event that remembers whether it was prevented. */
export class FakeEvent {
	defaultPrevented = false;
	readonly preventDefault = (): void => {
		this.defaultPrevented = true;
	};
}
