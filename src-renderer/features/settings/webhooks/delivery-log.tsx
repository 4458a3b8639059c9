import { Button, SegmentedControl } from "@mantine/core";
import { useState } from "react";
import type { WebhookSubscription } from "../../../../src-shared/contract/index.ts";
import section from "../../../components/section.module.css";
import { Fault, WaitingRows } from "../../../components/section.tsx";
import { showFault } from "../../../components/undo-toast.tsx";
import { announce } from "../../../ground/announcer.tsx";
import { faultWords } from "../../../ground/faults.ts";
import { navigate, usePlace } from "../../../ground/router.ts";
import { useEngine } from "../../../state/engine-context.tsx";
import { DeliveryRow } from "./delivery-row.tsx";
import { statusLabel } from "./delivery-words.ts";
import { type DeliveryStatus, useDeliveries } from "./use-webhooks.ts";
import classes from "./webhooks.module.css";

const waits = "The webhook is off; it is sent when that is turned on.";
const statuses: readonly DeliveryStatus[] = ["pending", "delivered", "dead"];

/** What was sent, what waits and what was given up, newest first. The state is in the address. */
export function DeliveryLog(props: { readonly webhook: WebhookSubscription }) {
	const { webhook } = props;
	const engine = useEngine();
	const { path, query } = usePlace();
	const status = statuses.find((each) => each === query.get("state")) ?? null;
	const log = useDeliveries(webhook.id, status);
	const [openId, setOpenId] = useState<string | null>(null);
	/** While a row is open, newer ones wait above it, so that what is read stays where it is. */
	const [topId, setTopId] = useState<string | null>(null);
	const items = log.value?.items ?? [];
	const newer = Math.max(
		0,
		items.findIndex(({ id }) => id === topId),
	);

	async function replay(id: string): Promise<void> {
		try {
			await engine.webhooks.replay({ id });
			announce(webhook.isEnabled ? "It is sent now" : waits);
		} catch (error) {
			showFault(`It was not sent. ${faultWords(error)}`);
		}
		log.reload();
	}

	async function replayAll(): Promise<void> {
		try {
			const { replayed } = await engine.webhooks.replayAll({ id: webhook.id });
			announce(webhook.isEnabled ? `${replayed} are sent now` : waits);
		} catch (error) {
			showFault(`They were not sent. ${faultWords(error)}`);
		}
		log.reload();
	}

	function toggle(id: string): void {
		setOpenId(openId === id ? null : id);
		setTopId(openId === id ? null : (items[newer]?.id ?? null));
	}

	return (
		<section aria-label="Deliveries">
			<div className={classes.logHead}>
				<SegmentedControl
					aria-label="State of the deliveries"
					value={status ?? "all"}
					data={[
						{ value: "all", label: "All" },
						...statuses.map((value) => ({ value, label: statusLabel(value) })),
					]}
					onChange={(value) => {
						setTopId(null);
						navigate(path, value === "all" ? {} : { state: value }, {
							replace: true,
						});
					}}
				/>
				{webhook.dead > 0 && (
					<Button variant="default" onClick={() => void replayAll()}>
						Send all {webhook.dead} given up again
					</Button>
				)}
				{newer > 0 && (
					<Button variant="default" onClick={() => setTopId(null)}>
						{newer} new
					</Button>
				)}
			</div>
			{log.value === null && log.fault !== null && (
				<Fault>
					The deliveries could not be listed: {log.fault}{" "}
					<Button variant="default" size="compact-xs" onClick={log.reload}>
						Try again
					</Button>
				</Fault>
			)}
			{log.value === null && log.fault === null && <WaitingRows rows={5} />}
			{log.value !== null && items.length === 0 && (
				<p>{emptyWords(status, webhook.isEnabled)}</p>
			)}
			{items.length > 0 && (
				<table className={`${section.table} ${classes.log}`}>
					<thead>
						<tr>
							<th scope="col">Event</th>
							<th scope="col">State</th>
							<th scope="col">Made</th>
							<th scope="col" className={section.figure}>
								Attempts
							</th>
							<th scope="col">Last answer</th>
							<th scope="col">Next</th>
						</tr>
					</thead>
					<tbody>
						{items.slice(newer).map((delivery) => (
							<DeliveryRow
								key={delivery.id}
								delivery={delivery}
								isOpen={delivery.id === openId}
								onToggle={() => toggle(delivery.id)}
								onReplay={() => void replay(delivery.id)}
							/>
						))}
					</tbody>
				</table>
			)}
			{log.value !== null && log.value.total > items.length && (
				<Button
					variant="default"
					loading={log.isLoading}
					className={classes.more ?? ""}
					onClick={log.more}
				>
					Show older ({log.value.total - items.length} more)
				</Button>
			)}
		</section>
	);
}

function emptyWords(status: DeliveryStatus | null, isEnabled: boolean): string {
	switch (status) {
		case "dead":
			return "Nothing was given up.";
		case "pending":
			return "Nothing waits.";
		case "delivered":
			return "Nothing was delivered yet.";
		case null:
			return isEnabled
				? "Nothing was sent yet. The next event goes out as it happens; a test goes out at once."
				: "Nothing was sent yet, and nothing will be while it is off.";
	}
}
