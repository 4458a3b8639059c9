import {
	useCallback,
	useEffect,
	useEffectEvent,
	useMemo,
	useState,
} from "react";
import { faultWords } from "../ground/faults.ts";

export interface Answer<T> {
	/** The newest answer for this key; kept while it is asked again. */
	readonly value: T | null;
	/** Why there is none; null while all is well. */
	readonly fault: string | null;
	readonly isLoading: boolean;
	/** Asks again and keeps what is shown until the new answer is there. */
	readonly reload: () => void;
}

interface Held<T> {
	readonly key: string | null;
	readonly value: T | null;
	readonly fault: string | null;
	readonly isLoading: boolean;
}

/**
 * Asks the engine once for every `key`, and again on `reload`. An answer that arrives after the
 * key has changed is dropped. A null key asks nothing.
 */
export function useAnswer<T>(
	key: string | null,
	ask: (signal: AbortSignal) => Promise<T>,
): Answer<T> {
	const [held, setHeld] = useState<Held<T>>({
		key: null,
		value: null,
		fault: null,
		isLoading: false,
	});
	const [round, setRound] = useState(0);
	const request = useMemo(() => ({ key, round }), [key, round]);
	const askNow = useEffectEvent(ask);
	useEffect(() => {
		const { key } = request;
		if (key === null) return;
		const end = new AbortController();
		setHeld((before) => ({
			key,
			value: before.key === key ? before.value : null,
			fault: null,
			isLoading: true,
		}));
		askNow(end.signal).then(
			(value) => {
				if (end.signal.aborted) return;
				setHeld({ key, value, fault: null, isLoading: false });
			},
			(cause: unknown) => {
				if (end.signal.aborted) return;
				const fault = faultWords(cause);
				setHeld((before) => ({ ...before, key, fault, isLoading: false }));
			},
		);
		return () => end.abort();
	}, [request]);
	const reload = useCallback(() => setRound((before) => before + 1), []);
	const isCurrent = held.key === key;
	return {
		value: isCurrent ? held.value : null,
		fault: isCurrent ? held.fault : null,
		isLoading: key !== null && (!isCurrent || held.isLoading),
		reload,
	};
}
