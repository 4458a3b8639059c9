import { Button } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useState } from "react";
import type {
	WebhookDelivery,
	WebhookSubscription,
} from "../../../../src-shared/contract/index.ts";
import {
	AbsoluteTime,
	RelativeTime,
} from "../../../components/relative-time.tsx";
import section from "../../../components/section.module.css";
import { Line } from "../../../components/section.tsx";
import { severityLabel } from "../../../components/severity-mark.tsx";
import { doWithUndo, showFault } from "../../../components/undo-toast.tsx";
import { announce } from "../../../ground/announcer.tsx";
import { faultWords } from "../../../ground/faults.ts";
import { navigate, placeHash } from "../../../ground/router.ts";
import { useEngine } from "../../../state/engine-context.tsx";
import { DeliveryLog } from "./delivery-log.tsx";
import { EditWebhook } from "./edit-webhook.tsx";
import { RemoveWebhook } from "./remove-webhook.tsx";
import { RotateSecret } from "./rotate-secret.tsx";
import { TestResult } from "./test-result.tsx";
import { topicsInWords } from "./topic-words.ts";
import { WebhookState } from "./webhook-state.tsx";

const listPath = ["settings", "webhooks"];

/** One webhook: what it is set to, what can be done with it, and its log. */
export function WebhookDetail(props: {
	readonly webhook: WebhookSubscription;
	onChanged(): void;
}) {
	const { webhook } = props;
	const { id, name } = webhook;
	const engine = useEngine();
	const [asking, setAsking] = useState<"edit" | "rotate" | "remove" | null>(
		null,
	);
	const [isTesting, setTesting] = useState(false);
	const [tested, setTested] = useState<WebhookDelivery | null>(null);
	const close = () => setAsking(null);

	async function test(): Promise<void> {
		setTesting(true);
		try {
			const delivery = await engine.webhooks.test({ id });
			announce(
				delivery.status === "delivered"
					? "The receiver took the test"
					: "The receiver did not take the test",
			);
			setTested(delivery);
		} catch (error) {
			showFault(`No test was sent. ${faultWords(error)}`);
		} finally {
			setTesting(false);
		}
	}

	async function setEnabled(isEnabled: boolean): Promise<void> {
		const word = isEnabled ? "on" : "off";
		await doWithUndo({
			done: `${name} is turned ${word}`,
			notDone: `${name} was not turned ${word}`,
			act: () => engine.webhooks.update({ id, isEnabled }),
			undo: () => engine.webhooks.update({ id, isEnabled: !isEnabled }),
		});
		props.onChanged();
	}

	return (
		<>
			<p className={section.back}>
				<a href={placeHash(listPath)}>
					<IconArrowLeft size={14} stroke={1.75} aria-hidden="true" /> All
					webhooks
				</a>
			</p>
			<h3 className={section.title}>{name}</h3>
			<div className={section.verbs}>
				<Button
					loading={isTesting}
					disabled={webhook.isLocked}
					onClick={() => void test()}
				>
					Send a test
				</Button>
				<Button variant="default" onClick={() => setAsking("edit")}>
					Edit…
				</Button>
				<Button variant="default" onClick={() => setAsking("rotate")}>
					New secret…
				</Button>
				<Button
					variant="default"
					onClick={() => void setEnabled(!webhook.isEnabled)}
				>
					{webhook.isEnabled ? "Turn off" : "Turn on"}
				</Button>
				<Button variant="default" onClick={() => setAsking("remove")}>
					Remove…
				</Button>
			</div>
			<Facts webhook={webhook} />
			<DeliveryLog webhook={webhook} />
			{asking === "edit" && (
				<EditWebhook
					webhook={webhook}
					onSaved={props.onChanged}
					onClose={close}
				/>
			)}
			{asking === "rotate" && (
				<RotateSecret
					webhook={webhook}
					onMade={props.onChanged}
					onClose={close}
				/>
			)}
			{asking === "remove" && (
				<RemoveWebhook
					webhook={webhook}
					onClose={close}
					onRemoved={() => {
						props.onChanged();
						navigate(listPath, {}, { replace: true });
					}}
				/>
			)}
			{tested !== null && (
				<TestResult delivery={tested} onClose={() => setTested(null)} />
			)}
		</>
	);
}

function Facts({ webhook }: { readonly webhook: WebhookSubscription }) {
	const { disabledReason, oldSecretUntil, minSeverity, modelIds } = webhook;
	return (
		<div className={section.facts}>
			<Line name="State">
				<span>
					<WebhookState webhook={webhook} />
				</span>
				{webhook.isLocked && (
					<span data-warns>
						Its secret cannot be read on this machine; make a new one.
					</span>
				)}
				{disabledReason !== null && <span data-warns>{disabledReason}</span>}
				{!webhook.isEnabled && (
					<span className="dim">
						What happens while it is off is not sent later.
					</span>
				)}
			</Line>
			<Line name="Address">
				<bdi>{webhook.url}</bdi>
				{webhook.allowPrivateAddress && (
					<span className={section.tag}>Private allowed</span>
				)}
			</Line>
			<Line name="Told of">
				<span>
					{topicsInWords(webhook.eventTypes)}
					{minSeverity !== null &&
						`; ${severityLabel(minSeverity).toLowerCase()}${minSeverity === 1 ? "" : " or more severe"}`}
					{modelIds.length > 0 && `; of ${modelIds.join(", ")}`}
				</span>
			</Line>
			<Line name="Last delivered">
				{webhook.lastDeliveredAt === null ? (
					<span className="faint">Never</span>
				) : (
					<RelativeTime at={webhook.lastDeliveredAt} ago />
				)}
			</Line>
			{oldSecretUntil !== null && (
				<Line name="Old secret">
					<span>
						signs beside the new one until <AbsoluteTime at={oldSecretUntil} />
					</span>
				</Line>
			)}
		</div>
	);
}
