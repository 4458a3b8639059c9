import { Button } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useStore } from "zustand";
import type { Member } from "../../../src-shared/contract/index.ts";
import { callNeeds } from "../../../src-shared/domain/access/call-needs.ts";
import classes from "../../components/section.module.css";
import { Fault, Section, WaitingRows } from "../../components/section.tsx";
import { useWorkspace } from "../../state/engine-context.tsx";
import { useMembers, useSession } from "../../state/use-tenant.ts";
import { whyNot } from "../../state/why-not.ts";
import { AddPerson } from "./add-person.tsx";
import { MemberRow } from "./member-row.tsx";
import { SetPassword } from "./set-password.tsx";

/** Who belongs to the tenant, and what each may do. */
export function MembersSection() {
	const session = useSession();
	const reason = session && whyNot(callNeeds.users.add, session);
	const members = useMembers();
	const apiUrl = useStore(
		useWorkspace().facts,
		({ status }) => status?.apiUrl ?? null,
	);
	const [isAdding, setAdding] = useState(false);
	const [settingOf, setSettingOf] = useState<Member | null>(null);
	const isReady = session !== null && members.value !== null;
	return (
		<Section title="Members">
			<p>
				People sign in with a password. Programs use{" "}
				<a href="#/settings/keys">API keys</a> instead, which stay when the
				person who made them is turned off.
			</p>
			{session !== null && reason === null && (
				<div className={classes.above}>
					<Button
						leftSection={<IconUserPlus size={15} stroke={1.75} />}
						onClick={() => setAdding(true)}
					>
						Add a person
					</Button>
				</div>
			)}
			{reason !== null && <p>{reason}</p>}
			{members.value === null && members.fault !== null && (
				<Fault>
					The people could not be listed: {members.fault}{" "}
					<Button variant="default" size="compact-xs" onClick={members.reload}>
						Try again
					</Button>
				</Fault>
			)}
			{!isReady && members.fault === null && <WaitingRows rows={3} hasHead />}
			{isReady && (
				<table className={`${classes.table} ${classes.members}`}>
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
						{members.value?.map((member) => (
							<MemberRow
								key={member.id}
								session={session}
								member={member}
								onChanged={members.reload}
								onSetPassword={() => setSettingOf(member)}
							/>
						))}
					</tbody>
				</table>
			)}
			{isReady && (
				<AddPerson
					isOpen={isAdding}
					session={session}
					address={apiUrl}
					onAdded={members.reload}
					onClose={() => setAdding(false)}
				/>
			)}
			<SetPassword
				member={settingOf}
				onDone={members.reload}
				onClose={() => setSettingOf(null)}
			/>
		</Section>
	);
}
