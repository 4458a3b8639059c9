import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import type { ModelPrice } from "../../../src-shared/contract/index.ts";
import { identifierLength } from "../../../src-shared/domain/identifier.ts";
import section from "../../components/section.module.css";
import { Fault, Section, WaitingRows } from "../../components/section.tsx";
import { doWithUndo } from "../../components/undo-toast.tsx";
import { useEngine } from "../../state/engine-context.tsx";
import { useAnswer } from "../../state/use-answer.ts";
import classes from "./model-server.module.css";
import { dollarWords, microDollarsOf } from "./price-words.ts";

/** What a million tokens of each model cost. */
export function PricePart(props: {
	/** The model that is set, to be priced first. */
	readonly model: string;
	readonly refusal: string | null;
}) {
	const { refusal } = props;
	const engine = useEngine();
	const prices = useAnswer("prices", (signal) =>
		engine.analytics.prices(undefined, { signal }),
	);
	const { value } = prices;

	async function remove(price: ModelPrice): Promise<void> {
		await doWithUndo({
			done: `The price of ${price.model} is removed`,
			notDone: "The price was not removed",
			act: () => engine.analytics.removePrice({ model: price.model }),
			undo: () => engine.analytics.setPrice(price).finally(prices.reload),
		});
		prices.reload();
	}

	return (
		<Section title="Prices">
			<p>
				For a million tokens, in US dollars. Each request is priced when it is
				made: a new price changes nothing that was spent. A model without a
				price counts as $0, and one on your own machines always does.
				{refusal !== null && ` ${refusal}`}
			</p>
			{value === null && prices.fault === null && (
				<WaitingRows rows={1} hasHead />
			)}
			{value === null && prices.fault !== null && (
				<Fault>The prices could not be listed: {prices.fault}</Fault>
			)}
			{value !== null && value.length > 0 && (
				<table className={`${section.table} ${classes.prices}`}>
					<thead>
						<tr>
							<th scope="col">Model</th>
							<th scope="col" className={section.figure}>
								Sent
							</th>
							<th scope="col" className={section.figure}>
								Answered
							</th>
							<th scope="col">
								<span className="visually-hidden">Actions</span>
							</th>
						</tr>
					</thead>
					<tbody>
						{value.map((price) => (
							<tr key={price.model}>
								<td title={price.model}>
									<bdi className={classes.cut}>{price.model}</bdi>
								</td>
								<td className={`${section.figure} tabular`}>
									{dollarWords(price.inputMicroDollars)}
								</td>
								<td className={`${section.figure} tabular`}>
									{dollarWords(price.outputMicroDollars)}
								</td>
								<td>
									{refusal === null && (
										<span className={section.rowActions}>
											<Button
												variant="default"
												size="compact-xs"
												aria-label={`Remove the price of ${price.model}`}
												onClick={() => void remove(price)}
											>
												Remove
											</Button>
										</span>
									)}
								</td>
							</tr>
						))}
					</tbody>
				</table>
			)}
			{value !== null && refusal === null && (
				<NewPrice
					key={props.model}
					model={props.model}
					known={value}
					onSet={prices.reload}
				/>
			)}
			{value?.length === 0 && refusal !== null && <p>No model has a price.</p>}
		</Section>
	);
}

function NewPrice(props: {
	readonly model: string;
	readonly known: readonly ModelPrice[];
	onSet(): void;
}) {
	const engine = useEngine();
	const [busy, setBusy] = useState(false);
	const isKnown = props.known.some(({ model }) => model === props.model);
	const amount = (text: string) =>
		microDollarsOf(text) === null ? "Such as 0.15" : null;
	const form = useForm({
		initialValues: {
			model: isKnown ? "" : props.model,
			sent: "",
			answered: "",
		},
		validate: {
			model: (text) => (text.trim() === "" ? "Enter a model." : null),
			sent: amount,
			answered: amount,
		},
	});

	async function set(values: typeof form.values): Promise<void> {
		const model = values.model.trim();
		const before = props.known.find((each) => each.model === model);
		setBusy(true);
		await doWithUndo({
			done: `${model} has a price`,
			notDone: "The price was not kept",
			act: async () => {
				await engine.analytics.setPrice({
					model,
					inputMicroDollars: microDollarsOf(values.sent) ?? 0,
					outputMicroDollars: microDollarsOf(values.answered) ?? 0,
				});
				form.setValues({ model: "", sent: "", answered: "" });
			},
			undo: () =>
				(before === undefined
					? engine.analytics.removePrice({ model })
					: engine.analytics.setPrice(before)
				).finally(props.onSet),
		});
		setBusy(false);
		props.onSet();
	}

	return (
		<form
			className={classes.newPrice}
			noValidate
			onSubmit={form.onSubmit((values) => void set(values))}
		>
			<TextInput
				label="Model"
				maxLength={identifierLength}
				autoComplete="off"
				spellCheck={false}
				{...form.getInputProps("model")}
			/>
			<TextInput
				label="Sent, $"
				inputMode="decimal"
				autoComplete="off"
				placeholder="0.15"
				{...form.getInputProps("sent")}
			/>
			<TextInput
				label="Answered, $"
				inputMode="decimal"
				autoComplete="off"
				placeholder="0.60"
				{...form.getInputProps("answered")}
			/>
			<Button type="submit" variant="default" loading={busy}>
				Set price
			</Button>
		</form>
	);
}
