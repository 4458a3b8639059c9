import { Button, Code, PasswordInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconBellRinging2 } from "@tabler/icons-react";
import { useState } from "react";
import { useWorkspace } from "../state/engine-context.tsx";
import { signIn } from "../transport/browser-session.ts";
import classes from "./sign-in.module.css";

/** Shown to a browser that the engine does not know. */
export function SignIn() {
	const { connection } = useWorkspace();
	const [fault, setFault] = useState<string | null>(null);
	const [busy, setBusy] = useState(false);
	const form = useForm({
		initialValues: { email: "", password: "" },
		validate: {
			email: (text) => (text.trim() === "" ? "Enter your address." : null),
			password: (text) => (text === "" ? "Enter your password." : null),
		},
	});

	async function submit(values: typeof form.values): Promise<void> {
		setBusy(true);
		const refused = await signIn(values.email.trim(), values.password);
		setBusy(false);
		setFault(refused);
		if (refused === null) connection.retry();
	}

	return (
		<main className={classes.page}>
			<form
				className={classes.form}
				onSubmit={form.onSubmit((values) => void submit(values))}
			>
				<IconBellRinging2
					size={28}
					stroke={1.6}
					className={classes.mark}
					aria-hidden="true"
				/>
				<h1 className={classes.title}>Sign in to Tocsin</h1>
				<TextInput
					label="Email"
					type="email"
					autoComplete="username"
					size="sm"
					autoFocus
					{...form.getInputProps("email")}
				/>
				<PasswordInput
					label="Password"
					autoComplete="current-password"
					size="sm"
					{...form.getInputProps("password")}
				/>
				{fault !== null && (
					<p className={classes.fault} role="alert">
						{fault}
					</p>
				)}
				<Button type="submit" size="sm" loading={busy}>
					Sign in
				</Button>
				<p className={classes.hint}>
					No password yet? On the machine that runs the engine,{" "}
					<Code>npm run tocsin -- serve</Code> prints a link that signs you in
					once.
				</p>
			</form>
		</main>
	);
}
