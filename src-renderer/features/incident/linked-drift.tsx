import { IconChevronRight } from "@tabler/icons-react";
import type { IncidentDetail } from "../../../src-shared/contract/index.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { AbsoluteTime, RelativeTime } from "../../components/relative-time.tsx";
import { valueText } from "../../components/value-text.ts";
import { placeHash } from "../../ground/router.ts";
import classes from "./linked-drift.module.css";

/** The drift results around the incident, each opening its evidence. */
export function LinkedDrift(props: { readonly incident: IncidentDetail }) {
	const { linkedDrift, modelId, driftId } = props.incident;
	if (linkedDrift.length === 0) {
		return (
			<EmptyState
				title="No drift is linked"
				text={
					modelId === null
						? "The incident names no model. Incidents that the drift monitor opens show their evidence here."
						: "No assessment of this model lies around the incident."
				}
			/>
		);
	}
	return (
		<ul className={classes.list}>
			{linkedDrift.map((drift) => (
				<li key={drift.driftId}>
					<a
						className={classes.row}
						href={placeHash(modelId === null ? ["drift"] : ["drift", modelId], {
							drift: drift.driftId,
						})}
					>
						<span className={classes.value}>
							PSI {drift.psi === null ? "not known" : valueText(drift.psi)}
						</span>
						<span className="dim">{drift.status.replaceAll("_", " ")}</span>
						{drift.driftId === driftId && (
							<span className="faint">opened this incident</span>
						)}
						<span className={classes.when}>
							<RelativeTime at={drift.asOf} ago />,{" "}
							<AbsoluteTime at={drift.asOf} />
						</span>
						<IconChevronRight size={14} aria-hidden="true" />
					</a>
				</li>
			))}
		</ul>
	);
}
