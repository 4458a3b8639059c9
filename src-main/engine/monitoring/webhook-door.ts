import { isUtf8 } from "node:buffer";
import type { IncomingHttpHeaders } from "node:http";
import { EngineError } from "../errors.ts";
import type { Clock, Random } from "../ports.ts";
import type { Vault } from "../secrets/index.ts";
import type { UnitOfWork } from "../store/index.ts";
import type { AlertIntake } from "./alerts/alert-intake.ts";
import { parsePagerdutyChange } from "./alerts/parsing/pagerduty-changes.ts";
import { parsePagerdutyEvent } from "./alerts/parsing/pagerduty-events.ts";
import { parsePayload } from "./alerts/parsing/parse-payload.ts";
import {
	type ConfirmationRequest,
	type ItemFault,
	type ParseContext,
	PayloadError,
} from "./alerts/parsing/parsed-payload.ts";
import type { SourceChanges } from "./alerts/source-changes.ts";
import type { IntegrationRepository } from "./integrations/integration-repository.ts";
import { openSecret } from "./integrations/integration-secrets.ts";
import { configOf, tableOf } from "./integrations/integration-view.ts";
import {
	isSigned,
	secretHash,
	shownSecrets,
} from "./integrations/sender-proof.ts";
import type { IntegrationRow } from "./monitoring-schema.ts";

export interface WebhookDoorPorts {
	readonly work: UnitOfWork;
	readonly integrations: IntegrationRepository;
	readonly intake: AlertIntake;
	readonly changes: SourceChanges;
	readonly vault: Vault;
	readonly clock: Clock;
	readonly random: Random;
	readonly changed: (tenantKey: number) => void;
}

/** A notification as it came over HTTP. */
export interface Notification {
	readonly type: string;
	readonly integrationId: string;
	readonly headers: IncomingHttpHeaders;
	/** Exactly the bytes that came. */
	readonly body: Buffer;
}

/** What a sender is told, once all of it is durable. */
export interface NotificationAnswer {
	readonly received: number;
	readonly created: number;
	readonly changed: number;
	/** Alerts that the sender itself left out. */
	readonly truncatedAlerts: number;
	/** Items that were passed over, and why; 100 at most. */
	readonly faults: readonly ItemFault[];
	/** Why nothing was stored; null where something was. */
	readonly note: string | null;
}

const mostConfirmations = 10;
const mostFaults = 100;

/**
 * Where monitoring systems send their alerts: finds out whose they are, by the
 * integration's secret or the sender's own signature, reads them and has them stored.
 */
export class WebhookDoor {
	readonly #ports: WebhookDoorPorts;

	constructor(ports: WebhookDoorPorts) {
		this.#ports = ports;
	}

	/**
	 * Settles when the alerts are committed. Throws NOT_FOUND for an integration that is not
	 * there, UNAUTHENTICATED for a wrong secret, FORBIDDEN for one that is turned off,
	 * UNREADABLE for what is no JSON or of no such shape, and as `AlertIntake.add`.
	 */
	async receive(notification: Notification): Promise<NotificationAnswer> {
		const row = this.#authenticate(notification);
		const body = readJson(notification.body);
		const now = this.#ports.clock.now();
		const parsed = readable(() => parsePayload(body, this.#context(row, now)));
		switch (parsed.kind) {
			case "confirmation":
				this.#keepConfirmation(row, parsed, now);
				return nothing(
					"The topic asks to be confirmed: a person opens its address on the page of integrations.",
				);
			case "nothing":
				return nothing(parsed.why);
			case "alerts": {
				if (parsed.alerts.length === 0 && parsed.faults.length > 0) {
					throw unreadable(
						parsed.faults
							.slice(0, 5)
							.map(({ index, message }) => `${index}: ${message}`)
							.join("; "),
					);
				}
				const outcome = await this.#ports.intake.add({
					origin: originOf(row),
					payload: parsed,
				});
				return {
					...outcome,
					truncatedAlerts: parsed.truncatedAlerts,
					faults: parsed.faults.slice(0, mostFaults),
					note: null,
				};
			}
		}
	}

	/**
	 * An event as programs send it to PagerDuty's Events API v2; its routing key is the
	 * webhook's secret. Answers the key that the alert is known by. Throws as `receive`.
	 */
	async enqueue(body: Buffer): Promise<{ readonly dedupKey: string }> {
		const value = readJson(body);
		const row = this.#ofRoutingKey(value);
		const { clock, random, intake } = this.#ports;
		const parsed = readable(() =>
			parsePagerdutyEvent(value, {
				...this.#context(row, clock.now()),
				dedupKey: random.uuid().replaceAll("-", ""),
			}),
		);
		await intake.add({ origin: originOf(row), payload: parsed });
		return { dedupKey: parsed.dedupKey };
	}

	/** A change, such as a deployment, as programs send it to PagerDuty. Throws as `receive`. */
	async enqueueChange(body: Buffer): Promise<void> {
		const value = readJson(body);
		const row = this.#ofRoutingKey(value);
		const now = this.#ports.clock.now();
		const change = readable(() => parsePagerdutyChange(value, now));
		this.#ports.changes.add(originOf(row), change);
	}

	/** Throws UNREADABLE for a routing key that is nobody's, as PagerDuty answers 400 to it. */
	#ofRoutingKey(value: unknown): IntegrationRow {
		const key =
			typeof value === "object" && value !== null && "routing_key" in value
				? value.routing_key
				: undefined;
		const row =
			typeof key === "string"
				? this.#ports.integrations.bySecret(key, this.#ports.clock.now())
				: undefined;
		if (row === undefined) {
			throw unreadable("'routing_key' is not the secret of an integration");
		}
		checkOpen(row);
		return row;
	}

	/**
	 * To who shows the secret of another integration, this one is not there; so no tenant
	 * learns of another's.
	 */
	#authenticate(notification: Notification): IntegrationRow {
		const { integrations, clock, vault } = this.#ports;
		const { type, integrationId, headers, body } = notification;
		const row = integrations.byId(integrationId);
		if (row === undefined || row.type !== type) throw notThere();
		const now = clock.now();
		const secrets = integrations.webhookSecrets(row, now);
		const hashes = new Set(secrets.map(secretHash));
		const shown = shownSecrets(headers);
		const isShown = shown.some((secret) => hashes.has(secretHash(secret)));
		if (!isShown) {
			const signing = openSecret(vault, row, "signing_secret");
			const isProven = isSigned(
				{ type: row.type, headers, body, config: configOf(row), now },
				signing === null ? secrets : [signing, ...secrets],
			);
			if (!isProven) {
				const isOfAnother = shown.some(
					(secret) => integrations.bySecret(secret, now) !== undefined,
				);
				if (isOfAnother) throw notThere();
				throw new EngineError(
					"UNAUTHENTICATED",
					"The secret or the signature is wrong. Send the integration's secret in X-Webhook-Secret or as a bearer token.",
				);
			}
		}
		checkOpen(row);
		return row;
	}

	#keepConfirmation(
		row: IntegrationRow,
		{ topic, url }: ConfirmationRequest,
		at: number,
	): void {
		const { integrations, work, changed } = this.#ports;
		const others = (
			JSON.parse(row.confirmations) as { topic: string }[]
		).filter((each) => each.topic !== topic);
		const kept = [{ topic, url, at }, ...others].slice(0, mostConfirmations);
		work.run(() =>
			integrations.update(row, { confirmations: JSON.stringify(kept) }),
		);
		changed(row.tenant_id);
	}

	#context(row: IntegrationRow, now: number): ParseContext {
		return {
			source: row.type,
			severities: tableOf(row),
			config: configOf(row),
			now,
		};
	}
}

function originOf(row: IntegrationRow) {
	return {
		tenantKey: row.tenant_id,
		projectId: row.project_id,
		integrationKey: row.key,
		isBackfilled: false,
	};
}

function checkOpen(row: IntegrationRow): void {
	if (row.is_enabled === 1 && row.webhook_enabled === 1) return;
	throw new EngineError(
		"FORBIDDEN",
		"This integration is turned off, or its webhook is; an admin of the project can turn it on.",
	);
}

function notThere(): EngineError {
	return new EngineError("NOT_FOUND", "No such integration.");
}

function unreadable(message: string): EngineError {
	return new EngineError("UNREADABLE", message);
}

function readJson(body: Buffer): unknown {
	if (!isUtf8(body)) throw unreadable("The body is not UTF-8.");
	try {
		return JSON.parse(body.toString("utf8"));
	} catch (error) {
		// A RangeError is of brackets that are nested beyond all reason.
		if (error instanceof SyntaxError || error instanceof RangeError) {
			throw unreadable("The body is not JSON.");
		}
		throw error;
	}
}

function readable<Value>(parse: () => Value): Value {
	try {
		return parse();
	} catch (error) {
		if (error instanceof PayloadError) throw unreadable(error.message);
		throw error;
	}
}

function nothing(note: string): NotificationAnswer {
	return {
		received: 0,
		created: 0,
		changed: 0,
		truncatedAlerts: 0,
		faults: [],
		note,
	};
}
