import { Tabs } from "@mantine/core";
import { Suspense, useMemo } from "react";
import type { ModelSummary } from "../../../src-shared/contract/index.ts";
import { TimeRangeProvider } from "../../components/charts/time-range.tsx";
import { keyCaps, useShortcuts } from "../../ground/keyboard.ts";
import { navigate } from "../../ground/router.ts";
import { AssessmentBar } from "./assessment-bar.tsx";
import styles from "./drift.module.css";
import {
	type DriftPlace,
	type DriftTab,
	driftQuery,
	driftTabs,
} from "./drift-place.ts";
import { EvidenceTab } from "./evidence-tab.tsx";
import { ModelHeader } from "./model-header.tsx";
import { MonitorTab } from "./monitor-tab.tsx";
import { OverviewTab } from "./overview-tab.tsx";
import { PerformanceTab } from "./performance-tab.tsx";
import { useDrift } from "./use-drift.ts";

const tabWords: Readonly<Record<DriftTab, string>> = {
	overview: "Overview",
	evidence: "Evidence",
	performance: "Performance",
	monitor: "Monitor",
};

interface ModelDetailProps {
	readonly model: ModelSummary;
	readonly place: DriftPlace;
}

/** Everything about the drift of one model. */
export function ModelDetail({ model, place }: ModelDetailProps) {
	const { modelId } = model;
	const drift = useDrift(modelId, place.driftId);
	const history = useMemo(
		() => drift.history.value ?? [],
		[drift.history.value],
	);

	function go(change: Partial<DriftPlace>): void {
		navigate(["drift", modelId], driftQuery({ ...place, ...change }), {
			replace: true,
		});
	}
	/** The chosen assessment is named in the address, the newest one is not: it stays the newest. */
	function choose(driftId: string, column?: string): void {
		const isNewest = driftId === history.at(-1)?.driftId;
		go({
			driftId: isNewest ? null : driftId,
			...(column === undefined ? {} : { column, tab: "evidence" }),
		});
	}
	function step(by: 1 | -1): boolean {
		const at = history.findIndex(
			(each) => each.driftId === drift.selected?.driftId,
		);
		const next = history[at + by];
		if (at < 0 || next === undefined) return false;
		choose(next.driftId);
		return true;
	}
	useShortcuts([
		...driftTabs.map((tab, index) => ({
			keys: `alt+${index + 1}`,
			label: `Show ${tabWords[tab].toLowerCase()}`,
			group: "Drift",
			run: () => {
				go({ tab });
				return true;
			},
		})),
		{
			keys: "[",
			label: "Assessment before",
			group: "Drift",
			run: () => step(-1),
		},
		{
			keys: "]",
			label: "Assessment after",
			group: "Drift",
			run: () => step(1),
		},
	]);

	return (
		<TimeRangeProvider>
			<ModelHeader model={model} drift={drift} onAssessed={choose} />
			<Tabs
				value={place.tab}
				onChange={(value) => {
					const tab = driftTabs.find((each) => each === value);
					if (tab !== undefined) go({ tab });
				}}
				className={styles.tabs}
				keepMounted={false}
			>
				<Tabs.List className={styles.tabList}>
					{driftTabs.map((tab, index) => (
						<Tabs.Tab
							key={tab}
							value={tab}
							title={keyCaps(`alt+${index + 1}`).join(" ")}
						>
							{tabWords[tab]}
						</Tabs.Tab>
					))}
				</Tabs.List>
				{(place.tab === "overview" || place.tab === "evidence") && (
					<AssessmentBar history={history} drift={drift} onStep={step} />
				)}
				<div className={styles.panels}>
					<Suspense fallback={null}>
						<Tabs.Panel value="overview">
							<OverviewTab
								model={model}
								drift={drift}
								history={history}
								column={place.column}
								onChoose={choose}
							/>
						</Tabs.Panel>
						<Tabs.Panel value="evidence">
							<EvidenceTab
								drift={drift}
								column={place.column}
								onColumn={(column) => go({ column, tab: "evidence" })}
							/>
						</Tabs.Panel>
						<Tabs.Panel value="performance">
							<PerformanceTab modelId={modelId} />
						</Tabs.Panel>
						<Tabs.Panel value="monitor">
							<MonitorTab model={model} />
						</Tabs.Panel>
					</Suspense>
				</div>
			</Tabs>
		</TimeRangeProvider>
	);
}
