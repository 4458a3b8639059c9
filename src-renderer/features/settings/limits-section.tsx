import { Button, Code } from "@mantine/core";
import type { RequestLimit } from "../../../src-shared/contract/index.ts";
import section from "../../components/section.module.css";
import { Fault, Section, WaitingRows } from "../../components/section.tsx";
import { useConnectionState, useEngine } from "../../state/engine-context.tsx";
import { useAnswer } from "../../state/use-answer.ts";
import { limitWords, windowWords } from "./limit-words.ts";
import classes from "./settings-page.module.css";

const perWords: Readonly<Record<RequestLimit["per"], string>> = {
	address: "Address",
	user: "User",
	incident: "Incident",
};

/** How many requests each API takes; set when the engine starts, not here. */
export function LimitsSection() {
	const engine = useEngine();
	const connection = useConnectionState();
	const epoch = connection.kind === "open" ? String(connection.epoch) : null;
	const limits = useAnswer(epoch, (signal) =>
		engine.settings.limits(undefined, { signal }),
	);
	const { value } = limits;
	return (
		<Section title="Limits">
			<p>
				More requests than these are refused with status 429 until the time is
				over. They are set when the engine starts:{" "}
				<Code>--rate-limit-scale 2</Code> doubles all of them, <Code>0.5</Code>{" "}
				halves them, <Code>0</Code> turns them off. This window is not limited.
			</p>
			{value === null && limits.fault !== null && (
				<Fault>
					The limits could not be listed: {limits.fault}{" "}
					<Button variant="default" size="compact-xs" onClick={limits.reload}>
						Try again
					</Button>
				</Fault>
			)}
			{value === null && limits.fault === null && (
				<WaitingRows rows={8} hasHead />
			)}
			{value !== null && value.length === 0 && (
				<p>
					The engine does not listen for HTTP now, so there is nothing to limit.
				</p>
			)}
			{value !== null && value.length > 0 && (
				<table className={`${section.table} ${classes.limits}`}>
					<thead>
						<tr>
							<th scope="col">API</th>
							<th scope="col">What</th>
							<th scope="col" className={section.figure}>
								Requests
							</th>
							<th scope="col">Within</th>
							<th scope="col">For each</th>
						</tr>
					</thead>
					<tbody>
						{value.map((limit) => (
							<tr key={`${limit.api}\n${limit.what}\n${limit.per}`}>
								<td>{limit.api}</td>
								<td>{limit.what}</td>
								<td className={`${section.figure} tabular`}>
									{limitWords(limit.requests)}
								</td>
								<td className="tabular">{windowWords(limit.windowSeconds)}</td>
								<td>{perWords[limit.per]}</td>
							</tr>
						))}
					</tbody>
				</table>
			)}
		</Section>
	);
}
