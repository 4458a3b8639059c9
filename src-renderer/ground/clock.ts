import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | null = null;

function subscribe(listener: () => void): () => void {
	listeners.add(listener);
	timer ??= setInterval(() => {
		for (const each of listeners) each();
	}, 1_000);
	return () => {
		listeners.delete(listener);
		if (listeners.size === 0 && timer !== null) {
			clearInterval(timer);
			timer = null;
		}
	};
}

/** Text of a live duration or age: read again every second, drawn again only when the text changes. */
export function useLiveText(read: (now: number) => string): string {
	return useSyncExternalStore(subscribe, () => read(Date.now()));
}
