import { field, textsOf } from "../alerts/parsing/fields.ts";
import { type AskSource, SourceError } from "../sources/ask-source.ts";
import type { SampledSeries } from "./alert-runs.ts";
import { dataOf, list } from "./prometheus-state.ts";

/** Prometheus refuses more than 11,000 moments of a series. */
const mostSteps = 11_000;
const mostBytes = 8 * 1024 * 1024;
const leastSteps = 10;

/** One chunk of history. Epoch milliseconds. */
export interface HistoryChunk {
	readonly series: readonly SampledSeries[];
	/** The last moment that was looked at. */
	readonly until: number;
	/** How many moments the next chunk may have. */
	readonly steps: number;
}

/**
 * When alerts fired from `from` on, at moments a step apart and no later than `to`. Each
 * looks at the samples of its own step alone: so neither an alert shorter than a step is
 * missed, nor one prolonged by the five minutes that Prometheus else looks back when it
 * was cut off. Where there are so many alerts that the answer is too long, fewer moments
 * are asked for. Rejects with a SourceError.
 */
export async function readHistory(
	ask: AskSource,
	base: string,
	range: {
		readonly from: number;
		readonly to: number;
		readonly stepMillis: number;
		readonly steps: number;
	},
	signal: AbortSignal,
): Promise<HistoryChunk> {
	const { from, to, stepMillis } = range;
	let steps = Math.min(range.steps, mostSteps);
	for (;;) {
		const until = Math.min(
			from + (steps - 1) * stepMillis,
			from + Math.floor((to - from) / stepMillis) * stepMillis,
		);
		const query = new URLSearchParams({
			query: `count_over_time(ALERTS{alertstate="firing"}[${stepMillis}ms])`,
			start: String(from / 1_000),
			end: String(until / 1_000),
			step: String(stepMillis / 1_000),
		});
		try {
			const path = `/api/v1/query_range?${query}`;
			const answer = await ask({ base, path, maxBytes: mostBytes, signal });
			const data = dataOf(answer, "/api/v1/query_range");
			return {
				series: list(field(data, "result")).map(seriesOf),
				until,
				steps,
			};
		} catch (error) {
			const isTooLong =
				error instanceof SourceError && error.kind === "too-large";
			if (!isTooLong || steps <= leastSteps) throw error;
			steps = Math.max(leastSteps, Math.floor(steps / 4));
		}
	}
}

function seriesOf(result: unknown): SampledSeries {
	const {
		__name__: _name,
		alertstate: _state,
		...labels
	} = textsOf(field(result, "metric"));
	return {
		labels,
		at: list(field(result, "values"))
			.map((pair) =>
				Array.isArray(pair) ? Number(pair[0]) * 1_000 : Number.NaN,
			)
			.filter((moment) => Number.isFinite(moment))
			.map(Math.round),
	};
}
