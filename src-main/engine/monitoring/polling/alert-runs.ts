/** A stretch in which an alert fired, at the moments that were looked at. Epoch milliseconds. */
export interface AlertRun {
	/** Without `alertstate`. */
	readonly labels: Readonly<Record<string, string>>;
	/** The first and the last moment at whose step it fired. */
	readonly from: number;
	readonly to: number;
}

/** A series of `query_range`: at which moments there was a sample. Epoch milliseconds, rising. */
export interface SampledSeries {
	readonly labels: Readonly<Record<string, string>>;
	readonly at: readonly number[];
}

/**
 * Collects the runs of alerts from one chunk of history after another. Moments a step
 * apart are of one run, across chunks too; a hole ends it, as an alert leaves no sample
 * where it does not fire.
 */
export class AlertRuns {
	readonly #stepMillis: number;
	readonly #open = new Map<string, AlertRun>();

	constructor(stepMillis: number) {
		this.#stepMillis = stepMillis;
	}

	/** Takes the next chunk, whose last moment is `until`; answers what was over by then. */
	add(series: readonly SampledSeries[], until: number): AlertRun[] {
		const over: AlertRun[] = [];
		for (const { labels, at } of series) {
			const id = JSON.stringify(
				Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : 1)),
			);
			let run = this.#open.get(id);
			for (const moment of at) {
				if (run !== undefined && moment - run.to <= this.#stepMillis) {
					run = { ...run, to: Math.max(run.to, moment) };
				} else {
					if (run !== undefined) over.push(run);
					run = { labels, from: moment, to: moment };
				}
			}
			if (run !== undefined) this.#open.set(id, run);
		}
		for (const [id, run] of this.#open) {
			if (run.to >= until) continue;
			this.#open.delete(id);
			over.push(run);
		}
		return over.sort((one, other) => one.from - other.from);
	}

	/** Those that go on. */
	get open(): AlertRun[] {
		return [...this.#open.values()];
	}
}
