import {
	Button,
	Checkbox,
	Modal,
	NumberInput,
	SegmentedControl,
	TextInput,
} from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import type {
	AssistantSettings,
	ModelServer,
} from "../../../src-shared/contract/index.ts";
import { identifierLength } from "../../../src-shared/domain/identifier.ts";
import { longestUrl } from "../../../src-shared/domain/text-limits.ts";
import {
	keepSecret,
	SecretField,
	secretChange,
} from "../../components/secret-field.tsx";
import section from "../../components/section.module.css";
import { Fault } from "../../components/section.tsx";
import { useVerbs } from "../../components/use-verbs.ts";
import { announce } from "../../ground/announcer.tsx";
import { useEngine } from "../../state/engine-context.tsx";
import classes from "./model-server.module.css";
import {
	addressFault,
	firstValues,
	isOwnAddress,
	rangeFault,
	serverKinds,
} from "./server-values.ts";

const timeoutRange = [1, 600] as const;
const inputRange = [500, 200_000] as const;
const outputRange = [100, 32_000] as const;

/** Sets a model server, or changes the one that is set. */
export function ServerForm(props: {
	readonly server: ModelServer | null;
	onSaved(settings: AssistantSettings): void;
	onClose(): void;
}) {
	const { server } = props;
	const engine = useEngine();
	const [key, setKey] = useState(keepSecret);
	const { run, busy, fault } = useVerbs<"save">();
	const form = useForm({
		onValuesChange: (values, before) => {
			if (values.isLocal !== before.isLocal) form.clearFieldError("baseUrl");
		},
		initialValues: firstValues(server),
		validate: {
			baseUrl: (address, { isLocal }) =>
				addressFault(address) ??
				(isOwnAddress(address) && !isLocal
					? "This is a private address: say below that it runs on your own machines."
					: null),
			model: (text) => (text.trim() === "" ? "Enter a model." : null),
			timeoutSeconds: (value) => rangeFault(value, timeoutRange),
			maxInputTokens: (value) => rangeFault(value, inputRange),
			maxOutputTokens: (value) => rangeFault(value, outputRange),
		},
	});
	const { kind, baseUrl } = form.values;
	const isMoved = server?.hasKey === true && server.baseUrl !== baseUrl.trim();

	async function save(values: typeof form.values): Promise<void> {
		const apiKey = secretChange(key);
		await run("save", "It was not saved", async () => {
			const saved = await engine.assistant.setServer({
				...values,
				baseUrl: values.baseUrl.trim(),
				model: values.model.trim(),
				...(apiKey !== undefined && { apiKey }),
			});
			announce("The model server was saved.");
			props.onSaved(saved);
			props.onClose();
		});
	}

	return (
		<Modal
			opened
			onClose={props.onClose}
			title={server === null ? "Set up a model server" : "Model server"}
			size={560}
		>
			<form
				className={section.form}
				noValidate
				onSubmit={form.onSubmit((values) => void save(values))}
			>
				<SegmentedControl
					aria-label="Kind"
					data={Object.entries(serverKinds).map(([value, { name }]) => ({
						value,
						label: name,
					}))}
					{...form.getInputProps("kind")}
				/>
				<TextInput
					label="Address"
					placeholder={serverKinds[kind].example}
					type="url"
					autoComplete="off"
					spellCheck={false}
					maxLength={longestUrl}
					data-autofocus
					{...form.getInputProps("baseUrl")}
				/>
				<Checkbox
					label="It runs on our own machines"
					description="Private addresses may be called, and it costs nothing."
					{...form.getInputProps("isLocal", { type: "checkbox" })}
				/>
				<TextInput
					label="Model"
					placeholder={serverKinds[kind].model}
					autoComplete="off"
					spellCheck={false}
					maxLength={identifierLength}
					{...form.getInputProps("model")}
				/>
				<SecretField
					label="Key"
					description={
						isMoved
							? "The stored key was for the other address and is forgotten; enter this one's."
							: "Sent as a bearer token. It is kept encrypted and never shown again."
					}
					isStored={server?.hasKey === true && !isMoved}
					value={key}
					onChange={setKey}
				/>
				<div className={classes.three}>
					<NumberInput
						label="Seconds to wait"
						min={timeoutRange[0]}
						max={timeoutRange[1]}
						allowDecimal={false}
						{...form.getInputProps("timeoutSeconds")}
					/>
					<NumberInput
						label="Tokens sent, at most"
						min={inputRange[0]}
						max={inputRange[1]}
						step={500}
						allowDecimal={false}
						thousandSeparator=","
						{...form.getInputProps("maxInputTokens")}
					/>
					<NumberInput
						label="Tokens answered, at most"
						min={outputRange[0]}
						max={outputRange[1]}
						step={100}
						allowDecimal={false}
						thousandSeparator=","
						{...form.getInputProps("maxOutputTokens")}
					/>
				</div>
				<p className={section.note}>
					Saving sends nothing. A new address or model has to be agreed to anew.
				</p>
				{fault !== null && <Fault>{fault}</Fault>}
				<div className={section.buttons}>
					<Button type="submit" loading={busy !== null}>
						Save
					</Button>
					<Button variant="default" onClick={props.onClose}>
						Cancel
					</Button>
				</div>
			</form>
		</Modal>
	);
}
