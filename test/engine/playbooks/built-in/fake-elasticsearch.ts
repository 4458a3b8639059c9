import { createServer } from "node:http";
import { answering, type FakeService } from "./fake-service.ts";

interface Index {
	readonly concrete: string;
	readonly filters: readonly string[];
	/** Analyzers that read updateable synonyms. */
	readonly analyzers: readonly string[];
	isOpen: boolean;
}

export interface FakeElasticsearch extends FakeService {
	readonly indices: Map<string, Index>;
	/** Shards that fail at whatever is asked next. */
	failedShards: number;
	/** Documents that cannot be indexed again. */
	failures: object[];
}

/**
 * Answers as Elasticsearch 8 does, in the shapes of its reference: `_cache/clear`,
 * `_settings`, `_close`, `_open`, `_reload_search_analyzers`, `_update_by_query`, and its
 * errors `index_not_found_exception` and `index_closed_exception`.
 */
export async function fakeElasticsearch(): Promise<FakeElasticsearch> {
	const indices = new Map<string, Index>([
		[
			"knowledge_base",
			{
				concrete: "knowledge_base_v3",
				filters: ["synonyms_filter"],
				analyzers: ["search_with_synonyms"],
				isOpen: true,
			},
		],
		["plain", { concrete: "plain", filters: [], analyzers: [], isOpen: true }],
	]);
	const state = { failedShards: 0, failures: [] as object[] };
	const service = await answering(createServer(), ({ method, path, query }) => {
		const [, name = "", ...rest] = path.split("/");
		const verb = rest.join("/");
		const index = indices.get(name);
		if (index === undefined) return refused(404, "index_not_found", name);
		const shards = {
			total: 2,
			successful: 2 - state.failedShards,
			failed: state.failedShards,
		};
		switch (`${method} ${verb}`) {
			case "POST _cache/clear":
				if (!index.isOpen) return refused(400, "index_closed", name);
				return { status: 200, body: { _shards: shards } };
			case "GET _settings":
				return {
					status: 200,
					body: { [index.concrete]: { settings: settingsOf(index, query) } },
				};
			case "POST _close":
				index.isOpen = false;
				return {
					status: 200,
					body: {
						acknowledged: true,
						shards_acknowledged: true,
						indices: { [index.concrete]: { closed: true } },
					},
				};
			case "POST _open":
				index.isOpen = true;
				return {
					status: 200,
					body: { acknowledged: true, shards_acknowledged: true },
				};
			case "POST _reload_search_analyzers":
				if (!index.isOpen) return refused(400, "index_closed", name);
				return {
					status: 200,
					body: {
						_shards: shards,
						reload_details: [
							{
								index: index.concrete,
								reloaded_analyzers: index.analyzers,
								reloaded_node_ids: ["mfdqTXn_T7SGr2Ho2KT8uw"],
							},
						],
					},
				};
			case "POST _update_by_query":
				if (!index.isOpen) return refused(400, "index_closed", name);
				return {
					status: 200,
					body: {
						took: 147,
						timed_out: false,
						total: 120,
						updated: 120 - state.failures.length,
						deleted: 0,
						batches: 1,
						version_conflicts: 0,
						noops: 0,
						retries: { bulk: 0, search: 0 },
						throttled_millis: 0,
						requests_per_second: -1,
						throttled_until_millis: 0,
						failures: state.failures,
					},
				};
			default:
				return {
					status: 405,
					body: {
						error: `Incorrect HTTP method for uri [${path}] and method [${method}]`,
						status: 405,
					},
				};
		}
	});
	return Object.assign(state, service, { indices });
}

function settingsOf(
	{ filters }: Index,
	query: URLSearchParams,
): Record<string, unknown> {
	if (query.get("flat_settings") !== "true") {
		const filter = Object.fromEntries(
			filters.map((name) => [name, { type: "synonym_graph" }]),
		);
		return { index: { analysis: { filter } } };
	}
	return Object.fromEntries([
		["index.number_of_shards", "1"],
		...filters.flatMap((name) => [
			[`index.analysis.filter.${name}.type`, "synonym_graph"],
			[`index.analysis.filter.${name}.updateable`, "true"],
		]),
	]);
}

function refused(status: number, kind: string, index: string) {
	const reason =
		kind === "index_not_found" ? `no such index [${index}]` : "closed";
	const cause = { type: `${kind}_exception`, reason, index };
	return {
		status,
		body: { error: { root_cause: [cause], ...cause }, status },
	};
}
