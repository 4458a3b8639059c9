import { Button, Modal, NativeSelect, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import type { Session } from "../../../src-shared/contract/index.ts";
import { callNeeds } from "../../../src-shared/domain/access/call-needs.ts";
import { identifierLength } from "../../../src-shared/domain/identifier.ts";
import type { Role } from "../../../src-shared/domain/roles.ts";
import { longestEmail } from "../../../src-shared/domain/text-limits.ts";
import classes from "../../components/section.module.css";
import { Fault } from "../../components/section.tsx";
import { useVerbs } from "../../components/use-verbs.ts";
import { announce } from "../../ground/announcer.tsx";
import { useEngine } from "../../state/engine-context.tsx";
import { roleChoices } from "../../state/member-rules.ts";
import { roleWords } from "../../state/role-words.ts";
import { PasswordField, passwordFault } from "./password-field.tsx";

interface AddPersonProps {
	readonly session: Session;
	/** Where they sign in; null when nothing listens. */
	readonly address: string | null;
	onAdded(): void;
	onClose(): void;
}

/** Adds a person who signs in with an address and a password. Stays drawn while closed, to give the focus back. */
export function AddPerson(
	props: AddPersonProps & { readonly isOpen: boolean },
) {
	return (
		<Modal opened={props.isOpen} onClose={props.onClose} title="Add a person">
			<PersonForm {...props} />
		</Modal>
	);
}

function PersonForm(props: AddPersonProps) {
	const engine = useEngine();
	const { run, busy, fault } = useVerbs<"add">();
	const form = useForm({
		initialValues: {
			name: "",
			email: "",
			role: "engineer" as Role,
			password: "",
		},
		validate: {
			name: (text) => (text.trim() === "" ? "Enter a name." : null),
			email: (text) =>
				/^[^\s@]+@[^\s@]+$/.test(text.trim())
					? null
					: "Enter an address, such as ann@example.com.",
			password: passwordFault,
		},
	});

	async function add(values: typeof form.values): Promise<void> {
		await run("add", "Nobody was added", async () => {
			await engine.users.add({ ...values, email: values.email.trim() });
			announce(`${values.name.trim()} was added`);
			props.onAdded();
			props.onClose();
		});
	}

	const { role } = form.values;
	return (
		<form
			className={classes.form}
			onSubmit={form.onSubmit((values) => void add(values))}
		>
			<TextInput
				label="Name"
				maxLength={identifierLength}
				data-autofocus
				{...form.getInputProps("name")}
			/>
			<TextInput
				label="Email"
				type="email"
				autoComplete="off"
				maxLength={longestEmail}
				{...form.getInputProps("email")}
			/>
			<NativeSelect
				size="xs"
				label="Role"
				description={roleWords[role].may}
				data={roleChoices(callNeeds.users.add, props.session.role)}
				{...form.getInputProps("role")}
			/>
			<PasswordField
				value={form.values.password}
				error={form.errors.password?.toString() ?? null}
				onChange={(password) => form.setFieldValue("password", password)}
			/>
			<p className={classes.note}>
				{props.address === null
					? "Nothing listens for browsers now; start the engine with tocsin serve for others to sign in."
					: `They sign in at ${props.address} with this address and password.`}
			</p>
			{fault !== null && <Fault>{fault}</Fault>}
			<div className={classes.buttons}>
				<Button type="submit" loading={busy !== null}>
					Add
				</Button>
				<Button variant="default" onClick={props.onClose}>
					Cancel
				</Button>
			</div>
		</form>
	);
}
