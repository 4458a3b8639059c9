import { IconCircleCheck, IconClock, IconSkull } from "@tabler/icons-react";
import { statusLabel } from "./delivery-words.ts";
import type { DeliveryStatus } from "./use-webhooks.ts";
import classes from "./webhooks.module.css";

const icons = {
	pending: IconClock,
	delivered: IconCircleCheck,
	dead: IconSkull,
} as const satisfies Record<DeliveryStatus, unknown>;

/** A delivery's state as icon, word and colour. */
export function DeliveryState({ status }: { readonly status: DeliveryStatus }) {
	const Icon = icons[status];
	return (
		<span className={classes.status} data-status={status}>
			<Icon size={14} stroke={1.75} aria-hidden="true" />
			{statusLabel(status)}
		</span>
	);
}
