import { Button } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { useId } from "react";
import type { WebhookDelivery } from "../../../../src-shared/contract/index.ts";
import { RelativeTime } from "../../../components/relative-time.tsx";
import section from "../../../components/section.module.css";
import { placeHash } from "../../../ground/router.ts";
import { AttemptList } from "./attempt-list.tsx";
import { DeliveryBody } from "./delivery-body.tsx";
import { DeliveryState } from "./delivery-state.tsx";
import { attemptWords } from "./delivery-words.ts";
import { topicLabel } from "./topic-words.ts";
import classes from "./webhooks.module.css";

/** One delivery in a line; opened, its attempts and its body. */
export function DeliveryRow(props: {
	readonly delivery: WebhookDelivery;
	readonly isOpen: boolean;
	onToggle(): void;
	onReplay(): void;
}) {
	const { delivery, isOpen } = props;
	const { attempts, incidentId, nextAttemptAt } = delivery;
	const last = attempts.at(-1);
	const panelId = useId();
	return (
		<>
			<tr>
				<td>
					<button
						type="button"
						className={classes.toggle}
						aria-expanded={isOpen}
						aria-controls={panelId}
						onClick={props.onToggle}
					>
						<IconChevronRight
							size={14}
							stroke={1.75}
							aria-hidden="true"
							data-open={isOpen}
						/>
						{topicLabel(delivery.eventType)}
						<span className="visually-hidden">: attempts and body</span>
					</button>
				</td>
				<td>
					<DeliveryState status={delivery.status} />
				</td>
				<td>
					<RelativeTime at={delivery.createdAt} />
				</td>
				<td className={`${section.figure} tabular`}>{attempts.length}</td>
				<td className="truncate" title={last && attemptWords(last)}>
					{last === undefined ? (
						<span className="faint">Not sent yet</span>
					) : (
						attemptWords(last)
					)}
				</td>
				<td>
					{nextAttemptAt === null ? (
						<span className="faint">–</span>
					) : (
						<RelativeTime at={nextAttemptAt} />
					)}
				</td>
			</tr>
			{isOpen && (
				<tr>
					<td colSpan={6} id={panelId} className={classes.opened}>
						<div className={section.form}>
							<AttemptList attempts={attempts} />
							<DeliveryBody delivery={delivery} />
							<div className={section.buttons}>
								<Button variant="default" onClick={props.onReplay}>
									{delivery.status === "pending" ? "Send now" : "Send again"}
								</Button>
								{incidentId !== null && (
									<a href={placeHash(["incident", incidentId])}>
										Open the incident
									</a>
								)}
							</div>
						</div>
					</td>
				</tr>
			)}
		</>
	);
}
