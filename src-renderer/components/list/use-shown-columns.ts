import type { RowData } from "@tanstack/react-table";
import { type RefObject, useLayoutEffect, useMemo, useState } from "react";
import { flushSync } from "react-dom";
import type { ListColumns } from "./list-columns.ts";

const checkTrack = "32px";

/** Which columns the width of a list has room for, and the tracks of its grid. */
export function useShownColumns<Row extends RowData>(
	frame: RefObject<HTMLElement | null>,
	columns: ListColumns<Row>,
	canSelect: boolean,
): {
	readonly visibility: Readonly<Record<string, boolean>>;
	readonly tracks: string;
} {
	/** The ids of the columns without room: another width that hides the same draws nothing again. */
	const [hidden, setHidden] = useState("");
	useLayoutEffect(() => {
		const element = frame.current;
		if (element === null) return;
		const measure = () => {
			const width = element.clientWidth;
			setHidden(
				columns
					.filter(({ meta }) => width < (meta?.from ?? 0))
					.map(({ id }) => id)
					.join(" "),
			);
		};
		measure();
		// Otherwise one frame would show the columns of before, squeezed.
		const observer = new ResizeObserver(() => flushSync(measure));
		observer.observe(element);
		return () => observer.disconnect();
	}, [frame, columns]);
	return useMemo(() => {
		const gone = new Set(hidden.split(" "));
		const shown = columns.filter(({ id }) => !gone.has(id ?? ""));
		const tracks = shown.map(({ meta }) => meta?.width ?? "1fr");
		return {
			visibility: Object.fromEntries(
				columns.map(({ id }) => [id ?? "", !gone.has(id ?? "")]),
			),
			tracks: [...(canSelect ? [checkTrack] : []), ...tracks].join(" "),
		};
	}, [columns, hidden, canSelect]);
}
