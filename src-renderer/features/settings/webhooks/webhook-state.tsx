import {
	IconCircleCheck,
	IconCircleOff,
	IconCircleX,
	IconLock,
} from "@tabler/icons-react";
import type { WebhookSubscription } from "../../../../src-shared/contract/index.ts";
import classes from "../../../components/section.module.css";

/** Whether a webhook sends, and why it does not. */
export function WebhookState({
	webhook,
}: {
	readonly webhook: WebhookSubscription;
}) {
	const [Icon, word, title] = stateOf(webhook);
	return (
		<span className={classes.state} title={title}>
			<Icon size={14} stroke={1.75} aria-hidden="true" />
			{word}
		</span>
	);
}

function stateOf({ isEnabled, isLocked, disabledReason }: WebhookSubscription) {
	if (isLocked) {
		return [
			IconLock,
			"Locked",
			"Its secret cannot be read on this machine; make a new one",
		] as const;
	}
	if (isEnabled) return [IconCircleCheck, "On", "Sends as it happens"] as const;
	return disabledReason === null
		? ([
				IconCircleOff,
				"Off",
				"What happens while it is off is not sent later",
			] as const)
		: ([IconCircleX, "Refused", disabledReason] as const);
}
