import type { Random } from "../../ports.ts";
import { SecretError, type Vault } from "../../secrets/index.ts";
import type { IntegrationRow } from "../monitoring-schema.ts";

/** The columns of an integration that are sealed. */
export const secretColumns = [
	"password",
	"api_key",
	"signing_secret",
	"webhook_secret",
	"old_webhook_secret",
] as const;
export type SecretColumn = (typeof secretColumns)[number];

/** 32 characters with 156 random bits: as long as a routing key of PagerDuty, so that it can stand for one. */
export function makeWebhookSecret(random: Random): string {
	const text = Buffer.from(random.bytes(20)).toString("base64url");
	return `whsec_${text.slice(0, 26)}`;
}

export function sealSecret(
	vault: Vault,
	integrationId: string,
	column: SecretColumn,
	secret: string | null,
): string | null {
	return secret === null
		? null
		: vault.seal(secret, { table: "integrations", id: integrationId, column });
}

/** A secret in the clear; null when there is none or it cannot be read on this machine. */
export function openSecret(
	vault: Vault,
	row: Pick<IntegrationRow, "id" | SecretColumn>,
	column: SecretColumn,
): string | null {
	const sealed = row[column];
	if (sealed === null) return null;
	try {
		return vault.open(sealed, { table: "integrations", id: row.id, column });
	} catch (error) {
		if (error instanceof SecretError) return null;
		throw error;
	}
}
