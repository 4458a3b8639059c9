import { Button } from "@mantine/core";
import { useState } from "react";
import type {
	AssistantSettings,
	ModelServer,
	ModelServerInput,
	Session,
} from "../../../src-shared/contract/index.ts";
import { callNeeds } from "../../../src-shared/domain/access/call-needs.ts";
import { RelativeTime } from "../../components/relative-time.tsx";
import section from "../../components/section.module.css";
import {
	Fault,
	Line,
	Section,
	WaitingRows,
} from "../../components/section.tsx";
import { doWithUndo } from "../../components/undo-toast.tsx";
import { inertText } from "../../ground/inert-text.ts";
import { useEngine } from "../../state/engine-context.tsx";
import { useSession } from "../../state/use-tenant.ts";
import { whyNot } from "../../state/why-not.ts";
import { EgressPart } from "./egress-part.tsx";
import { stageOf, stageWords } from "./egress-words.ts";
import classes from "./model-server.module.css";
import { PolicyPart } from "./policy-part.tsx";
import { PricePart } from "./price-part.tsx";
import { RemoveServer } from "./remove-server.tsx";
import { ServerForm } from "./server-form.tsx";
import { serverKinds, storedServer } from "./server-values.ts";
import { useAssistant } from "./use-assistant.ts";

/** A model server that may be asked for claims, off until an admin sets it: `#/settings/model-server`. */
export function ModelServerSection() {
	const session = useSession();
	const { value, fault, reload } = useAssistant();
	// What a change answered, until it is asked again.
	const [changed, setChanged] = useState<AssistantSettings | null>(null);
	const shown = changed ?? value;
	function onChanged(next?: AssistantSettings): void {
		setChanged(next ?? null);
		reload();
	}
	if (shown === null || session === null) {
		return (
			<Section title="Model server">
				{fault === null ? (
					<WaitingRows rows={3} />
				) : (
					<Fault>
						The model server's settings could not be read: {fault}{" "}
						<Button variant="default" size="compact-xs" onClick={reload}>
							Try again
						</Button>
					</Fault>
				)}
			</Section>
		);
	}
	return (
		<>
			<ServerPart
				shown={shown}
				refusal={whyNot(callNeeds.assistant.setServer, session)}
				onChanged={onChanged}
			/>
			<PolicyPart
				key={JSON.stringify(shown.policy)}
				policy={shown.policy}
				refusal={whyNot(callNeeds.assistant.setPolicy, session)}
				onChanged={onChanged}
			/>
			<EgressPart
				key={termsOf(shown)}
				session={session satisfies Session}
				stage={stageOf(shown)}
				onChanged={onChanged}
			/>
			<PricePart
				model={shown.server?.model ?? ""}
				refusal={whyNot(callNeeds.analytics.setPrice, session)}
			/>
		</>
	);
}

/** What is sent is asked anew whenever this changes. */
function termsOf({ server, policy }: AssistantSettings): string {
	return JSON.stringify([server && storedServer(server), policy]);
}

function ServerPart(props: {
	readonly shown: AssistantSettings;
	readonly refusal: string | null;
	onChanged(settings: AssistantSettings): void;
}) {
	const { shown, refusal, onChanged } = props;
	const { server } = shown;
	const engine = useEngine();
	const [open, setOpen] = useState<"form" | "remove" | null>(null);
	const close = () => setOpen(null);

	async function setEnabled(of: ModelServer, isEnabled: boolean) {
		const put = async (input: ModelServerInput) =>
			onChanged(await engine.assistant.setServer(input));
		const word = isEnabled ? "on" : "off";
		await doWithUndo({
			done: `The model server is turned ${word}`,
			notDone: `The model server was not turned ${word}`,
			act: () => put({ ...storedServer(of), isEnabled }),
			undo: () => put({ ...storedServer(of), isEnabled: of.isEnabled }),
		});
	}

	return (
		<Section title="Model server">
			<p>
				Tocsin finds causes from its own records and needs no model. If you set
				one, people can ask it for claims about an incident besides. It sees
				only what you allow, decides nothing, and every claim has to cite a
				record that was sent.{refusal !== null && ` ${refusal}`}
			</p>
			{refusal === null && (
				<div className={classes.verbs}>
					<Button onClick={() => setOpen("form")}>
						{server === null ? "Set up a model server" : "Edit…"}
					</Button>
					{server !== null && (
						<>
							<Button
								variant="default"
								onClick={() => void setEnabled(server, !server.isEnabled)}
							>
								{server.isEnabled ? "Turn off" : "Turn on"}
							</Button>
							<Button variant="default" onClick={() => setOpen("remove")}>
								Remove…
							</Button>
						</>
					)}
				</div>
			)}
			<Facts shown={shown} />
			{open === "form" && (
				<ServerForm server={server} onSaved={onChanged} onClose={close} />
			)}
			{open === "remove" && (
				<RemoveServer onRemoved={onChanged} onClose={close} />
			)}
		</Section>
	);
}

function Facts({ shown }: { readonly shown: AssistantSettings }) {
	const { server, confirmation, lastRequest } = shown;
	const stage = stageWords[stageOf(shown)];
	return (
		<>
			<Line name="State">
				<span>{stage.name}</span>
				<span className="dim">{stage.means}</span>
			</Line>
			{server !== null && (
				<>
					<Line name="Server">
						<span>
							{serverKinds[server.kind].name}, <bdi>{server.model}</bdi>
							<br />
							<bdi className="dim">{server.baseUrl}</bdi>
						</span>
						{server.isLocal && <span className={section.tag}>Local</span>}
					</Line>
					<Line name="Key">
						<span>{server.hasKey ? "Stored, encrypted" : "None"}</span>
					</Line>
					<Line name="Limits">
						<span className="tabular">
							{server.maxInputTokens.toLocaleString("en-US")} tokens sent,{" "}
							{server.maxOutputTokens.toLocaleString("en-US")} answered,{" "}
							{server.timeoutSeconds} s
						</span>
					</Line>
					<Line name="Agreed to">
						{confirmation === null ? (
							<span className="faint">Not yet</span>
						) : (
							<span title={`SHA-256 ${confirmation.hash}`}>
								by <bdi>{confirmation.byName}</bdi>{" "}
								<RelativeTime at={confirmation.at} ago />
							</span>
						)}
					</Line>
					<Line name="Last changed">
						<span>
							<RelativeTime at={server.changedAt} ago /> by{" "}
							<bdi>{server.changedBy}</bdi>
						</span>
					</Line>
				</>
			)}
			{(server !== null || lastRequest !== null) && (
				<Line name="Last request">
					{lastRequest === null ? (
						<span className="faint">Nothing was ever sent</span>
					) : (
						<span data-warns={lastRequest.error !== null || undefined}>
							<RelativeTime at={lastRequest.at} ago /> to{" "}
							<bdi>{lastRequest.model}</bdi>:{" "}
							{lastRequest.error === null ? (
								"answered"
							) : (
								<bdi>{inertText(lastRequest.error)}</bdi>
							)}
						</span>
					)}
				</Line>
			)}
		</>
	);
}
