import { useEffect, useRef } from "react";
import { useStore } from "zustand";
import type {
	Member,
	Session,
	TenantSettings,
} from "../../src-shared/contract/index.ts";
import {
	useConnectionState,
	useEngine,
	useLiveChange,
	useWorkspace,
} from "./engine-context.tsx";
import { type Answer, useAnswer } from "./use-answer.ts";

/** Everybody of the tenant, asked again whenever somebody changes. */
export function useMembers(): Answer<Member[]> {
	const engine = useEngine();
	return useTenantAnswer("members", (signal) =>
		engine.users.list(undefined, { signal }),
	);
}

/** The tenant's rules, which depend on its people. */
export function useTenantSettings(): Answer<TenantSettings> {
	const engine = useEngine();
	return useTenantAnswer("settings", (signal) =>
		engine.settings.get(undefined, { signal }),
	);
}

/** Who is signed in; null for the moment before the engine has said so. */
export function useSession(): Session | null {
	return useStore(useWorkspace().facts, (facts) => facts.session);
}

/** What is shown stays while the channel is away, and is asked again on the next one. */
function useTenantAnswer<T>(
	key: string,
	ask: (signal: AbortSignal) => Promise<T>,
): Answer<T> {
	const answer = useAnswer(key, ask);
	const { reload } = answer;
	const connection = useConnectionState();
	const epoch = connection.kind === "open" ? connection.epoch : null;
	const asked = useRef(epoch);
	useEffect(() => {
		if (epoch === null || epoch === asked.current) return;
		asked.current = epoch;
		reload();
	}, [epoch, reload]);
	useLiveChange(({ kind }) => {
		if (kind === "members" || kind === "resync") reload();
	});
	return answer;
}
