import { Button, Modal } from "@mantine/core";
import { useState } from "react";
import type {
	Integration,
	IntegrationType,
	ProjectSummary,
} from "../../../src-shared/contract/index.ts";
import { RemovalDialog } from "../../components/removal-dialog.tsx";
import section from "../../components/section.module.css";
import { Fault } from "../../components/section.tsx";
import { useVerbs } from "../../components/use-verbs.ts";
import { announce } from "../../ground/announcer.tsx";
import { useEngine } from "../../state/engine-context.tsx";
import { IntegrationForm } from "./integration-form.tsx";
import type { SendTo } from "./integration-snippets.ts";
import { SecretOnce } from "./secret-once.tsx";

interface Made {
	readonly id: string;
	readonly to: SendTo & { readonly secret: string };
}

/** Adds an integration, then shows its webhook's address and secret: once. */
export function AddIntegration(props: {
	readonly project: ProjectSummary;
	readonly type: IntegrationType;
	readonly origin: string;
	onAdded(id: string): void;
	onClose(): void;
}) {
	const engine = useEngine();
	const [made, setMade] = useState<Made | null>(null);
	const done = () => {
		props.onClose();
		if (made !== null) props.onAdded(made.id);
	};
	return (
		<Modal
			opened
			onClose={done}
			title={made === null ? "Add an integration" : "Connect it"}
			size={620}
			// A click beside it must not lose what is shown only once.
			closeOnClickOutside={made === null}
		>
			{made === null ? (
				<IntegrationForm
					projectId={props.project.id}
					integration={null}
					firstType={props.type}
					saveLabel="Add"
					onClose={props.onClose}
					onSave={async (type, values) => {
						const added = await engine.integrations.create({
							...values,
							projectId: props.project.id,
							type,
						});
						announce(`${added.name} was added`);
						setMade({ id: added.id, to: sendTo(added, props.origin) });
					}}
				/>
			) : (
				<SecretOnce
					to={made.to}
					words="The secret is shown only now; when it is lost, make a new one. Paste this into the other system:"
					onDone={done}
				/>
			)}
		</Modal>
	);
}

function sendTo(
	made: Integration & { readonly webhookSecret: string },
	origin: string,
) {
	return {
		type: made.type,
		origin,
		path: made.webhookPath,
		secret: made.webhookSecret,
	};
}

interface DialogProps {
	readonly integration: Integration;
	onDone(): void;
	onClose(): void;
}

/** What is set of an integration, its secrets by writing alone. */
export function EditIntegration({ integration, onDone, onClose }: DialogProps) {
	const engine = useEngine();
	const { id, projectId, name } = integration;
	return (
		<Modal opened onClose={onClose} title={`Edit “${name}”`} size={620}>
			<IntegrationForm
				projectId={projectId}
				integration={integration}
				firstType={integration.type}
				saveLabel="Save"
				onClose={onClose}
				onSave={async (_type, values) => {
					await engine.integrations.update({ ...values, projectId, id });
					announce(`${values.name} was saved`);
					onDone();
					onClose();
				}}
			/>
		</Modal>
	);
}

/** Makes a new secret for the webhook, saying first what becomes of the old one. */
export function RotateIntegrationSecret(
	props: DialogProps & { readonly origin: string },
) {
	const engine = useEngine();
	const { id, projectId } = props.integration;
	const [to, setTo] = useState<Made["to"] | null>(null);
	const { run, busy, fault } = useVerbs<"rotate">();
	return (
		<Modal
			opened
			onClose={props.onClose}
			title={to === null ? "Make a new secret?" : "Keep this secret"}
			size={620}
			closeOnClickOutside={to === null}
		>
			{to !== null ? (
				<SecretOnce
					to={to}
					words="It is shown only now. The old secret is taken beside it for 24 hours, so that the sender can change over without losing an alert."
					onDone={props.onClose}
				/>
			) : (
				<div className={section.form}>
					<p>
						What is sent with the old secret is taken for 24 hours more; then
						only the new one is.
					</p>
					{fault !== null && <Fault>{fault}</Fault>}
					<div className={section.buttons}>
						<Button
							loading={busy !== null}
							onClick={() =>
								run("rotate", "No secret was made", async () => {
									const made = await engine.integrations.rotateSecret({
										projectId,
										id,
									});
									setTo(sendTo(made, props.origin));
									props.onDone();
								})
							}
						>
							Make a new secret
						</Button>
						<Button variant="default" data-autofocus onClick={props.onClose}>
							Not now
						</Button>
					</div>
				</div>
			)}
		</Modal>
	);
}

/** Asks once more before an integration and its secrets are gone. */
export function RemoveIntegration({
	integration,
	onDone,
	onClose,
}: DialogProps) {
	const engine = useEngine();
	const { id, projectId, name } = integration;
	return (
		<RemovalDialog
			title={`Remove “${name}”?`}
			verb="Remove the integration"
			keep="Keep it"
			onClose={onClose}
			onRemove={async () => {
				await engine.integrations.remove({ projectId, id });
				announce(`${name} was removed`);
				onDone();
			}}
		>
			What it sends is refused from then on, and its secrets are gone. Its
			alerts stay. This cannot be undone; to stop it for a while, turn it off
			instead.
		</RemovalDialog>
	);
}
