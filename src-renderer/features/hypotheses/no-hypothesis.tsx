import { IconBulbOff, IconHourglass } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type {
	HypothesisReport,
	IncidentDetail,
} from "../../../src-shared/contract/index.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { placeHash } from "../../ground/router.ts";
import classes from "./hypotheses.module.css";

/** No evidence, no hypothesis: says so, and what would give some. */
export function NoHypothesis(props: {
	readonly report: HypothesisReport;
	readonly incident: IncidentDetail;
	readonly action: ReactNode;
}) {
	const { report, incident, action } = props;
	if (report.version === 0) {
		return (
			<EmptyState
				icon={<IconHourglass size={30} stroke={1.25} />}
				title="The records are being read"
				text="Causes appear here by themselves as soon as they were looked for. You can also ask for them now."
				action={action}
			/>
		);
	}
	return (
		<EmptyState
			icon={<IconBulbOff size={30} stroke={1.25} />}
			title="No evidence, no hypothesis"
			text={
				<>
					<p>
						Nothing that is on record before this incident explains it, and
						Tocsin does not guess. These would give evidence:
					</p>
					<ul className={classes.sources}>
						<li>
							alerts of the same service or of one it depends on:{" "}
							<a href={placeHash(["settings", "integrations"])}>
								connect a system
							</a>
						</li>
						<li>
							deployments and configuration changes, which the same systems can
							tell of
						</li>
						<li>
							{incident.modelId === null
								? "drift results, once the incident names a model"
								: "drift results and stage changes of the model: "}
							{incident.modelId !== null && (
								<a href={placeHash(["drift", incident.modelId])}>assess it</a>
							)}
						</li>
						<li>playbook runs, and past incidents like this one</li>
					</ul>
				</>
			}
			action={action}
		/>
	);
}
