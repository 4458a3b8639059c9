import { CloseButton, Select, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import type { ModelSummary } from "../../../src-shared/contract/index.ts";
import { PageHeader } from "../../components/page-header.tsx";
import { useShortcuts } from "../../ground/keyboard.ts";
import styles from "./model-list.module.css";
import { type ModelSort, neighbour, orderedModels } from "./model-order.ts";
import { ModelRow } from "./model-row.tsx";

const rowHeight = 52;
const sorts: readonly { readonly value: ModelSort; readonly label: string }[] =
	[
		{ value: "status", label: "Worst first" },
		{ value: "psi", label: "Highest PSI" },
		{ value: "seen", label: "Last seen" },
		{ value: "name", label: "Name" },
	];

interface ModelListProps {
	/** Null while they are asked for. */
	readonly models: readonly ModelSummary[] | null;
	readonly selected: string | null;
}

/** The models as rows; a row's link opens the model. */
export function ModelList({ models, selected }: ModelListProps) {
	const [search, setSearch] = useState("");
	const [sort, setSort] = useState<ModelSort>("status");
	const words = useDeferredValue(search);
	const rows = useMemo(
		() => orderedModels(models ?? [], words, sort),
		[models, words, sort],
	);
	const field = useRef<HTMLInputElement>(null);
	const pane = useRef<HTMLDivElement>(null);
	const [cursor, setCursor] = useState<string | null>(null);
	const virtual = useVirtualizer({
		count: rows.length,
		getScrollElement: () => pane.current,
		estimateSize: () => rowHeight,
		overscan: 8,
		getItemKey: (index) => rows[index]?.modelId ?? index,
		initialRect: { width: 300, height: 800 },
	});

	function move(step: 1 | -1): boolean {
		const next = neighbour(rows, cursor ?? selected, step);
		if (next === null) return false;
		virtual.scrollToIndex(rows.findIndex((row) => row.modelId === next));
		setCursor(next);
		return true;
	}
	useEffect(() => {
		if (cursor === null) return;
		const focusRow = () => {
			const links = pane.current?.querySelectorAll<HTMLElement>("[data-row]");
			const link = [...(links ?? [])].find(
				({ dataset }) => dataset.row === cursor,
			);
			link?.focus();
			return link !== undefined;
		};
		if (focusRow()) return;
		// A row far away is there only after the list has scrolled to it.
		const frame = requestAnimationFrame(focusRow);
		return () => cancelAnimationFrame(frame);
	}, [cursor]);
	useShortcuts([
		{
			keys: "j arrowdown",
			label: "Next model",
			group: "Drift",
			run: () => move(1),
		},
		{
			keys: "k arrowup",
			label: "Previous model",
			group: "Drift",
			run: () => move(-1),
		},
		{
			keys: "/",
			label: "Search models",
			group: "Drift",
			run: () => {
				field.current?.focus();
				return true;
			},
		},
	]);

	return (
		<nav className={styles.list} aria-label="Models">
			<PageHeader title="Drift">
				<span className="dim tabular">{models?.length ?? ""}</span>
				<Select
					aria-label="Order of the models"
					data={[...sorts]}
					value={sort}
					allowDeselect={false}
					onChange={(value) =>
						setSort(
							sorts.find((each) => each.value === value)?.value ?? "status",
						)
					}
					w={124}
					ml="auto"
				/>
			</PageHeader>
			<div className={styles.search}>
				<TextInput
					ref={field}
					aria-label="Search models"
					placeholder="Search models"
					leftSection={<IconSearch size={14} />}
					value={search}
					onChange={(event) => setSearch(event.currentTarget.value)}
					onKeyDown={(event) => {
						if (event.key === "Escape") field.current?.blur();
						if (event.key === "Enter" || event.key === "ArrowDown") {
							event.preventDefault();
							setCursor(rows[0]?.modelId ?? null);
						}
					}}
					rightSection={
						search === "" ? null : (
							<CloseButton
								size="xs"
								aria-label="Clear the search"
								onClick={() => setSearch("")}
							/>
						)
					}
				/>
			</div>
			<div ref={pane} className={styles.rows}>
				{models !== null && rows.length === 0 && (
					<p className={styles.none}>
						No model's name holds “{search}”. {models.length} models are hidden
						by the search.
					</p>
				)}
				<ul
					className={styles.virtual}
					style={{ height: virtual.getTotalSize() }}
				>
					{virtual.getVirtualItems().map((item) => {
						const model = rows[item.index];
						return model === undefined ? null : (
							<ModelRow
								key={item.key}
								model={model}
								isSelected={model.modelId === selected}
								top={item.start}
								height={rowHeight}
								onCursor={setCursor}
							/>
						);
					})}
				</ul>
			</div>
		</nav>
	);
}
