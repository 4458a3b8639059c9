import { Button, NativeSelect } from "@mantine/core";
import { IconCircleCheck, IconCircleOff } from "@tabler/icons-react";
import type {
	ProjectMember,
	ProjectSummary,
} from "../../../src-shared/contract/index.ts";
import { callNeeds } from "../../../src-shared/domain/access/call-needs.ts";
import { must } from "../../../src-shared/domain/must.ts";
import {
	type Role,
	roleAtLeast,
	roles,
} from "../../../src-shared/domain/roles.ts";
import section from "../../components/section.module.css";
import { doWithUndo } from "../../components/undo-toast.tsx";
import { useEngine } from "../../state/engine-context.tsx";
import { roleChoices } from "../../state/member-rules.ts";
import { roleWords } from "../../state/role-words.ts";
import { whyNot } from "../../state/why-not.ts";

/** One person of a project: role and membership as controls for those who manage it, else as text. */
export function ProjectMemberRow(props: {
	readonly project: ProjectSummary;
	readonly member: ProjectMember;
	readonly isSelf: boolean;
	onChanged(): void;
}) {
	const { project, member } = props;
	const { userId, name, email, role } = member;
	const engine = useEngine();
	const mayManage = whyNot(callNeeds.projects.setMemberRole, project) === null;
	const isLocked = !mayManage || !roleAtLeast(project.role, role);

	async function setRole(next: Role): Promise<void> {
		const set = (to: Role) =>
			engine.projects.setMemberRole({ id: project.id, userId, role: to });
		await doWithUndo({
			done: `${name} is ${roleWords[next].one} of ${project.name} now`,
			notDone: `The role of ${name} was not changed`,
			act: () => set(next),
			undo: () => set(role).finally(props.onChanged),
		});
		props.onChanged();
	}

	async function remove(): Promise<void> {
		await doWithUndo({
			done: `${name} is no longer in ${project.name}`,
			notDone: `${name} was not removed`,
			act: () => engine.projects.removeMember({ id: project.id, userId }),
			undo: () =>
				engine.projects
					.addMember({ id: project.id, email, role })
					.finally(props.onChanged),
		});
		props.onChanged();
	}

	const State = member.isActive ? IconCircleCheck : IconCircleOff;
	return (
		<tr data-off={!member.isActive || undefined}>
			<td title={name}>
				<span className={section.name}>
					<bdi className="truncate">{name}</bdi>
					{props.isSelf && <span className={section.tag}>You</span>}
				</span>
			</td>
			<td className="truncate" title={email}>
				{email}
			</td>
			<td>
				{isLocked ? (
					<span title={roleWords[role].may}>{roleWords[role].name}</span>
				) : (
					<NativeSelect
						size="xs"
						aria-label={`Role of ${name} in the project`}
						title={roleWords[role].may}
						value={role}
						data={roleChoices(callNeeds.projects.setMemberRole, project.role)}
						onChange={(event) => {
							const chosen = event.currentTarget.value;
							void setRole(
								must(
									roles.find((each) => each === chosen),
									"one of the list",
								),
							);
						}}
					/>
				)}
			</td>
			<td>
				<span className={section.state}>
					<State size={14} stroke={1.75} aria-hidden="true" />
					{member.isActive ? "Active" : "Off"}
				</span>
			</td>
			<td>
				<span className={section.rowActions}>
					{!isLocked && (
						<Button
							variant="default"
							size="compact-xs"
							aria-label={`Remove ${name} from the project`}
							onClick={() => void remove()}
						>
							Remove
						</Button>
					)}
					{isLocked && mayManage && (
						<span className="faint">Above your role</span>
					)}
				</span>
			</td>
		</tr>
	);
}
