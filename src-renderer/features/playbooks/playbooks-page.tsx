import { Tabs } from "@mantine/core";
import { useEffect, useMemo } from "react";
import { PageHeader } from "../../components/page-header.tsx";
import { keyCaps, useShortcuts } from "../../ground/keyboard.ts";
import { usePlace } from "../../ground/router.ts";
import { useWorkspace } from "../../state/engine-context.tsx";
import { useActionList, useListState } from "../../state/use-actions.ts";
import { ActionsTab } from "./actions-tab.tsx";
import { CatalogueTab } from "./catalogue-tab.tsx";
import classes from "./playbooks-page.module.css";
import {
	goToPlaybooks,
	type PlaybooksPlace,
	type PlaybookTab,
	playbooksPlaceOf,
	playbookTabs,
} from "./playbooks-place.ts";

/** Approvals that wait for this person, the runs of all incidents, and the catalogue; it opens with what waits, or with the catalogue where nothing does. */
export function PlaybooksPage() {
	const address = usePlace();
	const place = playbooksPlaceOf(address);
	const { actions } = useWorkspace();
	const { total } = useListState(actions.awaiting);
	const go = (tab: PlaybookTab) =>
		goToPlaybooks({ tab, id: null, filter: "all" });
	const isUnchosen = address.path[1] === undefined;
	useEffect(() => {
		if (!isUnchosen || total !== 0) return;
		goToPlaybooks(
			{ tab: "catalogue", id: null, filter: "all" },
			{ replace: true },
		);
	}, [isUnchosen, total]);
	const words: Readonly<Record<PlaybookTab, string>> = {
		approvals:
			total === null || total === 0
				? "Waiting for me"
				: `Waiting for me ${total}`,
		runs: "Runs",
		catalogue: "Catalogue",
	};
	useShortcuts(
		playbookTabs.map((tab, index) => ({
			keys: `alt+${index + 1}`,
			label: `Playbooks: ${words[tab]}`,
			group: "Playbooks",
			run: () => {
				go(tab);
				return true;
			},
		})),
	);
	return (
		<div className={classes.page}>
			<PageHeader title="Playbooks" />
			<Tabs
				className={classes.tabs}
				value={place.tab}
				onChange={(value) => {
					const tab = playbookTabs.find((each) => each === value);
					if (tab !== undefined) go(tab);
				}}
				keepMounted={false}
			>
				<Tabs.List className={classes.tabList}>
					{playbookTabs.map((tab, index) => (
						<Tabs.Tab
							key={tab}
							value={tab}
							title={keyCaps(`alt+${index + 1}`).join(" ")}
						>
							<span className="tabular">{words[tab]}</span>
						</Tabs.Tab>
					))}
				</Tabs.List>
				<Tabs.Panel value="approvals" className={classes.panel}>
					<ActionsTab
						list={actions.awaiting}
						place={place}
						label="Approvals waiting for me"
						empty={{
							title: "Nothing waits for you",
							text: "A dry run that needs an approval appears here as soon as somebody asks for one that you may give: with its command, what it changes and who wants to run it.",
						}}
						choose="Choose one with J and K, then Enter. What it would do is shown here, and Y approves it."
					/>
				</Tabs.Panel>
				<Tabs.Panel value="runs" className={classes.panel}>
					<Runs place={place} />
				</Tabs.Panel>
				<Tabs.Panel value="catalogue" className={classes.panel}>
					<CatalogueTab place={place} />
				</Tabs.Panel>
			</Tabs>
		</div>
	);
}

function Runs(props: { readonly place: PlaybooksPlace }) {
	const query = useMemo(
		() => ({
			kinds: ["execution" as const, "rollback" as const],
		}),
		[],
	);
	return (
		<ActionsTab
			list={useActionList(query)}
			place={props.place}
			label="Runs"
			empty={{
				title: "Nothing has run yet",
				text: "Open an incident and press P: its playbooks show what they would do before anything runs. Every execution and rollback of any incident is listed here.",
			}}
			choose="Choose a run with J and K, then Enter. Its steps, its output and what it changed are shown here."
			hasFilter
		/>
	);
}
