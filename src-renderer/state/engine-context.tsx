import {
	createContext,
	type ReactNode,
	useContext,
	useEffect,
	useEffectEvent,
} from "react";
import { useStore } from "zustand";
import type { LiveChange } from "../../src-shared/contract/index.ts";
import { must } from "../../src-shared/domain/must.ts";
import type {
	ConnectionState,
	EngineClient,
} from "../transport/connect-engine.ts";
import type { Workspace } from "./workspace.ts";

const WorkspaceContext = createContext<Workspace | null>(null);

export function WorkspaceProvider(props: {
	readonly workspace: Workspace;
	readonly children: ReactNode;
}) {
	return (
		<WorkspaceContext value={props.workspace}>
			{props.children}
		</WorkspaceContext>
	);
}

/** Everything that lives as long as the window: connection, live feed, stores. */
export function useWorkspace(): Workspace {
	return must(
		useContext(WorkspaceContext),
		"every page is drawn inside WorkspaceProvider",
	);
}

/** The typed client of the engine's contract. */
export function useEngine(): EngineClient {
	return useWorkspace().connection.client;
}

export function useConnectionState(): ConnectionState {
	return useStore(useWorkspace().connection.state);
}

/** Calls `listener` with every live change while the component is on the screen. */
export function useLiveChange(listener: (change: LiveChange) => void): void {
	const { live } = useWorkspace();
	const onChange = useEffectEvent(listener);
	useEffect(() => live.subscribe((change) => onChange(change)), [live]);
}

/** Calls `listener` with every new channel: what was asked on the one before may be old by now. */
export function useNewChannel(listener: () => void): void {
	const { connection } = useWorkspace();
	const onOpen = useEffectEvent(listener);
	useEffect(
		() =>
			connection.state.subscribe((state) => {
				if (state.kind === "open") onOpen();
			}),
		[connection],
	);
}
