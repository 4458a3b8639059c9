import { Button, Modal, Select, Textarea, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import type { Mute } from "../../../src-shared/contract/index.ts";
import { longestRemark } from "../../../src-shared/domain/text-limits.ts";
import { AbsoluteTime } from "../../components/relative-time.tsx";
import section from "../../components/section.module.css";
import { Fault, WaitingRows } from "../../components/section.tsx";
import { showFault } from "../../components/undo-toast.tsx";
import { useVerbs } from "../../components/use-verbs.ts";
import { announce } from "../../ground/announcer.tsx";
import { faultWords } from "../../ground/faults.ts";
import { useEngine } from "../../state/engine-context.tsx";
import { useAlertNews } from "../../state/use-alert-news.ts";
import { useAnswer } from "../../state/use-answer.ts";
import { parseMatchers } from "../alerts/index.ts";
import classes from "./alert-rules.module.css";
import { matchersText } from "./rule-list.tsx";

/** What is kept quiet until its end; it is stored all the same. */
export function MuteList(props: {
	readonly projectId: string;
	/** Why nothing may be changed; null when it may. */
	readonly reason: string | null;
}) {
	const { projectId, reason } = props;
	const engine = useEngine();
	const [isAdding, setAdding] = useState(false);
	const { value, fault, reload } = useAnswer(projectId, (signal) =>
		engine.alertRules.mutes({ projectId }, { signal }),
	);
	useAlertNews(reload);

	async function end(mute: Mute): Promise<void> {
		try {
			await engine.alertRules.endMute({ projectId, id: mute.id });
			announce("The mute is over");
		} catch (error) {
			showFault(`The mute was not ended. ${faultWords(error)}`);
		}
		reload();
	}

	if (value === null) {
		return fault === null ? (
			<WaitingRows rows={1} />
		) : (
			<Fault>The mutes could not be listed: {fault}</Fault>
		);
	}
	return (
		<>
			<p>
				A mute keeps matching alerts from opening incidents here. Their source
				goes on sending them.
			</p>
			{reason === null ? (
				<div className={section.above}>
					<Button variant="default" onClick={() => setAdding(true)}>
						Add a mute
					</Button>
				</div>
			) : (
				<p>{reason}</p>
			)}
			{value.length > 0 && (
				<table className={`${section.table} ${classes.table} ${classes.mutes}`}>
					<thead>
						<tr>
							<th scope="col">Keeps quiet</th>
							<th scope="col">Why</th>
							<th scope="col">Until</th>
							<th scope="col">Quiet now</th>
							<th scope="col">
								<span className="visually-hidden">What can be done</span>
							</th>
						</tr>
					</thead>
					<tbody>
						{value.map((mute) => (
							<tr key={mute.id}>
								<td>
									<bdi>{matchersText(mute.matchers)}</bdi>
								</td>
								<td>
									<bdi>{mute.reason}</bdi>{" "}
									<span className="dim">{mute.createdBy}</span>
								</td>
								<td>
									{mute.endsAt === null ? (
										"it is ended"
									) : (
										<AbsoluteTime at={mute.endsAt} />
									)}
								</td>
								<td className="tabular">{mute.quiet}</td>
								<td>
									{mute.isActive && reason === null ? (
										<Button
											variant="default"
											size="compact-xs"
											onClick={() => void end(mute)}
										>
											End it
										</Button>
									) : (
										!mute.isActive && <span className="faint">Over</span>
									)}
								</td>
							</tr>
						))}
					</tbody>
				</table>
			)}
			{isAdding && (
				<AddMute
					projectId={projectId}
					onAdded={reload}
					onClose={() => setAdding(false)}
				/>
			)}
		</>
	);
}

const durations = [
	{ value: "3600000", label: "1 hour" },
	{ value: "28800000", label: "8 hours" },
	{ value: "86400000", label: "1 day" },
	{ value: "604800000", label: "1 week" },
	{ value: "", label: "Until somebody ends it" },
];

function AddMute(props: {
	readonly projectId: string;
	onAdded(): void;
	onClose(): void;
}) {
	const { projectId } = props;
	const engine = useEngine();
	const [text, setText] = useState("");
	const [reason, setReason] = useState("");
	const [length, setLength] = useState("28800000");
	const { run, busy, fault } = useVerbs<"add">();
	const [looked] = useDebouncedValue(text, 400);
	const parsed = parseMatchers(text);
	const matchers = matchersOf(text);
	const lookedFor = matchersOf(looked);
	const preview = useAnswer(lookedFor.length === 0 ? null : looked, (signal) =>
		engine.alertRules.matching({ projectId, matchers: lookedFor }, { signal }),
	);

	async function add(): Promise<void> {
		await run("add", "It was not added", async () => {
			await engine.alertRules.addMute({
				projectId,
				matchers,
				reason: reason.trim(),
				endsAt: length === "" ? null : Date.now() + Number(length),
			});
			announce("The mute was added");
			props.onAdded();
			props.onClose();
		});
	}

	return (
		<Modal opened onClose={props.onClose} title="Add a mute" size={560}>
			<form
				className={section.form}
				onSubmit={(event) => {
					event.preventDefault();
					void add();
				}}
			>
				<Textarea
					label="Labels that all match"
					description='One to a line, such as service="checkout" or cluster=~"west.*".'
					autosize
					minRows={2}
					maxRows={8}
					data-autofocus
					spellCheck={false}
					value={text}
					error={
						"faultyLine" in parsed
							? `“${parsed.faultyLine}” is not of the form label="value".`
							: null
					}
					onChange={(event) => setText(event.currentTarget.value)}
				/>
				{preview.value !== null && (
					<p role="status">
						{preview.value.total === 0
							? "No alert that fires now matches."
							: `${preview.value.total.toLocaleString("en")} that fire now match: `}
						<bdi>
							{[...new Set(preview.value.items.map(({ name }) => name))]
								.slice(0, 5)
								.join(", ")}
						</bdi>
					</p>
				)}
				{preview.fault !== null && <Fault>{preview.fault}</Fault>}
				<Select
					label="For"
					data={durations}
					value={length}
					allowDeselect={false}
					onChange={(value) => setLength(value ?? length)}
				/>
				<TextInput
					label="Why"
					required
					maxLength={longestRemark}
					value={reason}
					onChange={(event) => setReason(event.currentTarget.value)}
				/>
				{fault !== null && <Fault>{fault}</Fault>}
				<div className={section.buttons}>
					<Button
						type="submit"
						loading={busy !== null}
						disabled={matchers.length === 0 || reason.trim() === ""}
					>
						Mute
					</Button>
					<Button variant="default" onClick={props.onClose}>
						Cancel
					</Button>
				</div>
			</form>
		</Modal>
	);
}

function matchersOf(text: string) {
	const parsed = parseMatchers(text);
	return "matchers" in parsed
		? parsed.matchers.map((each) => ({ ...each, on: "label" as const }))
		: [];
}
