import {
	type ColumnHelper,
	columnVisibilityFeature,
	createColumnHelper,
	type RowData,
	rowSortingFeature,
	type TableOptions,
	tableFeatures,
} from "@tanstack/react-table";

interface ListColumnLook {
	/** Its track of the grid, as style sheets write it. */
	readonly width: string;
	/** The list is at least as wide, in pixels, where the column is shown; always where it is left out. */
	readonly from?: number;
	readonly tone?: "dim" | "strong";
	/** Numbers, which end where the column ends. */
	readonly isFigure?: boolean;
	/** The cell brings its own space and lines. */
	readonly isBare?: boolean;
}

/** Rows come sorted from their source: the table only knows those on the screen. */
export const listFeatures = tableFeatures({
	rowSortingFeature,
	columnVisibilityFeature,
	columnMeta: {} as ListColumnLook,
});
export type ListFeatures = typeof listFeatures;

export type ListColumns<Row extends RowData> = TableOptions<
	ListFeatures,
	Row
>["columns"];

/** Makes the columns of a list: an id, a header, a cell, and `meta` for its look. */
export function listColumns<Row extends RowData>(): ColumnHelper<
	ListFeatures,
	Row
> {
	return createColumnHelper<ListFeatures, Row>();
}
