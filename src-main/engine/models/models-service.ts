import { EngineError } from "../errors.ts";
import type { Principal, TenantRef } from "../identity/access/index.ts";
import type { Clock, Log } from "../ports.ts";
import type { CommandStore, Transaction } from "../store/index.ts";
import { isCanonicalUuid, modelIdOf } from "./model-id.ts";
import {
	addModel,
	allNames,
	changeModel,
	findModel,
	listModels,
	putVersion,
	versionsOf,
} from "./model-repository.ts";
import { NameIndex } from "./name-index.ts";
import {
	firstVersion,
	type ModelFilter,
	type ModelOrigin,
	type ModelRegistration,
	type ModelVersion,
	type RegisteredModel,
} from "./registered-model.ts";
import { planMove } from "./stage-move.ts";
import type { ModelStage } from "./stages.ts";

/** What is kept of a model that nobody has registered. */
const unregistered = {
	description: "",
	model_type: null,
	framework: null,
	team: null,
	tags: "{}",
	current_version: firstVersion,
	stage: "development",
	registered_by: null,
} as const;

/** A model that sent predictions, as their module knows it. */
export interface ArrivedModel {
	readonly tenantKey: number;
	readonly modelId: string;
}

/**
 * The model registry. A model has a UUID and a free key, and both find it. It is known by
 * its registration, by its predictions, or by a UUID that somebody named.
 */
export class ModelsService {
	readonly #store: CommandStore;
	readonly #clock: Clock;
	readonly #log: Log;
	readonly #tenantOf: (tenantKey: number) => TenantRef | null;
	readonly #names: NameIndex;
	/** Models that arrived and are not registered yet. */
	readonly #arrived = new Map<string, ArrivedModel>();
	#registering: NodeJS.Immediate | null = null;

	constructor(ports: {
		store: CommandStore;
		clock: Clock;
		log: Log;
		tenantOf: (tenantKey: number) => TenantRef | null;
	}) {
		this.#store = ports.store;
		this.#clock = ports.clock;
		this.#log = ports.log;
		this.#tenantOf = ports.tenantOf;
		this.#names = new NameIndex((tenantKey) =>
			allNames(this.#store.reads, tenantKey),
		);
	}

	/** The key of the model with this UUID; null when it is no model of the tenant. */
	keyOf(tenant: TenantRef, uuid: string): string | null {
		this.#registerArrived();
		return this.#names.keyOf(tenant.key, uuid.toLowerCase()) ?? null;
	}

	/** The UUID of the model with this key, registered when it is new. The same on every replica. */
	idOf(tenant: TenantRef, key: string): string {
		const known = this.#names.idOf(tenant.key, key);
		if (known !== undefined) return known;
		// A UUID that stands in the place of a key.
		if (this.#names.keyOf(tenant.key, key) !== undefined) return key;
		if (!this.#store.readOnly) this.#know(tenant, key);
		return modelIdOf(tenant, key);
	}

	/** The key of the model with this UUID; one never seen becomes a model known only by it. */
	ensure(tenant: TenantRef, uuid: string): string {
		const id = uuid.toLowerCase();
		const known = this.keyOf(tenant, id);
		if (known !== null) return known;
		if (!isCanonicalUuid(id)) {
			throw new EngineError("INVALID", `${uuid} is not a UUID`);
		}
		this.#needWritable();
		this.#know(tenant, id);
		return id;
	}

	/** The model with this key or UUID; null for none. A key goes before a UUID. */
	find(tenant: TenantRef, idOrKey: string): RegisteredModel | null {
		this.#registerArrived();
		const { reads } = this.#store;
		return (
			findModel(reads, tenant.key, { key: idOrKey }) ??
			findModel(reads, tenant.key, { id: idOrKey.toLowerCase() })
		);
	}

	/** As `find`. Throws NOT_FOUND. */
	get(tenant: TenantRef, idOrKey: string): RegisteredModel {
		const model = this.find(tenant, idOrKey);
		if (model === null) {
			throw new EngineError("NOT_FOUND", `No model ${idOrKey}.`);
		}
		return model;
	}

	/** The versions of a model of the tenant, the oldest first. */
	versions(tenant: TenantRef, { id }: RegisteredModel): ModelVersion[] {
		return versionsOf(this.#store.reads, tenant.key, id);
	}

	/** A page of models by key, and how many fit in all. */
	list(
		tenant: TenantRef,
		filter: ModelFilter,
	): { items: RegisteredModel[]; total: number } {
		this.#registerArrived();
		return listModels(this.#store.reads, tenant.key, filter);
	}

	/**
	 * Registers a model under its name, which is its key: one that sent predictions under
	 * it becomes registered. Throws DUPLICATE with `id` for a name that is registered.
	 */
	register(
		by: Principal<"engineer">,
		registration: ModelRegistration,
	): RegisteredModel {
		this.#needWritable();
		this.#registerArrived();
		const { tenant, actor } = by;
		const key = registration.name;
		this.#store.work.run((transaction) => {
			const { writes } = transaction;
			const known = this.find(tenant, key);
			// A name that is another model's UUID would be two models' at once.
			if (
				known !== null &&
				(known.origin === "registered" || known.key !== key)
			) {
				throw new EngineError(
					"DUPLICATE",
					`A model named ${key} is registered already.`,
					{ id: known.id },
				);
			}
			const id = known?.id ?? this.#add(transaction, tenant, key, "referenced");
			const tags = registration.tags ?? {};
			const change = {
				origin: "registered" as const,
				description: registration.description ?? "",
				model_type: registration.modelType ?? null,
				framework: registration.framework ?? null,
				team: registration.team ?? tags.team ?? null,
				tags: JSON.stringify(tags),
				registered_by: actor.id,
				updated_at: this.#clock.now(),
			};
			changeModel(writes, tenant.key, id, change);
			this.#append(transaction, tenant, id, "registration", change);
		});
		return this.get(tenant, key);
	}

	/**
	 * Moves a version of a model to a stage; to the stage it is in changes nothing. A
	 * version that is not known is registered by its first move, from development. One
	 * that goes to production takes the place of the version there, which is archived.
	 * Throws NOT_FOUND, INVALID for what is no semantic version, and CONFLICT with `from`,
	 * `to` and `allowed`.
	 */
	moveStage(
		by: Principal<"engineer">,
		idOrKey: string,
		{
			version,
			targetStage: to,
		}: { readonly version: string; readonly targetStage: ModelStage },
	): RegisteredModel {
		this.#needWritable();
		const { tenant } = by;
		const { id } = this.get(tenant, idOrKey);
		this.#store.work.run((transaction) => {
			const { writes } = transaction;
			const versions = versionsOf(writes, tenant.key, id);
			const move = planMove(versions, version, to);
			if (move === null) return;
			const now = this.#clock.now();
			if (move.replaced !== null) {
				this.#put(transaction, tenant, id, {
					version: move.replaced,
					stage: "archived",
					now,
				});
			}
			this.#put(transaction, tenant, id, { version, stage: to, now });
			changeModel(writes, tenant.key, id, {
				current_version: move.current.version,
				stage: move.current.stage,
				updated_at: now,
			});
		});
		return this.get(tenant, id);
	}

	/** Takes note of models that sent predictions, to be registered when the ingest is done. Cheap for known ones. */
	arrived(models: readonly ArrivedModel[]): void {
		if (this.#store.readOnly) return;
		for (const { tenantKey, modelId } of models) {
			if (this.#names.idOf(tenantKey, modelId) !== undefined) continue;
			// A UUID of API D that a program sends as its model's key names that model.
			if (this.#names.keyOf(tenantKey, modelId) !== undefined) continue;
			this.#arrived.set(`${tenantKey} ${modelId}`, { tenantKey, modelId });
		}
		if (this.#arrived.size === 0) return;
		this.#registering ??= setImmediate(() => {
			this.#registering = null;
			this.#registerArrived();
		});
	}

	/** Registers what has arrived, before the store is closed. */
	close(): void {
		if (this.#registering !== null) clearImmediate(this.#registering);
		this.#registerArrived();
	}

	#registerArrived(): void {
		if (this.#arrived.size === 0) return;
		const models = [...this.#arrived.values()];
		this.#arrived.clear();
		try {
			this.#store.work.run((transaction) => {
				for (const { tenantKey, modelId } of models) {
					const tenant = this.#tenantOf(tenantKey);
					if (tenant === null) continue;
					this.#add(transaction, tenant, modelId, "observed");
				}
			});
		} catch (error) {
			// Their next events, or the next start, bring them again.
			this.#log.warn({ error }, "arrived models could not be registered");
		}
	}

	#know(tenant: TenantRef, key: string): void {
		this.#store.work.run((transaction) => {
			this.#add(transaction, tenant, key, "referenced");
		});
	}

	/** Adds a model that is not there, and answers its id. A model known only by that id gets the key. */
	#add(
		transaction: Transaction,
		tenant: TenantRef,
		key: string,
		origin: ModelOrigin,
	): string {
		const { writes } = transaction;
		const id = modelIdOf(tenant, key);
		const now = this.#clock.now();
		const known = findModel(writes, tenant.key, { id });
		if (known !== null) {
			if (known.key === key || known.key !== id) return id;
			const change = { model_key: key, origin, updated_at: now };
			changeModel(writes, tenant.key, id, change);
			this.#append(transaction, tenant, id, "key", change);
		} else {
			const model = {
				...unregistered,
				tenant_id: tenant.key,
				id,
				model_key: key,
				origin,
				created_at: now,
				updated_at: now,
			};
			addModel(writes, model);
			this.#append(transaction, tenant, id, "model", model);
			this.#put(transaction, tenant, id, {
				version: model.current_version,
				stage: model.stage,
				now,
			});
		}
		transaction.afterCommit(() => this.#names.set(tenant.key, { id, key }));
		return id;
	}

	#put(
		transaction: Transaction,
		tenant: TenantRef,
		id: string,
		version: { version: string; stage: ModelStage; now: number },
	): void {
		putVersion(transaction.writes, tenant.key, id, version);
		this.#append(transaction, tenant, id, "version", version);
	}

	#append(
		transaction: Transaction,
		tenant: TenantRef,
		id: string,
		field: string,
		value: object,
	): void {
		this.#store.changes.append(transaction, {
			tenantKey: tenant.key,
			entity: "model",
			entityId: id,
			kind: "set",
			field,
			value,
		});
	}

	#needWritable(): void {
		if (this.#store.readOnly) throw new EngineError("READ_ONLY");
	}
}
