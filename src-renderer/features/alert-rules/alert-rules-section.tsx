import type { ProjectSummary } from "../../../src-shared/contract/index.ts";
import { callNeeds } from "../../../src-shared/domain/access/call-needs.ts";
import { Section, WaitingRows } from "../../components/section.tsx";
import { useProject } from "../../state/current-project.ts";
import { whyNot } from "../../state/why-not.ts";
import { MuteList } from "./mute-list.tsx";
import { RuleList } from "./rule-list.tsx";
import { WindowList } from "./window-list.tsx";

/** What becomes of alerts, and what keeps them quiet: `#/settings/alert-rules`. */
export function AlertRulesSection() {
	const project = useProject();
	return project === null ? (
		<Section title="Alert rules">
			<WaitingRows rows={3} />
		</Section>
	) : (
		<Parts key={project.id} project={project} />
	);
}

function Parts({ project }: { readonly project: ProjectSummary }) {
	return (
		<>
			<Section title="Alert rules">
				<RuleList project={project} />
			</Section>
			<Section title="Mutes">
				<MuteList
					projectId={project.id}
					reason={whyNot(callNeeds.alertRules.addMute, project)}
				/>
			</Section>
			<Section title="Maintenance windows">
				<WindowList
					projectId={project.id}
					reason={whyNot(callNeeds.alertRules.addWindow, project)}
				/>
			</Section>
		</>
	);
}
