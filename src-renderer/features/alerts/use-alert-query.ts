import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { currentPlace, navigate, usePlace } from "../../ground/router.ts";
import { type AlertFilter, readFilter, writeFilter } from "./alert-filter.ts";

const writeAfter = 250;

/**
 * The filter, kept in the address so that a list can be linked and returned to. `typed` is what the
 * controls show at once; `filter` follows a moment later, so that not every letter is asked for.
 */
export function useAlertQuery(): {
	readonly typed: AlertFilter;
	readonly filter: AlertFilter;
	change(part: Partial<AlertFilter>): void;
} {
	const place = usePlace();
	const written = new URLSearchParams(
		writeFilter(readFilter(place.query)),
	).toString();
	const filter = useMemo(
		() => readFilter(new URLSearchParams(written)),
		[written],
	);
	const [typed, setTyped] = useState(filter);
	const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
	useEffect(() => {
		// The address says something else than what was typed: a link, or the back button.
		if (timer.current === null) setTyped(filter);
	}, [filter]);
	useEffect(
		() => () => {
			if (timer.current !== null) clearTimeout(timer.current);
		},
		[],
	);
	const latest = useRef(typed);
	latest.current = typed;
	const change = useCallback((part: Partial<AlertFilter>) => {
		const next = { ...latest.current, ...part };
		latest.current = next;
		setTyped(next);
		if (timer.current !== null) clearTimeout(timer.current);
		const write = () => {
			timer.current = null;
			navigate(currentPlace().path, writeFilter(latest.current), {
				replace: true,
			});
		};
		if (part.text === undefined) write();
		else timer.current = setTimeout(write, writeAfter);
	}, []);
	return { typed, filter, change };
}
