import { useEffect, useState } from "react";
import { useStore } from "zustand";
import type { PlaybookAction } from "../../src-shared/contract/index.ts";
import type {
	ActionList,
	ActionListState,
	ActionQuery,
} from "./action-list.ts";
import type { ActionOutput } from "./action-output.ts";
import { useWorkspace } from "./engine-context.tsx";

/** An action as it is now; null until it is there, with the reason when there is one. */
export function useAction(actionId: string | null): {
	readonly action: PlaybookAction | null;
	readonly fault: string | null;
} {
	const { actions } = useWorkspace();
	useEffect(
		() => (actionId === null ? undefined : actions.watch(actionId)),
		[actions, actionId],
	);
	const action = useStore(actions.state, ({ known }) =>
		actionId === null ? undefined : known.get(actionId),
	);
	const fault = useStore(actions.state, ({ faults }) =>
		actionId === null ? undefined : faults.get(actionId),
	);
	return { action: action ?? null, fault: fault ?? null };
}

/** The newest known state of one action of a list, without asking for it. */
export function useKnownAction(actionId: string): PlaybookAction | undefined {
	return useStore(useWorkspace().actions.state, ({ known }) =>
		known.get(actionId),
	);
}

/** A followed list for as long as the component is on the screen, made anew for another `query` object. Null until it has begun. */
export function useActionList(query: ActionQuery): ActionList | null {
	const { actions } = useWorkspace();
	const [list, setList] = useState<ActionList | null>(null);
	useEffect(() => {
		const made = actions.list(query);
		setList(made);
		return () => actions.release(made);
	}, [actions, query]);
	return list;
}

const noList: ActionListState = {
	ids: [],
	total: null,
	hasMore: false,
	isLoadingMore: false,
	fault: null,
};

/** What stands in a list. */
export function useListState(list: ActionList | null): ActionListState {
	const { actions } = useWorkspace();
	const state = useStore((list ?? actions.awaiting).state);
	return list === null ? noList : state;
}

/** What an action printed, for as long as the component is on the screen. */
export function useActionOutput(actionId: string): ActionOutput | null {
	const { actions } = useWorkspace();
	const [output, setOutput] = useState<ActionOutput | null>(null);
	useEffect(() => {
		const made = actions.output(actionId);
		setOutput(made);
		return () => actions.release(made);
	}, [actions, actionId]);
	return output;
}
