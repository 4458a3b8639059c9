import { Button, Select, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import type {
	ConnectionTest,
	Integration,
	IntegrationChange,
	IntegrationType,
} from "../../../src-shared/contract/index.ts";
import { identifierLength } from "../../../src-shared/domain/identifier.ts";
import {
	longestRemark,
	longestUrl,
} from "../../../src-shared/domain/text-limits.ts";
import {
	keepSecret,
	SecretField,
	secretChange,
} from "../../components/secret-field.tsx";
import section from "../../components/section.module.css";
import { Fault } from "../../components/section.tsx";
import { useVerbs } from "../../components/use-verbs.ts";
import { useEngine } from "../../state/engine-context.tsx";
import { sourceName, sources } from "../alerts/index.ts";
import { MoreFields, moreChange, moreOf } from "./integration-more.tsx";
import { traitsOf } from "./integration-traits.ts";
import classes from "./integrations.module.css";
import { TestOutcome } from "./test-outcome.tsx";

/** The fields of a new or a known integration. What `onSave` rejects with is shown. */
export function IntegrationForm(props: {
	readonly projectId: string;
	readonly integration: Integration | null;
	readonly firstType: IntegrationType;
	readonly saveLabel: string;
	onSave(
		type: IntegrationType,
		values: IntegrationChange & { name: string },
	): Promise<void>;
	onClose(): void;
}) {
	const { integration } = props;
	const engine = useEngine();
	const [type, setType] = useState(integration?.type ?? props.firstType);
	const [name, setName] = useState(integration?.name ?? "");
	const [description, setDescription] = useState(
		integration?.description ?? "",
	);
	const [url, setUrl] = useState(integration?.url ?? "");
	const [username, setUsername] = useState(integration?.username ?? "");
	const [password, setPassword] = useState(keepSecret);
	const [apiKey, setApiKey] = useState(keepSecret);
	const [signing, setSigning] = useState(keepSecret);
	const [more, setMore] = useState(() => moreOf(integration, type));
	const [isMoreChanged, setMoreChanged] = useState(false);
	const [test, setTest] = useState<ConnectionTest | null>(null);
	const [isChecked, setChecked] = useState(false);
	const { run, busy, fault } = useVerbs<"save" | "test">();
	const traits = traitsOf(type);
	const address = url.trim() === "" ? null : url.trim();
	const loses =
		integration !== null &&
		integration.url !== null &&
		(integration.hasPassword || integration.hasApiKey) &&
		originOf(address) !== originOf(integration.url);
	const nameFault = isChecked && name.trim() === "" ? "Enter a name." : null;
	const urlFault =
		address !== null && !/^https?:\/\/[^\s/]/i.test(address)
			? "Enter an address that begins with https:// or http://."
			: null;

	async function save(): Promise<void> {
		setChecked(true);
		if (name.trim() === "" || urlFault !== null) return;
		const secrets = {
			password: secretChange(password),
			apiKey: secretChange(apiKey),
			signingSecret: secretChange(signing),
		};
		await run("save", "It was not saved", async () => {
			await props.onSave(type, {
				name: name.trim(),
				description,
				...(traits.isAsked && {
					url: address,
					username: username.trim() === "" ? null : username.trim(),
				}),
				...(isMoreChanged && moreChange(more, integration, type)),
				...Object.fromEntries(
					Object.entries(secrets).filter(([, value]) => value !== undefined),
				),
			});
		});
	}

	async function tryNow(): Promise<void> {
		setTest(null);
		await run("test", "It was not tested", async () => {
			setTest(
				await engine.integrations.testConnection({
					projectId: props.projectId,
					type,
					url: address,
					username: username.trim() === "" ? null : username.trim(),
					password: secretChange(password) ?? null,
					apiKey: secretChange(apiKey) ?? null,
				}),
			);
		});
	}

	return (
		<form
			className={section.form}
			noValidate
			onSubmit={(event) => {
				event.preventDefault();
				void save();
			}}
		>
			{integration === null && (
				<Select
					label="System"
					description={traits.how}
					data={sources.map((each) => ({
						value: each,
						label: sourceName(each),
					}))}
					value={type}
					allowDeselect={false}
					onChange={(value) => {
						setType(sources.find((each) => each === value) ?? type);
						setTest(null);
					}}
				/>
			)}
			<TextInput
				label="Name"
				placeholder={`${sourceName(type)} production`}
				maxLength={identifierLength}
				data-autofocus
				value={name}
				error={nameFault}
				onChange={(event) => setName(event.currentTarget.value)}
			/>
			{traits.isAsked && (
				<>
					<TextInput
						label="Address"
						description={
							loses
								? "This is another system's address: enter the password and the API key again. The stored ones are not sent there."
								: "To test it and to ask it what fires. What it sends here needs none."
						}
						placeholder={traits.example}
						type="url"
						autoComplete="off"
						spellCheck={false}
						maxLength={longestUrl}
						value={url}
						error={urlFault}
						onChange={(event) => setUrl(event.currentTarget.value)}
					/>
					<div className={classes.pair}>
						<TextInput
							label="User name"
							autoComplete="off"
							maxLength={500}
							value={username}
							onChange={(event) => setUsername(event.currentTarget.value)}
						/>
						<SecretField
							label="Password"
							isStored={integration?.hasPassword ?? false}
							value={password}
							onChange={setPassword}
						/>
					</div>
					<SecretField
						label="API key"
						description="Sent as a bearer token, in place of a user name and a password."
						isStored={integration?.hasApiKey ?? false}
						value={apiKey}
						onChange={setApiKey}
					/>
				</>
			)}
			{traits.signs && (
				<SecretField
					label="Signing secret"
					description={`Only if ${sourceName(type)} made one to sign with; else the webhook's own secret proves the sender.`}
					isStored={integration?.hasSigningSecret ?? false}
					value={signing}
					onChange={setSigning}
				/>
			)}
			<Textarea
				label="Note"
				autosize
				minRows={1}
				maxRows={5}
				maxLength={longestRemark}
				value={description}
				onChange={(event) => setDescription(event.currentTarget.value)}
			/>
			<MoreFields
				type={type}
				draft={more}
				onChange={(part) => {
					setMore((before) => ({ ...before, ...part }));
					setMoreChanged(true);
				}}
			/>
			{test !== null && <TestOutcome test={test} />}
			{fault !== null && <Fault>{fault}</Fault>}
			<div className={section.buttons}>
				<Button
					type="submit"
					loading={busy === "save"}
					disabled={busy === "test"}
				>
					{props.saveLabel}
				</Button>
				{traits.isAsked && (
					<Button
						variant="default"
						loading={busy === "test"}
						disabled={address === null || urlFault !== null || busy === "save"}
						onClick={() => void tryNow()}
					>
						Test the connection
					</Button>
				)}
				<Button variant="default" onClick={props.onClose}>
					Cancel
				</Button>
			</div>
		</form>
	);
}

function originOf(url: string | null): string | null {
	return url === null || !URL.canParse(url) ? url : new URL(url).origin;
}
