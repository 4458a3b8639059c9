import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { callNeeds } from "../../../../src-shared/domain/access/call-needs.ts";
import section from "../../../components/section.module.css";
import { Fault, Section, WaitingRows } from "../../../components/section.tsx";
import { navigate, placeHash, usePlace } from "../../../ground/router.ts";
import { useSession } from "../../../state/use-tenant.ts";
import { whyNot } from "../../../state/why-not.ts";
import { AddWebhook } from "./add-webhook.tsx";
import { PayloadHelp } from "./payload-help.tsx";
import { useWebhooks } from "./use-webhooks.ts";
import { WebhookDetail } from "./webhook-detail.tsx";
import { WebhookList } from "./webhook-list.tsx";

/** Which other systems are told of what happens: `#/settings/webhooks`, and one of them behind its id. */
export function WebhooksSection() {
	const session = useSession();
	const reason = session && whyNot(callNeeds.webhooks.list, session);
	return (
		<Section title="Webhooks">
			{session === null ? (
				<WaitingRows rows={3} />
			) : reason === null ? (
				<Webhooks />
			) : (
				<p>
					Webhooks tell other systems what happens; an address can hold a
					secret. {reason}
				</p>
			)}
		</Section>
	);
}

function Webhooks() {
	const webhooks = useWebhooks();
	const { path } = usePlace();
	const [isAdding, setAdding] = useState(false);
	const id = path[2];
	const { value } = webhooks;
	const chosen = value?.find((each) => each.id === id);
	if (value === null) {
		return webhooks.fault === null ? (
			<WaitingRows rows={3} />
		) : (
			<Fault>
				The webhooks could not be listed: {webhooks.fault}{" "}
				<Button variant="default" size="compact-xs" onClick={webhooks.reload}>
					Try again
				</Button>
			</Fault>
		);
	}
	if (chosen !== undefined) {
		return (
			<WebhookDetail
				key={chosen.id}
				webhook={chosen}
				onChanged={webhooks.reload}
			/>
		);
	}
	return (
		<>
			<p>
				{value.length === 0
					? "A webhook tells another system, such as a chat, a pager, a status page or a script of yours, what happens to incidents, as it happens. Nothing is sent anywhere before there is one."
					: "They tell other systems what happens to incidents, as it happens."}
			</p>
			{id !== undefined && !webhooks.isLoading && (
				<Fault>
					There is no such webhook any more.{" "}
					<a href={placeHash(["settings", "webhooks"])}>All webhooks</a>
				</Fault>
			)}
			<div className={section.above}>
				<Button
					leftSection={<IconPlus size={15} stroke={1.75} />}
					onClick={() => setAdding(true)}
				>
					Add a webhook
				</Button>
			</div>
			{value.length > 0 && <WebhookList webhooks={value} />}
			<PayloadHelp />
			{isAdding && (
				<AddWebhook
					onClose={() => setAdding(false)}
					onAdded={(added) => {
						webhooks.reload();
						navigate(["settings", "webhooks", added]);
					}}
				/>
			)}
		</>
	);
}
