import { Button } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useState } from "react";
import type {
	ConnectionTest,
	Integration,
} from "../../../src-shared/contract/index.ts";
import { AbsoluteTime, RelativeTime } from "../../components/relative-time.tsx";
import section from "../../components/section.module.css";
import { Line } from "../../components/section.tsx";
import { doWithUndo, showFault } from "../../components/undo-toast.tsx";
import { announce } from "../../ground/announcer.tsx";
import { faultWords } from "../../ground/faults.ts";
import { navigate, placeHash } from "../../ground/router.ts";
import { safeLink } from "../../ground/safe-link.ts";
import { useEngine } from "../../state/engine-context.tsx";
import { sourceName } from "../alerts/index.ts";
import {
	EditIntegration,
	RemoveIntegration,
	RotateIntegrationSecret,
} from "./integration-dialogs.tsx";
import { IntegrationState } from "./integration-state.tsx";
import { traitsOf } from "./integration-traits.ts";
import classes from "./integrations.module.css";
import { SnippetView } from "./snippet-view.tsx";
import { TestOutcome } from "./test-outcome.tsx";

const listPath = ["settings", "integrations"];

/** One monitoring system: how it stands, what can be done with it, and what is pasted into it. */
export function IntegrationDetail(props: {
	readonly integration: Integration;
	/** Null where the engine does not listen for HTTP. */
	readonly origin: string | null;
	/** Why nothing may be changed; null when it may. */
	readonly reason: string | null;
	onChanged(): void;
}) {
	const { integration, origin, reason } = props;
	const { id, projectId, name } = integration;
	const engine = useEngine();
	const [asking, setAsking] = useState<"edit" | "rotate" | "remove" | null>(
		null,
	);
	const [isTesting, setTesting] = useState(false);
	const [test, setTest] = useState<ConnectionTest | null>(null);
	const isOn = integration.status !== "inactive";
	const dialog = {
		integration,
		onDone: props.onChanged,
		onClose: () => setAsking(null),
	};

	async function tryNow(): Promise<void> {
		setTesting(true);
		try {
			const answer = await engine.integrations.test({ projectId, id });
			announce(answer.message);
			setTest(answer);
		} catch (error) {
			showFault(`It was not tested. ${faultWords(error)}`);
		} finally {
			setTesting(false);
			props.onChanged();
		}
	}

	async function setEnabled(isEnabled: boolean): Promise<void> {
		const word = isEnabled ? "on" : "off";
		await doWithUndo({
			done: `${name} is turned ${word}`,
			notDone: `${name} was not turned ${word}`,
			act: () => engine.integrations.update({ projectId, id, isEnabled }),
			undo: () =>
				engine.integrations.update({ projectId, id, isEnabled: !isEnabled }),
		});
		props.onChanged();
	}

	return (
		<>
			<p className={section.back}>
				<a href={placeHash(listPath)}>
					<IconArrowLeft size={14} stroke={1.75} aria-hidden="true" /> All
					integrations
				</a>
			</p>
			<h3 className={section.title}>
				<bdi>{name}</bdi>
			</h3>
			{reason === null ? (
				<div className={section.verbs}>
					{traitsOf(integration.type).isAsked && (
						<Button
							loading={isTesting}
							disabled={integration.url === null}
							onClick={() => void tryNow()}
						>
							Test now
						</Button>
					)}
					<Button variant="default" onClick={() => setAsking("edit")}>
						Edit…
					</Button>
					<Button
						variant="default"
						disabled={origin === null}
						onClick={() => setAsking("rotate")}
					>
						New secret…
					</Button>
					<Button variant="default" onClick={() => void setEnabled(!isOn)}>
						{isOn ? "Turn off" : "Turn on"}
					</Button>
					<Button variant="default" onClick={() => setAsking("remove")}>
						Remove…
					</Button>
				</div>
			) : (
				<p>{reason}</p>
			)}
			{test !== null && <TestOutcome test={test} />}
			<Confirmations integration={integration} />
			<Facts integration={integration} />
			<section className={classes.snippets}>
				<h4>Have it send here</h4>
				{origin === null ? (
					<p>
						The engine does not listen for HTTP now. Start it with its listeners
						to be sent alerts.
					</p>
				) : (
					<>
						<p>
							The secret was shown when it was made. Put it where its place is
							held, or make a new one.
						</p>
						<SnippetView
							to={{
								type: integration.type,
								origin,
								path: integration.webhookPath,
								secret: null,
							}}
						/>
					</>
				)}
			</section>
			{asking === "edit" && <EditIntegration {...dialog} />}
			{asking === "rotate" && origin !== null && (
				<RotateIntegrationSecret {...dialog} origin={origin} />
			)}
			{asking === "remove" && (
				<RemoveIntegration
					{...dialog}
					onDone={() => {
						props.onChanged();
						navigate(listPath, {}, { replace: true });
					}}
				/>
			)}
		</>
	);
}

/** Topics of Amazon SNS wait until a person opens their address. */
function Confirmations({ integration }: { readonly integration: Integration }) {
	return integration.confirmations.map(({ topic, url, at }) => {
		const link = safeLink(url);
		return (
			<div key={url} className={classes.confirm} role="note">
				<p>
					A topic asks to be confirmed, <RelativeTime at={at} ago />:{" "}
					<bdi>{topic}</bdi>
				</p>
				{link === null ? (
					<p>
						Its address cannot be opened: <bdi>{url}</bdi>
					</p>
				) : (
					<a href={link} target="_blank" rel="noopener noreferrer">
						<bdi>{link}</bdi>
					</a>
				)}
			</div>
		);
	});
}

function Facts({ integration }: { readonly integration: Integration }) {
	const { lastTestAt, lastErrorMessage, oldSecretUntil } = integration;
	return (
		<div className={section.facts}>
			<Line name="State">
				<span>
					<IntegrationState integration={integration} />
				</span>
				{integration.isLocked && (
					<span data-warns>
						Its secrets cannot be read on this machine: make a new one for the
						webhook and enter the others again.
					</span>
				)}
			</Line>
			<Line name="System">{sourceName(integration.type)}</Line>
			{integration.url !== null && (
				<Line name="Address">
					<bdi>{integration.url}</bdi>
					{integration.hasApiKey && (
						<span className={section.tag}>API key stored</span>
					)}
					{integration.hasPassword && (
						<span className={section.tag}>Password stored</span>
					)}
				</Line>
			)}
			{integration.hasSigningSecret && (
				<Line name="Signature">Its signing secret is stored</Line>
			)}
			<Line name="Last alert">
				{integration.lastReceivedAt === null ? (
					<span className="faint">None so far</span>
				) : (
					<RelativeTime at={integration.lastReceivedAt} ago />
				)}
			</Line>
			{lastTestAt !== null && (
				<Line name="Last test">
					<span>
						{integration.lastTestSuccess === true ? "It answered" : "It failed"}
						, <RelativeTime at={lastTestAt} ago />
					</span>
					{lastErrorMessage !== null && (
						<span data-warns>{lastErrorMessage}</span>
					)}
				</Line>
			)}
			{oldSecretUntil !== null && (
				<Line name="Old secret">
					<span>
						is taken beside the new one until{" "}
						<AbsoluteTime at={oldSecretUntil} />
					</span>
				</Line>
			)}
			{integration.description !== "" && (
				<Line name="Note">
					<bdi>{integration.description}</bdi>
				</Line>
			)}
		</div>
	);
}
