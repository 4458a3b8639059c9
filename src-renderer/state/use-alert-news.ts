import { useEffect, useEffectEvent } from "react";
import { useWorkspace } from "./engine-context.tsx";
import { oneAtATime } from "./one-at-a-time.ts";

const calmFor = 1_000;

/**
 * Calls `listener` when alerts or integrations may have changed, and with every new channel: at
 * most once a second, however many alerts come in, and once more after the last of them.
 */
export function useAlertNews(listener: () => void): void {
	const { connection, live } = useWorkspace();
	const onNews = useEffectEvent(listener);
	useEffect(() => {
		const calm = oneAtATime(calmFor, async () => onNews());
		const stopLive = live.subscribe(({ kind }) => {
			if (kind === "alerts" || kind === "resync") calm.ask();
		});
		const stopState = connection.state.subscribe(({ kind }) => {
			if (kind === "open") calm.ask();
		});
		return () => {
			stopLive();
			stopState();
			calm.close();
		};
	}, [connection, live]);
}
