import type { ModelNames } from "./model-repository.ts";

/** The ids and keys of the tenants' models in memory, read when a tenant is first asked for. */
export class NameIndex {
	readonly #read: (tenantKey: number) => readonly ModelNames[];
	readonly #tenants = new Map<
		number,
		{ idByKey: Map<string, string>; keyById: Map<string, string> }
	>();

	constructor(read: (tenantKey: number) => readonly ModelNames[]) {
		this.#read = read;
	}

	idOf(tenantKey: number, key: string): string | undefined {
		return this.#of(tenantKey).idByKey.get(key);
	}

	keyOf(tenantKey: number, id: string): string | undefined {
		return this.#of(tenantKey).keyById.get(id);
	}

	/** Keeps a model, in place of what its id was called before. */
	set(tenantKey: number, { id, key }: ModelNames): void {
		const { idByKey, keyById } = this.#of(tenantKey);
		const before = keyById.get(id);
		if (before !== undefined) idByKey.delete(before);
		idByKey.set(key, id);
		keyById.set(id, key);
	}

	#of(tenantKey: number) {
		const known = this.#tenants.get(tenantKey);
		if (known !== undefined) return known;
		const names = this.#read(tenantKey);
		const made = {
			idByKey: new Map(names.map(({ id, key }) => [key, id])),
			keyById: new Map(names.map(({ id, key }) => [id, key])),
		};
		this.#tenants.set(tenantKey, made);
		return made;
	}
}
