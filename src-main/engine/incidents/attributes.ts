import { longestUrl } from "../../../src-shared/domain/text-limits.ts";
import { canonicalJson } from "../../../src-shared/sync/canonical-json.ts";
import { checkIdentifier, invalid } from "./input-checks.ts";
import type { IncidentAttributes } from "./schema.ts";

/** What the APIs know of an incident beyond its state; an absent part is left as it is, or starts empty. */
export interface AttributeInput {
	readonly labels?: readonly string[];
	readonly playbooks?: readonly string[];
	readonly details?: JsonObject;
	readonly metadata?: JsonObject;
	readonly issueUrl?: string | null;
	readonly runbookUrl?: string | null;
}

/** An object that came as JSON, or will leave as JSON. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The columns as an incident has them that was opened before they existed, or without them. */
export const noAttributes: Readonly<IncidentAttributes> = Object.freeze({
	kind: "invariant",
	external_key: null,
	labels: "[]",
	trigger_source: null,
	assigned_to: null,
	details: "{}",
	playbooks: "[]",
	issue_url: null,
	runbook_url: null,
	metadata: "{}",
	acknowledged_by_claim: null,
	project_id: null,
	service_name: null,
});

const mostItems = 100;
const longestJson = 64 * 1024;
const deepestJson = 32;

/** The columns of what was given, checked. Throws INVALID naming the field. */
export function attributeFields(
	input: AttributeInput,
): Partial<IncidentAttributes> {
	const { labels, playbooks, details, metadata, issueUrl, runbookUrl } = input;
	const fields: Partial<IncidentAttributes> = {};
	if (labels !== undefined) fields.labels = wordList("labels", labels);
	if (playbooks !== undefined) {
		fields.playbooks = wordList("playbooks", playbooks);
	}
	if (details !== undefined) fields.details = checkedObject("details", details);
	if (metadata !== undefined) {
		fields.metadata = checkedObject("metadata", metadata);
	}
	if (issueUrl !== undefined) fields.issue_url = webUrl("issueUrl", issueUrl);
	if (runbookUrl !== undefined) {
		fields.runbook_url = webUrl("runbookUrl", runbookUrl);
	}
	return fields;
}

/** The stored text of a list as the list. */
export function storedList(text: string): readonly string[] {
	return text === "[]" ? [] : (JSON.parse(text) as string[]);
}

/** The stored text of an object as the object. */
export function storedObject(text: string): JsonObject {
	return text === "{}" ? {} : (JSON.parse(text) as JsonObject);
}

function wordList(field: string, words: readonly string[]): string {
	if (words.length > mostItems) {
		throw invalid(field, `${field} must have at most ${mostItems} items`);
	}
	for (const word of words) checkIdentifier(field, word);
	return canonicalJson(words);
}

/** Its canonical text, so that two spellings of one object are no change. Throws INVALID for what JSON, SQLite or a timeline cannot hold. */
export function checkedObject(field: string, value: JsonObject): string {
	checkJson(field, value, deepestJson);
	const text = canonicalJson(value);
	if (text.length > longestJson) {
		throw invalid(field, `${field} must be at most 64 KiB of JSON`);
	}
	return text;
}

function checkJson(field: string, value: unknown, depth: number): void {
	if (typeof value === "string") {
		if (!value.isWellFormed() || value.includes("\u0000")) {
			throw invalid(
				field,
				`${field} must be well-formed Unicode without NUL characters`,
			);
		}
	} else if (typeof value === "number") {
		if (!Number.isFinite(value)) {
			throw invalid(field, `${field} must hold finite numbers`);
		}
	} else if (typeof value === "object" && value !== null) {
		if (depth === 0) {
			throw invalid(
				field,
				`${field} must be at most ${deepestJson} levels deep`,
			);
		}
		for (const [name, member] of Object.entries(value)) {
			checkJson(field, name, depth);
			checkJson(field, member, depth - 1);
		}
	}
}

/** It becomes a link, so only what a browser may follow is taken. */
function webUrl(field: string, url: string | null): string | null {
	if (url === null) return null;
	const protocol =
		url.length <= longestUrl && url.isWellFormed()
			? URL.parse(url)?.protocol
			: undefined;
	if (protocol !== "https:" && protocol !== "http:") {
		throw invalid(
			field,
			`${field} must be an http or https address of at most ${longestUrl} characters`,
		);
	}
	return url;
}
