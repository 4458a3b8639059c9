import { Button, SegmentedControl } from "@mantine/core";
import type { TenantSettings } from "../../../src-shared/contract/index.ts";
import { callNeeds } from "../../../src-shared/domain/access/call-needs.ts";
import { RelativeTime } from "../../components/relative-time.tsx";
import {
	Fault,
	Line,
	Section,
	WaitingRows,
} from "../../components/section.tsx";
import { doWithUndo } from "../../components/undo-toast.tsx";
import { useEngine } from "../../state/engine-context.tsx";
import { useSession, useTenantSettings } from "../../state/use-tenant.ts";
import { whyNot } from "../../state/why-not.ts";
import {
	fourEyesChoices,
	fourEyesMeaning,
	fourEyesNames,
} from "./approval-words.ts";

/** Whether the person who runs a playbook may also be the one who approves it. */
export function ApprovalsSection() {
	const engine = useEngine();
	const session = useSession();
	const reason = session && whyNot(callNeeds.settings.set, session);
	const settings = useTenantSettings();
	const { value } = settings;

	async function choose(fourEyes: TenantSettings["fourEyes"]): Promise<void> {
		if (value === null || fourEyes === value.fourEyes) return;
		const before = value.fourEyes;
		await doWithUndo({
			done: `Four eyes: ${fourEyesNames[fourEyes].toLowerCase()}`,
			notDone: "The rule was not changed",
			act: () => engine.settings.set({ fourEyes }),
			undo: () => engine.settings.set({ fourEyes: before }),
		});
		settings.reload();
	}

	return (
		<Section title="Approvals">
			<p>
				A playbook that needs an approval runs only after an admin or an owner
				has seen its dry run and agreed. With four eyes, that has to be somebody
				other than the person who runs it. An API key never approves.
			</p>
			{value === null && settings.fault !== null && (
				<Fault>
					The rule could not be read: {settings.fault}{" "}
					<Button variant="default" size="compact-xs" onClick={settings.reload}>
						Try again
					</Button>
				</Fault>
			)}
			{(value === null || session === null) && settings.fault === null && (
				<WaitingRows rows={2} />
			)}
			{value !== null && session !== null && (
				<>
					<Line name="Four eyes">
						{reason === null ? (
							<SegmentedControl
								aria-label="Four eyes"
								value={value.fourEyes}
								data={fourEyesChoices.map((each) => ({
									value: each,
									label: fourEyesNames[each],
								}))}
								onChange={(chosen) => {
									const next = fourEyesChoices.find((each) => each === chosen);
									if (next !== undefined) void choose(next);
								}}
							/>
						) : (
							<span>
								{fourEyesNames[value.fourEyes]}{" "}
								<span className="faint">{reason}</span>
							</span>
						)}
					</Line>
					<Line name="What it means now">
						<span data-warns={isStuck(value) || undefined}>
							{fourEyesMeaning(value)}
						</span>
					</Line>
					<Line name="Who may approve">
						<span>
							{value.approvers === 1
								? "One person"
								: `${value.approvers} people`}
							, <a href="#/settings/members">see Members</a>
						</span>
					</Line>
					<Line name="Last changed">
						{value.changedAt === null ? (
							<span className="faint">Never</span>
						) : (
							<span>
								<RelativeTime at={value.changedAt} ago />
								{value.changedBy !== null && ` by ${value.changedBy}`}
							</span>
						)}
					</Line>
				</>
			)}
		</Section>
	);
}

/** Four eyes are asked for, and there are not four. */
function isStuck({ fourEyes, approvers }: TenantSettings): boolean {
	return fourEyes === "on" && approvers < 2;
}
