import { Button, Tooltip } from "@mantine/core";
import { IconBook2, IconRefresh } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { useStore } from "zustand";
import type { Playbook } from "../../../src-shared/contract/index.ts";
import { plural } from "../../components/charts/number-words.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { PaneBoundary } from "../../components/error-boundary.tsx";
import { KeyCaps } from "../../components/key-caps.tsx";
import {
	ListSearch,
	listColumns,
	useHeldRows,
	useList,
	VirtualList,
} from "../../components/list/index.ts";
import { announce } from "../../ground/announcer.tsx";
import { useShortcuts } from "../../ground/keyboard.ts";
import { useWorkspace } from "../../state/engine-context.tsx";
import { CatalogueDetail } from "./catalogue-detail.tsx";
import { CatalogueFaults, faultyFiles } from "./catalogue-faults.tsx";
import { keepScrollKeys } from "./keep-scroll-keys.ts";
import { ChecklistIcon, RiskMark } from "./marks.tsx";
import { OwnPlaybooks } from "./own-playbooks.tsx";
import { panelKey } from "./panel-key.ts";
import classes from "./playbooks-page.module.css";
import {
	goToPlaybooks,
	type PlaybooksPlace,
	playbooksHash,
} from "./playbooks-place.ts";
import { reloadCatalogue } from "./reload-catalogue.ts";
import rows from "./rows.module.css";

const column = listColumns<Playbook>();
const columns = column.columns([
	column.display({
		id: "playbook",
		cell: ({ row }) => <CatalogueRow playbook={row.original} />,
		meta: { width: "minmax(0, 1fr)", isBare: true },
	}),
]);
const nothing: readonly Playbook[] = [];

/** Every playbook of this machine beside one of them; the files that cannot be used, and how to add one. */
export function CatalogueTab(props: { readonly place: PlaybooksPlace }) {
	const { place } = props;
	const workspace = useWorkspace();
	const catalogue = useStore(workspace.lists, (lists) => lists.catalogue);
	const [text, setText] = useState("");
	const [isBusy, setBusy] = useState(false);
	const [reloads, setReloads] = useState(0);
	const [fault, setFault] = useState<string | null>(null);
	const playbooks = catalogue?.playbooks ?? nothing;
	const shown = useMemo(
		() => playbooks.filter((each) => fits(each, text)),
		[playbooks, text],
	);
	const open = playbooks.find((each) => each.id === place.id);
	const list = useList({
		source: useHeldRows(idOf, shown, `${reloads} ${text}`),
		idOf,
		noun: "playbook",
		openId: place.id,
		open: (id) => goToPlaybooks({ ...place, id }),
		close: () => goToPlaybooks({ ...place, id: null }),
	});

	async function reload(): Promise<void> {
		setBusy(true);
		const refused = await reloadCatalogue(workspace);
		setBusy(false);
		setReloads((before) => before + 1);
		setFault(refused);
		if (refused === null) {
			const now = workspace.lists.getState().catalogue;
			announce(
				`The folders were read again: ${plural(now?.playbooks.length ?? 0, "playbook")}, ${plural(faultyFiles(now?.faults ?? []).length, "file")} with faults.`,
			);
		}
	}
	useShortcuts([
		panelKey("shift+r", "Read the folders again", !isBusy, () => {
			void reload();
		}),
	]);

	return (
		<div className={classes.split}>
			<nav className={classes.list} aria-label="Catalogue">
				<div className={classes.tools}>
					<ListSearch
						list={list}
						className={classes.search}
						label="Search playbooks"
						placeholder="Search playbooks"
						value={text}
						onChange={setText}
					/>
					<Tooltip
						label={
							<span>
								Read the folders again <KeyCaps keys="shift+r" />
							</span>
						}
					>
						<Button
							variant="default"
							loading={isBusy}
							leftSection={<IconRefresh size={14} aria-hidden="true" />}
							onClick={() => void reload()}
						>
							Reload
						</Button>
					</Tooltip>
				</div>
				{fault !== null && (
					<p className={classes.fault} role="alert">
						The folders were not read again. {fault}
					</p>
				)}
				{catalogue !== null && catalogue.faults.length > 0 && (
					<a
						className={classes.faultsRow}
						href={playbooksHash({ ...place, id: null })}
					>
						{plural(faultyFiles(catalogue.faults).length, "file")} cannot be
						used
					</a>
				)}
				<VirtualList
					list={list}
					label="Playbooks"
					columns={columns}
					rowHeight={52}
					isLoading={catalogue === null}
					empty={
						text !== "" && (
							<p className={classes.none}>
								No playbook's name or description holds “{text}”.
							</p>
						)
					}
				/>
			</nav>
			<section
				key={place.id}
				className={classes.detail}
				aria-label="Playbook"
				onKeyDown={keepScrollKeys}
			>
				<PaneBoundary name="The playbook">
					{open !== undefined ? (
						<CatalogueDetail playbook={open} />
					) : place.id !== null && catalogue !== null ? (
						<EmptyState
							icon={<IconBook2 size={28} />}
							title="No such playbook here"
							text={`The catalogue has no “${place.id}”. Its file may have been removed or have a fault.`}
						/>
					) : (
						catalogue !== null && (
							<div className={classes.overview}>
								<CatalogueFaults faults={catalogue.faults} />
								<OwnPlaybooks folder={catalogue.folder} />
							</div>
						)
					)}
				</PaneBoundary>
			</section>
		</div>
	);
}

function CatalogueRow({ playbook }: { readonly playbook: Playbook }) {
	return (
		<a
			className={classes.row}
			href={playbooksHash({ tab: "catalogue", id: playbook.id, filter: "all" })}
			tabIndex={-1}
			data-row={playbook.id}
		>
			<span className={`${rows.name} truncate`}>
				<bdi>{playbook.name}</bdi>
			</span>
			<span className={classes.kind}>
				{playbook.kind === "checklist" ? (
					<>
						<ChecklistIcon /> Checklist
					</>
				) : (
					<RiskMark level={playbook.risk.level} />
				)}
			</span>
			<span className={`${classes.below} truncate`}>
				{playbook.description}
			</span>
			<span className={classes.origin}>
				{playbook.origin === "user" ? "yours" : ""}
			</span>
		</a>
	);
}

function idOf({ id }: Playbook): string {
	return id;
}

function fits(playbook: Playbook, text: string): boolean {
	const words = text.toLowerCase().split(/\s+/).filter(Boolean);
	const all =
		`${playbook.name} ${playbook.id} ${playbook.description}`.toLowerCase();
	return words.every((word) => all.includes(word));
}
