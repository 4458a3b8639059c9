import {
	type FakeAnswer,
	type FakeRequest,
	fakeServer,
} from "./fake-server.ts";

type Labels = Readonly<Record<string, string>>;

interface Rule {
	name: string;
	labels?: Labels;
	annotations?: Labels;
	/** Seconds. */
	hold?: number;
	interval?: number;
	isEvaluated?: boolean;
}

/** When an alert fired; samples are every `evaluation` seconds from `from` up to `to`, epoch milliseconds. */
interface Firing {
	labels: Labels;
	from: number;
	to: number;
}

/** A server that answers as Prometheus's API v1 does, from lists that the test sets. */
export async function fakePrometheus() {
	const state = {
		alerts: [] as {
			labels: Labels;
			state: string;
			activeAt: string;
			annotations?: Labels;
		}[],
		rules: [] as Rule[],
		history: [] as Firing[],
		evaluation: 5,
		yaml: "global:\n  scrape_interval: 15s\nrule_files: []\n",
		instead: null as
			| ((request: FakeRequest) => FakeAnswer | "hang-up" | null)
			| null,
	};
	const answer = (request: FakeRequest): FakeAnswer | "hang-up" => {
		const given = state.instead?.(request) ?? null;
		if (given !== null) return given;
		switch (request.path) {
			case "/api/v1/alerts":
				return success({
					alerts: state.alerts.map((alert) => ({
						annotations: {},
						value: "1e+00",
						...alert,
					})),
				});
			case "/api/v1/rules":
				return success({ groups: state.rules.map(group) });
			case "/api/v1/status/config":
				return success({ yaml: state.yaml });
			case "/api/v1/query_range":
				return queryRange(request.query);
			default:
				return { status: 404, text: "404 page not found" };
		}
	};
	/** `count_over_time(ALERTS{alertstate="firing"}[step])` and nothing else. */
	const queryRange = (query: URLSearchParams): FakeAnswer => {
		const range =
			/^count_over_time\(ALERTS\{alertstate="firing"\}\[(\d+)ms\]\)$/.exec(
				query.get("query") ?? "",
			)?.[1];
		const [start, end, step] = ["start", "end", "step"].map(
			(name) => Number(query.get(name)) * 1_000,
		) as [number, number, number];
		if (range === undefined || !(step > 0) || end < start) {
			return {
				status: 400,
				json: {
					status: "error",
					errorType: "bad_data",
					error: "invalid parameter",
				},
			};
		}
		if ((end - start) / step > 11_000) {
			return {
				status: 400,
				json: {
					status: "error",
					errorType: "bad_data",
					error: "exceeded maximum resolution of 11,000 points per timeseries",
				},
			};
		}
		const moments = Array.from(
			{ length: Math.floor((end - start) / step) + 1 },
			(_, index) => start + index * step,
		);
		const result = Map.groupBy(state.history, ({ labels }) =>
			JSON.stringify(labels),
		);
		return success({
			resultType: "matrix",
			result: [...result.entries()].flatMap(([labels, firings]) => {
				const values = moments.flatMap((at) => {
					const count = firings.reduce(
						(sum, one) =>
							sum +
							samplesIn(one, at - Number(range), at, state.evaluation * 1_000),
						0,
					);
					return count === 0 ? [] : [[at / 1_000, String(count)]];
				});
				return values.length === 0
					? []
					: [
							{
								metric: { ...JSON.parse(labels), alertstate: "firing" },
								values,
							},
						];
			}),
		});
	};
	return { ...(await fakeServer(answer)), state };
}

/** Samples in (after, until]. */
function samplesIn(
	{ from, to }: Firing,
	after: number,
	until: number,
	every: number,
): number {
	const first = Math.max(0, Math.floor((after - from) / every) + 1);
	const last = Math.floor((Math.min(until, to) - from) / every);
	return Math.max(0, last - first + 1);
}

function success(data: unknown): FakeAnswer {
	return { json: { status: "success", data } };
}

function group({
	name,
	labels = {},
	annotations = {},
	hold = 0,
	interval = 15,
	isEvaluated = true,
}: Rule) {
	return {
		name: "group",
		interval,
		rules: [
			{
				type: "alerting",
				name,
				query: "up == 0",
				duration: hold,
				labels,
				annotations,
				health: isEvaluated ? "ok" : "unknown",
				lastEvaluation: isEvaluated
					? "2026-01-20T12:59:59Z"
					: "0001-01-01T00:00:00Z",
			},
		],
	};
}
