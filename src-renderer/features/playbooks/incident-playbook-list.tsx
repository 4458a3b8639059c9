import { Button, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useMemo, useRef, useState } from "react";
import { useStore } from "zustand";
import type {
	Playbook,
	PlaybookAction,
} from "../../../src-shared/contract/index.ts";
import { KeyCaps } from "../../components/key-caps.tsx";
import { SkeletonRows } from "../../components/skeleton-rows.tsx";
import { useRowFocus } from "../../components/use-row-focus.ts";
import { useShortcuts } from "../../ground/keyboard.ts";
import type { ActionList } from "../../state/action-list.ts";
import { useWorkspace } from "../../state/engine-context.tsx";
import { useActionList, useListState } from "../../state/use-actions.ts";
import { HistoryRow } from "./action-row.tsx";
import { secondsWords } from "./action-words.ts";
import classes from "./incident-playbooks.module.css";
import type { PlaybooksOfIncident } from "./incident-playbooks.tsx";
import { ChecklistIcon, RiskMark } from "./marks.tsx";
import { panelKey } from "./panel-key.ts";
import rows from "./rows.module.css";

/** What the panel opens with: suggested playbooks, the others, and what was done so far. */
export function IncidentPlaybookList(props: {
	readonly incidentId: string;
	readonly answer: PlaybooksOfIncident;
	readonly openId: string | null;
	hrefOfPlaybook(id: string): string;
	hrefOfAction(action: PlaybookAction): string;
}) {
	const { answer, openId } = props;
	const pane = useRef<HTMLDivElement>(null);
	const search = useRef<HTMLInputElement>(null);
	const focus = useRowFocus(pane);
	const [text, setText] = useState("");
	const query = useMemo(
		() => ({ incidentId: props.incidentId }),
		[props.incidentId],
	);
	const list = useActionList(query);
	const suggested = answer.suggested.filter((each) => fits(each, text));
	const others = answer.others.filter((each) => fits(each, text));
	const toHistory = () => {
		const history = pane.current?.querySelector<HTMLElement>("[data-history]");
		history?.scrollIntoView({ block: "start" });
		history?.querySelector<HTMLElement>("[data-row]")?.focus();
	};
	const { total } = useListState(list);
	useShortcuts([
		panelKey("h", "History of the incident's actions", true, toHistory),
		panelKey("f", "Find a playbook", true, () => search.current?.focus()),
	]);
	const section = (title: string, playbooks: readonly Playbook[]) =>
		playbooks.length > 0 && (
			<section aria-label={title}>
				<h3 className={classes.title}>{title}</h3>
				<ul className={rows.rows}>
					{playbooks.map((playbook) => (
						<PlaybookRow
							key={playbook.id}
							playbook={playbook}
							isOpen={playbook.id === openId}
							href={props.hrefOfPlaybook(playbook.id)}
						/>
					))}
				</ul>
			</section>
		);

	return (
		<nav className={classes.list} aria-label="Playbooks of the incident">
			<div className={classes.search}>
				<TextInput
					ref={search}
					id="incident-playbooks"
					aria-label="Find a playbook"
					placeholder="Find a playbook"
					leftSection={<IconSearch size={14} aria-hidden="true" />}
					rightSection={text === "" ? <KeyCaps keys="f" /> : null}
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
				{total !== null && total > 0 && (
					<Button
						variant="default"
						rightSection={<KeyCaps keys="h" />}
						onClick={toHistory}
					>
						History {total}
					</Button>
				)}
			</div>
			{/* The arrow keys move among the links, which stay reachable by Tab. */}
			{/* biome-ignore lint/a11y/noStaticElementInteractions: see above */}
			<div ref={pane} className={classes.rows} onKeyDown={focus.onKeyDown}>
				{answer.isLoading && <SkeletonRows />}
				{answer.fault !== null && (
					<div className={classes.none} role="alert">
						<p>The playbooks cannot be listed: {answer.fault}</p>
						<Button variant="default" onClick={answer.reload}>
							Try again
						</Button>
					</div>
				)}
				<Now list={list} openId={openId} hrefOf={props.hrefOfAction} />
				{section("Suggested", suggested)}
				{section(answer.suggested.length > 0 ? "Others" : "Playbooks", others)}
				{!answer.isLoading &&
					answer.fault === null &&
					suggested.length + others.length === 0 && (
						<p className={classes.none}>
							{answer.all.length === 0
								? "The catalogue is empty. Put a playbook into the folder that the Playbooks page names, then reload it there."
								: `No playbook's name or description holds “${text}”.`}
						</p>
					)}
				<History list={list} openId={openId} hrefOf={props.hrefOfAction} />
			</div>
		</nav>
	);
}

function PlaybookRow(props: {
	readonly playbook: Playbook;
	readonly isOpen: boolean;
	readonly href: string;
}) {
	const { playbook } = props;
	return (
		<li>
			<a
				className={classes.row}
				href={props.href}
				data-row={playbook.id}
				aria-current={props.isOpen ? "true" : undefined}
				title={playbook.description}
			>
				<span className={`${rows.name} truncate`}>
					<bdi>{playbook.name}</bdi>
				</span>
				<span className={`${classes.what} truncate`}>
					{playbook.description}
				</span>
				{playbook.kind === "checklist" ? (
					<span className={classes.kind}>
						<ChecklistIcon />
						Checklist
					</span>
				) : (
					<>
						<span className={`${rows.when} tabular`}>
							{secondsWords(playbook.estimate.durationSeconds)}
						</span>
						<span className={classes.risk}>
							<RiskMark level={playbook.risk.level} />
						</span>
					</>
				)}
			</a>
		</li>
	);
}

function History(props: {
	readonly list: ActionList | null;
	readonly openId: string | null;
	hrefOf(action: PlaybookAction): string;
}) {
	const { list } = props;
	const { ids, total, hasMore, isLoadingMore, fault } = useListState(list);
	return (
		<section aria-label="History" data-history>
			<h3 className={classes.title}>
				History{" "}
				{total !== null && total > 0 && (
					<span className="faint tabular">{total}</span>
				)}
			</h3>
			{fault !== null && (
				<p className={classes.none} role="alert">
					The history cannot be listed: {fault} It is asked for again.
				</p>
			)}
			{total === 0 && (
				<p className={classes.none}>
					Nothing was tried yet. Dry runs, executions and rollbacks of this
					incident are listed here, with who did what.
				</p>
			)}
			<Rows ids={ids} openId={props.openId} hrefOf={props.hrefOf} />
			{hasMore && (
				<Button
					className={classes.more}
					variant="subtle"
					color="gray"
					loading={isLoadingMore}
					onClick={() => void list?.more()}
				>
					Show older ones
				</Button>
			)}
		</section>
	);
}

/** What runs, waits for somebody or is in doubt: first, because it cannot wait. */
function Now(props: {
	readonly list: ActionList | null;
	readonly openId: string | null;
	hrefOf(action: PlaybookAction): string;
}) {
	const { ids } = useListState(props.list);
	const known = useStore(useWorkspace().actions.state, (state) => state.known);
	const now = ids.filter((id) => {
		const action = known.get(id);
		return action !== undefined && isPressing(action);
	});
	return now.length === 0 ? null : (
		<section aria-label="Now">
			<h3 className={classes.title}>Now</h3>
			<Rows ids={now} openId={props.openId} hrefOf={props.hrefOf} />
		</section>
	);
}

function isPressing(action: PlaybookAction): boolean {
	if (action.kind !== "dry_run") {
		return action.status === "running" || action.status === "unknown";
	}
	return action.approvalRequestedAt !== null && action.approval === null;
}

function Rows(props: {
	readonly ids: readonly string[];
	readonly openId: string | null;
	hrefOf(action: PlaybookAction): string;
}) {
	return (
		<ul className={rows.rows}>
			{props.ids.map((id) => (
				<HistoryRow
					key={id}
					actionId={id}
					isOpen={id === props.openId}
					hrefOf={props.hrefOf}
				/>
			))}
		</ul>
	);
}

function fits(playbook: Playbook, text: string): boolean {
	const words = text.toLowerCase().split(/\s+/).filter(Boolean);
	const all =
		`${playbook.name} ${playbook.id} ${playbook.description}`.toLowerCase();
	return words.every((word) => all.includes(word));
}
