import { Button, Modal } from "@mantine/core";
import { useState } from "react";
import type { Member } from "../../../src-shared/contract/index.ts";
import classes from "../../components/section.module.css";
import { Fault } from "../../components/section.tsx";
import { useVerbs } from "../../components/use-verbs.ts";
import { announce } from "../../ground/announcer.tsx";
import { useEngine } from "../../state/engine-context.tsx";
import { PasswordField, passwordFault } from "./password-field.tsx";

interface SetPasswordProps {
	readonly member: Member;
	onDone(): void;
	onClose(): void;
}

/** Gives another person a new password; closed while there is none. Stays drawn then, to give the focus back. */
export function SetPassword({
	member,
	...props
}: Omit<SetPasswordProps, "member"> & { readonly member: Member | null }) {
	return (
		<Modal
			opened={member !== null}
			onClose={props.onClose}
			title={`New password for ${member?.name ?? ""}`}
		>
			{member !== null && <PasswordForm member={member} {...props} />}
		</Modal>
	);
}

function PasswordForm(props: SetPasswordProps) {
	const { member } = props;
	const engine = useEngine();
	const [password, setPassword] = useState("");
	const [wrong, setWrong] = useState<string | null>(null);
	const { run, busy, fault } = useVerbs<"save">();

	async function save(): Promise<void> {
		const found = passwordFault(password);
		setWrong(found);
		if (found !== null) return;
		await run("save", "The password was not changed", async () => {
			await engine.users.setPassword({ id: member.id, password });
			announce(`${member.name} has a new password`);
			props.onDone();
			props.onClose();
		});
	}

	return (
		<form
			className={classes.form}
			onSubmit={(event) => {
				event.preventDefault();
				void save();
			}}
		>
			<PasswordField
				value={password}
				error={wrong}
				onChange={(next) => {
					setPassword(next);
					setWrong(null);
				}}
			/>
			<p className={classes.note}>
				{member.name} is signed out everywhere at once, and signs in again with
				the new password.
			</p>
			{fault !== null && <Fault>{fault}</Fault>}
			<div className={classes.buttons}>
				<Button type="submit" loading={busy !== null}>
					Set the password
				</Button>
				<Button variant="default" onClick={props.onClose}>
					Cancel
				</Button>
			</div>
		</form>
	);
}
