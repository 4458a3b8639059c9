import { Button, NativeSelect, TextInput } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import type { ProjectSummary } from "../../../src-shared/contract/index.ts";
import { callNeeds } from "../../../src-shared/domain/access/call-needs.ts";
import { type Role, roles } from "../../../src-shared/domain/roles.ts";
import { longestEmail } from "../../../src-shared/domain/text-limits.ts";
import { Fault } from "../../components/section.tsx";
import { useVerbs } from "../../components/use-verbs.ts";
import { announce } from "../../ground/announcer.tsx";
import { useEngine } from "../../state/engine-context.tsx";
import { roleChoices } from "../../state/member-rules.ts";
import { roleWords } from "../../state/role-words.ts";
import classes from "./projects.module.css";

/** Adds a person of the tenant to a project, by address. */
export function AddProjectMember(props: {
	readonly project: ProjectSummary;
	onAdded(): void;
}) {
	const { project } = props;
	const engine = useEngine();
	const [email, setEmail] = useState("");
	const [role, setRole] = useState<Role>("engineer");
	const { run, busy, fault, setFault } = useVerbs<"add">();

	async function add(event: FormEvent): Promise<void> {
		event.preventDefault();
		const address = email.trim();
		if (!/^[^\s@]+@[^\s@]+$/.test(address)) {
			setFault("Enter an address, such as ann@example.com.");
			return;
		}
		await run("add", "Nobody was added", async () => {
			const added = await engine.projects.addMember({
				id: project.id,
				email: address,
				role,
			});
			announce(`${added.name} was added to ${project.name}`);
			setEmail("");
			props.onAdded();
		});
	}

	return (
		<form className={classes.add} onSubmit={(event) => void add(event)}>
			<TextInput
				label="Add by address"
				type="email"
				autoComplete="off"
				maxLength={longestEmail}
				placeholder="ann@example.com"
				value={email}
				onChange={(event) => setEmail(event.currentTarget.value)}
			/>
			<NativeSelect
				size="xs"
				label="Role"
				value={role}
				title={roleWords[role].may}
				data={roleChoices(callNeeds.projects.addMember, project.role)}
				onChange={(event) => {
					const chosen = event.currentTarget.value;
					setRole(roles.find((each) => each === chosen) ?? "engineer");
				}}
			/>
			<Button
				type="submit"
				loading={busy !== null}
				leftSection={<IconUserPlus size={15} stroke={1.75} />}
			>
				Add
			</Button>
			{fault !== null && <Fault>{fault}</Fault>}
		</form>
	);
}
