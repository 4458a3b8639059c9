import { Button, Modal, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { identifierLength } from "../../../src-shared/domain/identifier.ts";
import { longestRemark } from "../../../src-shared/domain/text-limits.ts";
import section from "../../components/section.module.css";
import { Fault } from "../../components/section.tsx";
import { useVerbs } from "../../components/use-verbs.ts";
import { useEngine, useWorkspace } from "../../state/engine-context.tsx";
import { switchProject } from "./switch-project.ts";

/** Makes a project that the person owns, and shows it. Stays drawn while closed, to give the focus back. */
export function CreateProject(props: {
	readonly isOpen: boolean;
	onClose(): void;
}) {
	return (
		<Modal opened={props.isOpen} onClose={props.onClose} title="Make a project">
			<Form onClose={props.onClose} />
		</Modal>
	);
}

function Form(props: { onClose(): void }) {
	const engine = useEngine();
	const { lists } = useWorkspace();
	const { run, busy, fault } = useVerbs<"create">();
	const form = useForm({
		initialValues: {
			name: "",
			description: "",
			timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
		},
		validate: {
			name: (text) => (text.trim() === "" ? "Enter a name." : null),
		},
	});

	async function create(values: typeof form.values): Promise<void> {
		await run("create", "No project was made", async () => {
			const made = await engine.projects.create(values);
			lists.setState(({ projects }) => ({
				projects: [
					...(projects ?? []).filter(({ id }) => id !== made.id),
					made,
				],
			}));
			switchProject(made);
			props.onClose();
		});
	}

	return (
		<form
			className={section.form}
			onSubmit={form.onSubmit((values) => void create(values))}
		>
			<TextInput
				label="Name"
				maxLength={identifierLength}
				data-autofocus
				{...form.getInputProps("name")}
			/>
			<Textarea
				label="What it is for"
				description="May be left empty"
				maxLength={longestRemark}
				autosize
				minRows={2}
				{...form.getInputProps("description")}
			/>
			<TextInput
				label="Time zone"
				description="Its days begin at midnight there, such as Europe/Berlin"
				maxLength={100}
				{...form.getInputProps("timezone")}
			/>
			<p className={section.note}>
				You own it, and nobody else is in it until you add them. Alerts and
				integrations of other projects stay where they are.
			</p>
			{fault !== null && <Fault>{fault}</Fault>}
			<div className={section.buttons}>
				<Button type="submit" loading={busy !== null}>
					Make it
				</Button>
				<Button variant="default" onClick={props.onClose}>
					Cancel
				</Button>
			</div>
		</form>
	);
}
