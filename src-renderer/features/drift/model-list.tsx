import { Select } from "@mantine/core";
import { useDeferredValue, useMemo, useState } from "react";
import type { ModelSummary } from "../../../src-shared/contract/index.ts";
import {
	ListSearch,
	useHeldRows,
	useList,
	VirtualList,
} from "../../components/list/index.ts";
import { PageHeader } from "../../components/page-header.tsx";
import { navigate } from "../../ground/router.ts";
import styles from "./model-list.module.css";
import { type ModelSort, orderedModels } from "./model-order.ts";
import { columns } from "./model-row.tsx";

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
	const list = useList({
		source: useHeldRows(idOf, rows, `${sort} ${words}`),
		idOf,
		noun: "model",
		openId: selected,
		open: (id) => navigate(["drift", id]),
		close: () => navigate(["drift"]),
	});

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
				<ListSearch
					list={list}
					label="Search models"
					placeholder="Search models"
					value={search}
					onChange={setSearch}
				/>
			</div>
			<VirtualList
				list={list}
				label="Models"
				columns={columns}
				rowHeight={rowHeight}
				edgeOf={({ status }) =>
					status === "critical" || status === "warn"
						? `var(--status-${status})`
						: "transparent"
				}
				isLoading={models === null}
				empty={
					<p className={styles.none}>
						No model's name holds “{search}”. {models?.length} models are hidden
						by the search.
					</p>
				}
			/>
		</nav>
	);
}

function idOf({ modelId }: ModelSummary): string {
	return modelId;
}
