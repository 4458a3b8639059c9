import { createHash } from "node:crypto";
import type { TimelineKind } from "../../../src-shared/domain/timeline.ts";
import { canonicalJson } from "../../../src-shared/sync/canonical-json.ts";
import type { Actor } from "../identity/access/index.ts";
import type { EventRow } from "./schema.ts";

/** Everything of a timeline event that its hash covers, but for the stamp and the chain. */
export interface EventContent {
	readonly id: string;
	readonly incident: string;
	readonly kind: TimelineKind;
	readonly author: Actor;
	readonly occurred_at: number;
	readonly recorded_at: number;
	readonly body: string;
	readonly data: Readonly<Record<string, unknown>>;
}

/**
 * Hash of a timeline event, 64 lowercase hex digits: SHA-256 of the UTF-8 canonical JSON
 * of its content with `hlc` and `prev_hash` beside it. `prev_hash` is the hash of the
 * event that the same replica recorded before it for the same incident, or null for the
 * first. The stamp ends in the replica, so a chain cannot pass for another replica's.
 */
export function eventHash(
	content: EventContent,
	hlc: string,
	prevHash: string | null,
): string {
	const text = canonicalJson({
		id: content.id,
		incident: content.incident,
		kind: content.kind,
		author: {
			kind: content.author.kind,
			id: content.author.id,
			name: content.author.name,
		},
		occurred_at: content.occurred_at,
		recorded_at: content.recorded_at,
		body: content.body,
		data: content.data,
		hlc,
		prev_hash: prevHash,
	});
	return createHash("sha256").update(text, "utf8").digest("hex");
}

/** The hash that a stored event ought to have. Throws SyntaxError when its data is no JSON. */
export function storedEventHash(row: EventRow): string {
	return eventHash(
		{
			id: row.id,
			incident: row.incident_id,
			kind: row.kind,
			author: {
				kind: row.author_kind,
				id: row.author_id,
				name: row.author_name,
			},
			occurred_at: row.occurred_at,
			recorded_at: row.recorded_at,
			body: row.body,
			data: JSON.parse(row.data),
		},
		row.hlc,
		row.prev_hash,
	);
}
