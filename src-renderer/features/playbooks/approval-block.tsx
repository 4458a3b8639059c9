import { Button, Textarea } from "@mantine/core";
import {
	IconHourglass,
	IconShieldCheck,
	IconShieldQuestion,
} from "@tabler/icons-react";
import { useState } from "react";
import { useStore } from "zustand";
import type { PlaybookAction } from "../../../src-shared/contract/index.ts";
import { assertNever } from "../../../src-shared/domain/assert-never.ts";
import { longestRemark } from "../../../src-shared/domain/text-limits.ts";
import { KeyCaps } from "../../components/key-caps.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { useLiveText } from "../../ground/clock.ts";
import { useShortcuts } from "../../ground/keyboard.ts";
import { useWorkspace } from "../../state/engine-context.tsx";
import classes from "./action-view.module.css";
import { actionName, type Readiness } from "./action-words.ts";
import { panelKey } from "./panel-key.ts";
import type { ActionVerbs } from "./use-action-verbs.ts";
import { useApprovers, whoMayApprove } from "./use-approvers.ts";

interface ApprovalProps {
	/** A dry run, or an execution whose rollback needs an approval. */
	readonly action: PlaybookAction;
	readonly isRequired: boolean;
	readonly approval: PlaybookAction["approval"];
	readonly readiness: Readiness;
	readonly verbs: ActionVerbs;
}

/** Whether it needs an approval, who may give it, and how it stands. */
export function ApprovalBlock(props: ApprovalProps) {
	const { approval, readiness } = props;
	if (!props.isRequired) {
		return (
			<p className={classes.approval}>
				<IconShieldCheck size={16} aria-hidden="true" />
				<span>With these parameters no approval is needed.</span>
			</p>
		);
	}
	if (readiness === "executed") {
		return approval === null ? null : (
			<p className={classes.approval}>
				<IconShieldCheck size={16} aria-hidden="true" />
				<span>
					Approved by {approval.approverName}{" "}
					<RelativeTime at={approval.approvedAt} ago />.
				</span>
			</p>
		);
	}
	return <OpenApproval {...props} />;
}

function OpenApproval(props: ApprovalProps) {
	const { action, approval, readiness, verbs } = props;
	const approvers = useApprovers();
	const session = useStore(useWorkspace().facts, (facts) => facts.session);
	const [isDeclining, setDeclining] = useState(false);
	const mayApprove = action.approvalFault === null;
	const isApproved = readiness === "ready";
	const canAsk = readiness === "needs_approval" || readiness === "expired";
	const canApprove = mayApprove && !isApproved;
	// Who made it may take it back as well.
	const canDecline =
		(mayApprove || action.author.id === session?.user.id) &&
		(isApproved || readiness === "requested");

	const ask = () =>
		void verbs.perform(
			"ask",
			"Approval was not asked for",
			(done) => `Asked for an approval of ${actionName(done)}`,
			(playbooks) => playbooks.requestApproval({ actionId: action.id }),
		);
	const approve = () =>
		void verbs.perform(
			"approve",
			"Not approved",
			(done) => `Approved ${actionName(done)}`,
			(playbooks) => playbooks.approve({ actionId: action.id }),
		);
	useShortcuts([
		panelKey("q", "Ask for approval", canAsk, ask),
		panelKey("y", "Approve", canApprove, approve),
		panelKey("shift+y", "Decline or take back", canDecline, () =>
			setDeclining(true),
		),
	]);

	return (
		<div className={classes.approval} data-open={!isApproved || undefined}>
			{isApproved ? (
				<IconShieldCheck size={16} aria-hidden="true" />
			) : readiness === "requested" ? (
				<IconHourglass size={16} aria-hidden="true" />
			) : (
				<IconShieldQuestion size={16} aria-hidden="true" />
			)}
			<div className={classes.approvalBody}>
				<p>
					<Standing action={action} approval={approval} readiness={readiness} />{" "}
					{!isApproved && whoMayApprove(approvers, action)}
					{!isApproved && action.approvalFault !== null && (
						<> You may not. {action.approvalFault}</>
					)}
				</p>
				{isDeclining ? (
					<DeclineForm
						words={declineWords(isApproved, mayApprove)}
						action={action}
						verbs={verbs}
						onClose={() => setDeclining(false)}
					/>
				) : (
					<div className={classes.buttons}>
						{canApprove && (
							<Button
								loading={verbs.busy === "approve"}
								rightSection={<KeyCaps keys="y" />}
								onClick={approve}
							>
								Approve
							</Button>
						)}
						{canAsk && (
							<Button
								variant={canApprove ? "default" : "filled"}
								loading={verbs.busy === "ask"}
								rightSection={<KeyCaps keys="q" />}
								onClick={ask}
							>
								Ask for approval
							</Button>
						)}
						{canDecline && (
							<Button
								variant="default"
								rightSection={<KeyCaps keys="shift+y" />}
								onClick={() => setDeclining(true)}
							>
								{declineWords(isApproved, mayApprove).button}
							</Button>
						)}
					</div>
				)}
			</div>
		</div>
	);
}

function Standing(props: {
	readonly action: PlaybookAction;
	readonly approval: PlaybookAction["approval"];
	readonly readiness: Readiness;
}) {
	const { approval } = props;
	const { approvalRequestedAt } = props.action;
	switch (props.readiness) {
		case "ready":
			return approval === null ? null : (
				<>
					<strong>Approved by {approval.approverName}</strong>{" "}
					<RelativeTime at={approval.approvedAt} ago />. It is of exactly what
					is shown, for one run, and <Expires at={approval.expiresAt} />.
				</>
			);
		case "requested":
			return (
				<>
					<strong>Waiting for an approval</strong>
					{approvalRequestedAt !== null && (
						<>
							, asked for <RelativeTime at={approvalRequestedAt} ago />
						</>
					)}
					.
				</>
			);
		case "expired":
			return (
				<>
					<strong>The approval has expired.</strong> It was given by{" "}
					{approval?.approverName ?? "somebody"} and not used in time.
				</>
			);
		case "needs_approval":
			return <strong>Needs an approval before it can run.</strong>;
		case "executed":
			return null;
		default:
			return assertNever(props.readiness, "readiness");
	}
}

function Expires(props: { readonly at: number }) {
	const minutes = useLiveText((now) => {
		const left = props.at - now;
		return left < 60_000
			? `expires in ${Math.max(0, Math.ceil(left / 1_000))} s`
			: `expires in ${Math.ceil(left / 60_000)} min`;
	});
	return <span className="tabular">{minutes}</span>;
}

/** Turning down is for those who may approve; who may not takes back what they asked for. */
function declineWords(isApproved: boolean, mayApprove: boolean) {
	if (isApproved) {
		return { button: "Take the approval back", why: "Why it is taken back" };
	}
	return mayApprove
		? { button: "Decline", why: "Why it is declined" }
		: { button: "Take the request back", why: "Why it is taken back" };
}

function DeclineForm(props: {
	readonly action: PlaybookAction;
	readonly words: ReturnType<typeof declineWords>;
	readonly verbs: ActionVerbs;
	onClose(): void;
}) {
	const { action, verbs } = props;
	const [reason, setReason] = useState("");

	async function decline(): Promise<void> {
		const done = await verbs.perform(
			"decline",
			"Not declined",
			(declined) => `Declined ${actionName(declined)}`,
			(playbooks) => playbooks.decline({ actionId: action.id, reason }),
		);
		if (done !== null) props.onClose();
	}

	return (
		<form
			className={classes.decline}
			onSubmit={(event) => {
				event.preventDefault();
				void decline();
			}}
		>
			<Textarea
				label={props.words.why}
				description="Goes into the timeline of the incident."
				autoFocus
				autosize
				minRows={2}
				maxLength={longestRemark}
				value={reason}
				onChange={(event) => setReason(event.currentTarget.value)}
				onKeyDown={(event) => {
					if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
						event.preventDefault();
						void decline();
					}
					if (event.key === "Escape") {
						event.preventDefault();
						event.stopPropagation();
						props.onClose();
					}
				}}
			/>
			<div className={classes.buttons}>
				<Button
					type="submit"
					color="red"
					loading={verbs.busy === "decline"}
					disabled={reason.trim() === ""}
					rightSection={<KeyCaps keys="mod+enter" />}
				>
					{props.words.button}
				</Button>
				<Button
					variant="default"
					rightSection={<KeyCaps keys="escape" />}
					onClick={props.onClose}
				>
					Not now
				</Button>
			</div>
		</form>
	);
}
