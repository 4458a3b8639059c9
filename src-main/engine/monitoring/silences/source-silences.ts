import type { SilenceMatcher } from "../../../../src-shared/contract/index.ts";
import { field, nameOf } from "../alerts/parsing/fields.ts";
import type { ParseContext } from "../alerts/parsing/parsed-payload.ts";
import { type AskSource, SourceError } from "../sources/ask-source.ts";
import { readListed } from "../sources/listed-alert.ts";
import type { ListedAlert } from "../sources/source-state.ts";
import { matcherText, sourceMatcher } from "./matchers.ts";

/** A silence as the source lists it. */
export interface ListedSilence {
	readonly sourceId: string;
	readonly comment: string;
	/** It is over, or was ended. */
	readonly isExpired: boolean;
}

/** The silences of one Alertmanager. Every method rejects with a SourceError. */
export class SourceSilences {
	readonly #ask: AskSource;
	readonly #base: string;

	constructor(ask: AskSource, base: string) {
		this.#ask = ask;
		this.#base = base;
	}

	/** The alerts that it lists now and that the matchers match, as it matches them itself. */
	async matching(
		matchers: readonly SilenceMatcher[],
		context: ParseContext,
	): Promise<ListedAlert[]> {
		const query = new URLSearchParams([
			...["active", "silenced", "inhibited", "unprocessed"].map(
				(name): [string, string] => [name, "true"],
			),
			...matchers.map((matcher): [string, string] => [
				"filter",
				matcherText(matcher),
			]),
		]);
		const items = await this.#ask({
			base: this.#base,
			path: `/api/v2/alerts?${query}`,
		});
		if (!Array.isArray(items)) throw noList("/api/v2/alerts");
		return items
			.map((item) => readListed(item, context))
			.filter((one) => one !== null);
	}

	/** Answers its id there. */
	async create(silence: {
		readonly matchers: readonly SilenceMatcher[];
		readonly startsAt: number;
		readonly endsAt: number;
		readonly createdBy: string;
		readonly comment: string;
	}): Promise<string> {
		const answer = await this.#ask({
			base: this.#base,
			path: "/api/v2/silences",
			method: "POST",
			json: {
				...silence,
				matchers: silence.matchers.map(sourceMatcher),
				startsAt: new Date(silence.startsAt).toISOString(),
				endsAt: new Date(silence.endsAt).toISOString(),
			},
		});
		const id = nameOf(field(answer, "silenceID"));
		if (id === null) {
			throw new SourceError(
				"unreadable",
				"/api/v2/silences answered without the silence's id: check the address.",
			);
		}
		return id;
	}

	async list(): Promise<ListedSilence[]> {
		const path = "/api/v2/silences";
		const items = await this.#ask({ base: this.#base, path });
		if (!Array.isArray(items)) throw noList(path);
		return items.flatMap((item) => {
			const sourceId = nameOf(field(item, "id"));
			return sourceId === null
				? []
				: [
						{
							sourceId,
							comment: nameOf(field(item, "comment")) ?? "",
							isExpired: field(field(item, "status"), "state") === "expired",
						},
					];
		});
	}

	/** Resolves too for one that is not there any more. */
	async expire(sourceId: string): Promise<void> {
		try {
			await this.#ask({
				base: this.#base,
				path: `/api/v2/silence/${encodeURIComponent(sourceId)}`,
				method: "DELETE",
			});
		} catch (error) {
			if (error instanceof SourceError && error.status === 404) return;
			throw error;
		}
	}
}

function noList(path: string): SourceError {
	return new SourceError(
		"unreadable",
		`${path} answered with no list: check the address.`,
	);
}
