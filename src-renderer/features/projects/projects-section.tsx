import { Button } from "@mantine/core";
import { IconFolderPlus } from "@tabler/icons-react";
import { useStore } from "zustand";
import { callNeeds } from "../../../src-shared/domain/access/call-needs.ts";
import section from "../../components/section.module.css";
import { Section, WaitingRows } from "../../components/section.tsx";
import { useProject } from "../../state/current-project.ts";
import { useWorkspace } from "../../state/engine-context.tsx";
import { roleWords } from "../../state/role-words.ts";
import { useSession } from "../../state/use-tenant.ts";
import { whyNot } from "../../state/why-not.ts";
import { useProjectDialogs } from "./project-dialogs.ts";
import { ProjectMembers } from "./project-members.tsx";
import { switchProject } from "./switch-project.ts";

/** The projects of the person, and who is in the one that is shown. */
export function ProjectsSection() {
	const projects = useStore(useWorkspace().lists, (lists) => lists.projects);
	const current = useProject();
	const session = useSession();
	const show = useProjectDialogs((dialogs) => dialogs.show);
	const reason = session && whyNot(callNeeds.projects.create, session);
	return (
		<>
			<Section title="Projects">
				<p>
					A project has its own alerts, integrations, incidents and people. You
					see those that you are in.
				</p>
				{session !== null && reason === null && (
					<div className={section.above}>
						<Button
							leftSection={<IconFolderPlus size={15} stroke={1.75} />}
							onClick={() => show("create")}
						>
							Make a project
						</Button>
					</div>
				)}
				{reason !== null && <p>{reason}</p>}
				{projects === null && <WaitingRows rows={2} hasHead />}
				{projects !== null && projects.length === 0 && (
					<p>You are in no project. Ask an admin of one to add your address.</p>
				)}
				{projects !== null && projects.length > 0 && (
					<table className={section.table}>
						<thead>
							<tr>
								<th scope="col">Name</th>
								<th scope="col">You are</th>
								<th scope="col">People</th>
								<th scope="col">
									<span className="visually-hidden">Actions</span>
								</th>
							</tr>
						</thead>
						<tbody>
							{projects.map((project) => (
								<tr key={project.id}>
									<td title={project.name}>
										<span className={section.name}>
											<bdi className="truncate">{project.name}</bdi>
											{project.id === current?.id && (
												<span className={section.tag}>Shown now</span>
											)}
											{!project.isActive && (
												<span className={section.tag}>Not active</span>
											)}
										</span>
									</td>
									<td>{roleWords[project.role].name}</td>
									<td className="tabular">{project.memberCount}</td>
									<td>
										<span className={section.rowActions}>
											{project.id !== current?.id && (
												<Button
													variant="default"
													size="compact-xs"
													aria-label={`Switch to ${project.name}`}
													onClick={() => switchProject(project)}
												>
													Switch
												</Button>
											)}
										</span>
									</td>
								</tr>
							))}
						</tbody>
					</table>
				)}
			</Section>
			{current !== null && session !== null && (
				<ProjectMembers key={current.id} project={current} session={session} />
			)}
		</>
	);
}
