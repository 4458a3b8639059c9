import type { WebhookSubscription } from "../../../../src-shared/contract/index.ts";
import { RelativeTime } from "../../../components/relative-time.tsx";
import section from "../../../components/section.module.css";
import { placeHash } from "../../../ground/router.ts";
import { topicsInWords } from "./topic-words.ts";
import { WebhookState } from "./webhook-state.tsx";
import classes from "./webhooks.module.css";

/** Every webhook and how it fares; its name leads to its log. */
export function WebhookList(props: {
	readonly webhooks: readonly WebhookSubscription[];
}) {
	return (
		<table className={`${section.table} ${classes.list}`}>
			<thead>
				<tr>
					<th scope="col">Name</th>
					<th scope="col">Address</th>
					<th scope="col">Told of</th>
					<th scope="col">State</th>
					<th scope="col">Delivered</th>
					<th scope="col" className={section.figure}>
						Waiting
					</th>
					<th scope="col" className={section.figure}>
						Given up
					</th>
				</tr>
			</thead>
			<tbody>
				{props.webhooks.map((webhook) => (
					<tr key={webhook.id}>
						<td className="truncate" title={webhook.name}>
							<a href={placeHash(["settings", "webhooks", webhook.id])}>
								{webhook.name}
							</a>
						</td>
						<td className="truncate" title={webhook.url}>
							<bdi>{webhook.url}</bdi>
						</td>
						<td className="truncate" title={topicsInWords(webhook.eventTypes)}>
							{topicsInWords(webhook.eventTypes)}
						</td>
						<td>
							<WebhookState webhook={webhook} />
						</td>
						<td>
							{webhook.lastDeliveredAt === null ? (
								<span className="faint">Never</span>
							) : (
								<RelativeTime at={webhook.lastDeliveredAt} />
							)}
						</td>
						<td className={`${section.figure} tabular`}>{webhook.pending}</td>
						<td className={`${section.figure} tabular`}>
							<span className={classes.dead} data-some={webhook.dead > 0}>
								{webhook.dead}
							</span>
						</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}
