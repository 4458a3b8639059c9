import { Button } from "@mantine/core";
import type {
	ProjectSummary,
	Session,
} from "../../../src-shared/contract/index.ts";
import { callNeeds } from "../../../src-shared/domain/access/call-needs.ts";
import section from "../../components/section.module.css";
import { Fault, Section, WaitingRows } from "../../components/section.tsx";
import {
	useEngine,
	useLiveChange,
	useNewChannel,
} from "../../state/engine-context.tsx";
import { useAnswer } from "../../state/use-answer.ts";
import { whyNot } from "../../state/why-not.ts";
import { AddProjectMember } from "./add-project-member.tsx";
import { ProjectMemberRow } from "./project-member-row.tsx";

/** Who is in a project, and what each may do there. */
export function ProjectMembers(props: {
	readonly project: ProjectSummary;
	readonly session: Session;
}) {
	const { project, session } = props;
	const engine = useEngine();
	const { id } = project;
	const { value, fault, reload } = useAnswer(`members of ${id}`, (signal) =>
		engine.projects.members({ id }, { signal }),
	);
	useNewChannel(reload);
	useLiveChange(({ kind }) => {
		if (kind === "members" || kind === "resync") reload();
	});
	const reason = whyNot(callNeeds.projects.addMember, project);
	return (
		<Section title={`Members of ${project.name}`}>
			{reason === null ? (
				<AddProjectMember project={project} onAdded={reload} />
			) : (
				<p>{reason}</p>
			)}
			{value === null && fault !== null && (
				<Fault>
					The members could not be listed: {fault}{" "}
					<Button variant="default" size="compact-xs" onClick={reload}>
						Try again
					</Button>
				</Fault>
			)}
			{value === null && fault === null && <WaitingRows rows={3} hasHead />}
			{value !== null && (
				<table className={`${section.table} ${section.members}`}>
					<thead>
						<tr>
							<th scope="col">Name</th>
							<th scope="col">Email</th>
							<th scope="col">Role</th>
							<th scope="col">State</th>
							<th scope="col">
								<span className="visually-hidden">Actions</span>
							</th>
						</tr>
					</thead>
					<tbody>
						{value.map((member) => (
							<ProjectMemberRow
								key={member.userId}
								project={project}
								member={member}
								isSelf={member.userId === session.user.id}
								onChanged={reload}
							/>
						))}
					</tbody>
				</table>
			)}
		</Section>
	);
}
