import { Button, Modal } from "@mantine/core";
import type { WebhookDelivery } from "../../../../src-shared/contract/index.ts";
import section from "../../../components/section.module.css";
import { AttemptList } from "./attempt-list.tsx";
import { DeliveryBody } from "./delivery-body.tsx";

/** How a test went: what was sent and what came back. */
export function TestResult(props: {
	readonly delivery: WebhookDelivery;
	onClose(): void;
}) {
	const { delivery } = props;
	return (
		<Modal
			opened
			onClose={props.onClose}
			title={
				delivery.status === "delivered"
					? "The receiver took the test"
					: "The receiver did not take the test"
			}
			size={560}
		>
			<div className={section.form}>
				<AttemptList attempts={delivery.attempts} />
				<DeliveryBody delivery={delivery} />
				<div className={section.buttons}>
					<Button data-autofocus onClick={props.onClose}>
						Close
					</Button>
				</div>
			</div>
		</Modal>
	);
}
