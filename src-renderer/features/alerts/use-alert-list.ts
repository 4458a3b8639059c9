import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import {
	useLiveChange,
	useNewChannel,
	useWorkspace,
} from "../../state/engine-context.tsx";
import type { AlertFilter } from "./alert-filter.ts";
import { AlertList, type AlertListState } from "./alert-list.ts";

/**
 * The alerts that fit a filter, followed live for as long as the component is on the screen. With
 * another filter object the list of the one before stays until the first page of the new one is there.
 */
export function useAlertList(
	projectId: string,
	filter: AlertFilter,
): AlertList | null {
	const { connection } = useWorkspace();
	const [followed, setFollowed] = useState<AlertList | null>(null);
	const [shown, setShown] = useState<AlertList | null>(null);
	useEffect(() => {
		const made = new AlertList(connection, projectId, filter);
		setFollowed(made);
		setShown((before) => before ?? made);
		const stop = made.state.subscribe(({ total, fault }) => {
			if (total === null && fault === null) return;
			stop();
			setShown(made);
		});
		return () => {
			stop();
			made.close();
		};
	}, [connection, projectId, filter]);
	useNewChannel(() => followed?.reload());
	useLiveChange(({ kind }) => {
		if (kind === "alerts" || kind === "resync") followed?.reload();
	});
	return shown;
}

const none = createStore<AlertListState>(() => ({
	order: [],
	total: null,
	hasMore: false,
	isLoadingMore: false,
	pending: 0,
	revision: 0,
	fault: null,
}));

/** One part of what stands in a list. */
export function useListPart<T>(
	list: AlertList | null,
	part: (state: AlertListState) => T,
): T {
	return useStore(list?.state ?? none, part);
}
