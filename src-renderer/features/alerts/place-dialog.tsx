import { useState } from "react";
import type {
	IncidentSummary,
	Placement,
	ProjectSummary,
} from "../../../src-shared/contract/index.ts";
import { isClosed } from "../../../src-shared/domain/lifecycle.ts";
import { Picker } from "../../components/picker.tsx";
import { SeverityMark } from "../../components/severity-mark.tsx";
import { useWorkspace } from "../../state/engine-context.tsx";
import classes from "./alert-detail.module.css";

/** As many as somebody can look through; more are found by words in the list of incidents. */
const mostOffered = 200;

/** Where alerts belong: an incident that is not closed, a new one, or none. */
export function PlaceDialog(props: {
	readonly project: ProjectSummary;
	/** The alerts in words, such as `“DiskFull”`. */
	readonly what: string;
	/** The incidents that they are in: null for none, undefined where that is not known. */
	readonly from: readonly (string | null | undefined)[];
	onPlace(to: Placement, number: number | null): void;
	onClose(): void;
}) {
	const { project, from } = props;
	const { incidents } = useWorkspace();
	const [offered] = useState(() =>
		placesFor(incidents.all(), project, from).slice(0, mostOffered),
	);
	const canLeave = from.some((id) => id !== null);
	return (
		<Picker<{ readonly to: Placement; readonly number: number | null }>
			title={`Move ${props.what} to`}
			onClose={props.onClose}
			onPick={({ to, number }) => props.onPlace(to, number)}
			choices={[
				{
					value: { to: { kind: "new" }, number: null },
					label: "A new incident",
					content: "A new incident",
					digit: "1",
				},
				...(canLeave
					? [
							{
								value: { to: { kind: "detach" as const }, number: null },
								label: "No incident",
								content: "No incident",
								digit: "2",
							},
						]
					: []),
				...offered.map((incident) => ({
					value: {
						to: { kind: "incident" as const, incidentId: incident.id },
						number: incident.number,
					},
					label: `#${incident.number} ${incident.title}`,
					content: (
						<span className={classes.choice}>
							<span className="truncate">
								<span className="dim tabular">#{incident.number}</span>{" "}
								<bdi>{incident.title}</bdi>
							</span>
							<SeverityMark severity={incident.severity} />
						</span>
					),
				})),
			]}
		/>
	);
}

/** The incidents of a project that are not closed and that the alerts are not all in already, the newest first. */
export function placesFor(
	incidents: readonly IncidentSummary[],
	project: Pick<ProjectSummary, "id" | "isFirst">,
	from: readonly (string | null | undefined)[],
): IncidentSummary[] {
	const [only] = from;
	const isIn = (id: string) => only === id && from.every((each) => each === id);
	return incidents
		.filter(
			({ id, projectId, state, isHistory }) =>
				!isClosed(state) &&
				!isHistory &&
				!isIn(id) &&
				(projectId === project.id || (projectId === null && project.isFirst)),
		)
		.sort((a, b) => b.number - a.number);
}
