import type {
	PredictionsStore,
	ReadConnection,
	Writes,
} from "../store/index.ts";

/** A stored set of fixed edges of one column, made for one baseline window. */
export interface StoredGrid {
	readonly key: number;
	/** Values the baseline had when the edges were made. */
	readonly baselineCount: number;
	/** As the caller encoded it. */
	readonly edges: Uint8Array;
}

export interface GridWindow {
	readonly tenantKey: number;
	readonly columnKey: number;
	readonly baselineStart: number;
	readonly baselineEnd: number;
	readonly bins: number;
}

/** The newest grid of a column for a baseline window. */
export function findGrid(
	connection: ReadConnection,
	window: GridWindow,
): StoredGrid | null {
	const row = connection
		.prepare(
			"SELECT key, baseline_count AS baselineCount, edges FROM grids WHERE tenant_id = ? AND column_key = ? AND baseline_start = ? AND baseline_end = ? AND bins = ? ORDER BY key DESC LIMIT 1",
		)
		.get(
			window.tenantKey,
			window.columnKey,
			window.baselineStart,
			window.baselineEnd,
			window.bins,
		) as StoredGrid | undefined;
	return row ?? null;
}

/** Exact counts by segment at the edges of a grid. */
export function readSegmentCounts(
	connection: ReadConnection,
	tenantKey: number,
	gridKey: number,
): Map<number, Uint32Array> {
	const bySegment = new Map<number, Uint32Array>();
	const rows = connection
		.prepare(
			"SELECT segment_key, counts FROM segment_counts WHERE grid_key = ? AND tenant_id = ?",
		)
		.raw()
		.iterate(gridKey, tenantKey) as IterableIterator<[number, Uint8Array]>;
	for (const [segmentKey, packed] of rows) {
		// A blob's memory need not start at a multiple of four, so it is copied bytewise.
		const counts = new Uint32Array(packed.byteLength / 4);
		new Uint8Array(counts.buffer).set(packed);
		bySegment.set(segmentKey, counts);
	}
	return bySegment;
}

/** The categories of a column, by code. */
export function readCategories(
	connection: ReadConnection,
	tenantKey: number,
	columnKey: number,
): string[] {
	const rows = connection
		.prepare(
			"SELECT code, value FROM categories WHERE tenant_id = ? AND column_key = ?",
		)
		.all(tenantKey, columnKey) as { code: number; value: string }[];
	const names: string[] = [];
	for (const { code, value } of rows) names[code] = value;
	return names;
}

/** Counters that an assessment made, to be kept for the next one. */
export interface NewCounters {
	readonly columnKey: number;
	/** The grid they belong to when it was stored already. */
	readonly gridKey: number | null;
	/** A grid to store first. */
	readonly grid: {
		readonly edges: Uint8Array;
		readonly baselineCount: number;
		readonly baselineStart: number;
		readonly baselineEnd: number;
		readonly bins: number;
	} | null;
	readonly counts: readonly {
		readonly segmentKey: number;
		readonly counts: Uint32Array;
	}[];
}

const gridsKept = 3;

/** Stores counters and drops those of grids that are no longer looked at. One transaction. */
export function keepCounters(
	store: PredictionsStore,
	tenantKey: number,
	made: readonly NewCounters[],
	now: number,
): void {
	if (made.every(({ grid, counts }) => grid === null && counts.length === 0)) {
		return;
	}
	store.work.run(({ writes }) => {
		const insertGrid = writes.prepare(
			"INSERT INTO grids (tenant_id, column_key, baseline_start, baseline_end, bins, baseline_count, edges, made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		);
		const insertCounts = writes.prepare(
			"INSERT OR IGNORE INTO segment_counts (tenant_id, grid_key, segment_key, counts) VALUES (?, ?, ?, ?)",
		);
		for (const { columnKey, gridKey, grid, counts } of made) {
			let key = gridKey;
			if (grid !== null) {
				key = Number(
					insertGrid.run(
						tenantKey,
						columnKey,
						grid.baselineStart,
						grid.baselineEnd,
						grid.bins,
						grid.baselineCount,
						Buffer.from(grid.edges),
						now,
					).lastInsertRowid,
				);
				dropOldGrids(writes, tenantKey, columnKey);
			}
			for (const { segmentKey, counts: packed } of counts) {
				insertCounts.run(
					tenantKey,
					key,
					segmentKey,
					Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength),
				);
			}
		}
	});
}

function dropOldGrids(
	writes: Writes,
	tenantKey: number,
	columnKey: number,
): void {
	const old = writes
		.prepare(
			"SELECT key FROM grids WHERE tenant_id = ? AND column_key = ? ORDER BY key DESC LIMIT -1 OFFSET ?",
		)
		.pluck()
		.all(tenantKey, columnKey, gridsKept) as number[];
	for (const key of old) {
		writes
			.prepare(
				"DELETE FROM segment_counts WHERE grid_key = ? AND tenant_id = ?",
			)
			.run(key, tenantKey);
		writes
			.prepare("DELETE FROM grids WHERE key = ? AND tenant_id = ?")
			.run(key, tenantKey);
	}
}
