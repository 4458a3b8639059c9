import { Button, PasswordInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import type { Session } from "../../../src-shared/contract/index.ts";
import { longestPassword } from "../../../src-shared/domain/text-limits.ts";
import classes from "../../components/section.module.css";
import { Fault } from "../../components/section.tsx";
import { useVerbs } from "../../components/use-verbs.ts";
import { announce } from "../../ground/announcer.tsx";
import { useEngine } from "../../state/engine-context.tsx";
import { passwordFault } from "./password-field.tsx";

/** Changes the password of the person who is signed in. */
export function OwnPassword(props: {
	readonly session: Session;
	readonly hasPassword: boolean;
	/** The desktop's own window, which stays signed in. */
	readonly isDesktop: boolean;
	onChanged(): void;
}) {
	const { session, hasPassword, isDesktop } = props;
	const engine = useEngine();
	const [isDone, setDone] = useState(false);
	const { run, busy, fault } = useVerbs<"save">();
	const needsCurrent = hasPassword && !session.isLocalOwner;
	const form = useForm({
		initialValues: { current: "", password: "", again: "" },
		validate: {
			current: (text) =>
				needsCurrent && text === "" ? "Enter your current password." : null,
			password: passwordFault,
			again: (text, values) =>
				text === values.password ? null : "The two passwords differ.",
		},
	});

	async function save(values: typeof form.values): Promise<void> {
		setDone(false);
		await run("save", "Your password was not changed", async () => {
			await engine.users.setPassword({
				id: session.user.id,
				password: values.password,
				...(needsCurrent ? { currentPassword: values.current } : {}),
			});
			form.reset();
			setDone(true);
			announce("Your password is changed");
			props.onChanged();
		});
	}

	return (
		<form
			className={`${classes.form} ${classes.narrow}`}
			onSubmit={form.onSubmit((values) => void save(values))}
		>
			<p>
				{hasPassword
					? "A new password signs you out of every browser and ends every token of yours"
					: `With a password you can also sign in from a browser, as ${session.user.email}`}
				{hasPassword && !isDesktop
					? ": this page then asks for the new one."
					: "."}
			</p>
			{needsCurrent && (
				<PasswordInput
					label="Current password"
					autoComplete="current-password"
					maxLength={longestPassword}
					visibilityToggleButtonProps={{ "aria-label": "Show or hide it" }}
					{...form.getInputProps("current")}
				/>
			)}
			<PasswordInput
				label="New password"
				autoComplete="new-password"
				maxLength={longestPassword}
				visibilityToggleButtonProps={{ "aria-label": "Show or hide it" }}
				{...form.getInputProps("password")}
			/>
			<PasswordInput
				label="Once more"
				autoComplete="new-password"
				maxLength={longestPassword}
				visibilityToggleButtonProps={{ "aria-label": "Show or hide it" }}
				{...form.getInputProps("again")}
			/>
			{fault !== null && <Fault>{fault}</Fault>}
			<div className={classes.buttons}>
				<Button type="submit" loading={busy !== null}>
					{hasPassword ? "Change the password" : "Set a password"}
				</Button>
				{isDone && <span className="dim">Changed.</span>}
			</div>
		</form>
	);
}
