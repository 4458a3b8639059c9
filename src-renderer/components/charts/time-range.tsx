import {
	createContext,
	type ReactNode,
	useContext,
	useMemo,
	useState,
} from "react";
import type { TimeRange } from "./chart-types.ts";

export const wholeRange: TimeRange = Object.freeze({ from: null, to: null });

interface SharedRange {
	readonly range: TimeRange;
	readonly setRange: (range: TimeRange) => void;
	readonly reset: () => void;
}

const RangeContext = createContext<SharedRange>({
	range: wholeRange,
	setRange: () => undefined,
	reset: () => undefined,
});

/** One range of time for all charts below it: brushing one zooms them all. */
export function TimeRangeProvider({
	children,
}: {
	readonly children: ReactNode;
}) {
	const [range, setRange] = useState(wholeRange);
	const value = useMemo(
		() => ({ range, setRange, reset: () => setRange(wholeRange) }),
		[range],
	);
	return (
		<RangeContext.Provider value={value}>{children}</RangeContext.Provider>
	);
}

export function useTimeRange(): SharedRange {
	return useContext(RangeContext);
}

export function isWhole(range: TimeRange): boolean {
	return range.from === null && range.to === null;
}
