import { Button, NativeSelect } from "@mantine/core";
import {
	IconCircleCheck,
	IconCircleOff,
	IconKeyOff,
} from "@tabler/icons-react";
import type { Member, Session } from "../../../src-shared/contract/index.ts";
import { callNeeds } from "../../../src-shared/domain/access/call-needs.ts";
import { must } from "../../../src-shared/domain/must.ts";
import { type Role, roles } from "../../../src-shared/domain/roles.ts";
import classes from "../../components/section.module.css";
import { doWithUndo } from "../../components/undo-toast.tsx";
import { useEngine } from "../../state/engine-context.tsx";
import {
	lockedReason,
	maySetPassword,
	roleChoices,
} from "../../state/member-rules.ts";
import { roleWords } from "../../state/role-words.ts";
import { whyNot } from "../../state/why-not.ts";

/** One person of the table: what may be changed as controls, the rest as text with its reason. */
export function MemberRow(props: {
	readonly session: Session;
	readonly member: Member;
	onChanged(): void;
	onSetPassword(): void;
}) {
	const { session, member } = props;
	const { id, name } = member;
	const engine = useEngine();
	const mayManage = whyNot(callNeeds.users.setRole, session) === null;
	const locked = lockedReason(session, member);

	async function setRole(role: Role): Promise<void> {
		const { role: before } = member;
		await doWithUndo({
			done: `${name} is ${roleWords[role].one} now`,
			notDone: `The role of ${name} was not changed`,
			act: () => engine.users.setRole({ id, role }),
			undo: () => engine.users.setRole({ id, role: before }),
		});
		props.onChanged();
	}

	async function setActive(isActive: boolean): Promise<void> {
		const word = isActive ? "on" : "off";
		await doWithUndo({
			done: `${name} is turned ${word}`,
			notDone: `${name} was not turned ${word}`,
			act: () => engine.users.setActive({ id, isActive }),
			undo: () => engine.users.setActive({ id, isActive: !isActive }),
		});
		props.onChanged();
	}

	return (
		<tr data-off={!member.isActive || undefined}>
			<td title={name}>
				<span className={classes.name}>
					<span className="truncate">{name}</span>
					{id === session.user.id && <span className={classes.tag}>You</span>}
				</span>
			</td>
			<td className="truncate" title={member.email}>
				{member.email}
			</td>
			<td>
				{locked === null ? (
					<NativeSelect
						size="xs"
						aria-label={`Role of ${name}`}
						title={roleWords[member.role].may}
						value={member.role}
						data={roleChoices(callNeeds.users.setRole, session.role)}
						onChange={(event) => {
							const chosen = event.currentTarget.value;
							void setRole(
								must(
									roles.find((role) => role === chosen),
									"one of the list",
								),
							);
						}}
					/>
				) : (
					<span title={roleWords[member.role].may}>
						{roleWords[member.role].name}
					</span>
				)}
			</td>
			<td>
				<MemberState member={member} />
			</td>
			<td>
				<span className={classes.rowActions}>
					{locked !== null && mayManage && (
						<span className="faint">{locked}</span>
					)}
					{maySetPassword(session, member) && (
						<Button
							variant="default"
							size="compact-xs"
							aria-label={`Set the password of ${name}`}
							onClick={props.onSetPassword}
						>
							Password…
						</Button>
					)}
					{locked === null && (
						<Button
							variant="default"
							size="compact-xs"
							aria-label={`Turn ${member.isActive ? "off" : "on"} ${name}`}
							onClick={() => void setActive(!member.isActive)}
						>
							{member.isActive ? "Turn off" : "Turn on"}
						</Button>
					)}
				</span>
			</td>
		</tr>
	);
}

function MemberState({ member }: { readonly member: Member }) {
	const [Icon, word, title] = !member.isActive
		? ([IconCircleOff, "Off", "Cannot sign in; their records stay"] as const)
		: member.canSignIn
			? ([IconCircleCheck, "Active", "Signs in with a password"] as const)
			: ([
					IconKeyOff,
					"No password",
					member.isLocalOwner
						? "The desktop's window needs none"
						: "Cannot sign in before a password is set",
				] as const);
	return (
		<span className={classes.state} title={title}>
			<Icon size={14} stroke={1.75} aria-hidden="true" />
			{word}
		</span>
	);
}
