import type { WebhookDelivery } from "../../../../src-shared/contract/index.ts";
import { CodeBlock } from "../../../components/code-block.tsx";
import { indented } from "./delivery-words.ts";

/** What is sent, indented to be read; copied as the exact text. */
export function DeliveryBody({
	delivery,
}: {
	readonly delivery: WebhookDelivery;
}) {
	return (
		<CodeBlock
			label="Body"
			head={
				<>
					Body of <code>{delivery.id}</code>
				</>
			}
			text={indented(delivery.body)}
			copied={delivery.body}
			copyLabel="Copy the body as it is sent"
		/>
	);
}
