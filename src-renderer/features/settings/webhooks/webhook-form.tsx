import {
	Button,
	Checkbox,
	NativeSelect,
	TagsInput,
	TextInput,
} from "@mantine/core";
import { useForm } from "@mantine/form";
import { useStore } from "zustand";
import type {
	WebhookSubscription,
	WebhookTopic,
} from "../../../../src-shared/contract/index.ts";
import { identifierLength } from "../../../../src-shared/domain/identifier.ts";
import {
	isSeverity,
	type Severity,
	severityRanks,
} from "../../../../src-shared/domain/severity.ts";
import { longestUrl } from "../../../../src-shared/domain/text-limits.ts";
import { webhookTopics } from "../../../../src-shared/domain/webhook-topics.ts";
import section from "../../../components/section.module.css";
import { Fault } from "../../../components/section.tsx";
import { severityLabel } from "../../../components/severity-mark.tsx";
import { useVerbs } from "../../../components/use-verbs.ts";
import { useWorkspace } from "../../../state/engine-context.tsx";
import { topicLabel, topicMeaning } from "./topic-words.ts";
import classes from "./webhooks.module.css";

/** What a person sets of a webhook. */
export interface WebhookValues {
	readonly name: string;
	readonly url: string;
	readonly eventTypes: WebhookTopic[];
	readonly minSeverity: Severity | null;
	readonly modelIds: string[];
	readonly allowPrivateAddress: boolean;
}

/** The fields of a new or a known webhook. What `onSave` rejects with is shown. */
export function WebhookForm(props: {
	readonly webhook: WebhookSubscription | null;
	readonly saveLabel: string;
	onSave(values: WebhookValues): Promise<void>;
	onClose(): void;
}) {
	const { webhook } = props;
	const models = useStore(useWorkspace().lists, (lists) => lists.models);
	const { run, busy, fault } = useVerbs<"save">();
	const form = useForm({
		initialValues: {
			name: webhook?.name ?? "",
			url: webhook?.url ?? "",
			isEverything: webhook === null || webhook.eventTypes.length === 0,
			eventTypes: webhook?.eventTypes ?? ([] as string[]),
			minSeverity: String(webhook?.minSeverity ?? ""),
			modelIds: webhook?.modelIds ?? [],
			allowPrivateAddress: webhook?.allowPrivateAddress ?? false,
		},
		validate: {
			name: (text) => (text.trim() === "" ? "Enter a name." : null),
			url: (text) =>
				/^https?:\/\/[^\s/]/i.test(text.trim())
					? null
					: "Enter an address that begins with https:// or http://.",
			eventTypes: (chosen, { isEverything }) =>
				isEverything || chosen.length > 0 ? null : "Choose at least one.",
		},
	});

	async function save(values: typeof form.values): Promise<void> {
		const rank = Number(values.minSeverity);
		await run("save", "It was not saved", async () => {
			await props.onSave({
				name: values.name.trim(),
				url: values.url.trim(),
				eventTypes: values.isEverything
					? []
					: webhookTopics.filter((topic) => values.eventTypes.includes(topic)),
				minSeverity: isSeverity(rank) ? rank : null,
				modelIds: values.modelIds,
				allowPrivateAddress: values.allowPrivateAddress,
			});
		});
	}

	return (
		<form
			className={section.form}
			noValidate
			onSubmit={form.onSubmit((values) => void save(values))}
		>
			<TextInput
				label="Name"
				placeholder="Status page"
				maxLength={identifierLength}
				data-autofocus
				{...form.getInputProps("name")}
			/>
			<TextInput
				label="Address"
				description="It gets a POST with JSON. Redirects are not followed."
				placeholder="https://example.org/hooks/tocsin"
				type="url"
				autoComplete="off"
				spellCheck={false}
				maxLength={longestUrl}
				{...form.getInputProps("url")}
			/>
			<fieldset className={classes.group}>
				<legend>Tell it of</legend>
				<Checkbox
					label="Everything"
					description="Also what Tocsin learns to tell of later."
					{...form.getInputProps("isEverything", { type: "checkbox" })}
				/>
				{!form.values.isEverything && (
					<Checkbox.Group
						aria-label="Events"
						{...form.getInputProps("eventTypes")}
					>
						<div className={classes.topics}>
							{webhookTopics.map((topic) => (
								<Checkbox
									key={topic}
									value={topic}
									label={topicLabel(topic)}
									description={topicMeaning(topic)}
								/>
							))}
						</div>
					</Checkbox.Group>
				)}
			</fieldset>
			<NativeSelect
				label="Of incidents"
				size="xs"
				data={[
					{ value: "", label: "of any severity" },
					...severityRanks.slice(0, -1).map((rank) => ({
						value: String(rank),
						label:
							rank === 1
								? "that are critical"
								: `that are ${severityLabel(rank).toLowerCase()} or more severe`,
					})),
				]}
				{...form.getInputProps("minSeverity")}
			/>
			<TagsInput
				label="Only of these models"
				description="None means all, and incidents without a model too."
				size="xs"
				data={(models ?? []).map(({ modelId }) => modelId)}
				splitChars={[]}
				acceptValueOnBlur
				maxTags={200}
				placeholder={form.values.modelIds.length === 0 ? "All models" : ""}
				comboboxProps={{ transitionProps: { duration: 0 } }}
				{...form.getInputProps("modelIds")}
			/>
			<Checkbox
				label="Allow a private address"
				description="For a receiver on this machine or in your own network, such as 10.0.0.7. Tocsin's own ports and the metadata services of clouds stay closed."
				{...form.getInputProps("allowPrivateAddress", { type: "checkbox" })}
			/>
			{fault !== null && <Fault>{fault}</Fault>}
			<div className={section.buttons}>
				<Button type="submit" loading={busy !== null}>
					{props.saveLabel}
				</Button>
				<Button variant="default" onClick={props.onClose}>
					Cancel
				</Button>
			</div>
		</form>
	);
}
