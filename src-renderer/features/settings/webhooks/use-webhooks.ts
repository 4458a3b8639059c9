import { useState } from "react";
import type {
	WebhookDelivery,
	WebhookSubscription,
} from "../../../../src-shared/contract/index.ts";
import {
	useEngine,
	useLiveChange,
	useNewChannel,
} from "../../../state/engine-context.tsx";
import { type Answer, useAnswer } from "../../../state/use-answer.ts";

export type DeliveryStatus = WebhookDelivery["status"];

/** The tenant's webhooks, followed live. */
export function useWebhooks(): Answer<WebhookSubscription[]> {
	const engine = useEngine();
	return useFollowed("webhooks", (signal) =>
		engine.webhooks.list(undefined, { signal }),
	);
}

export interface DeliveryPages {
	readonly items: readonly WebhookDelivery[];
	readonly total: number;
}

const pageSize = 50;

/** The newest deliveries of a webhook, followed live; `more` takes another 50. */
export function useDeliveries(
	subscriptionId: string,
	status: DeliveryStatus | null,
): Answer<DeliveryPages> & { more(): void } {
	const engine = useEngine();
	const key = `${subscriptionId} ${status}`;
	const [wanted, setWanted] = useState({ key, pages: 1 });
	const pages = wanted.key === key ? wanted.pages : 1;
	const answer = useFollowed(key, async (signal) => {
		const items: WebhookDelivery[] = [];
		for (let page = 1; ; page++) {
			const last = items.at(-1);
			const next = await engine.webhooks.deliveries(
				{
					subscriptionId,
					...(status === null ? {} : { status }),
					before:
						last === undefined
							? null
							: { createdAt: last.createdAt, id: last.id },
					limit: pageSize,
				},
				{ signal },
			);
			items.push(...next.items);
			if (page === pages || next.items.length < pageSize) {
				return { items, total: next.total };
			}
		}
	});
	return {
		...answer,
		more: () => {
			setWanted({ key, pages: pages + 1 });
			answer.reload();
		},
	};
}

/** What is shown stays while it is asked again: after a live change and on a new channel. */
function useFollowed<T>(
	key: string,
	ask: (signal: AbortSignal) => Promise<T>,
): Answer<T> {
	const answer = useAnswer(key, ask);
	useNewChannel(answer.reload);
	useLiveChange(({ kind }) => {
		if (kind === "webhooks" || kind === "resync") answer.reload();
	});
	return answer;
}
