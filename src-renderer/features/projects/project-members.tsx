import { Button } from "@mantine/core";
import type {
	ProjectSummary,
	Session,
} from "../../../src-shared/contract/index.ts";
import { roleAtLeast } from "../../../src-shared/domain/roles.ts";
import section from "../../components/section.module.css";
import { Fault, Section, WaitingRows } from "../../components/section.tsx";
import {
	useEngine,
	useLiveChange,
	useNewChannel,
} from "../../state/engine-context.tsx";
import { roleWords } from "../../state/member-rules.ts";
import { useAnswer } from "../../state/use-answer.ts";
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
	const isManager = roleAtLeast(project.role, "admin");
	return (
		<Section title={`Members of ${project.name}`}>
			{isManager ? (
				<AddProjectMember project={project} onAdded={reload} />
			) : (
				<p>
					Only an admin or an owner of the project changes who is in it; you are{" "}
					{roleWords[project.role].one} here.
				</p>
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
