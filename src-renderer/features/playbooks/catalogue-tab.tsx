import { Button, TextInput, Tooltip } from "@mantine/core";
import { IconBook2, IconRefresh, IconSearch } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useStore } from "zustand";
import type { Playbook } from "../../../src-shared/contract/index.ts";
import { plural } from "../../components/charts/number-words.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { PaneBoundary } from "../../components/error-boundary.tsx";
import { KeyCaps } from "../../components/key-caps.tsx";
import { SkeletonRows } from "../../components/skeleton-rows.tsx";
import { useRowFocus } from "../../components/use-row-focus.ts";
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

/** Every playbook of this machine beside one of them; the files that cannot be used, and how to add one. */
export function CatalogueTab(props: { readonly place: PlaybooksPlace }) {
	const { place } = props;
	const workspace = useWorkspace();
	const catalogue = useStore(workspace.lists, (lists) => lists.catalogue);
	const [text, setText] = useState("");
	const [isBusy, setBusy] = useState(false);
	const [fault, setFault] = useState<string | null>(null);
	const pane = useRef<HTMLDivElement>(null);
	const search = useRef<HTMLInputElement>(null);
	const focus = useRowFocus(pane);
	const playbooks = catalogue?.playbooks ?? [];
	const shown = playbooks.filter((each) => fits(each, text));
	const open = playbooks.find((each) => each.id === place.id);

	async function reload(): Promise<void> {
		setBusy(true);
		const refused = await reloadCatalogue(workspace);
		setBusy(false);
		setFault(refused);
		if (refused === null) {
			const now = workspace.lists.getState().catalogue;
			announce(
				`The folders were read again: ${plural(now?.playbooks.length ?? 0, "playbook")}, ${plural(faultyFiles(now?.faults ?? []).length, "file")} with faults.`,
			);
		}
	}
	useShortcuts([
		panelKey("j arrowdown", "Next playbook", true, () => focus.move(1)),
		panelKey("k arrowup", "Previous playbook", true, () => focus.move(-1)),
		panelKey("/", "Search", true, () => search.current?.focus()),
		panelKey("shift+r", "Read the folders again", !isBusy, () => {
			void reload();
		}),
		panelKey("escape", "Close what is open", place.id !== null, () =>
			goToPlaybooks({ ...place, id: null }),
		),
	]);

	return (
		<div className={classes.split}>
			<nav className={classes.list} aria-label="Catalogue">
				<div className={classes.tools}>
					<TextInput
						ref={search}
						className={classes.search}
						aria-label="Search playbooks"
						placeholder="Search playbooks"
						leftSection={<IconSearch size={14} aria-hidden="true" />}
						rightSection={text === "" ? <KeyCaps keys="/" /> : null}
						value={text}
						onChange={(event) => setText(event.currentTarget.value)}
						onKeyDown={(event) => {
							if (event.key === "Escape") {
								event.preventDefault();
								if (text === "") event.currentTarget.blur();
								else setText("");
							}
							if (event.key === "Enter" || event.key === "ArrowDown") {
								event.preventDefault();
								focus.first();
							}
						}}
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
				<div ref={pane} className={classes.rows}>
					{fault !== null && (
						<p className={classes.fault} role="alert">
							The folders were not read again. {fault}
						</p>
					)}
					{catalogue === null && <SkeletonRows />}
					{catalogue !== null && catalogue.faults.length > 0 && (
						<a
							className={classes.faultsRow}
							href={playbooksHash({ ...place, id: null })}
						>
							{plural(faultyFiles(catalogue.faults).length, "file")} cannot be
							used
						</a>
					)}
					<ul className={rows.rows}>
						{shown.map((playbook) => (
							<CatalogueRow
								key={playbook.id}
								playbook={playbook}
								isOpen={playbook.id === place.id}
								href={playbooksHash({ ...place, id: playbook.id })}
							/>
						))}
					</ul>
					{catalogue !== null && shown.length === 0 && text !== "" && (
						<p className={classes.none}>
							No playbook's name or description holds “{text}”.
						</p>
					)}
				</div>
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

function CatalogueRow(props: {
	readonly playbook: Playbook;
	readonly isOpen: boolean;
	readonly href: string;
}) {
	const { playbook } = props;
	return (
		<li className={rows.tallItem}>
			<a
				className={classes.row}
				href={props.href}
				data-row={playbook.id}
				aria-current={props.isOpen ? "true" : undefined}
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
		</li>
	);
}

function fits(playbook: Playbook, text: string): boolean {
	const words = text.toLowerCase().split(/\s+/).filter(Boolean);
	const all =
		`${playbook.name} ${playbook.id} ${playbook.description}`.toLowerCase();
	return words.every((word) => all.includes(word));
}
